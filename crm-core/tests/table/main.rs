//! What tables say, to people and to programs.

mod answers;
mod records;
mod written;
