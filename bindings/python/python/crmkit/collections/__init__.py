"""The collections whose records have commands of their own."""

from __future__ import annotations

from typing import Any

from crmkit._collection import Collection
from crmkit.collections.campaign_members import CampaignMembers
from crmkit.collections.campaigns import AddedMembers, Campaigns
from crmkit.collections.closing_rates import ClosingRates
from crmkit.collections.contact_points import ContactPoints
from crmkit.collections.custom_fields import CustomFields
from crmkit.collections.customers import Caller, Customers
from crmkit.collections.exchange_rates import ExchangeRates, Rate, Rates
from crmkit.collections.interactions import Interactions
from crmkit.collections.new_member_status import NewMemberStatus
from crmkit.collections.new_stage import NewStage
from crmkit.collections.opportunities import Opportunities
from crmkit.collections.pipelines import Pipelines
from crmkit.collections.products import Products
from crmkit.collections.stages import Stages
from crmkit.collections.tags import Tags
from crmkit.collections.tasks import Tasks

__all__ = [
    "COMMANDS",
    "AddedMembers",
    "Caller",
    "CampaignMembers",
    "Campaigns",
    "ClosingRates",
    "ContactPoints",
    "CustomFields",
    "Customers",
    "ExchangeRates",
    "Interactions",
    "NewMemberStatus",
    "NewStage",
    "Opportunities",
    "Pipelines",
    "Products",
    "Rate",
    "Rates",
    "Stages",
    "Tags",
    "Tasks",
]

COMMANDS: dict[str, type[Collection[Any]]] = {
    collection.table_name: collection
    for collection in (
        CampaignMembers,
        Campaigns,
        ClosingRates,
        ContactPoints,
        CustomFields,
        Customers,
        ExchangeRates,
        Interactions,
        Opportunities,
        Pipelines,
        Products,
        Stages,
        Tags,
        Tasks,
    )
}
"""The collections with commands, by their tables; every other kind of record has the plain one."""
