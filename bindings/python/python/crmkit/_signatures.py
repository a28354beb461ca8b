"""Signatures of ``create`` and ``update``, from the fields of the records.

They are what ``help`` shows, and what the stubs say of the same methods.
"""

from __future__ import annotations

import textwrap
from inspect import Parameter, Signature

from crmkit._beside import BESIDE
from crmkit._schema import ENTITIES, Entity, Field

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
# What a docstring of a method has for itself within 100 columns.
_WIDTH = 92


def taken(field: Field) -> str:
    """The type of what a field takes, as an annotation."""
    if field.choice:
        kind = f"{field.choice.name} | str"
    elif field.references:
        kind = f"{ENTITIES[field.references].class_name} | UUID | str"
    else:
        kind = _TYPES[field.kind]
    return f"{kind} | None" if field.nullable else kind


def _keyword(name: str, annotation: str, default: object) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _created_with(field: Field) -> Parameter:
    if field.is_required:
        return _keyword(field.keyword, taken(field), Parameter.empty)
    optional = taken(field) if field.nullable else f"{taken(field)} | None"
    return _keyword(field.keyword, optional, None)


def create_signature(entity: Entity) -> Signature:
    """The signature of ``create``: what must be given comes first, and the rest may be nothing."""
    fields = [_created_with(field) for field in _set_by_creating(entity)]
    beside = [
        _keyword(one.keyword, one.takes, Parameter.empty if one.is_required else None)
        for one in BESIDE.get(entity.table, ())
    ]
    return _signature(entity, [*fields, *beside, _keyword("id", "UUID | str | None", None)])


def _set_by_creating(entity: Entity) -> list[Field]:
    replaced = {one.instead_of for one in BESIDE.get(entity.table, ())}
    return [field for field in entity.created_with() if field.keyword not in replaced]


def update_signature(entity: Entity) -> Signature:
    """The signature of ``update``: an ellipsis stands for what is left as it is."""
    anyone = f"{entity.class_name} | UUID | str"
    record = Parameter("record", Parameter.POSITIONAL_ONLY, annotation=anyone)
    revision = _keyword("expected_revision", "int | None", None)
    changes = [_keyword(field.keyword, taken(field), ...) for field in entity.updated_with()]
    return _signature(entity, [record, revision, *changes])


def _signature(entity: Entity, parameters: list[Parameter]) -> Signature:
    parameters = [Parameter("self", Parameter.POSITIONAL_ONLY), *parameters]
    if entity.has_custom_fields:
        parameters.append(Parameter("custom", Parameter.VAR_KEYWORD, annotation="CustomValue"))
    return Signature(parameters, return_annotation=entity.class_name)


def create_doc(entity: Entity) -> str:
    """The docstring of ``create``."""
    docs = {field.keyword: field.doc for field in _set_by_creating(entity)}
    docs |= {one.keyword: one.doc for one in BESIDE.get(entity.table, ())}
    docs["id"] = "Its id; a new one where none is given."
    summary = "Creates a record; what is nothing stays empty, or follows by rule."
    return _documented(summary, entity, docs)


def update_doc(entity: Entity) -> str:
    """The docstring of ``update``."""
    docs = {
        "record": "The record, or its id.",
        "expected_revision": "Change it only where it is at this revision.",
        **{field.keyword: field.doc for field in entity.updated_with()},
    }
    summary = "Changes fields of a record; what is left out stays as it is."
    raises = "\nRaises:\n    ConflictError: The record is at another revision by now.\n"
    return _documented(summary, entity, docs) + raises


def _documented(summary: str, entity: Entity, docs: dict[str, str]) -> str:
    if entity.has_custom_fields:
        docs["**custom"] = "The fields that users defined, by their keys."
    lines = [
        textwrap.fill(
            f"{name}: {doc}",
            _WIDTH,
            initial_indent=" " * 4,
            subsequent_indent=" " * 8,
            break_long_words=False,
        )
        for name, doc in docs.items()
    ]
    return "\n".join([summary, "", "Args:", *lines, ""])
