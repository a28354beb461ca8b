"""What all answers of insight are: typed rows, and the table that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Self, TypeVar, overload

from crmkit._native import Table

R = TypeVar("R", covariant=True)


@dataclass(frozen=True, repr=False)
class Answer(Sequence[R]):
    """An answer: a sequence of typed rows that never change.

    It prints as a table, shows one in a notebook, and ``table`` makes data frames of it.
    """

    _row: ClassVar[type[Any]]

    _rows: tuple[R, ...]
    _table: Table = field(compare=False)

    @classmethod
    def _of(cls, answered: tuple[Table, dict[str, Any]]) -> Self:
        table, said = answered
        return cls(_table=table, _rows=cls._rows_of(table), **said)

    @classmethod
    def _rows_of(cls, table: Table) -> tuple[Any, ...]:
        return tuple(cls._row(*cells) for cells in table._rows())

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | slice) -> R | tuple[R, ...]:
        """The row at a place, or those of a slice."""
        return self._rows[index]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def __repr__(self) -> str:
        """The title, and how many rows there are."""
        return f"<{type(self).__name__} {self._table.title!r}: {len(self)} rows>"

    def __str__(self) -> str:
        """The table for a terminal."""
        return str(self._table)

    def _repr_html_(self) -> str:
        return self._table._repr_html_()

    def table(self) -> Table:
        """The answer as a table, which data frames are made of.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     crm.insight.win_rate().table().columns
            ['opportunities', 'open', 'won', 'lost', 'rate']
        """
        return self._table


@dataclass(frozen=True, repr=False)
class Grouped(Answer[R]):
    """An answer about groups: ``key`` of a row holds what its opportunities have in common.

    Attributes:
        by: The columns of the keys, by what the answer is grouped.
    """

    by: tuple[str, ...]

    @classmethod
    def _of(cls, answered: tuple[Table, dict[str, Any]]) -> Self:
        table, said = answered
        return cls(_table=table, _rows=cls._rows_of(table), by=cls._by(table), **said)

    @classmethod
    def _by(cls, table: Table) -> tuple[str, ...]:
        names = table._names()
        # Of the row, the key stands for as many columns as there are before the others.
        return tuple(names[: len(names) - len(fields(cls._row)) + 1])

    @classmethod
    def _rows_of(cls, table: Table) -> tuple[Any, ...]:
        keys = len(cls._by(table))
        return tuple(cls._row(cells[:keys], *cells[keys:]) for cells in table._rows())
