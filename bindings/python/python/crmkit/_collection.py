"""What every collection of records can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, overload

from crmkit._native import Record, Table, table_of_records
from crmkit._values import AnyId
from crmkit.exports import ToCsv
from crmkit.log import HistoryEntry, history

if TYPE_CHECKING:
    from crmkit._crm import Crm
    from crmkit._native import Session

R = TypeVar("R", bound=Record, covariant=True)

Which = Literal["hidden", "shown", "only"]


class Page(Sequence[R]):
    """Some records in their order, and the way to those that come after them.

    A page is a sequence. ``next`` reads the page after it by keyset: stable while others write.
    """

    def __init__(self, records: list[R], more: _More[R] | None) -> None:
        """A page of these records."""
        self._records = records
        self._more = more

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> list[R]: ...
    def __getitem__(self, index: int | slice) -> R | list[R]:
        """The record at a place, or those of a slice."""
        return self._records[index]

    def __len__(self) -> int:
        """How many records the page has."""
        return len(self._records)

    def __repr__(self) -> str:
        """How many records there are, and whether more come after them."""
        more = ", more after it" if self._more else ""
        return f"<Page of {len(self)}{more}>"

    @property
    def has_next(self) -> bool:
        """Whether more records may come after this page."""
        return self._more is not None

    def next(self) -> Page[R]:
        """The page after this one; an empty one where this was the last.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     for name in ["Acme", "Globex", "Initech"]:
            ...         _ = crm.customers.create(kind="organization", name=name)
            ...     page = crm.customers.find(order_by="name", limit=2)
            ...     [customer.name for customer in page.next()]
            ['Initech']
        """
        if self._more is None:
            return Page([], None)
        return self._more.read()

    def all(self) -> Iterator[R]:
        """Every record from here on, read page by page.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     for name in ["Acme", "Globex", "Initech"]:
            ...         _ = crm.customers.create(kind="organization", name=name)
            ...     page = crm.customers.find(order_by="name", limit=2)
            ...     [customer.name for customer in page.all()]
            ['Acme', 'Globex', 'Initech']
        """
        page = self
        while True:
            yield from page
            if not page.has_next:
                return
            page = page.next()


class _More(Generic[R]):
    """Where a page ended, and what it was asked."""

    def __init__(self, collection: Collection[R], query: dict[str, Any]) -> None:
        self._collection = collection
        self._query = query

    def read(self) -> Page[R]:
        return self._collection._find(**self._query)


class Collection(ToCsv, Generic[R]):
    """The records of one kind: created, read, changed and deleted."""

    table_name: ClassVar[str]

    def __init__(self, crm: Crm) -> None:
        """The records of a CRM."""
        self._crm = crm

    @property
    def _session(self) -> Session:
        return self._crm._session

    def _create(self, fields: dict[str, Any]) -> R:
        created: R = self._session.create(self.table_name, fields)
        return created

    def _update(self, record: AnyId, changes: dict[str, Any], expected_revision: int | None) -> R:
        session = self._session
        updated: R = session.update(self.table_name, record, changes, expected_revision)
        return updated

    def get(self, record: AnyId, /, *, deleted: bool = False) -> R:
        """The record as it is now.

        Args:
            record: Its id, or the record as it was read once.
            deleted: Whether it may be a deleted one.

        Raises:
            NotFoundError: There is none.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     crm.customers.get(acme.id) == acme
            True
        """
        found: R = self._session.get(self.table_name, record, deleted)
        return found

    def delete(self, record: AnyId, /) -> None:
        """Deletes a record, with what goes along; ``restore`` brings it back.

        Raises:
            InUseError: Others need it.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     crm.customers.delete(acme)
            ...     crm.customers.count()
            0
        """
        self._session.delete(self.table_name, record)

    def restore(self, record: AnyId, /) -> R:
        """Brings a deleted record back, with what went along.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     crm.customers.delete(acme)
            ...     crm.customers.restore(acme).name
            'Acme GmbH'
        """
        restored: R = self._session.restore(self.table_name, record)
        return restored

    def find(
        self,
        *,
        where: str | None = None,
        order_by: str | None = None,
        limit: int = 100,
        deleted: Which = "hidden",
    ) -> Page[R]:
        """The records that meet a condition, page by page.

        Args:
            where: A text filter: ``country == "DE" && "fair-2026" in tags``.
            order_by: Fields apart by commas, with ``-`` for the largest first: ``-created_at``.
            limit: How many records a page has at most.
            deleted: Whether deleted records are ``hidden``, ``shown``, or the ``only`` ones.

        Raises:
            FilterError: The filter or the order cannot be read; it says at which character.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     for name, country in [("Acme", "DE"), ("Globex", "CN"), ("Initech", "DE")]:
            ...         _ = crm.customers.create(kind="organization", name=name, country=country)
            ...     page = crm.customers.find(where='country == "DE"', order_by="-name")
            ...     [customer.name for customer in page]
            ['Initech', 'Acme']
        """
        return self._find(where, order_by, limit, None, deleted)

    def _find(
        self, where: str | None, order_by: str | None, limit: int, after: str | None, deleted: Which
    ) -> Page[R]:
        records, token = self._session.find(
            self.table_name,
            filter=where,
            order_by=order_by,
            limit=limit,
            after=after,
            deleted=deleted,
        )
        if token is None:
            return Page(records, None)
        query = {
            "where": where,
            "order_by": order_by,
            "limit": limit,
            "after": token,
            "deleted": deleted,
        }
        return Page(records, _More(self, query))

    def first(self, *, where: str | None = None, order_by: str | None = None) -> R | None:
        """The first record that meets a condition, where there is one.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     crm.customers.first(where='country == "DE"') is None
            True
        """
        page = self.find(where=where, order_by=order_by, limit=1)
        return page[0] if page else None

    def count(self, *, where: str | None = None, deleted: Which = "hidden") -> int:
        """How many records meet a condition.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     crm.customers.count(where='name.startsWith("Ac")')
            1
        """
        return self._session.count(self.table_name, where, deleted)

    def history(self, record: Any, /) -> list[HistoryEntry]:
        """Who changed what of a record, when, and from what to what; the oldest first.

        Args:
            record: The record, or its id.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     crm.customers.delete(acme)
            ...     crm.customers.history(acme.id)[-1].kind
            'delete'
        """
        return history(self._session, record, self.table_name)

    def table(
        self, *, where: str | None = None, order_by: str | None = None, limit: int | None = None
    ) -> Table:
        """The records that meet a condition as a table, which data frames are made of.

        Args:
            where: A text filter, as in :meth:`find`; else all records.
            order_by: Fields apart by commas, as in :meth:`find`.
            limit: How many at most; else all.

        Raises:
            FilterError: The filter or the order cannot be read; it says at which character.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     _ = crm.customers.create(kind="person", name="李明")
            ...     table = crm.customers.table(where="kind == 'person'")
            >>> table.to_dicts()[0]["name"]
            '李明'
        """
        return table_of_records(
            self._session, self.table_name, filter=where, order_by=order_by, limit=limit
        )

    def __repr__(self) -> str:
        """The name of the collection."""
        return f"<{self.table_name}>"
