"""All files of a folder, as one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit import _native
from crmkit._progress import Watcher, telling
from crmkit.errors import CrmError
from crmkit.imports.outcomes import (
    FolderPreview,
    FolderResult,
    preview_of,
    result_of,
)
from crmkit.imports.plan import Plan

if TYPE_CHECKING:
    from crmkit._crm import Crm


class Folder:
    """The plans of the files of a folder, in the order in which they are imported as one batch.

    Files whose headers tell no known export are skipped, with the reason. Printing it shows all
    plans, and what a run would do.
    """

    def __init__(self, crm: Crm, native: _native.ImportFolder) -> None:
        """The plans of a folder; :meth:`Imports.folder` makes them."""
        self._crm = crm
        self._native = native
        self.plans = [Plan(crm, plan) for plan in native.plans]
        """The plans, in the order in which they run."""
        self.skipped: dict[str, str] = dict(native.skipped)
        """The files that are not imported, and why."""

    def __getitem__(self, name: str) -> Plan:
        """The plan of a file, by its name."""
        for plan in self.plans:
            if plan.name == name:
                return plan
        raise KeyError(name)

    def preview(self) -> FolderPreview:
        """What a run would do now, file by file. It is done and taken back.

        Examples:
            >>> import crmkit, tempfile
            >>> with crmkit.in_memory() as crm, tempfile.TemporaryDirectory() as folder:
            ...     crm.imports.folder(folder).preview().files
            {}
        """
        said = self._native.preview(self._crm._session)
        files = {name: preview_of(one) for name, one in said["files"]}
        return FolderPreview(files, said["text"].rstrip("\n"))

    def run(self, *, progress: Watcher = False) -> FolderResult:
        """Imports all files in one transaction, which can be undone as one batch.

        Args:
            progress: As for :meth:`Plan.run`, over the rows of all files.

        Examples:
            >>> import crmkit, tempfile
            >>> with crmkit.in_memory() as crm, tempfile.TemporaryDirectory() as folder:
            ...     crm.imports.folder(folder).run().batch is None
            True
        """
        with telling(progress, "importing the folder", "rows") as tell:
            said = self._native.run(self._crm._session, tell)
        files = {name: result_of(one) for name, one in said["files"]}
        return FolderResult(said["batch"], files, said["text"].rstrip("\n"))

    def __str__(self) -> str:
        """The plans, and what a run would do."""
        try:
            would = str(self.preview())
        except CrmError as error:
            would = f"the folder cannot be imported like this: {error}"
        plans = "\n".join(str(plan._native) for plan in self.plans)
        return f"{plans}\n{would}" if plans else would

    def __repr__(self) -> str:
        """The files."""
        return f"<Folder of {', '.join(plan.name for plan in self.plans) or 'no file'}>"
