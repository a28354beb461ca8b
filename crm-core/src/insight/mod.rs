//! Answers: what stands in the pipeline, what will come, what was won and how. Each is a fixed number of aggregates that
//! the store evaluates; no answer loads opportunities and loops over them.

mod amounts;
mod board;
mod board_in_currency;
mod bridge;
mod campaign_return;
mod closed_worth;
mod converted;
mod days_to_close;
mod figures;
mod forecast;
mod forecast_in_currency;
mod funnel;
mod grouped;
mod interactions;
mod profile;
mod search;
mod selection;
mod standing;
mod time_in_stage;
mod timeline;
mod view360;
mod win_rate;
mod won_in_currency;

pub use amounts::Amounts;
pub(crate) use board::rotten_now;
pub use board::{Board, BoardColumn};
pub use board_in_currency::BoardInCurrency;
pub use bridge::Bridge;
pub use campaign_return::CampaignReturn;
pub use converted::Converted;
pub use days_to_close::{DaysToClose, Spread};
pub use figures::Figures;
pub use forecast::{Forecast, ForecastRow};
pub use forecast_in_currency::{ForecastInCurrency, ForecastRowInCurrency};
pub use funnel::{Funnel, FunnelStep};
pub use grouped::{Closings, Grouped, Groups, Unknown, group_key};
pub use profile::{Membership, Profile};
pub use search::{Hit, Reason, Search, SearchResults};
pub use selection::Selection;
pub use time_in_stage::TimeInStage;
pub use timeline::{Timeline, TimelineCursor, TimelineEntry, TimelineEvent, TimelinePage};
pub use view360::{AffiliatedCustomer, OpenDeal, TagMark, View360};
pub use win_rate::WinRate;
pub use won_in_currency::{CampaignReturnInCurrency, WinRateInCurrency};
