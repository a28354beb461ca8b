"""The kinds and states of records: every one a real ``StrEnum``.

Examples:
    >>> from crmkit.choices import CustomerKind
    >>> CustomerKind("person") is CustomerKind.PERSON
    True
    >>> [kind.value for kind in CustomerKind]
    ['person', 'organization']
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from crmkit._schema import CHOICES, Choice


def _enum(choice: Choice) -> Any:
    members = {member.code.upper(): member.code for member in choice.members}
    enum: Any = StrEnum(choice.name, members, module=__name__, qualname=choice.name)
    enum.__doc__ = choice.doc
    for member in choice.members:
        enum(member.code).__doc__ = member.doc
    return enum


globals().update({name: _enum(choice) for name, choice in CHOICES.items()})
__all__ = sorted(CHOICES)  # pyright: ignore[reportUnsupportedDunderAll]
