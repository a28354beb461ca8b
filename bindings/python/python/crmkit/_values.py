"""The types of what crmkit takes where several will do."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from crmkit._native import Money, Record

AnyId: TypeAlias = Record | UUID | str
"""A record, its id, or the text of its id."""

CustomValue: TypeAlias = str | bool | int | Decimal | Money | date | datetime | UUID | Record | None
"""What a custom field takes; its definition says which of these."""

SqlParameter: TypeAlias = str | int | float | bytes | date | UUID | None
"""What a parameter of SQL takes; a date and an id are text there, as in the views."""
