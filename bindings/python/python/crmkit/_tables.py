"""A collection for each kind of record, with the signatures that its fields make."""

from __future__ import annotations

from inspect import Parameter
from typing import Any

from crmkit._collection import Collection
from crmkit._schema import ENTITIES, Entity
from crmkit._signatures import create_parameters, documented, signature, update_parameters


def class_name(table: str) -> str:
    """The name of the collection of a table: ``OpportunityLinesTable``."""
    return "".join(word.capitalize() for word in table.split("_")) + "Table"


def _table(entity: Entity) -> type[Collection[Any]]:
    def create(self: Collection[Any], **fields: Any) -> Any:
        return Collection.create(self, **fields)

    def update(
        self: Collection[Any],
        record: Any,
        /,
        *,
        expected_revision: int | None = None,
        **changes: Any,
    ) -> Any:
        return Collection.update(self, record, expected_revision=expected_revision, **changes)

    name = class_name(entity.table)
    record = Parameter(
        "record", Parameter.POSITIONAL_ONLY, annotation=f"{entity.class_name} | UUID | str"
    )
    written = {
        create: (create_parameters(entity), entity.created_with(), "Creates a record."),
        update: (
            [record, *update_parameters(entity)],
            entity.updated_with(),
            "Changes fields of a record.",
        ),
    }
    for method, (parameters, fields, summary) in written.items():
        method.__qualname__ = f"{name}.{method.__name__}"
        method.__doc__ = documented(summary, fields)
        method.__signature__ = signature(parameters, entity.class_name)  # type: ignore[attr-defined]
    body = {
        "__doc__": entity.doc,
        "__module__": __name__,
        "table_name": entity.table,
        "create": create,
        "update": update,
    }
    return type(name, (Collection,), body)


globals().update({class_name(table): _table(entity) for table, entity in ENTITIES.items()})
