"""How a file becomes records: where each column goes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from crmkit import _native
from crmkit._native import Target
from crmkit._progress import Watcher, telling
from crmkit._sources import File, Read, Rows, cell, of_file, of_rows
from crmkit.errors import CrmError
from crmkit.imports.outcomes import (
    ImportResult,
    Preview,
    preview_of,
    result_of,
)

if TYPE_CHECKING:
    from crmkit._crm import Crm
    from crmkit.collections.new_stage import NewStage

Goes: TypeAlias = Target | str | None
"""Where a column goes: to a target, to the field of this name, or nowhere."""


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
        read, encoding, delimiter = read_source(source, encoding, delimiter)
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
        return preview_of(self._native.preview(self._crm._session))

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
            return result_of(self._native.run(self._crm._session, tell))

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


def read_source(
    source: File | Rows, encoding: str | None, delimiter: str | None
) -> tuple[Read, str | None, str | None]:
    """What is to be read, in which encoding, and what stands between its cells."""
    rows = of_rows(source)
    if rows is not None:
        return rows, "utf-8", ","
    return of_file(source), encoding, delimiter  # type: ignore[arg-type]
