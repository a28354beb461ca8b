"""The collections of a CRM: one for each kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit import _tables
from crmkit._schema import ENTITIES
from crmkit.collections import COMMANDS

if TYPE_CHECKING:
    from crmkit._crm import Crm


class Collections:
    """The collections of a CRM, as its attributes."""

    def __init__(self, crm: Crm) -> None:
        """Those of this CRM."""
        for table in ENTITIES:
            collection = COMMANDS.get(table) or getattr(_tables, _tables.class_name(table))
            setattr(self, table, collection(crm))
