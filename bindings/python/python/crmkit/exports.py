"""Records go out: as CSV for programs or spreadsheets, and as cards."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Callable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any, ClassVar

from crmkit import _native
from crmkit._progress import Watcher, telling

if TYPE_CHECKING:
    from crmkit._native import Session

Target = str | os.PathLike[str] | IO[bytes] | IO[str]
"""Where an export is written: a path, or a file that is open."""


class ToCsv:
    """Collections whose records go out as CSV."""

    table_name: ClassVar[str]

    @property
    def _session(self) -> Session:
        raise NotImplementedError

    def to_csv(
        self,
        target: Target,
        *,
        where: str | None = None,
        order_by: str | None = None,
        columns: Sequence[str] | Mapping[str, str] | None = None,
        spreadsheet: bool = False,
        progress: Watcher = False,
    ) -> int:
        r"""Writes the records that meet a condition, all as they are in one state of the CRM.

        Without more, it is for programs: UTF-8, amounts with their currency, instants in UTC, every
        value as it is, so that an import reads the same values back.

        Args:
            target: A path, whose file takes its name only when it is whole, or a file that is open
                for bytes or, with ``newline=""``, for text.
            where: A text filter: ``country == "DE"``.
            order_by: Fields apart by commas, with ``-`` for the largest first.
            columns: The fields, and those of records they refer to: ``["name", "owner.name"]``. A
                mapping gives their headers: ``{"owner.name": "Owner"}``. All fields of the record
                where it is left out.
            spreadsheet: Whether it is for a spreadsheet: amounts as numbers with their currency in
                the next column, instants by the clocks of the CRM's zone, and no text that would be
                taken for a formula.
            progress: ``True`` shows a bar in a terminal or a notebook; a callable is told a
                :class:`crmkit.Progress`, and what it raises stops the export.

        Returns:
            How many records were written.

        Raises:
            FilterError: The filter, the order or a column cannot be read.
            StorageError: The file cannot be written; a file of that name is as it was.

        Examples:
            >>> import crmkit, io
            >>> crm = crmkit.in_memory()
            >>> _ = crm.customers.create(kind="organization", name="Acme GmbH", country="DE")
            >>> file = io.StringIO()
            >>> crm.customers.to_csv(file, where='country == "DE"', columns=["name", "country"])
            1
            >>> file.getvalue()
            'name,country\r\nAcme GmbH,DE\r\n'
        """
        named = columns
        if named is not None and not isinstance(named, Mapping):
            named = {column: column for column in named}
        with telling(progress, f"exporting {self.table_name}", "records") as tell:
            return _native.export_csv(
                self._session,
                self.table_name,
                _sink(target),
                filter=where,
                order_by=order_by,
                columns=None if named is None else list(named.items()),
                spreadsheet=spreadsheet,
                tell=tell,
            )


class ToCards:
    """Collections whose records go out as cards (vCard)."""

    @property
    def _session(self) -> Session:
        raise NotImplementedError

    def to_cards(
        self, target: Target, *, where: str | None = None, order_by: str | None = None
    ) -> int:
        """Writes a card (vCard 4.0) for each customer that meets a condition.

        Args:
            target: A path, whose file takes its name only when it is whole, or a file that is open.
            where: A text filter: ``"press" in tags``.
            order_by: Fields apart by commas, with ``-`` for the largest first.

        Returns:
            How many cards were written.

        Raises:
            FilterError: The filter or the order cannot be read.
            StorageError: The file cannot be written; a file of that name is as it was.

        Examples:
            >>> import crmkit, io
            >>> crm = crmkit.in_memory()
            >>> _ = crm.customers.create(kind="person", name="李明")
            >>> file = io.StringIO()
            >>> crm.customers.to_cards(file)
            1
            >>> "FN:李明" in file.getvalue()
            True
        """
        return _native.export_cards(self._session, _sink(target), filter=where, order_by=order_by)


def _sink(target: Target) -> str | os.PathLike[str] | Callable[[bytes], object]:
    if isinstance(target, str | os.PathLike):
        return target
    write: Any = target.write
    if not isinstance(target, io.TextIOBase):
        return write  # type: ignore[no-any-return]
    decoder = codecs.getincrementaldecoder("utf-8")()
    return lambda data: write(decoder.decode(data))
