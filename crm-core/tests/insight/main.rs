//! What the answers say of small companies whose history is known.

mod board;
mod bridge;
mod campaign_return;
mod company;
mod counting_store;
mod days_to_close;
mod forecast;
mod funnel;
mod in_currency;
mod time_in_stage;
mod view360;
mod win_rate;
