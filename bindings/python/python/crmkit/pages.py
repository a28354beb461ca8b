"""What there is to know of a customer: the view for a talk, what is on file, what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, overload
from uuid import UUID

from crmkit._amounts import Amounts
from crmkit._native import Money

if TYPE_CHECKING:
    from crmkit.choices import BuyingRole, Outcome
    from crmkit.records import (
        ContactPoint,
        Customer,
        ExternalId,
        Interaction,
        PostalAddress,
        Task,
    )


@dataclass(frozen=True, slots=True)
class TagMark:
    """A tag of a customer: its word, and its colour."""

    tag_id: UUID
    name: str
    color: str | None


@dataclass(frozen=True, slots=True)
class AffiliatedCustomer:
    """A customer who is affiliated with the one that is viewed.

    Attributes:
        affiliation_id: The affiliation.
        customer_id: The other customer.
        name: Their name.
        role: What the person does at the organization.
        buying_role: What part the person has in a purchase.
        is_primary: Whether it is the person's main affiliation.
    """

    affiliation_id: UUID
    customer_id: UUID
    name: str
    role: str | None
    buying_role: BuyingRole | None
    is_primary: bool


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """An open opportunity of a customer."""

    opportunity_id: UUID
    name: str
    stage_id: UUID
    stage: str
    amount: Money | None
    probability: Decimal | None
    close_on: date | None


@dataclass(frozen=True, slots=True)
class View360:
    """What there is to know before talking to a customer.

    Attributes:
        customer: The customer.
        contact_points: How to reach them: those of a kind together, the primary one first.
        tags: What they are marked with, by name.
        people: Of an organization the people who work there today, of a person the organizations.
        open_deals: What is being sold to them, the next to close first.
        open_amounts: What these are worth together.
        last_interactions: The last ten until now, the newest first.
        open_tasks: What is to be done for them, the most overdue first.
    """

    customer: Customer
    contact_points: tuple[ContactPoint, ...]
    tags: tuple[TagMark, ...]
    people: tuple[AffiliatedCustomer, ...]
    open_deals: tuple[OpenDeal, ...]
    open_amounts: Amounts
    last_interactions: tuple[Interaction, ...]
    open_tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """That a customer is in a campaign, how they stand in it, and when they responded first."""

    member_id: UUID
    campaign_id: UUID
    campaign: str
    status: str | None
    first_responded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What stands on file of a customer beside the view.

    Attributes:
        addresses: Where they are, the primary one first.
        parent_name: The name of the organization to which this one belongs.
        children: How many organizations belong to this one.
        memberships: The campaigns in which they are, by name.
        external_ids: What other systems call them.
    """

    addresses: tuple[PostalAddress, ...]
    parent_name: str | None
    children: int
    memberships: tuple[Membership, ...]
    external_ids: tuple[ExternalId, ...]


@dataclass(frozen=True, slots=True)
class BecameKnown:
    """The customer became known."""


@dataclass(frozen=True, slots=True)
class Responded:
    """The customer responded to a campaign, for the first time."""

    member_id: UUID
    campaign_id: UUID
    campaign: str


@dataclass(frozen=True, slots=True)
class StageEntered:
    """One of their opportunities entered a stage, in which it was open, won or lost."""

    opportunity_id: UUID
    opportunity: str
    stage_id: UUID
    stage: str
    outcome: Outcome


TimelineEvent: TypeAlias = "BecameKnown | Responded | StageEntered | Task | Interaction"
"""What happened: a task is one that was done."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened with a customer, and when."""

    at: datetime
    event: TimelineEvent


@dataclass(frozen=True, slots=True)
class TimelinePage(Sequence[TimelineEntry]):
    """What happened with a customer, the newest first.

    Attributes:
        cursor: Where the page after this one begins, as text to keep or send; ``None`` at the end.
    """

    _entries: tuple[TimelineEntry, ...]
    cursor: str | None
    _read: Callable[[str], TimelinePage] = field(repr=False, compare=False)

    @overload
    def __getitem__(self, index: int) -> TimelineEntry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[TimelineEntry, ...]: ...
    def __getitem__(self, index: int | slice) -> TimelineEntry | tuple[TimelineEntry, ...]:
        """The entry at a place, or those of a slice."""
        return self._entries[index]

    def __len__(self) -> int:
        """How many entries the page has."""
        return len(self._entries)

    def __repr__(self) -> str:
        """How many entries there are, and whether more come after them."""
        return f"<TimelinePage of {len(self)}{', more after it' if self.cursor else ''}>"

    def next(self) -> TimelinePage:
        """The page after this one; an empty one where this was the last.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     timeline = crm.customers.timeline(acme)
            ...     len(timeline.next())
            0
        """
        if self.cursor is None:
            return TimelinePage((), None, self._read)
        return self._read(self.cursor)

    def all(self) -> Iterator[TimelineEntry]:
        """Every entry from here on, read page by page.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     timeline = crm.customers.timeline(acme)
            ...     list(timeline.all()) == list(timeline)
            True
        """
        page = self
        while page:
            yield from page
            page = page.next()
