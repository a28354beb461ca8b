# Written by scripts/write_stubs.py.
"""The classes of records: immutable, hashable, comparable and picklable."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import final
from uuid import UUID

from crmkit._native import Money, Record
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

__all__ = [
    "Affiliation",
    "Campaign",
    "CampaignMember",
    "ClosingRate",
    "Competitor",
    "ContactPoint",
    "CustomField",
    "Customer",
    "ExchangeRate",
    "ExternalId",
    "Interaction",
    "InteractionLink",
    "InteractionParticipant",
    "MemberStatus",
    "Opportunity",
    "OpportunityCompetitor",
    "OpportunityContact",
    "OpportunityHistory",
    "OpportunityLine",
    "Pipeline",
    "PostalAddress",
    "Product",
    "Record",
    "ReportingCurrency",
    "Stage",
    "Tag",
    "Tagging",
    "Task",
    "Team",
    "User",
]

@final
class Affiliation(Record):
    """That a person works for an organization, or did."""
    @property
    def person_id(self) -> UUID:
        """The person."""
    @property
    def organization_id(self) -> UUID:
        """The organization."""
    @property
    def role(self) -> str | None:
        """What the person does there."""
    @property
    def buying_role(self) -> BuyingRole | None:
        """What part the person has in a purchase."""
    @property
    def is_primary(self) -> bool:
        """Whether it is the person's main affiliation; one at most on any day."""
    @property
    def from_on(self) -> date | None:
        """The first day."""
    @property
    def to_on(self) -> date | None:
        """The last day; empty while it lasts."""

@final
class Campaign(Record):
    """An effort to win or keep customers."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def kind(self) -> CampaignKind:
        """By which way it reaches people."""
    @property
    def status(self) -> CampaignStatus:
        """How far it is."""
    @property
    def objective(self) -> str | None:
        """What it is to achieve."""
    @property
    def starts_on(self) -> date | None:
        """The first day."""
    @property
    def ends_on(self) -> date | None:
        """The last day; responses after it still count."""
    @property
    def parent_id(self) -> UUID | None:
        """The campaign of which it is a part; a tree, never a circle."""
    @property
    def budget(self) -> Money | None:
        """What it may cost."""
    @property
    def actual_cost(self) -> Money | None:
        """What it did cost."""
    @property
    def expected_response(self) -> Decimal | None:
        """How many of a hundred members are expected to respond."""
    @property
    def expected_revenue(self) -> Money | None:
        """What it is expected to bring in."""
    @property
    def owner_id(self) -> UUID | None:
        """Who runs it."""
    @property
    def custom(self) -> Mapping[str, CustomValue]:
        """The fields that users defined."""

@final
class CampaignMember(Record):
    """That a campaign addresses a customer; once a campaign."""
    @property
    def campaign_id(self) -> UUID:
        """The campaign."""
    @property
    def customer_id(self) -> UUID:
        """The customer."""
    @property
    def status_id(self) -> UUID | None:
        """How the member stands; the campaign's default where none is given."""
    @property
    def first_responded_at(self) -> datetime | None:
        """When the member responded first; set once."""

@final
class ClosingRate(Record):
    """What a closed opportunity was worth in a reporting currency, by the rate of the day on
    which it was closed.

    It stays as it is, whatever rates come later.
    """
    @property
    def opportunity_id(self) -> UUID:
        """The opportunity."""
    @property
    def currency(self) -> str:
        """The ISO 4217 code of the reporting currency."""
    @property
    def rate(self) -> Decimal:
        """Units of the reporting currency for one unit of the opportunity's."""
    @property
    def rate_on(self) -> date:
        """The day whose rate it is."""
    @property
    def amount(self) -> Money | None:
        """The amount of the opportunity, converted and rounded once."""

@final
class Competitor(Record):
    """Somebody else who wants to sell to the same customers."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def website(self) -> str | None:
        """The address of the web site."""
    @property
    def strengths(self) -> str | None:
        """What it does better than we do."""

@final
class ContactPoint(Record):
    """One way to reach a customer: an e-mail address, a telephone number, a page, a name in a
    messenger.
    """
    @property
    def customer_id(self) -> UUID:
        """Whom it reaches."""
    @property
    def kind(self) -> ContactPointKind:
        """By what means."""
    @property
    def raw(self) -> str:
        """What was typed."""
    @property
    def normalized(self) -> str | None:
        """The form in which equal ones are equal: E.164 of a number, lower case of an address;
        empty where what was typed cannot be read as one.
        """
    @property
    def reversed_digits(self) -> str | None:
        """The digits of a telephone number from the last to the first: a caller is known by the
        last ones.
        """
    @property
    def extension(self) -> str | None:
        """What is dialled after a telephone number."""
    @property
    def label(self) -> str | None:
        """What it is for: ``work``, ``home``, ``mobile``."""
    @property
    def is_primary(self) -> bool:
        """Whether it is the first choice of its kind; one at most for each customer and kind."""
    @property
    def is_invalid(self) -> bool:
        """Whether it is known not to work: a number that is none, mail that came back."""
    @property
    def verified_at(self) -> datetime | None:
        """When it was shown to reach the customer."""

@final
class CustomField(Record):
    """The definition of a field that users add to records of one kind."""
    @property
    def record_table(self) -> str:
        """The table of the records that have the field: ``customers``."""
    @property
    def key(self) -> str:
        """What people type in filters, imports and code: letters, digits and ``_``.

        It may change; nothing is lost by that.
        """
    @property
    def label(self) -> str:
        """What people read."""
    @property
    def kind(self) -> CustomFieldKind:
        """What the field holds. It never changes."""
    @property
    def refers_to(self) -> str | None:
        """The table of the records to which a reference refers; while it does, these are not
        deleted.
        """
    @property
    def options(self) -> str | None:
        """The options of a choice, as ``options`` reads them."""
    @property
    def required(self) -> bool:
        """Whether a record must have it: when it is created, and when its custom fields change."""
    @property
    def indexed(self) -> bool:
        """Whether the store keeps an index on it, so that filters by it are quick."""
    @property
    def position(self) -> int:
        """The place among the fields of its kind of record; equal ones stand in the order in
        which they were defined.
        """
    @property
    def retired_at(self) -> datetime | None:
        """Since when nothing is written into it any more; what is there stays, and can be read."""
    @property
    def storage_key(self) -> str:
        """Under which records keep its values.

        It never changes, and no two fields have the same.
        """

@final
class Customer(Record):
    """Every person and organization that the business knows."""
    @property
    def kind(self) -> CustomerKind:
        """Whether it is a person or an organization."""
    @property
    def name(self) -> str:
        """The name as it is written; composed of the parts where a draft of a person leaves it
        blank.
        """
    @property
    def sort_name(self) -> str:
        """The key by which lists of names are sorted: family name first, Chinese by pinyin,
        accents folded.
        """
    @property
    def name_prefix(self) -> str | None:
        """What stands before the name of a person: ``Dr.``."""
    @property
    def given_name(self) -> str | None:
        """The given name of a person."""
    @property
    def middle_name(self) -> str | None:
        """The middle names of a person."""
    @property
    def family_name(self) -> str | None:
        """The family name of a person."""
    @property
    def name_suffix(self) -> str | None:
        """What stands after the name of a person: ``Jr.``."""
    @property
    def lifecycle(self) -> Lifecycle:
        """How far the relation has come."""
    @property
    def parent_id(self) -> UUID | None:
        """The organization to which this organization belongs; a tree, never a circle.

        A person has none, but affiliations.
        """
    @property
    def country(self) -> str | None:
        """The country, as the business writes it; ISO 3166 codes serve best."""
    @property
    def industry(self) -> str | None:
        """The line of business."""
    @property
    def website(self) -> str | None:
        """The address of the web site."""
    @property
    def annual_revenue(self) -> Money | None:
        """What an organization earns in a year."""
    @property
    def employees(self) -> int | None:
        """How many people work there."""
    @property
    def founded_year(self) -> int | None:
        """The year in which it was founded."""
    @property
    def language(self) -> str | None:
        """The language in which to write and speak, as a BCP 47 tag: ``zh-CN``."""
    @property
    def description(self) -> str | None:
        """What there is to know besides."""
    @property
    def owner_id(self) -> UUID | None:
        """Who looks after it."""
    @property
    def custom(self) -> Mapping[str, CustomValue]:
        """The fields that users defined."""

@final
class ExchangeRate(Record):
    """What one unit of a currency is worth in another from a day on, until the next rate of the
    two.
    """
    @property
    def from_currency(self) -> str:
        """The ISO 4217 code of the currency that is converted."""
    @property
    def to_currency(self) -> str:
        """The ISO 4217 code of the currency that it is converted to."""
    @property
    def valid_from(self) -> date:
        """The first day on which the rate holds."""
    @property
    def rate(self) -> Decimal:
        """Units of the second currency for one unit of the first, above zero."""
    @property
    def source(self) -> str | None:
        """Who says so: ``ecb``, ``bank``."""

@final
class ExternalId(Record):
    """What another system calls one of our records; it makes imports idempotent."""
    @property
    def system(self) -> str:
        """The other system: ``salesforce``, ``erp``."""
    @property
    def external_id(self) -> str:
        """The id there; unique in the system for each table."""
    @property
    def record_table(self) -> str:
        """The table of our record."""
    @property
    def record_id(self) -> UUID:
        """Our record."""

@final
class Interaction(Record):
    """Something that happened between customers and us, or is planned to: a call, an e-mail, a
    meeting, a visit, a message, or a note.

    Whom and what it is about stands in its links, who took part in its participants.
    """
    @property
    def kind(self) -> InteractionKind:
        """What kind it is."""
    @property
    def direction(self) -> InteractionDirection | None:
        """Who began it."""
    @property
    def status(self) -> InteractionStatus:
        """Whether it has happened."""
    @property
    def channel(self) -> str | None:
        """By what means, where the kind does not say it: ``teams``, ``wechat``, ``booth``."""
    @property
    def subject(self) -> str | None:
        """What it was about, in a line."""
    @property
    def body(self) -> str | None:
        """What was said or written."""
    @property
    def starts_at(self) -> datetime:
        """When it began; now where a draft does not say it."""
    @property
    def ends_at(self) -> datetime | None:
        """When it ended."""
    @property
    def zone(self) -> str | None:
        """The IANA zone in which it took place, for those who show its time of day."""
    @property
    def outcome(self) -> str | None:
        """What came of it: ``interested``, ``voicemail``."""
    @property
    def external_uid(self) -> str | None:
        """The id that another program gave it, such as the UID of a calendar entry or the
        Message-ID of an e-mail.
        """
    @property
    def source(self) -> str | None:
        """Where it comes from: ``calendar``, ``mail``, ``pbx``; empty where a person typed it."""
    @property
    def owner_id(self) -> UUID | None:
        """Whose it is among us."""
    @property
    def custom(self) -> Mapping[str, CustomValue]:
        """The fields that users defined."""

@final
class InteractionLink(Record):
    """That an interaction is about a record: exactly one of the records that this may name.

    An interaction has as many links as it is about records, and those to customers that
    follow from them are kept beside them.
    """
    @property
    def interaction_id(self) -> UUID:
        """The interaction."""
    @property
    def customer_id(self) -> UUID | None:
        """The customer that it is about."""
    @property
    def opportunity_id(self) -> UUID | None:
        """The opportunity that it is about."""
    @property
    def product_id(self) -> UUID | None:
        """The product that it is about."""
    @property
    def campaign_id(self) -> UUID | None:
        """The campaign that it is about."""
    @property
    def is_implied(self) -> bool:
        """Whether it follows from a participant, or from an opportunity that belongs to the
        customer.
        """

@final
class InteractionParticipant(Record):
    """Somebody who took part in an interaction: a customer, one of us, or an address that is
    neither yet.
    """
    @property
    def interaction_id(self) -> UUID:
        """The interaction. One that is logged along with it (``log``) leaves it out."""
    @property
    def customer_id(self) -> UUID | None:
        """The customer."""
    @property
    def user_id(self) -> UUID | None:
        """One of us."""
    @property
    def address(self) -> str | None:
        """The address or number by which they took part."""
    @property
    def role(self) -> ParticipantRole:
        """What part they had."""
    @property
    def response(self) -> ParticipantResponse:
        """What they answered to an invitation."""

@final
class MemberStatus(Record):
    """How a member of a campaign may stand: ``Sent``, ``Responded``. Each campaign has its own."""
    @property
    def campaign_id(self) -> UUID:
        """The campaign."""
    @property
    def name(self) -> str:
        """Its name, unique in the campaign."""
    @property
    def is_default(self) -> bool:
        """Whether new members begin with it; exactly one of a campaign is."""
    @property
    def has_responded(self) -> bool:
        """Whether it means that the member responded; at least one of a campaign does."""
    @property
    def position(self) -> int:
        """Its place among the statuses, from 0."""

@final
class Opportunity(Record):
    """A chance to sell something to a customer."""
    @property
    def name(self) -> str:
        """What it is called."""
    @property
    def customer_id(self) -> UUID | None:
        """To whom."""
    @property
    def pipeline_id(self) -> UUID:
        """The pipeline; that of the stage, or the default one, or the standard one made now,
        where none is given.
        """
    @property
    def stage_id(self) -> UUID:
        """The stage; the first open one of the pipeline where none is given."""
    @property
    def stage_entered_at(self) -> datetime | None:
        """When it entered the stage."""
    @property
    def outcome(self) -> Outcome:
        """How it stands: follows from the kind of the stage."""
    @property
    def amount(self) -> Money | None:
        """What it is worth, zero or more; the sum of its lines where it has any, and then not
        edited.
        """
    @property
    def list_amount(self) -> Money | None:
        """What its lines cost by the list; empty where it has none, or one without a list price
        in its currency.
        """
    @property
    def close_on(self) -> date | None:
        """The day on which it is expected to close, and once closed the day on which it did."""
    @property
    def probability(self) -> Decimal | None:
        """How likely it is, in percent; the stage's where none is given, and again with every
        move.
        """
    @property
    def forecast_category(self) -> ForecastCategory | None:
        """How it counts in the forecast; as the stage says where none is given, and again with
        every move.
        """
    @property
    def kind(self) -> OpportunityKind | None:
        """What kind of business it is."""
    @property
    def source(self) -> str | None:
        """Where it came from."""
    @property
    def next_step(self) -> str | None:
        """What is to be done next."""
    @property
    def lost_reason(self) -> str | None:
        """Why it was lost."""
    @property
    def opened_at(self) -> datetime | None:
        """When it entered the pipeline; now where nothing is given, or when it was closed where
        that was before.
        """
    @property
    def closed_at(self) -> datetime | None:
        """When it was won or lost."""
    @property
    def owner_id(self) -> UUID | None:
        """Who works on it."""
    @property
    def campaign_id(self) -> UUID | None:
        """The campaign from which it came."""
    @property
    def custom(self) -> Mapping[str, CustomValue]:
        """The fields that users defined."""

@final
class OpportunityCompetitor(Record):
    """That a competitor is after an opportunity, once for each competitor."""
    @property
    def opportunity_id(self) -> UUID:
        """The opportunity."""
    @property
    def competitor_id(self) -> UUID:
        """The competitor; one that was met is not deleted."""

@final
class OpportunityContact(Record):
    """That a person has a part in an opportunity: a contact role, once for each person."""
    @property
    def opportunity_id(self) -> UUID:
        """The opportunity."""
    @property
    def customer_id(self) -> UUID:
        """The person."""
    @property
    def role(self) -> BuyingRole | None:
        """What part."""
    @property
    def is_primary(self) -> bool:
        """Whether this is the main contact; one at most, and another that is made it takes it
        over.
        """

@final
class OpportunityHistory(Record):
    """How an opportunity stood from one time until another: by when things happened, while
    ``created_at`` tells when it was written down.
    """
    @property
    def opportunity_id(self) -> UUID:
        """The opportunity."""
    @property
    def from_at(self) -> datetime:
        """From when on it stood like this."""
    @property
    def until_at(self) -> datetime | None:
        """Until when; empty while it does."""
    @property
    def stage_id(self) -> UUID:
        """The stage, also where it was deleted since."""
    @property
    def is_stage_entry(self) -> bool:
        """Whether the row begins with a change of stage, and not of something else."""
    @property
    def stage_entered_at(self) -> datetime:
        """When it had entered the stage; ``from_at`` where the row begins with that."""
    @property
    def is_stage_exit(self) -> bool:
        """Whether the row ends with a change of stage: then the stay lasted from
        ``stage_entered_at`` until ``until_at``.
        """
    @property
    def outcome(self) -> Outcome:
        """How it stood."""
    @property
    def amount(self) -> Money | None:
        """What it was worth."""
    @property
    def list_amount(self) -> Money | None:
        """What its lines cost by the list."""
    @property
    def close_on(self) -> date | None:
        """The expected, and once closed the real, day of closing."""
    @property
    def probability(self) -> Decimal | None:
        """How likely it was, in percent."""
    @property
    def forecast_category(self) -> ForecastCategory | None:
        """How it counted in the forecast."""

@final
class OpportunityLine(Record):
    """What is to be sold in an opportunity, and for how much."""
    @property
    def opportunity_id(self) -> UUID:
        """The opportunity; a line that is created along with its opportunity (``create_with``)
        leaves it out.
        """
    @property
    def product_id(self) -> UUID:
        """The product."""
    @property
    def quantity(self) -> Decimal | None:
        """How many, above zero; one where nothing is given."""
    @property
    def unit_price(self) -> Decimal | None:
        """The price of one unit, an exact decimal of zero or more; the list price where nothing
        is given.
        """
    @property
    def currency(self) -> str | None:
        """The currency of the price by its ISO 4217 code; that of the list price where nothing
        is given.
        """
    @property
    def total(self) -> Money | None:
        """Quantity times price, rounded once to the minor unit."""
    @property
    def list_total(self) -> Money | None:
        """Quantity times the product's list price when product, quantity or currency were
        written last; empty where the product has no list price in the currency of the line.
        """

@final
class Pipeline(Record):
    """A way of selling: an ordered list of stages, at least one of each kind."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def is_default(self) -> bool:
        """Whether opportunities go here that name no pipeline; exactly one is, where there is
        any.

        The first pipeline becomes it, and another that is made the default takes it over.
        """

@final
class PostalAddress(Record):
    """A place at which a customer lives, works, or receives goods or invoices.

    One of them is primary, by the rules of ``ContactPoint``.
    """
    @property
    def customer_id(self) -> UUID:
        """Whose it is."""
    @property
    def label(self) -> str | None:
        """What it is for: ``billing``, ``shipping``, ``home``."""
    @property
    def is_primary(self) -> bool:
        """Whether it is the first choice; one at most for each customer."""
    @property
    def street(self) -> str | None:
        """Street and number, building, floor; one line for each line of an envelope."""
    @property
    def locality(self) -> str | None:
        """The city, town or village."""
    @property
    def region(self) -> str | None:
        """The province, state or county."""
    @property
    def postal_code(self) -> str | None:
        """The postal code."""
    @property
    def country(self) -> str | None:
        """The country; ISO 3166 codes serve best."""

@final
class Product(Record):
    """Something that is sold."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def code(self) -> str | None:
        """The number by which it is ordered."""
    @property
    def family(self) -> str | None:
        """The series or group it belongs to."""
    @property
    def list_price(self) -> Money | None:
        """What one unit costs by the list, zero or more."""
    @property
    def status(self) -> ProductStatus:
        """Whether it is still sold."""
    @property
    def custom(self) -> Mapping[str, CustomValue]:
        """The fields that users defined."""

@final
class ReportingCurrency(Record):
    """A currency in which the business reports; what is closed gets its rate into each of these
    locked.
    """
    @property
    def code(self) -> str:
        """The ISO 4217 code, once."""

@final
class Stage(Record):
    """A position in a pipeline."""
    @property
    def pipeline_id(self) -> UUID:
        """The pipeline to which it belongs."""
    @property
    def name(self) -> str:
        """Its name, unique in the pipeline, in capitals or not."""
    @property
    def kind(self) -> StageKind:
        """What it means for its opportunities."""
    @property
    def position(self) -> int:
        """Its place among the stages, from 0 and without gaps."""
    @property
    def probability(self) -> Decimal | None:
        """The probability in percent that an opportunity gets when it enters; 100 where won, 0
        where lost.
        """
    @property
    def forecast_category(self) -> ForecastCategory | None:
        """The forecast category that an opportunity gets when it enters; closed where won,
        omitted where lost, and pipeline where an open stage has none.
        """
    @property
    def rotten_after_days(self) -> int | None:
        """After how many days here an opportunity counts as rotten."""

@final
class Tag(Record):
    """A word that marks records: ``fair-2026``, ``VIP``.

    Two words that differ only in capitals and accents are one tag.
    """
    @property
    def name(self) -> str:
        """The word, as it is shown."""
    @property
    def folded_name(self) -> str:
        """The form in which equal words are equal."""
    @property
    def color(self) -> str | None:
        """The colour in which it is shown: ``#2f6fde``."""

@final
class Tagging(Record):
    """That a tag marks a record: exactly one of the records that this may name."""
    @property
    def tag_id(self) -> UUID:
        """The tag."""
    @property
    def customer_id(self) -> UUID | None:
        """The customer that it marks."""
    @property
    def opportunity_id(self) -> UUID | None:
        """The opportunity that it marks."""
    @property
    def product_id(self) -> UUID | None:
        """The product that it marks."""
    @property
    def campaign_id(self) -> UUID | None:
        """The campaign that it marks."""
    @property
    def interaction_id(self) -> UUID | None:
        """The interaction that it marks."""

@final
class Task(Record):
    """Something that is to be done, by somebody, by a day or an instant, about a record or
    several.
    """
    @property
    def subject(self) -> str:
        """What is to be done."""
    @property
    def body(self) -> str | None:
        """More about it."""
    @property
    def status(self) -> TaskStatus:
        """How it stands."""
    @property
    def priority(self) -> TaskPriority:
        """How urgent it is."""
    @property
    def due_on(self) -> date | None:
        """The day by whose end it is to be done; where an instant is given, its day in the zone
        of the application.
        """
    @property
    def due_at(self) -> datetime | None:
        """The instant by which it is to be done, where a day is not enough."""
    @property
    def remind_at(self) -> datetime | None:
        """When somebody is to be reminded of it."""
    @property
    def completed_at(self) -> datetime | None:
        """When it was done or called off; now where nothing is given."""
    @property
    def assignee_id(self) -> UUID | None:
        """Who is to do it."""
    @property
    def customer_id(self) -> UUID | None:
        """The customer that it is about; that of the opportunity where none is given."""
    @property
    def opportunity_id(self) -> UUID | None:
        """The opportunity that it is about."""
    @property
    def campaign_id(self) -> UUID | None:
        """The campaign that it is about."""
    @property
    def interaction_id(self) -> UUID | None:
        """The interaction that it follows from."""
    @property
    def custom(self) -> Mapping[str, CustomValue]:
        """The fields that users defined."""

@final
class Team(Record):
    """A group of users: an office, a region, a line of business."""
    @property
    def name(self) -> str:
        """Its name."""

@final
class User(Record):
    """One of our own people: who owns customers and opportunities."""
    @property
    def name(self) -> str:
        """Their name."""
    @property
    def email(self) -> str | None:
        """The address by which they sign in."""
    @property
    def status(self) -> UserStatus:
        """Whether they still work here."""
    @property
    def manager_id(self) -> UUID | None:
        """Whom they report to; a tree, never a circle."""
    @property
    def team_id(self) -> UUID | None:
        """The team they work in."""
