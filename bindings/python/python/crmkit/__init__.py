"""crmkit: the CRM that an app links in. One library, one file, no server.

Examples:
    >>> import crmkit
    >>> with crmkit.in_memory(region="CN", actor="li.wei") as crm:
    ...     li = crm.customers.create(kind="person", name="李明")
    ...     crm.customers.get(li.id).name
    '李明'
"""

from __future__ import annotations

from crmkit import choices, errors, imports, insight, pages, records, search
from crmkit._amounts import Amounts
from crmkit._collection import Page
from crmkit._crm import Crm, in_memory, open
from crmkit._demo import DemoCompany, demo
from crmkit._native import Money, Record, SqlRows, Table, Target, __version__
from crmkit._progress import Progress
from crmkit._values import AnyId, CustomValue
from crmkit.collections import AddedMembers, Caller, NewMemberStatus, NewStage, Rate, Rates
from crmkit.errors import (
    ArgumentError,
    BusyError,
    CancelledError,
    ConflictError,
    CorruptError,
    CrmError,
    DuplicateError,
    FilterError,
    InUseError,
    NewerFormatError,
    NotFoundError,
    RefusedError,
    StorageError,
    ValidationError,
)
from crmkit.log import Change, Commit, FieldChange, HistoryEntry

__all__ = [
    "AddedMembers",
    "Amounts",
    "AnyId",
    "ArgumentError",
    "BusyError",
    "Caller",
    "CancelledError",
    "Change",
    "Commit",
    "ConflictError",
    "CorruptError",
    "Crm",
    "CrmError",
    "CustomValue",
    "DemoCompany",
    "DuplicateError",
    "FieldChange",
    "FilterError",
    "HistoryEntry",
    "InUseError",
    "Money",
    "NewMemberStatus",
    "NewStage",
    "NewerFormatError",
    "NotFoundError",
    "Page",
    "Progress",
    "Rate",
    "Rates",
    "Record",
    "RefusedError",
    "SqlRows",
    "StorageError",
    "Table",
    "Target",
    "ValidationError",
    "__version__",
    "choices",
    "demo",
    "errors",
    "imports",
    "in_memory",
    "insight",
    "open",
    "pages",
    "records",
    "search",
]
