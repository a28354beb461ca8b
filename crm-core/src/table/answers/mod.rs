//! The answers of insight as tables. The columns have the names of the fields of each answer.

mod board;
mod bridge;
mod campaign_return;
mod days_to_close;
mod figures;
mod forecast;
mod funnel;
mod group_keys;
mod spread;
mod time_in_stage;
mod win_rate;
