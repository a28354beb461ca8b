"""Cards of people and organizations: vCard 2.1, 3.0 and 4.0."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit import _native
from crmkit.imports.outcomes import (
    ImportResult,
    Preview,
    preview_of,
    result_of,
)

if TYPE_CHECKING:
    from crmkit._crm import Crm


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
        r"""What a run would do now; a row is a card. It is done and taken back.

        Examples:
            >>> import crmkit
            >>> card = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Li Ming\r\nEND:VCARD\r\n"
            >>> with crmkit.in_memory() as crm:
            ...     cards = crm.imports.cards(card)
            ...     cards.preview().counts.created, crm.customers.count()
            (1, 0)
        """
        return preview_of(self._native.preview(self._crm._session))

    def run(self) -> ImportResult:
        r"""Imports the cards in one transaction, which can be undone as one batch; a row is a card.

        A card adds: it fills fields that are empty, and overwrites none.

        Examples:
            >>> import crmkit
            >>> card = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Li Ming\r\nEND:VCARD\r\n"
            >>> with crmkit.in_memory() as crm:
            ...     cards = crm.imports.cards(card)
            ...     cards.run().counts.created, crm.customers.count()
            (1, 1)
        """
        return result_of(self._native.run(self._crm._session))
