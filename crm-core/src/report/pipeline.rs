use chrono::Months;

use super::deal::{OpenDeal, largest, waiting};
use crate::customers::User;
use crate::engine::{Conditions, Path, Query, Reader, Result};
use crate::insight::{
    Board, Closings, DaysToClose, Forecast, Funnel, Groups, Selection, TimeInStage, Unknown, WinRate,
};
use crate::sales::{Opportunity, Pipeline, Stage};
use crate::values::{NaiveDate, Period, start_of_day};

/// What the report tells of one pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct PipelineReport {
    /// Its name.
    pub name: String,
    /// Its stages, and what stands in them.
    pub board: Board,
    /// How far its opportunities came.
    pub funnel: Funnel,
    /// What is to close, by month.
    pub forecast: Forecast,
    /// The first day of the twelve months, this one the last, to which what was closed is narrowed below.
    pub since: NaiveDate,
    /// What was closed, by month.
    pub closings: Closings<WinRate>,
    /// What was closed, all together.
    pub win_rate: WinRate,
    /// The same by the name of the owner.
    pub by_owner: Groups<WinRate>,
    /// The same by source.
    pub by_source: Groups<WinRate>,
    /// How long it took.
    pub days_to_close: DaysToClose,
    /// How long opportunities stayed in each stage, at any time.
    pub time_in_stage: Vec<TimeInStage>,
    /// The open opportunities of the largest amounts, by currency.
    pub largest: Vec<OpenDeal>,
    /// Open opportunities that are rotten or past their day of closing: those that wait longest in their stage.
    pub waiting: Vec<OpenDeal>,
    /// How many there are of these in all.
    pub waiting_count: u64,
}

impl PipelineReport {
    pub(super) fn of(reader: &mut Reader<'_>, pipeline: Pipeline) -> Result<Self> {
        let all = Selection::default().pipeline(pipeline.id);
        let since = first_of_twelve_months(reader.today());
        let recently = Opportunity::CLOSED_AT.at_least(start_of_day(since, reader.zone()));
        let closed = all.clone().filter(recently);
        let stages = Query::of::<Stage>().filter(Stage::PIPELINE_ID.is(pipeline.id));
        let stages: Vec<Stage> = reader.find(&stages)?;
        let board = Board::now(reader, &all)?;
        let largest = largest(reader, &stages, &board)?;
        let (waiting, waiting_count) = waiting(reader, pipeline.id, &stages)?;
        Ok(Self {
            name: pipeline.name,
            funnel: Funnel::now(reader, &all)?,
            forecast: Forecast::now(reader, Period::Month, &all)?,
            since,
            closings: WinRate::by_closing(reader, Period::Month, &closed)?,
            win_rate: WinRate::total(reader, &closed)?,
            by_owner: most_closed_first(reader, Opportunity::OWNER_ID.to(User::NAME), &closed)?,
            by_source: most_closed_first(reader, Opportunity::SOURCE.into(), &closed)?,
            days_to_close: DaysToClose::of(reader, &closed)?,
            time_in_stage: TimeInStage::of(reader, &all)?,
            board,
            largest,
            waiting,
            waiting_count,
        })
    }
}

fn first_of_twelve_months(today: NaiveDate) -> NaiveDate {
    let this_month = Period::Month.start(today);
    this_month.checked_sub_months(Months::new(11)).unwrap_or(this_month)
}

/// Win rates by a path: those of whom most is known first.
fn most_closed_first(reader: &mut Reader<'_>, path: Path, selection: &Selection) -> Result<Groups<WinRate>> {
    let mut rates = WinRate::by(reader, [path], Unknown::Kept, selection)?;
    rates
        .groups
        .sort_by_key(|rate| std::cmp::Reverse(rate.answer.won + rate.answer.lost));
    Ok(rates)
}
