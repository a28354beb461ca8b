"""What can go wrong, as one tree: ``except CrmError`` catches all of it.

Each exception says what happened, where, why and what to do. ``code`` is the stable name of its
kind, the same in every language; ``hint`` is what to do. Messages hold ids, field names and rules,
never what a record says.

Examples:
    >>> import crmkit
    >>> from crmkit.errors import ValidationError
    >>> with crmkit.in_memory() as crm:
    ...     try:
    ...         crm.customers.create(kind="organization", name="")
    ...     except ValidationError as error:
    ...         print(error.field, error.code)
    name invalid
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

__all__ = [
    "ArgumentError",
    "BusyError",
    "CancelledError",
    "ConflictError",
    "CorruptError",
    "CrmError",
    "DuplicateError",
    "FilterError",
    "InUseError",
    "NewerFormatError",
    "NotFoundError",
    "RefusedError",
    "StorageError",
    "ValidationError",
]


class CrmError(Exception):
    """Something that crmkit could not do.

    Attributes:
        code: The stable name of the kind of error, the same in every language.
        hint: What to do about it: the last part of the message.
    """

    code: str
    hint: str

    def __init__(
        self, message: str, *, code: str = "error", hint: str = "", **details: Any
    ) -> None:
        """An error with its message, and what it says apart from it."""
        super().__init__(message)
        self.code = code
        self.hint = hint
        for name, value in details.items():
            setattr(self, name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        """Lets the error cross into another process with all that it says."""
        return _restored, (type(self), str(self), dict(self.__dict__))


class NotFoundError(CrmError, LookupError):
    """There is no such record, or it is deleted."""

    entity: str
    id: UUID


class ValidationError(CrmError, ValueError):
    """A value breaks a rule of its field.

    Attributes:
        entity: The kind of record.
        field: The field at fault.
        reason: What is wrong.
    """

    entity: str
    field: str
    reason: str


class ArgumentError(ValidationError, TypeError):
    """An argument that is never right: a float for money, a naive datetime, an unknown keyword."""


class FilterError(ValidationError):
    """A text filter or order that cannot be read.

    Attributes:
        column: Where, in characters from 1.
    """

    column: int


class DuplicateError(CrmError):
    """Other records have the same value where one record may have it.

    Attributes:
        entity: The kind of record.
        field: The field that must differ.
        matches: The records that have the value, the oldest first.
    """

    entity: str
    field: str
    matches: list[UUID]


class ConflictError(CrmError):
    """The record was changed since it was read.

    Attributes:
        entity: The kind of record.
        id: The record.
        expected_revision: The revision that the caller had read.
        current_revision: The revision that the record has now.
    """

    entity: str
    id: UUID
    expected_revision: int
    current_revision: int


class InUseError(CrmError):
    """Other records need this one.

    Attributes:
        entity: The kind of record.
        id: The record.
        by: How many records of which kind need it.
    """

    entity: str
    id: UUID
    by: list[tuple[str, int]]


class RefusedError(CrmError):
    """A rule forbids it.

    Attributes:
        rule: The name of the rule, stable across versions: ``stage.same_pipeline``.
        reason: Why the rule forbids it.
    """

    rule: str
    reason: str


class BusyError(CrmError):
    """Another writer held the file for the whole deadline.

    Attributes:
        waited: How long the call waited.
    """

    waited: timedelta


class CancelledError(CrmError):
    """The work was stopped; nothing of it was kept."""

    operation: str


class CorruptError(CrmError):
    """The file is damaged or is no crmkit file; it was left as it is."""

    reason: str


class NewerFormatError(CrmError):
    """The file was written by a newer crmkit; it was left as it is.

    Attributes:
        found: The format of the file.
        supported: The newest format that this version knows.
    """

    found: int
    supported: int


class StorageError(CrmError):
    """The storage refused: a full disk, a missing folder, no permission."""

    operation: str
    reason: str


_CLASSES: dict[str, type[CrmError]] = {
    "argument": ArgumentError,
    "busy": BusyError,
    "cancelled": CancelledError,
    "conflict": ConflictError,
    "corrupt": CorruptError,
    "duplicate": DuplicateError,
    "expression": FilterError,
    "in_use": InUseError,
    "invalid": ValidationError,
    "newer_format": NewerFormatError,
    "not_found": NotFoundError,
    "refused": RefusedError,
    "storage": StorageError,
}


def _from_native(  # pyright: ignore[reportUnusedFunction]
    kind: str, message: str, details: dict[str, Any]
) -> CrmError:
    """The exception of an error of the engine."""
    said = {name: value for name, value in details.items() if value is not None}
    code = "invalid" if kind == "argument" else kind
    return _CLASSES.get(kind, CrmError)(message, code=code, **said)


def _restored(kind: type[CrmError], message: str, said: dict[str, Any]) -> CrmError:
    return kind(message, **said)
