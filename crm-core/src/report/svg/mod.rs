//! A few shapes as inline SVG. What lies along a screen is a percentage and what stands upright is pixels, so that a
//! picture fits a phone as well as a wide screen, and its text keeps its size.

mod bar;
mod columns;
mod funnel;
mod mark;
mod scale;

pub(super) use bar::bar;
pub(super) use columns::{Columns, Series, Slot};
pub(super) use funnel::funnel_step;
pub(super) use mark::{axis, interval, spread};
pub(super) use scale::Scale;
