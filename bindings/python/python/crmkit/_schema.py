"""The kinds of records, as the engine describes them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from crmkit import _native


@dataclass(frozen=True, slots=True)
class Member:
    """One of the choices of a field."""

    code: str
    doc: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The choices of a field."""

    name: str
    doc: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind of record."""

    name: str
    doc: str
    kind: str
    choice: Choice | None
    nullable: bool
    references: str | None
    set_by: str
    is_managed: bool
    is_required: bool

    @property
    def keyword(self) -> str:
        """The keyword that sets it: that of a reference takes a record, and says no ``_id``."""
        return self.name.removesuffix("_id") if self.references else self.name


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of record."""

    class_name: str
    name: str
    table: str
    doc: str
    fields: tuple[Field, ...]

    @property
    def has_custom_fields(self) -> bool:
        """Whether users may add fields to it."""
        return any(field.kind == "custom" for field in self.fields)

    def created_with(self) -> list[Field]:
        """The fields that ``create`` takes, those that must be given first."""
        taken = [f for f in self.fields if f.set_by != "engine" and not f.is_managed]
        return sorted((f for f in taken if f.kind != "custom"), key=lambda f: not f.is_required)

    def updated_with(self) -> list[Field]:
        """The fields that ``update`` takes."""
        return [
            f
            for f in self.fields
            if f.set_by == "anyone" and not f.is_managed and f.kind != "custom"
        ]


def _prose(doc: str) -> str:
    """The first paragraph of what Rust says, without links, and with code as Python marks it."""
    paragraph = " ".join(doc.partition("\n\n")[0].split())
    without_links = re.sub(r"\[(`[^`]+`)\](?:\([^)]*\))?", r"\1", paragraph)
    return re.sub(r"`(?:\w+::)*([^`]+)`", r"``\1``", without_links)


def _choice(described: dict[str, Any] | None) -> Choice | None:
    if described is None:
        return None
    members = tuple(Member(m["code"], _prose(m["doc"])) for m in described["members"])
    return Choice(described["name"], _prose(described["doc"]), members)


def _field(described: dict[str, Any]) -> Field:
    changed: dict[str, Any] = {
        "doc": _prose(described["doc"]),
        "choice": _choice(described["choice"]),
    }
    return Field(**(described | changed))


def _entity(described: dict[str, Any]) -> Entity:
    fields = tuple(map(_field, described["fields"]))
    doc = _prose(described["doc"])
    return Entity(described["class"], described["name"], described["table"], doc, fields)


ENTITIES: dict[str, Entity] = {
    entity.table: entity for entity in map(_entity, json.loads(_native.schema()))
}
"""The kinds of records, by their tables."""

CHOICES: dict[str, Choice] = {
    field.choice.name: field.choice
    for entity in ENTITIES.values()
    for field in entity.fields
    if field.choice
}
"""The choices of all fields, by the names of their enums."""
