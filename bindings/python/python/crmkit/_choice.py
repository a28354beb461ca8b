"""The members of the enums, by the codes that the engine uses."""

from __future__ import annotations

from enum import StrEnum

from crmkit import choices


def member(name: str, code: str) -> StrEnum | str:
    """The member of the enum of this name; the code itself where a newer engine wrote it."""
    enum = getattr(choices, name)
    found = enum._value2member_map_.get(code, code)
    return found if isinstance(found, StrEnum) else code
