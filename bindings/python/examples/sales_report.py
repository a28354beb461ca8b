"""Imports the export of a company's CRM and tells, as JSON, how its sales went.

``python sales_report.py FOLDER`` reads products.csv, sales_teams.csv, accounts.csv and
sales_pipeline.csv in that folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import crmkit
from crmkit import Amounts, Crm, NewStage, Target
from crmkit.imports import Plan

CURRENCY = "USD"
STAGES = [
    NewStage.open("Prospecting", 10),
    NewStage.open("Engaging", 50),
    NewStage.won("Won"),
    NewStage.lost("Lost"),
]


def plans(crm: Crm, folder: Path) -> Iterator[Plan]:
    """Where each column of each file goes."""
    products = crm.imports.plan(folder / "products.csv", entity="product")
    products.mapping["product"] = Target.field("name").key()
    products.mapping["series"] = "family"
    products.mapping["sales_price"] = Target.field("list_price").currency(CURRENCY)
    yield products

    users = crm.imports.plan(folder / "sales_teams.csv", entity="user")
    users.mapping["sales_agent"] = Target.field("name").key()
    users.mapping["manager"] = Target.reference("manager", by="name", create_missing=True)
    users.mapping["regional_office"] = Target.reference("team", by="name", create_missing=True)
    yield users

    customers = crm.imports.plan(folder / "accounts.csv", entity="customer")
    customers.mapping["account"] = Target.field("name").key()
    customers.mapping["sector"] = "industry"
    customers.mapping["year_established"] = "founded_year"
    revenue = Target.field("annual_revenue").currency(CURRENCY)
    customers.mapping["revenue"] = revenue.multiplied_by(1_000_000)
    customers.mapping["employees"] = "employees"
    customers.mapping["office_location"] = "country"
    customers.mapping["subsidiary_of"] = Target.reference(
        "parent", by="name", create_missing={"kind": "organization"}
    )
    customers.set("kind", "organization")
    yield customers

    deals = crm.imports.plan(folder / "sales_pipeline.csv", entity="opportunity")
    deals.mapping["opportunity_id"] = [Target.external_id("maven_crm"), "name"]
    deals.mapping["sales_agent"] = Target.reference("owner", by="name")
    product = Target.reference("line.product", by="name")
    deals.mapping["product"] = product.values({"GTXPro": "GTX Pro"})
    deals.mapping["account"] = Target.reference("customer", by="name")
    deals.mapping["deal_stage"] = Target.reference("stage", by="name")
    deals.mapping["engage_date"] = Target.stage_entered("Engaging")
    deals.mapping["close_date"] = Target.closed_on()
    deals.mapping["close_value"] = "line.unit_price"
    yield deals


def import_files(crm: Crm, folder: Path) -> None:
    """Imports all files as one batch, or nothing where one cannot be read."""
    files = list(plans(crm, folder))
    with crm.transaction("the export"):
        crm.pipelines.create(name="Sales", stages=STAGES)
        for plan in files:
            plan.refused_to = None
            result = plan.run()
            if result.refused:
                print(f"{plan.name}: {result}", file=sys.stderr)


def report(crm: Crm) -> dict[str, Any]:
    """The answers; every number is one of the engine."""
    insight = crm.insight
    (total,) = insight.win_rate()
    funnel = insight.funnel()
    return {
        "opportunities": total.opportunities,
        "open": total.open,
        "won": total.won,
        "lost": total.lost,
        "won_value": amount(total.won_value),
        "win_rate": rounded(total.rate),
        "days_to_close": {
            row.outcome: {
                "n": row.count,
                "mean": rounded(row.mean),
                "median": rounded(row.median),
                "p25": rounded(row.first_quartile),
                "p75": rounded(row.third_quartile),
                "min": row.minimum,
                "max": row.maximum,
            }
            for row in insight.days_to_close()
        },
        "by_agent": win_rates(crm, "owner.name"),
        "by_manager": win_rates(crm, "owner.manager.name"),
        "by_office": win_rates(crm, "owner.team.name"),
        "by_product": win_rates(crm, "product.name"),
        "by_sector": win_rates(crm, "customer.industry"),
        "by_quarter": {
            f"{row.starts_on.year}Q{(row.starts_on.month + 2) // 3}": {
                "closed": row.opportunities,
                "won": row.won,
                "win_rate": rounded(row.rate),
                "won_value": amount(row.won_value),
            }
            for row in insight.win_rate_by_closing("quarter")
        },
        "funnel": {step.stage: step.reached for step in funnel if step.stage_id}
        | {"Closed": funnel.closed, "Won": funnel.won},
        "open_list_value": amount(insight.board().totals.list_amounts),
    }


def win_rates(crm: Crm, by: str) -> dict[str, dict[str, Any]]:
    """The win rates of groups, by their names."""
    return {
        row.key[0]: {
            "opps": row.opportunities,
            "won": row.won,
            "lost": row.lost,
            "open": row.open,
            "win_rate": rounded(row.rate),
            "won_value": amount(row.won_value),
        }
        for row in crm.insight.win_rate(by, keep_unknown=False)
    }


def amount(amounts: Amounts) -> int | float:
    """An amount as JSON has them: whole where it is whole."""
    exact = amounts.in_currency(CURRENCY).amount
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def rounded(number: Decimal | None) -> float | None:
    """A number as JSON has them, for print only."""
    return None if number is None else float(round(number, 6))


def main() -> None:
    """Imports the folder into a CRM in memory and prints the report."""
    with crmkit.in_memory(actor="sales_report") as crm:
        import_files(crm, Path(sys.argv[1]))
        print(json.dumps(report(crm), indent=2, sort_keys=True, ensure_ascii=False))


if __name__ == "__main__":
    main()
