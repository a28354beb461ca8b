"""A collection for each kind of record, with the signatures that its fields make."""

from __future__ import annotations

from inspect import Signature
from typing import Any

from crmkit._collection import Collection
from crmkit._schema import ENTITIES, Entity, Field
from crmkit._signatures import create_doc, create_signature, update_doc, update_signature


def class_name(table: str) -> str:
    """The name of the collection of a table: ``OpportunityLinesTable``."""
    return "".join(word.capitalize() for word in table.split("_")) + "Table"


def _table(entity: Entity) -> type[Collection[Any]]:
    def create(self: Collection[Any], /, **fields: Any) -> Any:
        return self._create(fields)

    def update(
        self: Collection[Any],
        record: Any,
        /,
        *,
        expected_revision: int | None = None,
        **changes: Any,
    ) -> Any:
        return self._update(record, changes, expected_revision)

    name = class_name(entity.table)
    body: dict[str, Any] = {
        "__doc__": entity.doc,
        "__module__": __name__,
        "table_name": entity.table,
    }
    written: list[tuple[Any, list[Field], Signature, str]] = [
        (create, entity.created_with(), create_signature(entity), create_doc(entity)),
        (update, entity.updated_with(), update_signature(entity), update_doc(entity)),
    ]
    for method, fields, signature, doc in written:
        # What only the engine writes can only be read.
        if fields:
            method.__qualname__ = f"{name}.{method.__name__}"
            method.__doc__ = doc
            method.__signature__ = signature
            body[method.__name__] = method
    return type(name, (Collection,), body)


globals().update({class_name(table): _table(entity) for table, entity in ENTITIES.items()})
