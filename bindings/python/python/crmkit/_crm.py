"""The handle on a CRM, and how to get one."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta, tzinfo
from threading import get_ident
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, overload

from crmkit import _native, _report
from crmkit._collections import Collections
from crmkit._file import InFile
from crmkit._native import Record, SqlRows
from crmkit._values import SqlParameter
from crmkit.imports import Imports
from crmkit.insight import Insight
from crmkit.log import Change, Commit, Commits, HistoryEntry, Observer, feed, history
from crmkit.search import SearchResults

if TYPE_CHECKING:
    from crmkit._demo import DemoCompany


class Crm(Collections, InFile):
    """A CRM: its records by kind, what they tell, and the file in which they live.

    Get one from :func:`crmkit.open`. It may be used by any number of threads.

    Examples:
        >>> import crmkit
        >>> with crmkit.in_memory(actor="li.wei") as crm:
        ...     acme = crm.customers.create(kind="organization", name="Acme GmbH", country="DE")
        ...     [customer.name for customer in crm.customers.find(where='country == "DE"')]
        ['Acme GmbH']
    """

    def __init__(self, session: _native.Session) -> None:
        """The CRM behind a native handle; :func:`crmkit.open` makes one."""
        self._root = session
        self._open: ContextVar[tuple[int, _native.Session] | None] = ContextVar(
            "crmkit_transaction", default=None
        )
        super().__init__(self)
        self.insight = Insight(self)

    @property
    def _session(self) -> _native.Session:
        """The transaction that this thread has open, or else the CRM itself."""
        opened = self._open.get()
        if opened is not None and opened[0] == get_ident():
            return opened[1]
        return self._root

    @property
    def imports(self) -> Imports:
        """What comes in from outside: files of rows, folders of exports, cards."""
        return Imports(self)

    def __enter__(self) -> Self:
        """The CRM, closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Closes the CRM."""
        self.close()

    def close(self) -> None:
        """Closes the file; whatever uses the CRM afterwards is refused.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> crm.close()
        """
        self._root.close()

    @contextmanager
    def transaction(self, note: str | None = None) -> Generator[Crm]:
        """One transaction for the whole block: one commit, one batch to undo, one notification.

        Where the block raises, nothing of it is kept. A call that fails and is caught within the
        block takes back only what that call did.

        Args:
            note: What the change log keeps with it: ``call with Li``.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     with crm.transaction("a new customer"):
            ...         acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...         _ = crm.tasks.create(subject="Say hello", about=acme)
            ...     crm.tasks.count()
            1
        """
        session = self._session.begin(note)
        token = self._open.set((get_ident(), session))
        try:
            yield self
        except BaseException:
            self._open.reset(token)
            session.end(False)
            raise
        self._open.reset(token)
        session.end(True)

    def search(
        self, typed: str, *, limit: int = 20, only: Iterable[str] | None = None
    ) -> SearchResults:
        """The records of any kind that are closest to what a person typed, the closest first.

        It finds names by any part, pinyin, initials, words, numbers and addresses.

        Args:
            typed: What was typed.
            limit: How many hits at most.
            only: Only records of these collections: ``["customers", "opportunities"]``.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     _ = crm.customers.create(kind="person", name="李明")
            ...     hits = crm.search("liming")
            >>> [(hit.name, str(hit.reasons[0])) for hit in hits]
            [('李明', 'the name is read like this')]
        """
        tables = None if only is None else list(only)
        return _native.search(self._session, typed, limit=limit, only=tables)

    def sql(
        self,
        query: str,
        parameters: Sequence[SqlParameter] = (),
        *,
        row_limit: int | None = None,
        time_limit: timedelta | None = None,
    ) -> SqlRows:
        """The rows that a statement of SQL returns; nothing can be written with it.

        The views ``v_customer``, ``v_opportunity`` and so on are the promised names. Use this
        rather than the module ``sqlite3``: two SQLite libraries on one file lose what was written.

        Args:
            query: One statement of SQLite that reads.
            parameters: A value for each ``?1``, ``?2`` and so on.
            row_limit: How many rows at most; ``truncated`` tells whether there were more.
            time_limit: How long it may take.

        Raises:
            ValidationError: It is not exactly one statement that SQLite understands.
            RefusedError: It does more than read, took too long, or a transaction is open.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     _ = crm.customers.create(kind="organization", name="Acme GmbH", country="DE")
            ...     list(crm.sql("select name from v_customer where country = ?1", ["DE"]))
            [('Acme GmbH',)]
        """
        return _native.sql(
            self._session, query, list(parameters), row_limit=row_limit, time_limit=time_limit
        )

    @overload
    def report(self, path: None = None) -> str: ...
    @overload
    def report(self, path: str | os.PathLike[str]) -> None: ...
    def report(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """The picture of the company as one page of HTML that needs nothing else.

        Args:
            path: The file to write, all at once; else the page is returned as text.

        Raises:
            StorageError: The file cannot be written.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     crm.report()[:15]
            '<!doctype html>'
        """
        html = _native.report(self._session)
        if path is None:
            return html
        _report.write(path, html)
        return None

    def load_demo(self, *, seed: int = 1) -> DemoCompany:
        """Fills an empty CRM with a company to look at, in one batch, which can be undone.

        Args:
            seed: By which it is made up: the same number at the same time, the same records.

        Raises:
            RefusedError: There are records already.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     crm.load_demo(seed=7).opportunities
            150
        """
        return _native.load_demo(self._session, seed)

    def with_actor(self, actor: str) -> Crm:
        """The same CRM, in which this person or program writes.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory(actor="import") as crm:
            ...     _ = crm.with_actor("li.wei").customers.create(kind="person", name="李明")
        """
        return Crm(self._root.with_actor(actor))

    def as_of(self, at: datetime) -> Crm:
        """The CRM as it was at an instant: everything can be read, nothing written.

        Examples:
            >>> import crmkit
            >>> from datetime import datetime, timezone
            >>> with crmkit.in_memory() as crm:
            ...     before = datetime.now(timezone.utc)
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     crm.as_of(before.replace(year=2020)).customers.count()
            0
        """
        return Crm(self._session.as_of(at))

    def history(self, record: Record) -> list[HistoryEntry]:
        """Who changed what of a record, when, and from what to what; the oldest first.

        Of a record that is known by its id only, ask the collection: ``crm.customers.history(id)``.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory(actor="li.wei") as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     _ = crm.customers.update(acme, country="DE")
            ...     last = crm.history(acme)[-1]
            >>> print(last.actor, last.field, last.before, last.after)
            li.wei country None DE
        """
        return history(self._session, record, None)

    def feed(self, *, after: int = 0) -> Iterator[Change]:
        """Every change after a number, in order, with nothing skipped: for other systems.

        Keep ``change.sequence`` of the last one, and go on after it the next time.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     _ = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     for change in crm.feed(after=0):
            ...         print(change.sequence, change.table, change.kind)
            1 customers create
        """
        return feed(lambda: self._session, after)

    @overload
    def observe(self, callback: Callable[[Commit], object]) -> Observer: ...
    @overload
    def observe(self, callback: None = None) -> Commits: ...
    def observe(self, callback: Callable[[Commit], object] | None = None) -> Observer:
        """Tells of every commit from now on, until it is closed or its ``with`` block ends.

        The callback is called after the commit, on the thread that committed, and may use the CRM.
        What it raises goes to ``sys.unraisablehook``. Without a callback, iterate over what comes
        back: it waits for the next commit, until it is closed.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> with crm.observe(lambda commit: print(sorted(commit.tables))):
            ...     _ = crm.customers.create(kind="organization", name="Acme GmbH")
            ['customers']
        """
        return Commits(self._root) if callback is None else Observer(self._root, callback)


def open(
    path: str | os.PathLike[str],
    *,
    region: str | None = None,
    timezone: str | tzinfo = "UTC",
    actor: str | None = None,
    durability: Literal["full", "normal"] = "full",
    read_only: bool = False,
    busy_deadline: timedelta = timedelta(seconds=30),
) -> Crm:
    """Opens the CRM in a file, and creates the file where there is none.

    Args:
        path: The file.
        region: The region of telephone numbers that are written without a country code: ``CN``.
        timezone: The zone in which days begin and end: an IANA name or a ``ZoneInfo``.
        actor: Who writes: a person or a program.
        durability: What a commit outlives: ``full`` the loss of power, ``normal`` the end of the
            process.
        read_only: Whether nothing may be written.
        busy_deadline: How long a call waits for other writers before it raises ``BusyError``.

    Raises:
        CorruptError: The file is damaged, or of another application; it is left as it is.
        NewerFormatError: The file is of a newer version; it is left as it is.
        RefusedError: Something else in this process has the file open, such as ``sqlite3``.
        StorageError: The folder is missing or read-only.

    Examples:
        >>> import crmkit, tempfile, pathlib
        >>> folder = tempfile.TemporaryDirectory()
        >>> with crmkit.open(pathlib.Path(folder.name, "sales.db"), region="CN") as crm:
        ...     _ = crm.customers.create(kind="person", name="李明")
    """
    session = _native.open(
        path,
        region=region,
        timezone=_zone_name(timezone),
        actor=actor,
        durability=durability,
        read_only=read_only,
        busy_deadline=busy_deadline,
    )
    return Crm(session)


def in_memory(
    *, region: str | None = None, timezone: str | tzinfo = "UTC", actor: str | None = None
) -> Crm:
    """Opens a CRM in memory, gone with the last use of it: for tests and examples.

    Examples:
        >>> import crmkit
        >>> crmkit.in_memory().customers.count()
        0
    """
    return Crm(_native.in_memory(region=region, timezone=_zone_name(timezone), actor=actor))


def _zone_name(zone: str | tzinfo) -> str:
    return zone if isinstance(zone, str) else str(zone)
