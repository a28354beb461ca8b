//! Values of the engine as values of Python, and back.

mod from_python;
mod money;
mod to_python;

pub(crate) use from_python::{date, instant, of_any_kind, record_id, text, value};
pub(crate) use money::{Money, decimal};
pub(crate) use to_python::{choice, python, utc};
