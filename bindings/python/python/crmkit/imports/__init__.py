r"""Records come in: a file is planned, previewed, and imported as one batch that can be undone.

Examples:
    >>> import crmkit
    >>> with crmkit.in_memory() as crm:
    ...     plan = crm.imports.plan(b"Company;Country\nAcme GmbH;DE\n", entity="customer")
    ...     plan.mapping["Company"] = "name"
    ...     plan.set("kind", "organization")
    ...     result = plan.run()
    ...     result.counts.created, crm.customers.count()
    (1, 1)
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crmkit import _native
from crmkit._native import Target
from crmkit._progress import Progress
from crmkit._sources import File, Rows, of_file
from crmkit.imports.cards import Cards
from crmkit.imports.folder import Folder
from crmkit.imports.outcomes import (
    Counts,
    FolderPreview,
    FolderResult,
    ImportResult,
    LeftOut,
    Preview,
    RefusedRow,
    RowOutcome,
)
from crmkit.imports.plan import Mapping, Plan, read_source

if TYPE_CHECKING:
    from crmkit._crm import Crm

__all__ = [
    "Cards",
    "Counts",
    "Folder",
    "FolderPreview",
    "FolderResult",
    "ImportResult",
    "Imports",
    "LeftOut",
    "Mapping",
    "Plan",
    "Preview",
    "Progress",
    "RefusedRow",
    "RowOutcome",
    "Target",
]


class Imports:
    """What comes in from outside: files of rows, folders of exports, cards."""

    def __init__(self, crm: Crm) -> None:
        """The imports of a CRM."""
        self._crm = crm

    def plan(
        self,
        source: File | Rows,
        *,
        entity: str | None = None,
        encoding: str | None = None,
        delimiter: str | None = None,
    ) -> Plan:
        r"""Finds out how a file is written, and guesses where each column goes; writes nothing.

        Args:
            source: A path, the bytes of a file, a file that is open, a data frame of pandas or
                polars, or dicts, one for each row. A file that is open is read to its end at once.
                Frames and dicts become CSV in memory: frames as they write it themselves, dicts
                with a column for each key.
            entity: What a row becomes: ``customer``, ``opportunity``. It may be left out for an
                export of one of the systems in :attr:`presets`, whose headers tell.
            encoding: The encoding, where it need not be found out: ``gb18030``, ``windows-1252``.
            delimiter: The sign between cells, where it need not be found out.

        Raises:
            ValidationError: There is no such kind of record, or the headers tell none.
            StorageError: The file cannot be read.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> plan = crm.imports.plan("公司;国家\n华为;CN\n".encode("gbk"), entity="customer")
            >>> plan.encoding, plan.delimiter
            ('gb18030', ';')
        """
        read, encoding, delimiter = read_source(source, encoding, delimiter)
        native = _native.plan_import(self._crm._session, read, entity, encoding, delimiter)
        return Plan(self._crm, native)

    def folder(self, path: str | os.PathLike[str]) -> Folder:
        r"""Plans the files of a folder to which another system has exported its data.

        Args:
            path: The folder. Its CSV files whose headers tell what they are make one import.

        Examples:
            >>> import crmkit, pathlib, tempfile
            >>> crm = crmkit.in_memory()
            >>> folder = tempfile.TemporaryDirectory()
            >>> _ = pathlib.Path(folder.name, "notes.csv").write_text("a,b\n1,2\n")
            >>> list(crm.imports.folder(folder.name).skipped)
            ['notes.csv']
        """
        return Folder(self._crm, _native.plan_folder(self._crm._session, path))

    def cards(self, source: File) -> Cards:
        r"""An import of cards of people and organizations (vCard 2.1, 3.0 and 4.0).

        Args:
            source: A path, the bytes of a file, or a file that is open.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> card = "BEGIN:VCARD\nVERSION:4.0\nFN:李明\nEND:VCARD\n"
            >>> crm.imports.cards(card.encode()).run().counts.created
            1
        """
        return Cards(self._crm, _native.ImportCards(of_file(source)))

    @property
    def presets(self) -> list[str]:
        """The systems whose exports are known by their headers.

        Examples:
            >>> import crmkit
            >>> "Salesforce" in crmkit.in_memory().imports.presets
            True
        """
        return _native.import_presets()
