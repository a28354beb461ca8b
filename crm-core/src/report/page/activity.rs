use chrono::Datelike;

use super::parts::{card, details, legend, nothing, table};
use crate::activities::InteractionKind;
use crate::report::number::count;
use crate::report::svg::{Columns, Series, Slot};
use crate::report::{ActivityWeek, Report};
use crate::values::NaiveDate;

/// The kinds of interactions, their names and colours.
const KINDS: [(InteractionKind, &str, &str); 6] = [
    (InteractionKind::Call, "Calls", "s1"),
    (InteractionKind::Email, "E-mails", "s3"),
    (InteractionKind::Meeting, "Meetings", "won"),
    (InteractionKind::Visit, "Visits", "amber"),
    (InteractionKind::Message, "Messages", "plum"),
    (InteractionKind::Note, "Notes", "grey"),
];

/// What was done with customers, by week and kind.
pub(super) fn html(report: &Report) -> String {
    const TITLE: &str = "By week";
    const NOTE: &str = "Calls, meetings and messages of the last 13 weeks, over all pipelines";
    if report.activity.is_empty() {
        return card(TITLE, NOTE, &nothing("Nothing was recorded in these weeks."));
    }
    let weeks = ActivityWeek::weeks(report.day);
    let counted = |kind: InteractionKind, week: NaiveDate| {
        let found = report
            .activity
            .iter()
            .find(|found| found.kind == kind && found.starts_on == week);
        found.map_or(0, |found| found.count)
    };
    let used = KINDS
        .iter()
        .filter(|(kind, ..)| report.activity.iter().any(|found| found.kind == *kind));
    let used: Vec<_> = used.copied().collect();
    let series = used.iter().map(|(kind, name, class)| {
        let numbers = weeks.iter().map(|week| counted(*kind, *week));
        Series {
            name,
            class,
            values: numbers.map(|number| (number as f64, count(number))).collect(),
        }
    });
    let columns = Columns {
        title: "Interactions by week and kind",
        series: &series.collect::<Vec<_>>(),
        slots: &weeks.iter().map(|week| week_slot(*week)).collect::<Vec<_>>(),
        counts: true,
    };
    let rows = weeks.iter().map(|week| {
        let counts = used.iter().map(|(kind, ..)| count(counted(*kind, *week)));
        std::iter::once(week.to_string()).chain(counts).collect()
    });
    let heads: Vec<&str> = std::iter::once("Week from")
        .chain(used.iter().map(|(_, name, _)| *name))
        .collect();
    let legend = legend(used.iter().map(|(_, name, class)| (*class, *name)));
    let body = format!("{legend}{}{}", columns.svg(), details(&table(&heads, rows)));
    card(TITLE, NOTE, &body)
}

/// A week by the day of its Monday, with the month below where that begins.
fn week_slot(monday: NaiveDate) -> Slot {
    let month = (monday.day() <= 7).then(|| monday.format("%b").to_string());
    Slot {
        minor: month.is_none(),
        label: [monday.format("%-d").to_string(), month.unwrap_or_default()],
        name: format!("Week from {}", monday.format("%-d %B %Y")),
    }
}
