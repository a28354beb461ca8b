use crate::insight::{CampaignReturn, CampaignReturnInCurrency, Converted};
use crate::table::{Cell, ColumnKind, Table, TableColumn, Tabular};

const TITLE: &str = "Campaigns";

fn columns() -> [TableColumn; 13] {
    let integer = |name: &str| TableColumn::new(name, ColumnKind::Integer);
    let money = |name: &str| TableColumn::new(name, ColumnKind::Money);
    let rate = |name: &str| TableColumn::new(name, ColumnKind::Rate);
    [
        TableColumn::new("campaign_id", ColumnKind::Id),
        TableColumn::new("campaign", ColumnKind::Text),
        integer("members"),
        integer("responded"),
        rate("response_rate"),
        TableColumn::new("expected_response", ColumnKind::Decimal { scale: 2 }).labelled("expected %"),
        integer("opportunities").labelled("deals"),
        integer("won"),
        TableColumn::new("won_value", ColumnKind::Amounts),
        money("expected_revenue"),
        money("budget"),
        money("cost"),
        rate("return_on_investment").labelled("return"),
    ]
}

fn cells(answer: &CampaignReturn) -> [Cell; 13] {
    [
        answer.campaign.into(),
        answer.name.as_str().into(),
        answer.members.into(),
        answer.responded.into(),
        answer.response_rate.into(),
        answer.expected_response.into(),
        answer.opportunities.into(),
        answer.won.into(),
        answer.won_value.clone().into(),
        answer.expected_revenue.into(),
        answer.budget.into(),
        answer.cost.into(),
        answer.return_on_investment.into(),
    ]
}

/// One row.
impl Tabular for CampaignReturn {
    fn table(&self) -> Table {
        std::slice::from_ref(self).table()
    }
}

/// A row for each campaign.
impl Tabular for [CampaignReturn] {
    fn table(&self) -> Table {
        let mut table = Table::new(TITLE, columns());
        for answer in self {
            table.row(cells(answer));
        }
        table
    }
}

/// A row for each campaign, with what was won and what it cost in one currency.
impl Tabular for [CampaignReturnInCurrency] {
    fn table(&self) -> Table {
        let [campaign_id, campaign, .., return_on_investment] = columns();
        let columns = [
            campaign_id,
            campaign,
            TableColumn::new("won_value", ColumnKind::Money),
            TableColumn::new("won_unconverted", ColumnKind::Amounts).labelled("won without rate"),
            TableColumn::new("cost", ColumnKind::Money),
            TableColumn::new("cost_unconverted", ColumnKind::Amounts).labelled("cost without rate"),
            return_on_investment,
        ];
        let mut table = Table::new(TITLE, columns);
        for row in self {
            let amount = |converted: Option<&Converted>| converted.map(|converted| converted.amount).into();
            let unconverted = |converted: Option<&Converted>| {
                converted
                    .map(|converted| converted.unconverted.clone())
                    .unwrap_or_default()
                    .into()
            };
            let (won, cost) = (Some(&row.won_value), row.cost.as_ref());
            table.row([
                row.answer.campaign.into(),
                row.answer.name.as_str().into(),
                amount(won),
                unconverted(won),
                amount(cost),
                unconverted(cost),
                row.return_on_investment.into(),
            ]);
        }
        table
    }
}
