"""Signatures of ``create`` and ``update``, from the fields of the records: what ``help`` shows and editors complete."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from inspect import Parameter, Signature

from crmkit._schema import Entity, Field

_TYPES = {
    "bool": "bool",
    "integer": "int",
    "decimal": "Decimal | int | str",
    "text": "str",
    "money": "Money",
    "date": "date",
    "instant": "datetime",
    "id": "UUID | str",
}


def taken(field: Field) -> str:
    """The type of what a field takes, as an annotation."""
    if field.choice:
        kind = f"{field.choice.name} | str"
    elif field.references:
        kind = "Record | UUID | str"
    else:
        kind = _TYPES[field.kind]
    return f"{kind} | None" if field.nullable else kind


def keyword(name: str, annotation: str, default: object = Parameter.empty) -> Parameter:
    """A parameter that is given by its name."""
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def create_parameters(entity: Entity) -> list[Parameter]:
    """The parameters of ``create``."""
    given = [
        keyword(
            f.keyword,
            taken(f) if f.is_required or f.nullable else f"{taken(f)} | None",
            Parameter.empty if f.is_required else None,
        )
        for f in entity.created_with()
    ]
    return [*given, keyword("id", "UUID | str | None", None), *_custom(entity)]


def update_parameters(entity: Entity) -> list[Parameter]:
    """The parameters of ``update`` behind the record."""
    changes = [keyword(f.keyword, taken(f), ...) for f in entity.updated_with()]
    return [keyword("expected_revision", "int | None", None), *changes, *_custom(entity)]


def _custom(entity: Entity) -> list[Parameter]:
    if not entity.has_custom_fields:
        return []
    return [Parameter("custom", Parameter.VAR_KEYWORD, annotation="CustomValue")]


def documented(summary: str, fields: Iterable[Field]) -> str:
    """A docstring that lists the fields."""
    lines = [f"    {field.keyword}: {' '.join(field.doc.split())}" for field in fields]
    return f"{summary}\n\nArgs:\n" + "\n".join(lines) + "\n"


def signature(parameters: list[Parameter], returns: str) -> Signature:
    """A signature of a method with these parameters."""
    itself = Parameter("self", Parameter.POSITIONAL_ONLY)
    return inspect.Signature([itself, *parameters], return_annotation=returns)
