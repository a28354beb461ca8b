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
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from uuid import UUID

from crmkit import _native
from crmkit._native import Target
from crmkit._progress import Progress, Watcher, telling
from crmkit._sources import File, Read, Rows, cell, of_file, of_rows
from crmkit.errors import CrmError

if TYPE_CHECKING:
    from crmkit._crm import Crm
    from crmkit.collections.new_stage import NewStage

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

RowOutcome = Literal["created", "updated", "unchanged", "refused"]
"""What becomes of a row."""

Goes: TypeAlias = Target | str | None
"""Where a column goes: to a target, to the field of this name, or nowhere."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of a file.

    Attributes:
        rows: All rows of the file.
        created: Rows that became a new record.
        updated: Rows that changed a record.
        skipped: Rows that changed nothing: unchanged and blank ones.
        unchanged: Rows that say what is known already.
        blank: Rows with nothing in them.
        refused: Rows that were refused.
        merged: Of the imported rows, those about a record that a row before them was about already.
        created_on_the_way: Records that were created because a row refers to them, by table.
    """

    rows: int
    created: int
    updated: int
    skipped: int
    unchanged: int
    blank: int
    refused: int
    merged: int
    created_on_the_way: dict[str, int]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was refused, and why; the reason never holds what the row says.

    Attributes:
        line: The line of the file on which the row begins, from 1.
        reason: Why it was refused, and what to do.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cells that were left out of rows which were imported, of one column and for one reason.

    Attributes:
        column: The header of the column.
        reason: Why they were left out.
        cells: How many there are.
        first_line: The line of the file on which the row of the first begins, from 1.
    """

    column: str
    reason: str
    cells: int
    first_line: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would do, found out by doing it and taking all of it back. Printing it shows all.

    Attributes:
        counts: How many rows would be created, updated, skipped, refused.
        rows: What would become of the first thousand rows, with the line on which each begins.
        refused: The first hundred rows that would be refused.
        left_out: What would be left out of rows that are imported.
    """

    counts: Counts
    rows: list[tuple[int, RowOutcome]] = field(repr=False)
    refused: list[RefusedRow] = field(repr=False)
    left_out: list[LeftOut] = field(repr=False)
    _text: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        """What would become of the rows, with the reasons."""
        return self._text


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a run did. Printing it shows all.

    Attributes:
        batch: The batch by which :meth:`crmkit.Crm.undo` takes the run back.
        counts: How many rows were created, updated, skipped, refused.
        refused: The first hundred rows that were refused.
        left_out: What was left out of rows that were imported.
        refused_file: The file with every refused row and its reason, where there was any.
    """

    batch: UUID
    counts: Counts
    refused: list[RefusedRow] = field(repr=False)
    left_out: list[LeftOut] = field(repr=False)
    refused_file: Path | None
    _text: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        """What became of the rows, with the reasons."""
        return self._text


@dataclass(frozen=True, slots=True)
class FolderPreview:
    """What a run would do with each file of a folder, in the order in which they are imported."""

    files: dict[str, Preview]
    _text: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        """What would become of the rows of each file."""
        return self._text


@dataclass(frozen=True, slots=True)
class FolderResult:
    """What a run did with each file of a folder.

    Attributes:
        batch: The batch by which :meth:`crmkit.Crm.undo` takes all of it back; none where no file
            was imported.
        files: The files, in the order in which they were imported.
    """

    batch: UUID | None
    files: dict[str, ImportResult]
    _text: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        """What became of the rows of each file."""
        return self._text


class Mapping(MutableMapping[str, Any]):
    """Where the columns of a file go, by their headers.

    A column is sent to a :class:`Target`, to the field of a name, to several of them in a list, or
    with ``None`` nowhere. For customers ``email``, ``phone``, ``web``, ``tags``, ``job_title`` and
    ``employer`` are such names too.
    """

    def __init__(self, native: _native.ImportPlan) -> None:
        """The mapping of a plan."""
        self._native = native

    def __getitem__(self, header: str) -> Target | tuple[Target, ...] | None:
        """Where a column goes; a tuple where it goes to several targets."""
        targets = self._native.targets(header)
        if targets is None:
            raise KeyError(header)
        kept = tuple(target for target in targets if target != Target.ignored())
        if len(kept) > 1:
            return kept
        return kept[0] if kept else None

    def __setitem__(self, header: str, goes: Goes | Sequence[Target | str]) -> None:
        """Sends a column there, and nowhere else."""
        if goes is None:
            self._native.map(header, [])
        elif isinstance(goes, Target | str):
            self._native.map(header, [goes])
        else:
            self._native.map(header, list(goes))

    def __delitem__(self, header: str) -> None:
        """Sends a column nowhere."""
        self[header] = None

    def __iter__(self) -> Iterator[str]:
        """The headers of the file, in its order."""
        return iter(self._native.headers())

    def __len__(self) -> int:
        """How many columns the file has."""
        return len(self._native.headers())

    def __repr__(self) -> str:
        """Each header with where its column goes."""
        return repr(dict(self))


class Plan:
    r"""How a file becomes records: what was found out about it, and where each column goes.

    Nothing is written until :meth:`run`. Printing a plan shows what was found out, the mapping, and
    what a run would do, with the reasons for what would be refused; it takes as long as
    :meth:`preview`.

    Examples:
        >>> import crmkit
        >>> crm = crmkit.in_memory()
        >>> plan = crm.imports.plan(b"Firma;Land\nAcme;DE\n;FR\n", entity="customer")
        >>> plan.mapping["Firma"] = crmkit.Target.field("name").key()
        >>> plan.set("kind", "organization")
        >>> plan
        <Plan of bytes in memory into customers: 2 rows>
        >>> print(plan)
        bytes in memory into customers
          2 row(s), 2 column(s), UTF-8, separated by semicolon
          Firma -> name, key
          Land  -> country  (guessed)
          (always) -> kind
        ...
    """

    def __init__(self, crm: Crm, native: _native.ImportPlan) -> None:
        """A plan of a CRM; :meth:`Imports.plan` makes one."""
        self._crm = crm
        self._native = native

    @property
    def name(self) -> str:
        """The name of the file."""
        return self._native.name

    @property
    def entity(self) -> str:
        """The table of the records that rows become."""
        return self._native.table

    @property
    def preset(self) -> str | None:
        """The system whose export the headers tell it is, where they tell one: ``Salesforce``."""
        return self._native.preset

    @property
    def encoding(self) -> str:
        """The encoding of the file."""
        return self._native.encoding

    @property
    def delimiter(self) -> str:
        """The sign between its cells."""
        return self._native.delimiter

    @property
    def rows(self) -> int:
        """How many rows it has, without the header."""
        return self._native.rows

    @property
    def mapping(self) -> Mapping:
        r"""Where the columns go, by their headers; assigning to one changes it.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> plan = crm.imports.plan(b"Firma,Mail\nAcme,info@acme.example\n", entity="customer")
            >>> plan.mapping["Firma"] = "name"
            >>> plan.mapping["Mail"] = crmkit.Target.email().label("work")
            >>> plan.mapping
            {'Firma': <Target name>, 'Mail': <Target e-mail address (work)>}
        """
        return Mapping(self._native)

    @property
    def currency(self) -> str | None:
        """The ISO 4217 code of the currency of all amounts that name none."""
        return self._native.currency

    @currency.setter
    def currency(self, code: str) -> None:
        self._native.currency = code

    @property
    def decimal_sign(self) -> Literal[".", ","] | None:
        """How the file writes numbers that could mean two; without it such a number is refused."""
        return self._native.decimal_sign

    @decimal_sign.setter
    def decimal_sign(self, sign: Literal[".", ","]) -> None:
        self._native.decimal_sign = sign

    @property
    def date_order(self) -> Literal["day-month-year", "month-day-year"] | None:
        """How the file writes dates that could mean two; without it such a date is refused."""
        return self._native.date_order

    @date_order.setter
    def date_order(self, order: Literal["day-month-year", "month-day-year"]) -> None:
        self._native.date_order = order

    @property
    def refused_to(self) -> Path | None:
        """The file in which refused rows are kept with their reasons; ``None`` keeps none.

        It is ``<name>.refused.csv`` beside a file of which the path was given, and none for others.
        """
        return self._native.refused_to

    @refused_to.setter
    def refused_to(self, path: str | os.PathLike[str] | None) -> None:
        self._native.refused_to = path

    def set(self, target: Target | str, value: Any) -> None:
        """Fills a target in every row with the same value, as if the file had a column of it.

        Args:
            target: The target, or the name of a field.
            value: What it is filled with.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> plan = crm.imports.plan([{"name": "Acme"}], entity="customer")
            >>> plan.set("kind", "organization")
            >>> plan.run().counts.created
            1
        """
        self._native.set(target, cell(value, "value"))

    def create_stages(self, stages: Iterable[NewStage]) -> None:
        r"""Creates these stages where the file names them and the pipeline has none of the name.

        A pipeline that is missing is created as well. What the file names besides becomes an open
        stage before the closed ones. Without this, a row with a stage that is not there is refused.

        Args:
            stages: The stages in their order, one of each kind at least.

        Examples:
            >>> import crmkit
            >>> from crmkit import NewStage
            >>> crm = crmkit.in_memory()
            >>> plan = crm.imports.plan(b"name,stage\nLooms,Talk\n", entity="opportunity")
            >>> closed = [NewStage.won("Won"), NewStage.lost("Lost")]
            >>> plan.create_stages([NewStage.open("Talk", 20), *closed])
            >>> _ = plan.run()
            >>> [stage.name for stage in crm.pipelines.stages(crm.pipelines.default())]
            ['Talk', 'Won', 'Lost']
        """
        self._native.create_stages(list(stages))

    def for_file(
        self, source: File | Rows, *, encoding: str | None = None, delimiter: str | None = None
    ) -> Plan:
        r"""The same mapping for another file with such columns: refused rows that were mended.

        Args:
            source: What :meth:`Imports.plan` takes.
            encoding: The encoding of that file, where it is known.
            delimiter: The sign between its cells, where it is known.

        Raises:
            ValidationError: That file lacks a column that is mapped.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> plan = crm.imports.plan(b"Firma\nAcme\n", entity="customer")
            >>> plan.mapping["Firma"] = "name"
            >>> plan.for_file(b"Firma\nGlobex\n").mapping
            {'Firma': <Target name>}
        """
        read, encoding, delimiter = _read(source, encoding, delimiter)
        native = self._native.for_file(self._crm._session, read, encoding, delimiter)
        return Plan(self._crm, native)

    def preview(self) -> Preview:
        """What a run would do now, row by row: done, and taken back; meanwhile nobody else writes.

        Raises:
            ValidationError: The mapping cannot work.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> rows = [{"name": "Acme", "kind": "organization"}]
            >>> plan = crm.imports.plan(rows, entity="customer")
            >>> plan.preview().counts.created, crm.customers.count()
            (1, 0)
        """
        return _preview(self._native.preview(self._crm._session))

    def run(self, *, progress: Watcher = False) -> ImportResult:
        """Imports the file in one transaction, which can be undone as one batch.

        A row that breaks a rule is refused, and nothing of it is written; the others are imported.
        In a ``with crm.transaction()`` the run is a part of it, so that several files are one
        batch. Ctrl-C stops it with nothing kept.

        Args:
            progress: ``True`` shows a bar in a terminal or a notebook. A callable is told a
                :class:`Progress`, at most ten times a second and at the end; what it raises stops
                the import with nothing kept. It may read the CRM, and not write to it.

        Raises:
            ValidationError: The mapping cannot work.
            StorageError: The file cannot be read, or the disk is full; nothing was kept.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> rows = [{"name": "Acme", "kind": "organization"}]
            >>> plan = crm.imports.plan(rows, entity="customer")
            >>> result = plan.run(progress=lambda progress: None)
            >>> crm.customers.count()
            1
            >>> _ = crm.undo(result)
            >>> crm.customers.count()
            0
        """
        with telling(progress, f"importing {self.name}", "rows") as tell:
            return _result(self._native.run(self._crm._session, tell))

    def __str__(self) -> str:
        """What was found out about the file, the mapping, and what a run would do."""
        try:
            would = str(self.preview())
        except CrmError as error:
            would = f"it cannot be imported like this: {error}\n"
        return f"{self._native}{would}".rstrip("\n")

    def __repr__(self) -> str:
        """The file and what its rows become."""
        return f"<Plan of {self.name} into {self.entity}: {self.rows:,} rows>"


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
        """What a run would do now, file by file. It is done and taken back."""
        said = self._native.preview(self._crm._session)
        files = {name: _preview(one) for name, one in said["files"]}
        return FolderPreview(files, said["text"].rstrip("\n"))

    def run(self, *, progress: Watcher = False) -> FolderResult:
        """Imports all files in one transaction, which can be undone as one batch.

        Args:
            progress: As for :meth:`Plan.run`, over the rows of all files.
        """
        with telling(progress, "importing the folder", "rows") as tell:
            said = self._native.run(self._crm._session, tell)
        files = {name: _result(one) for name, one in said["files"]}
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


class Cards:
    """An import of cards (vCard). What a card says is known from its standard."""

    def __init__(self, crm: Crm, native: _native.ImportCards) -> None:
        """An import of cards; :meth:`Imports.cards` makes one."""
        self._crm = crm
        self._native = native

    @property
    def refused_to(self) -> Path | None:
        """The file in which the first hundred refused cards are kept; ``None`` keeps none."""
        return self._native.refused_to

    @refused_to.setter
    def refused_to(self, path: str | os.PathLike[str] | None) -> None:
        self._native.refused_to = path

    def preview(self) -> Preview:
        """What a run would do now; a row is a card. It is done and taken back."""
        return _preview(self._native.preview(self._crm._session))

    def run(self) -> ImportResult:
        """Imports the cards in one transaction, which can be undone as one batch; a row is a card.

        A card adds: it fills fields that are empty, and overwrites none.
        """
        return _result(self._native.run(self._crm._session))


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
        read, encoding, delimiter = _read(source, encoding, delimiter)
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


def _read(
    source: File | Rows, encoding: str | None, delimiter: str | None
) -> tuple[Read, str | None, str | None]:
    rows = of_rows(source)
    if rows is not None:
        return rows, "utf-8", ","
    return of_file(source), encoding, delimiter  # type: ignore[arg-type]


def _outcome(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "counts": Counts(**said["counts"]),
        "refused": [RefusedRow(*row) for row in said["refused"]],
        "left_out": [LeftOut(*one) for one in said["left_out"]],
        "_text": said["text"].rstrip("\n"),
    }


def _preview(said: dict[str, Any]) -> Preview:
    return Preview(rows=said["rows"], **_outcome(said))


def _result(said: dict[str, Any]) -> ImportResult:
    return ImportResult(batch=said["batch"], refused_file=said["refused_file"], **_outcome(said))
