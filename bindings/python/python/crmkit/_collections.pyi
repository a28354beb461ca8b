# Written by scripts/write_stubs.py.
"""The collections of a CRM: one for each kind of record."""

from crmkit._crm import Crm
from crmkit._tables import (
    AffiliationsTable,
    CompetitorsTable,
    ExternalIdsTable,
    InteractionLinksTable,
    InteractionParticipantsTable,
    MemberStatusesTable,
    OpportunityCompetitorsTable,
    OpportunityContactsTable,
    OpportunityHistoryTable,
    OpportunityLinesTable,
    PostalAddressesTable,
    ReportingCurrenciesTable,
    TaggingsTable,
    TeamsTable,
    UsersTable,
)
from crmkit.collections.campaign_members import CampaignMembers
from crmkit.collections.campaigns import Campaigns
from crmkit.collections.closing_rates import ClosingRates
from crmkit.collections.contact_points import ContactPoints
from crmkit.collections.custom_fields import CustomFields
from crmkit.collections.customers import Customers
from crmkit.collections.exchange_rates import ExchangeRates
from crmkit.collections.interactions import Interactions
from crmkit.collections.opportunities import Opportunities
from crmkit.collections.pipelines import Pipelines
from crmkit.collections.products import Products
from crmkit.collections.stages import Stages
from crmkit.collections.tags import Tags
from crmkit.collections.tasks import Tasks

class Collections:
    """The collections of a CRM, as its attributes."""

    custom_fields: CustomFields
    """The definition of a field that users add to records of one kind."""
    teams: TeamsTable
    """A group of users: an office, a region, a line of business."""
    users: UsersTable
    """One of our own people: who owns customers and opportunities."""
    customers: Customers
    """Every person and organization that the business knows."""
    affiliations: AffiliationsTable
    """That a person works for an organization, or did."""
    external_ids: ExternalIdsTable
    """What another system calls one of our records; it makes imports idempotent."""
    contact_points: ContactPoints
    """One way to reach a customer: an e-mail address, a telephone number, a page, a name in a
    messenger.
    """
    postal_addresses: PostalAddressesTable
    """A place at which a customer lives, works, or receives goods or invoices.

    One of them is primary, by the rules of ``ContactPoint``.
    """
    tags: Tags
    """A word that marks records: ``fair-2026``, ``VIP``.

    Two words that differ only in capitals and accents are one tag.
    """
    taggings: TaggingsTable
    """That a tag marks a record: exactly one of the records that this may name."""
    interactions: Interactions
    """Something that happened between customers and us, or is planned to: a call, an e-mail, a
    meeting, a visit, a message, or a note.

    Whom and what it is about stands in its links, who took part in its participants.
    """
    interaction_links: InteractionLinksTable
    """That an interaction is about a record: exactly one of the records that this may name.

    An interaction has as many links as it is about records, and those to customers that
    follow from them are kept beside them.
    """
    interaction_participants: InteractionParticipantsTable
    """Somebody who took part in an interaction: a customer, one of us, or an address that is
    neither yet.
    """
    tasks: Tasks
    """Something that is to be done, by somebody, by a day or an instant, about a record or
    several.
    """
    pipelines: Pipelines
    """A way of selling: an ordered list of stages, at least one of each kind."""
    stages: Stages
    """A position in a pipeline."""
    products: Products
    """Something that is sold."""
    opportunities: Opportunities
    """A chance to sell something to a customer."""
    opportunity_contacts: OpportunityContactsTable
    """That a person has a part in an opportunity: a contact role, once for each person."""
    opportunity_lines: OpportunityLinesTable
    """What is to be sold in an opportunity, and for how much."""
    opportunity_history: OpportunityHistoryTable
    """How an opportunity stood from one time until another: by when things happened, while
    ``created_at`` tells when it was written down.
    """
    competitors: CompetitorsTable
    """Somebody else who wants to sell to the same customers."""
    opportunity_competitors: OpportunityCompetitorsTable
    """That a competitor is after an opportunity, once for each competitor."""
    exchange_rates: ExchangeRates
    """What one unit of a currency is worth in another from a day on, until the next rate of the
    two.
    """
    reporting_currencies: ReportingCurrenciesTable
    """A currency in which the business reports; what is closed gets its rate into each of these
    locked.
    """
    closing_rates: ClosingRates
    """What a closed opportunity was worth in a reporting currency, by the rate of the day on
    which it was closed.

    It stays as it is, whatever rates come later.
    """
    campaigns: Campaigns
    """An effort to win or keep customers."""
    member_statuses: MemberStatusesTable
    """How a member of a campaign may stand: ``Sent``, ``Responded``. Each campaign has its own."""
    campaign_members: CampaignMembers
    """That a campaign addresses a customer; once a campaign."""
    def __init__(self, crm: Crm) -> None:
        """Those of this CRM."""
