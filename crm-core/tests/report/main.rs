//! The report: what it tells, and that its page is safe, complete and always the same.

mod company;
mod data;
mod page;
