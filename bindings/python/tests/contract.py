from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
import crmkit
from crmkit import Money, ConflictError

with crmkit.open("sales.db", region="CN", timezone="Asia/Shanghai", actor="li.wei") as crm:
    plan = crm.imports.plan("leads.csv", entity="customer")      # sniffs GBK, ';' and the header; writes nothing
    print(plan)                                                    # counts of new / update / skip / refused, with reasons
    plan.mapping["公司"] = "name"
    result = plan.run(progress=True)                               # a bar in a terminal or notebook; Ctrl-C rolls back
    crm.undo(result.batch)

    acme = crm.customers.create(kind="organization", name="Acme GmbH", country="DE", tags=["fair-2026"])
    li = crm.customers.create(kind="person", name="李明", email="li@acme.example", phone="138 0013 8000")
    crm.customers.affiliate(li, acme, role="Head of purchasing", buying_role="decision_maker")

    deal = crm.opportunities.create(name="Annual licence", customer=acme, amount=Money("120000", "CNY"),
                                    close_on=date(2026, 12, 31))
    deal = crm.opportunities.move(deal, "Proposal", note="sent v2")
    deal = crm.opportunities.update(deal, amount=Money("118000.50", "CNY"), next_step=None)
    assert deal.amount.amount == Decimal("118000.50") and deal.close_on == date(2026, 12, 31)

    with crm.transaction("call with Li"):                          # one commit, one batch to undo, one notification
        crm.interactions.create(kind="call", direction="outbound", about=[li, deal], summary="Asked for a discount")
        crm.tasks.create(subject="Send offer", about=deal, due_on=date.today() + timedelta(days=3))

    for c in crm.customers.find(where='country == "DE" && "fair-2026" in tags', order_by="-created_at", limit=20):
        print(c.name)
    page = crm.opportunities.find(where="stage.kind == 'open' && amount > 10000", limit=50)
    more = page.next()                                             # keyset, stable under writes; `for deal in page.all()` walks on
    print([hit.name for hit in crm.search("liming")])              # pinyin finds 李明

    board = crm.insight.board("Sales")                             # rich in a notebook, a table in a terminal
    then = crm.as_of(datetime(2026, 9, 30, tzinfo=timezone.utc)).insight.board("Sales")
    import polars as pl, pandas as pd
    df = pl.DataFrame(crm.opportunities.table(where="stage.kind == 'won'"))       # Arrow, no pyarrow, no copy in Python
    pdf = pd.DataFrame.from_arrow(crm.insight.win_rate(by=["owner", "product"]).table())
    crm.report("report.html")

    for entry in crm.history(deal):                                # who changed what, when, from what to what
        print(entry.at, entry.actor, entry.field, entry.before, entry.after)
    try:
        crm.opportunities.update(deal, expected_revision=1, name="x")
    except ConflictError as e:
        print(e.current_revision)
    rows = crm.sql("select stage, count(*) from v_opportunity group by stage")   # read-only, so that nobody opens the file with sqlite3
    crm.backup("copy.db")
