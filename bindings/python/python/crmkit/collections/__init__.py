"""The collections whose records have commands of their own."""

from __future__ import annotations

from typing import Any

from crmkit._collection import Collection
from crmkit.collections.customers import Caller, Customers
from crmkit.collections.interactions import Interactions
from crmkit.collections.opportunities import Opportunities
from crmkit.collections.tasks import Tasks

__all__ = ["COMMANDS", "Caller", "Customers", "Interactions", "Opportunities", "Tasks"]

COMMANDS: dict[str, type[Collection[Any]]] = {
    collection.table_name: collection
    for collection in (Customers, Interactions, Opportunities, Tasks)
}
"""The collections with commands, by their tables; every other kind of record has the plain one."""
