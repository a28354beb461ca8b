# Written by scripts/write_stubs.py.
"""A collection for each kind of record, with the signatures that its fields make."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypeAlias
from uuid import UUID

from crmkit._collection import Collection
from crmkit._native import Money
from crmkit._values import CustomValue
from crmkit.choices import (
    BuyingRole,
    CampaignKind,
    CampaignStatus,
    ContactPointKind,
    CustomerKind,
    CustomFieldKind,
    ForecastCategory,
    InteractionDirection,
    InteractionKind,
    InteractionStatus,
    Lifecycle,
    OpportunityKind,
    Outcome,
    ParticipantResponse,
    ParticipantRole,
    ProductStatus,
    StageKind,
    TaskPriority,
    TaskStatus,
    UserStatus,
)
from crmkit.collections.new_member_status import NewMemberStatus
from crmkit.collections.new_stage import NewStage
from crmkit.records import (
    Affiliation,
    Campaign,
    CampaignMember,
    ClosingRate,
    Competitor,
    ContactPoint,
    Customer,
    CustomField,
    ExchangeRate,
    ExternalId,
    Interaction,
    InteractionLink,
    InteractionParticipant,
    MemberStatus,
    Opportunity,
    OpportunityCompetitor,
    OpportunityContact,
    OpportunityHistory,
    OpportunityLine,
    Pipeline,
    PostalAddress,
    Product,
    ReportingCurrency,
    Stage,
    Tag,
    Tagging,
    Task,
    Team,
    User,
)

_BuyingRole: TypeAlias = (
    BuyingRole
    | Literal[
        "decision_maker", "economic_buyer", "champion", "influencer", "evaluator", "user", "blocker"
    ]
)

_CampaignKind: TypeAlias = (
    CampaignKind
    | Literal[
        "other",
        "email",
        "mail",
        "telephone",
        "social_media",
        "advertising",
        "event",
        "trade_fair",
        "webinar",
        "referral",
        "partner",
    ]
)

_CampaignStatus: TypeAlias = (
    CampaignStatus | Literal["planned", "active", "paused", "completed", "aborted"]
)

_ContactPointKind: TypeAlias = ContactPointKind | Literal["email", "phone", "web", "messenger"]

_CustomFieldKind: TypeAlias = (
    CustomFieldKind
    | Literal["text", "number", "money", "date", "instant", "boolean", "choice", "reference"]
)

_CustomerKind: TypeAlias = CustomerKind | Literal["person", "organization"]

_ForecastCategory: TypeAlias = (
    ForecastCategory
    | Literal["omitted", "pipeline", "best_case", "most_likely", "commit", "closed"]
)

_InteractionDirection: TypeAlias = InteractionDirection | Literal["inbound", "outbound"]

_InteractionKind: TypeAlias = (
    InteractionKind | Literal["call", "email", "meeting", "visit", "message", "note"]
)

_InteractionStatus: TypeAlias = (
    InteractionStatus | Literal["held", "planned", "cancelled", "missed"]
)

_Lifecycle: TypeAlias = (
    Lifecycle | Literal["lead", "prospect", "customer", "former", "partner", "other"]
)

_OpportunityKind: TypeAlias = (
    OpportunityKind | Literal["new_business", "existing_business", "renewal"]
)

_Outcome: TypeAlias = Outcome | Literal["open", "won", "lost"]

_ParticipantResponse: TypeAlias = (
    ParticipantResponse | Literal["needs_action", "accepted", "tentative", "declined"]
)

_ParticipantRole: TypeAlias = (
    ParticipantRole | Literal["attendee", "organizer", "recipient", "copied"]
)

_ProductStatus: TypeAlias = ProductStatus | Literal["active", "retired"]

_StageKind: TypeAlias = StageKind | Literal["open", "won", "lost"]

_TaskPriority: TypeAlias = TaskPriority | Literal["normal", "high", "low"]

_TaskStatus: TypeAlias = TaskStatus | Literal["open", "done", "cancelled"]

_UserStatus: TypeAlias = UserStatus | Literal["active", "inactive"]

def class_name(table: str) -> str:
    """The name of the collection of a table: ``OpportunityLinesTable``."""

class CustomFieldsTable(Collection[CustomField]):
    """The definition of a field that users add to records of one kind."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        key: str,
        label: str,
        kind: _CustomFieldKind,
        refers_to: str | None = None,
        required: bool | None = None,
        indexed: bool | None = None,
        position: int | None = None,
        entity: str,
        options: Iterable[str] | Mapping[str, str] | None = None,
        id: UUID | str | None = None,
    ) -> CustomField:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            key: What people type in filters, imports and code: letters, digits and ``_``. It may
                change; nothing is lost by that.
            label: What people read.
            kind: What the field holds. It never changes.
            refers_to: The table of the records to which a reference refers; while it does, these
                are not deleted.
            required: Whether a record must have it: when it is created, and when its custom fields
                change.
            indexed: Whether the store keeps an index on it, so that filters by it are quick.
            position: The place among the fields of its kind of record; equal ones stand in the
                order in which they were defined.
            entity: The kind of the records that have the field: ``customer``.
            options: The options of a choice: codes, or codes with what people read.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: CustomField | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        key: str = ...,
        label: str = ...,
        required: bool = ...,
        indexed: bool = ...,
        position: int = ...,
    ) -> CustomField:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            key: What people type in filters, imports and code: letters, digits and ``_``. It may
                change; nothing is lost by that.
            label: What people read.
            required: Whether a record must have it: when it is created, and when its custom fields
                change.
            indexed: Whether the store keeps an index on it, so that filters by it are quick.
            position: The place among the fields of its kind of record; equal ones stand in the
                order in which they were defined.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class TeamsTable(Collection[Team]):
    """A group of users: an office, a region, a line of business."""

    table_name: ClassVar[str]
    def create(self, /, *, name: str, id: UUID | str | None = None) -> Team:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            name: Its name.
            id: Its id; a new one where none is given.
        """
    def update(
        self, record: Team | UUID | str, /, *, expected_revision: int | None = None, name: str = ...
    ) -> Team:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: Its name.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class UsersTable(Collection[User]):
    """One of our own people: who owns customers and opportunities."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        name: str,
        email: str | None = None,
        status: _UserStatus | None = None,
        manager: User | UUID | str | None = None,
        team: Team | UUID | str | None = None,
        id: UUID | str | None = None,
    ) -> User:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            name: Their name.
            email: The address by which they sign in.
            status: Whether they still work here.
            manager: Whom they report to; a tree, never a circle.
            team: The team they work in.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: User | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        name: str = ...,
        email: str | None = ...,
        status: _UserStatus = ...,
        manager: User | UUID | str | None = ...,
        team: Team | UUID | str | None = ...,
    ) -> User:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: Their name.
            email: The address by which they sign in.
            status: Whether they still work here.
            manager: Whom they report to; a tree, never a circle.
            team: The team they work in.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class CustomersTable(Collection[Customer]):
    """Every person and organization that the business knows."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        kind: _CustomerKind,
        name: str,
        name_prefix: str | None = None,
        given_name: str | None = None,
        middle_name: str | None = None,
        family_name: str | None = None,
        name_suffix: str | None = None,
        lifecycle: _Lifecycle | None = None,
        parent: Customer | UUID | str | None = None,
        country: str | None = None,
        industry: str | None = None,
        website: str | None = None,
        annual_revenue: Money | None = None,
        employees: int | None = None,
        founded_year: int | None = None,
        language: str | None = None,
        description: str | None = None,
        owner: User | UUID | str | None = None,
        email: str | Iterable[str] | None = None,
        phone: str | Iterable[str] | None = None,
        web: str | Iterable[str] | None = None,
        messenger: str | Iterable[str] | None = None,
        address: dict[str, str] | Iterable[dict[str, str]] | None = None,
        tags: str | Iterable[str] | None = None,
        id: UUID | str | None = None,
        **custom: CustomValue,
    ) -> Customer:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            kind: Whether it is a person or an organization.
            name: The name as it is written; composed of the parts where a draft of a person leaves
                it blank.
            name_prefix: What stands before the name of a person: ``Dr.``.
            given_name: The given name of a person.
            middle_name: The middle names of a person.
            family_name: The family name of a person.
            name_suffix: What stands after the name of a person: ``Jr.``.
            lifecycle: How far the relation has come.
            parent: The organization to which this organization belongs; a tree, never a circle. A
                person has none, but affiliations.
            country: The country, as the business writes it; ISO 3166 codes serve best.
            industry: The line of business.
            website: The address of the web site.
            annual_revenue: What an organization earns in a year.
            employees: How many people work there.
            founded_year: The year in which it was founded.
            language: The language in which to write and speak, as a BCP 47 tag: ``zh-CN``.
            description: What there is to know besides.
            owner: Who looks after it.
            email: E-mail addresses, the primary one first.
            phone: Telephone numbers, the primary one first.
            web: Pages on the web.
            messenger: Names in messengers.
            address: Addresses, each of some of street, locality, region, postal_code and country.
            tags: The names of tags.
            id: Its id; a new one where none is given.
            **custom: The fields that users defined, by their keys.
        """
    def update(
        self,
        record: Customer | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        kind: _CustomerKind = ...,
        name: str = ...,
        name_prefix: str | None = ...,
        given_name: str | None = ...,
        middle_name: str | None = ...,
        family_name: str | None = ...,
        name_suffix: str | None = ...,
        lifecycle: _Lifecycle = ...,
        parent: Customer | UUID | str | None = ...,
        country: str | None = ...,
        industry: str | None = ...,
        website: str | None = ...,
        annual_revenue: Money | None = ...,
        employees: int | None = ...,
        founded_year: int | None = ...,
        language: str | None = ...,
        description: str | None = ...,
        owner: User | UUID | str | None = ...,
        **custom: CustomValue,
    ) -> Customer:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            kind: Whether it is a person or an organization.
            name: The name as it is written; composed of the parts where a draft of a person leaves
                it blank.
            name_prefix: What stands before the name of a person: ``Dr.``.
            given_name: The given name of a person.
            middle_name: The middle names of a person.
            family_name: The family name of a person.
            name_suffix: What stands after the name of a person: ``Jr.``.
            lifecycle: How far the relation has come.
            parent: The organization to which this organization belongs; a tree, never a circle. A
                person has none, but affiliations.
            country: The country, as the business writes it; ISO 3166 codes serve best.
            industry: The line of business.
            website: The address of the web site.
            annual_revenue: What an organization earns in a year.
            employees: How many people work there.
            founded_year: The year in which it was founded.
            language: The language in which to write and speak, as a BCP 47 tag: ``zh-CN``.
            description: What there is to know besides.
            owner: Who looks after it.
            **custom: The fields that users defined, by their keys.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class AffiliationsTable(Collection[Affiliation]):
    """That a person works for an organization, or did."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        person: Customer | UUID | str,
        organization: Customer | UUID | str,
        role: str | None = None,
        buying_role: _BuyingRole | None = None,
        is_primary: bool | None = None,
        from_on: date | None = None,
        to_on: date | None = None,
        id: UUID | str | None = None,
    ) -> Affiliation:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            person: The person.
            organization: The organization.
            role: What the person does there.
            buying_role: What part the person has in a purchase.
            is_primary: Whether it is the person's main affiliation; one at most on any day.
            from_on: The first day.
            to_on: The last day; empty while it lasts.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: Affiliation | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        person: Customer | UUID | str = ...,
        organization: Customer | UUID | str = ...,
        role: str | None = ...,
        buying_role: _BuyingRole | None = ...,
        is_primary: bool = ...,
        from_on: date | None = ...,
        to_on: date | None = ...,
    ) -> Affiliation:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            person: The person.
            organization: The organization.
            role: What the person does there.
            buying_role: What part the person has in a purchase.
            is_primary: Whether it is the person's main affiliation; one at most on any day.
            from_on: The first day.
            to_on: The last day; empty while it lasts.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class ExternalIdsTable(Collection[ExternalId]):
    """What another system calls one of our records; it makes imports idempotent."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        system: str,
        external_id: str,
        record_table: str,
        record_id: UUID | str,
        id: UUID | str | None = None,
    ) -> ExternalId:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            system: The other system: ``salesforce``, ``erp``.
            external_id: The id there; unique in the system for each table.
            record_table: The table of our record.
            record_id: Our record.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: ExternalId | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        system: str = ...,
        external_id: str = ...,
        record_table: str = ...,
        record_id: UUID | str = ...,
    ) -> ExternalId:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            system: The other system: ``salesforce``, ``erp``.
            external_id: The id there; unique in the system for each table.
            record_table: The table of our record.
            record_id: Our record.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class ContactPointsTable(Collection[ContactPoint]):
    """One way to reach a customer: an e-mail address, a telephone number, a page, a name in a
    messenger.
    """

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        customer: Customer | UUID | str,
        kind: _ContactPointKind,
        raw: str,
        extension: str | None = None,
        label: str | None = None,
        is_primary: bool | None = None,
        is_invalid: bool | None = None,
        verified_at: datetime | None = None,
        id: UUID | str | None = None,
    ) -> ContactPoint:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            customer: Whom it reaches.
            kind: By what means.
            raw: What was typed.
            extension: What is dialled after a telephone number.
            label: What it is for: ``work``, ``home``, ``mobile``.
            is_primary: Whether it is the first choice of its kind; one at most for each customer
                and kind.
            is_invalid: Whether it is known not to work: a number that is none, mail that came back.
            verified_at: When it was shown to reach the customer.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: ContactPoint | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        customer: Customer | UUID | str = ...,
        kind: _ContactPointKind = ...,
        raw: str = ...,
        extension: str | None = ...,
        label: str | None = ...,
        is_primary: bool = ...,
        is_invalid: bool = ...,
        verified_at: datetime | None = ...,
    ) -> ContactPoint:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            customer: Whom it reaches.
            kind: By what means.
            raw: What was typed.
            extension: What is dialled after a telephone number.
            label: What it is for: ``work``, ``home``, ``mobile``.
            is_primary: Whether it is the first choice of its kind; one at most for each customer
                and kind.
            is_invalid: Whether it is known not to work: a number that is none, mail that came back.
            verified_at: When it was shown to reach the customer.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class PostalAddressesTable(Collection[PostalAddress]):
    """A place at which a customer lives, works, or receives goods or invoices.

    One of them is primary, by the rules of ``ContactPoint``.
    """

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        customer: Customer | UUID | str,
        label: str | None = None,
        is_primary: bool | None = None,
        street: str | None = None,
        locality: str | None = None,
        region: str | None = None,
        postal_code: str | None = None,
        country: str | None = None,
        id: UUID | str | None = None,
    ) -> PostalAddress:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            customer: Whose it is.
            label: What it is for: ``billing``, ``shipping``, ``home``.
            is_primary: Whether it is the first choice; one at most for each customer.
            street: Street and number, building, floor; one line for each line of an envelope.
            locality: The city, town or village.
            region: The province, state or county.
            postal_code: The postal code.
            country: The country; ISO 3166 codes serve best.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: PostalAddress | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        customer: Customer | UUID | str = ...,
        label: str | None = ...,
        is_primary: bool = ...,
        street: str | None = ...,
        locality: str | None = ...,
        region: str | None = ...,
        postal_code: str | None = ...,
        country: str | None = ...,
    ) -> PostalAddress:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            customer: Whose it is.
            label: What it is for: ``billing``, ``shipping``, ``home``.
            is_primary: Whether it is the first choice; one at most for each customer.
            street: Street and number, building, floor; one line for each line of an envelope.
            locality: The city, town or village.
            region: The province, state or county.
            postal_code: The postal code.
            country: The country; ISO 3166 codes serve best.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class TagsTable(Collection[Tag]):
    """A word that marks records: ``fair-2026``, ``VIP``.

    Two words that differ only in capitals and accents are one tag.
    """

    table_name: ClassVar[str]
    def create(
        self, /, *, name: str, color: str | None = None, id: UUID | str | None = None
    ) -> Tag:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            name: The word, as it is shown.
            color: The colour in which it is shown: ``#2f6fde``.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: Tag | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        name: str = ...,
        color: str | None = ...,
    ) -> Tag:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: The word, as it is shown.
            color: The colour in which it is shown: ``#2f6fde``.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class TaggingsTable(Collection[Tagging]):
    """That a tag marks a record: exactly one of the records that this may name."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        tag: Tag | UUID | str,
        customer: Customer | UUID | str | None = None,
        opportunity: Opportunity | UUID | str | None = None,
        product: Product | UUID | str | None = None,
        campaign: Campaign | UUID | str | None = None,
        interaction: Interaction | UUID | str | None = None,
        id: UUID | str | None = None,
    ) -> Tagging:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            tag: The tag.
            customer: The customer that it marks.
            opportunity: The opportunity that it marks.
            product: The product that it marks.
            campaign: The campaign that it marks.
            interaction: The interaction that it marks.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: Tagging | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        tag: Tag | UUID | str = ...,
        customer: Customer | UUID | str | None = ...,
        opportunity: Opportunity | UUID | str | None = ...,
        product: Product | UUID | str | None = ...,
        campaign: Campaign | UUID | str | None = ...,
        interaction: Interaction | UUID | str | None = ...,
    ) -> Tagging:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            tag: The tag.
            customer: The customer that it marks.
            opportunity: The opportunity that it marks.
            product: The product that it marks.
            campaign: The campaign that it marks.
            interaction: The interaction that it marks.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class InteractionsTable(Collection[Interaction]):
    """Something that happened between customers and us, or is planned to: a call, an e-mail, a
    meeting, a visit, a message, or a note.

    Whom and what it is about stands in its links, who took part in its participants.
    """

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        kind: _InteractionKind,
        direction: _InteractionDirection | None = None,
        status: _InteractionStatus | None = None,
        channel: str | None = None,
        subject: str | None = None,
        body: str | None = None,
        starts_at: datetime | None = None,
        ends_at: datetime | None = None,
        zone: str | None = None,
        outcome: str | None = None,
        external_uid: str | None = None,
        source: str | None = None,
        owner: User | UUID | str | None = None,
        about: Customer
        | Opportunity
        | Product
        | Campaign
        | Iterable[Customer | Opportunity | Product | Campaign]
        | None = None,
        participants: Iterable[Customer | User | str | dict[str, Any]] | None = None,
        summary: str | None = None,
        id: UUID | str | None = None,
        **custom: CustomValue,
    ) -> Interaction:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            kind: What kind it is.
            direction: Who began it.
            status: Whether it has happened.
            channel: By what means, where the kind does not say it: ``teams``, ``wechat``,
                ``booth``.
            subject: What it was about, in a line.
            body: What was said or written.
            starts_at: When it began; now where a draft does not say it.
            ends_at: When it ended.
            zone: The IANA zone in which it took place, for those who show its time of day.
            outcome: What came of it: ``interested``, ``voicemail``.
            external_uid: The id that another program gave it, such as the UID of a calendar entry
                or the Message-ID of an e-mail.
            source: Where it comes from: ``calendar``, ``mail``, ``pbx``; empty where a person typed
                it.
            owner: Whose it is among us.
            about: The records that it is about.
            participants: Who took part: customers, users, addresses, or the fields of a
                participant.
            summary: The subject, in the word that calendars use.
            id: Its id; a new one where none is given.
            **custom: The fields that users defined, by their keys.
        """
    def update(
        self,
        record: Interaction | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        kind: _InteractionKind = ...,
        direction: _InteractionDirection | None = ...,
        status: _InteractionStatus = ...,
        channel: str | None = ...,
        subject: str | None = ...,
        body: str | None = ...,
        starts_at: datetime = ...,
        ends_at: datetime | None = ...,
        zone: str | None = ...,
        outcome: str | None = ...,
        external_uid: str | None = ...,
        source: str | None = ...,
        owner: User | UUID | str | None = ...,
        **custom: CustomValue,
    ) -> Interaction:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            kind: What kind it is.
            direction: Who began it.
            status: Whether it has happened.
            channel: By what means, where the kind does not say it: ``teams``, ``wechat``,
                ``booth``.
            subject: What it was about, in a line.
            body: What was said or written.
            starts_at: When it began; now where a draft does not say it.
            ends_at: When it ended.
            zone: The IANA zone in which it took place, for those who show its time of day.
            outcome: What came of it: ``interested``, ``voicemail``.
            external_uid: The id that another program gave it, such as the UID of a calendar entry
                or the Message-ID of an e-mail.
            source: Where it comes from: ``calendar``, ``mail``, ``pbx``; empty where a person typed
                it.
            owner: Whose it is among us.
            **custom: The fields that users defined, by their keys.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class InteractionLinksTable(Collection[InteractionLink]):
    """That an interaction is about a record: exactly one of the records that this may name.

    An interaction has as many links as it is about records, and those to customers that
    follow from them are kept beside them.
    """

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        interaction: Interaction | UUID | str,
        customer: Customer | UUID | str | None = None,
        opportunity: Opportunity | UUID | str | None = None,
        product: Product | UUID | str | None = None,
        campaign: Campaign | UUID | str | None = None,
        id: UUID | str | None = None,
    ) -> InteractionLink:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            interaction: The interaction.
            customer: The customer that it is about.
            opportunity: The opportunity that it is about.
            product: The product that it is about.
            campaign: The campaign that it is about.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: InteractionLink | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        interaction: Interaction | UUID | str = ...,
        customer: Customer | UUID | str | None = ...,
        opportunity: Opportunity | UUID | str | None = ...,
        product: Product | UUID | str | None = ...,
        campaign: Campaign | UUID | str | None = ...,
    ) -> InteractionLink:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            interaction: The interaction.
            customer: The customer that it is about.
            opportunity: The opportunity that it is about.
            product: The product that it is about.
            campaign: The campaign that it is about.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class InteractionParticipantsTable(Collection[InteractionParticipant]):
    """Somebody who took part in an interaction: a customer, one of us, or an address that is
    neither yet.
    """

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        interaction: Interaction | UUID | str | None = None,
        customer: Customer | UUID | str | None = None,
        user: User | UUID | str | None = None,
        address: str | None = None,
        role: _ParticipantRole | None = None,
        response: _ParticipantResponse | None = None,
        id: UUID | str | None = None,
    ) -> InteractionParticipant:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            interaction: The interaction. One that is logged along with it (``log``) leaves it out.
            customer: The customer.
            user: One of us.
            address: The address or number by which they took part.
            role: What part they had.
            response: What they answered to an invitation.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: InteractionParticipant | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        interaction: Interaction | UUID | str = ...,
        customer: Customer | UUID | str | None = ...,
        user: User | UUID | str | None = ...,
        address: str | None = ...,
        role: _ParticipantRole = ...,
        response: _ParticipantResponse = ...,
    ) -> InteractionParticipant:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            interaction: The interaction. One that is logged along with it (``log``) leaves it out.
            customer: The customer.
            user: One of us.
            address: The address or number by which they took part.
            role: What part they had.
            response: What they answered to an invitation.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class TasksTable(Collection[Task]):
    """Something that is to be done, by somebody, by a day or an instant, about a record or
    several.
    """

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        subject: str,
        body: str | None = None,
        status: _TaskStatus | None = None,
        priority: _TaskPriority | None = None,
        due_on: date | None = None,
        due_at: datetime | None = None,
        remind_at: datetime | None = None,
        completed_at: datetime | None = None,
        assignee: User | UUID | str | None = None,
        customer: Customer | UUID | str | None = None,
        opportunity: Opportunity | UUID | str | None = None,
        campaign: Campaign | UUID | str | None = None,
        interaction: Interaction | UUID | str | None = None,
        about: Customer
        | Opportunity
        | Campaign
        | Interaction
        | Iterable[Customer | Opportunity | Campaign | Interaction]
        | None = None,
        id: UUID | str | None = None,
        **custom: CustomValue,
    ) -> Task:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            subject: What is to be done.
            body: More about it.
            status: How it stands.
            priority: How urgent it is.
            due_on: The day by whose end it is to be done; where an instant is given, its day in the
                zone of the application.
            due_at: The instant by which it is to be done, where a day is not enough.
            remind_at: When somebody is to be reminded of it.
            completed_at: When it was done or called off; now where nothing is given.
            assignee: Who is to do it.
            customer: The customer that it is about; that of the opportunity where none is given.
            opportunity: The opportunity that it is about.
            campaign: The campaign that it is about.
            interaction: The interaction that it follows from.
            about: The record that it is about; of several, one of each kind.
            id: Its id; a new one where none is given.
            **custom: The fields that users defined, by their keys.
        """
    def update(
        self,
        record: Task | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        subject: str = ...,
        body: str | None = ...,
        priority: _TaskPriority = ...,
        due_on: date | None = ...,
        due_at: datetime | None = ...,
        remind_at: datetime | None = ...,
        assignee: User | UUID | str | None = ...,
        customer: Customer | UUID | str | None = ...,
        opportunity: Opportunity | UUID | str | None = ...,
        campaign: Campaign | UUID | str | None = ...,
        interaction: Interaction | UUID | str | None = ...,
        **custom: CustomValue,
    ) -> Task:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            subject: What is to be done.
            body: More about it.
            priority: How urgent it is.
            due_on: The day by whose end it is to be done; where an instant is given, its day in the
                zone of the application.
            due_at: The instant by which it is to be done, where a day is not enough.
            remind_at: When somebody is to be reminded of it.
            assignee: Who is to do it.
            customer: The customer that it is about; that of the opportunity where none is given.
            opportunity: The opportunity that it is about.
            campaign: The campaign that it is about.
            interaction: The interaction that it follows from.
            **custom: The fields that users defined, by their keys.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class PipelinesTable(Collection[Pipeline]):
    """A way of selling: an ordered list of stages, at least one of each kind."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        name: str,
        is_default: bool | None = None,
        stages: Iterable[NewStage],
        id: UUID | str | None = None,
    ) -> Pipeline:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            name: Its name.
            is_default: Whether opportunities go here that name no pipeline; exactly one is, where
                there is any. The first pipeline becomes it, and another that is made the default
                takes it over.
            stages: Its stages in their order, at least one of each kind.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: Pipeline | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        name: str = ...,
        is_default: bool = ...,
    ) -> Pipeline:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: Its name.
            is_default: Whether opportunities go here that name no pipeline; exactly one is, where
                there is any. The first pipeline becomes it, and another that is made the default
                takes it over.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class StagesTable(Collection[Stage]):
    """A position in a pipeline."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        pipeline: Pipeline | UUID | str,
        name: str,
        kind: _StageKind,
        probability: Decimal | int | str | None = None,
        forecast_category: _ForecastCategory | None = None,
        rotten_after_days: int | None = None,
        id: UUID | str | None = None,
    ) -> Stage:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            pipeline: The pipeline to which it belongs.
            name: Its name, unique in the pipeline, in capitals or not.
            kind: What it means for its opportunities.
            probability: The probability in percent that an opportunity gets when it enters; 100
                where won, 0 where lost.
            forecast_category: The forecast category that an opportunity gets when it enters; closed
                where won, omitted where lost, and pipeline where an open stage has none.
            rotten_after_days: After how many days here an opportunity counts as rotten.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: Stage | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        name: str = ...,
        probability: Decimal | int | str | None = ...,
        forecast_category: _ForecastCategory | None = ...,
        rotten_after_days: int | None = ...,
    ) -> Stage:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: Its name, unique in the pipeline, in capitals or not.
            probability: The probability in percent that an opportunity gets when it enters; 100
                where won, 0 where lost.
            forecast_category: The forecast category that an opportunity gets when it enters; closed
                where won, omitted where lost, and pipeline where an open stage has none.
            rotten_after_days: After how many days here an opportunity counts as rotten.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class ProductsTable(Collection[Product]):
    """Something that is sold."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        name: str,
        code: str | None = None,
        family: str | None = None,
        list_price: Money | None = None,
        status: _ProductStatus | None = None,
        id: UUID | str | None = None,
        **custom: CustomValue,
    ) -> Product:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            name: Its name.
            code: The number by which it is ordered.
            family: The series or group it belongs to.
            list_price: What one unit costs by the list, zero or more.
            status: Whether it is still sold.
            id: Its id; a new one where none is given.
            **custom: The fields that users defined, by their keys.
        """
    def update(
        self,
        record: Product | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        name: str = ...,
        code: str | None = ...,
        family: str | None = ...,
        list_price: Money | None = ...,
        status: _ProductStatus = ...,
        **custom: CustomValue,
    ) -> Product:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: Its name.
            code: The number by which it is ordered.
            family: The series or group it belongs to.
            list_price: What one unit costs by the list, zero or more.
            status: Whether it is still sold.
            **custom: The fields that users defined, by their keys.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class OpportunitiesTable(Collection[Opportunity]):
    """A chance to sell something to a customer."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        name: str,
        customer: Customer | UUID | str | None = None,
        pipeline: Pipeline | UUID | str | None = None,
        stage: Stage | UUID | str | None = None,
        amount: Money | None = None,
        close_on: date | None = None,
        probability: Decimal | int | str | None = None,
        forecast_category: _ForecastCategory | None = None,
        kind: _OpportunityKind | None = None,
        source: str | None = None,
        next_step: str | None = None,
        lost_reason: str | None = None,
        opened_at: datetime | None = None,
        closed_at: datetime | None = None,
        owner: User | UUID | str | None = None,
        campaign: Campaign | UUID | str | None = None,
        lines: Iterable[dict[str, Any]] | None = None,
        visits: Iterable[tuple[Stage | UUID | str, datetime]] | None = None,
        id: UUID | str | None = None,
        **custom: CustomValue,
    ) -> Opportunity:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            name: What it is called.
            customer: To whom.
            pipeline: The pipeline; that of the stage, or the default one, or the standard one made
                now, where none is given.
            stage: The stage; the first open one of the pipeline where none is given.
            amount: What it is worth, zero or more; the sum of its lines where it has any, and then
                not edited.
            close_on: The day on which it is expected to close, and once closed the day on which it
                did.
            probability: How likely it is, in percent; the stage's where none is given, and again
                with every move.
            forecast_category: How it counts in the forecast; as the stage says where none is given,
                and again with every move.
            kind: What kind of business it is.
            source: Where it came from.
            next_step: What is to be done next.
            lost_reason: Why it was lost.
            opened_at: When it entered the pipeline; now where nothing is given, or when it was
                closed where that was before.
            closed_at: When it was won or lost.
            owner: Who works on it.
            campaign: The campaign from which it came.
            lines: The fields of its lines; the amount is their sum.
            visits: The stages that it went through and when it entered each, the last one the
                current.
            id: Its id; a new one where none is given.
            **custom: The fields that users defined, by their keys.
        """
    def update(
        self,
        record: Opportunity | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        name: str = ...,
        customer: Customer | UUID | str | None = ...,
        amount: Money | None = ...,
        close_on: date | None = ...,
        probability: Decimal | int | str | None = ...,
        forecast_category: _ForecastCategory | None = ...,
        kind: _OpportunityKind | None = ...,
        source: str | None = ...,
        next_step: str | None = ...,
        owner: User | UUID | str | None = ...,
        campaign: Campaign | UUID | str | None = ...,
        **custom: CustomValue,
    ) -> Opportunity:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: What it is called.
            customer: To whom.
            amount: What it is worth, zero or more; the sum of its lines where it has any, and then
                not edited.
            close_on: The day on which it is expected to close, and once closed the day on which it
                did.
            probability: How likely it is, in percent; the stage's where none is given, and again
                with every move.
            forecast_category: How it counts in the forecast; as the stage says where none is given,
                and again with every move.
            kind: What kind of business it is.
            source: Where it came from.
            next_step: What is to be done next.
            owner: Who works on it.
            campaign: The campaign from which it came.
            **custom: The fields that users defined, by their keys.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class OpportunityContactsTable(Collection[OpportunityContact]):
    """That a person has a part in an opportunity: a contact role, once for each person."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        opportunity: Opportunity | UUID | str,
        customer: Customer | UUID | str,
        role: _BuyingRole | None = None,
        is_primary: bool | None = None,
        id: UUID | str | None = None,
    ) -> OpportunityContact:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            opportunity: The opportunity.
            customer: The person.
            role: What part.
            is_primary: Whether this is the main contact; one at most, and another that is made it
                takes it over.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: OpportunityContact | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        opportunity: Opportunity | UUID | str = ...,
        customer: Customer | UUID | str = ...,
        role: _BuyingRole | None = ...,
        is_primary: bool = ...,
    ) -> OpportunityContact:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            opportunity: The opportunity.
            customer: The person.
            role: What part.
            is_primary: Whether this is the main contact; one at most, and another that is made it
                takes it over.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class OpportunityLinesTable(Collection[OpportunityLine]):
    """What is to be sold in an opportunity, and for how much."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        product: Product | UUID | str,
        opportunity: Opportunity | UUID | str | None = None,
        quantity: Decimal | int | str | None = None,
        unit_price: Decimal | int | str | None = None,
        currency: str | None = None,
        id: UUID | str | None = None,
    ) -> OpportunityLine:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            product: The product.
            opportunity: The opportunity; a line that is created along with its opportunity
                (``create_with``) leaves it out.
            quantity: How many, above zero; one where nothing is given.
            unit_price: The price of one unit, an exact decimal of zero or more; the list price
                where nothing is given.
            currency: The currency of the price by its ISO 4217 code; that of the list price where
                nothing is given.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: OpportunityLine | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        product: Product | UUID | str = ...,
        quantity: Decimal | int | str | None = ...,
        unit_price: Decimal | int | str | None = ...,
        currency: str | None = ...,
    ) -> OpportunityLine:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            product: The product.
            quantity: How many, above zero; one where nothing is given.
            unit_price: The price of one unit, an exact decimal of zero or more; the list price
                where nothing is given.
            currency: The currency of the price by its ISO 4217 code; that of the list price where
                nothing is given.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class OpportunityHistoryTable(Collection[OpportunityHistory]):
    """How an opportunity stood from one time until another: by when things happened, while
    ``created_at`` tells when it was written down.
    """

    table_name: ClassVar[str]

class CompetitorsTable(Collection[Competitor]):
    """Somebody else who wants to sell to the same customers."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        name: str,
        website: str | None = None,
        strengths: str | None = None,
        id: UUID | str | None = None,
    ) -> Competitor:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            name: Its name.
            website: The address of the web site.
            strengths: What it does better than we do.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: Competitor | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        name: str = ...,
        website: str | None = ...,
        strengths: str | None = ...,
    ) -> Competitor:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: Its name.
            website: The address of the web site.
            strengths: What it does better than we do.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class OpportunityCompetitorsTable(Collection[OpportunityCompetitor]):
    """That a competitor is after an opportunity, once for each competitor."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        opportunity: Opportunity | UUID | str,
        competitor: Competitor | UUID | str,
        id: UUID | str | None = None,
    ) -> OpportunityCompetitor:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            opportunity: The opportunity.
            competitor: The competitor; one that was met is not deleted.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: OpportunityCompetitor | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        opportunity: Opportunity | UUID | str = ...,
        competitor: Competitor | UUID | str = ...,
    ) -> OpportunityCompetitor:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            opportunity: The opportunity.
            competitor: The competitor; one that was met is not deleted.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class ExchangeRatesTable(Collection[ExchangeRate]):
    """What one unit of a currency is worth in another from a day on, until the next rate of the
    two.
    """

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        from_currency: str,
        to_currency: str,
        valid_from: date,
        rate: Decimal | int | str,
        source: str | None = None,
        id: UUID | str | None = None,
    ) -> ExchangeRate:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            from_currency: The ISO 4217 code of the currency that is converted.
            to_currency: The ISO 4217 code of the currency that it is converted to.
            valid_from: The first day on which the rate holds.
            rate: Units of the second currency for one unit of the first, above zero.
            source: Who says so: ``ecb``, ``bank``.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: ExchangeRate | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        from_currency: str = ...,
        to_currency: str = ...,
        valid_from: date = ...,
        rate: Decimal | int | str = ...,
        source: str | None = ...,
    ) -> ExchangeRate:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            from_currency: The ISO 4217 code of the currency that is converted.
            to_currency: The ISO 4217 code of the currency that it is converted to.
            valid_from: The first day on which the rate holds.
            rate: Units of the second currency for one unit of the first, above zero.
            source: Who says so: ``ecb``, ``bank``.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class ReportingCurrenciesTable(Collection[ReportingCurrency]):
    """A currency in which the business reports; what is closed gets its rate into each of these
    locked.
    """

    table_name: ClassVar[str]
    def create(self, /, *, code: str, id: UUID | str | None = None) -> ReportingCurrency:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            code: The ISO 4217 code, once.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: ReportingCurrency | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        code: str = ...,
    ) -> ReportingCurrency:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            code: The ISO 4217 code, once.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class ClosingRatesTable(Collection[ClosingRate]):
    """What a closed opportunity was worth in a reporting currency, by the rate of the day on
    which it was closed.

    It stays as it is, whatever rates come later.
    """

    table_name: ClassVar[str]

class CampaignsTable(Collection[Campaign]):
    """An effort to win or keep customers."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        name: str,
        kind: _CampaignKind | None = None,
        status: _CampaignStatus | None = None,
        objective: str | None = None,
        starts_on: date | None = None,
        ends_on: date | None = None,
        parent: Campaign | UUID | str | None = None,
        budget: Money | None = None,
        actual_cost: Money | None = None,
        expected_response: Decimal | int | str | None = None,
        expected_revenue: Money | None = None,
        owner: User | UUID | str | None = None,
        statuses: Iterable[NewMemberStatus] | None = None,
        id: UUID | str | None = None,
        **custom: CustomValue,
    ) -> Campaign:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            name: Its name.
            kind: By which way it reaches people.
            status: How far it is.
            objective: What it is to achieve.
            starts_on: The first day.
            ends_on: The last day; responses after it still count.
            parent: The campaign of which it is a part; a tree, never a circle.
            budget: What it may cost.
            actual_cost: What it did cost.
            expected_response: How many of a hundred members are expected to respond.
            expected_revenue: What it is expected to bring in.
            owner: Who runs it.
            statuses: Its own member statuses, in their order, instead of ``Sent`` and
                ``Responded``.
            id: Its id; a new one where none is given.
            **custom: The fields that users defined, by their keys.
        """
    def update(
        self,
        record: Campaign | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        name: str = ...,
        kind: _CampaignKind = ...,
        status: _CampaignStatus = ...,
        objective: str | None = ...,
        starts_on: date | None = ...,
        ends_on: date | None = ...,
        parent: Campaign | UUID | str | None = ...,
        budget: Money | None = ...,
        actual_cost: Money | None = ...,
        expected_response: Decimal | int | str | None = ...,
        expected_revenue: Money | None = ...,
        owner: User | UUID | str | None = ...,
        **custom: CustomValue,
    ) -> Campaign:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: Its name.
            kind: By which way it reaches people.
            status: How far it is.
            objective: What it is to achieve.
            starts_on: The first day.
            ends_on: The last day; responses after it still count.
            parent: The campaign of which it is a part; a tree, never a circle.
            budget: What it may cost.
            actual_cost: What it did cost.
            expected_response: How many of a hundred members are expected to respond.
            expected_revenue: What it is expected to bring in.
            owner: Who runs it.
            **custom: The fields that users defined, by their keys.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class MemberStatusesTable(Collection[MemberStatus]):
    """How a member of a campaign may stand: ``Sent``, ``Responded``. Each campaign has its own."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        campaign: Campaign | UUID | str,
        name: str,
        is_default: bool | None = None,
        has_responded: bool | None = None,
        position: int | None = None,
        id: UUID | str | None = None,
    ) -> MemberStatus:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            campaign: The campaign.
            name: Its name, unique in the campaign.
            is_default: Whether new members begin with it; exactly one of a campaign is.
            has_responded: Whether it means that the member responded; at least one of a campaign
                does.
            position: Its place among the statuses, from 0.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: MemberStatus | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        name: str = ...,
        is_default: bool = ...,
        has_responded: bool = ...,
        position: int = ...,
    ) -> MemberStatus:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            name: Its name, unique in the campaign.
            is_default: Whether new members begin with it; exactly one of a campaign is.
            has_responded: Whether it means that the member responded; at least one of a campaign
                does.
            position: Its place among the statuses, from 0.

        Raises:
            ConflictError: The record is at another revision by now.
        """

class CampaignMembersTable(Collection[CampaignMember]):
    """That a campaign addresses a customer; once a campaign."""

    table_name: ClassVar[str]
    def create(
        self,
        /,
        *,
        campaign: Campaign | UUID | str,
        customer: Customer | UUID | str,
        status: MemberStatus | UUID | str | None = None,
        first_responded_at: datetime | None = None,
        id: UUID | str | None = None,
    ) -> CampaignMember:
        """Creates a record; what is nothing stays empty, or follows by rule.

        Args:
            campaign: The campaign.
            customer: The customer.
            status: How the member stands; the campaign's default where none is given.
            first_responded_at: When the member responded first; set once.
            id: Its id; a new one where none is given.
        """
    def update(
        self,
        record: CampaignMember | UUID | str,
        /,
        *,
        expected_revision: int | None = None,
        status: MemberStatus | UUID | str | None = ...,
    ) -> CampaignMember:
        """Changes fields of a record; what is left out stays as it is.

        Args:
            record: The record, or its id.
            expected_revision: Change it only where it is at this revision.
            status: How the member stands; the campaign's default where none is given.

        Raises:
            ConflictError: The record is at another revision by now.
        """
