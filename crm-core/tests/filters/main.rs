//! The language of text filters: what it means, what it refuses, and that CEL agrees.

mod differential;
mod documentation;
mod errors;
mod generated;
mod hostile;
mod meaning;
mod stored;
mod world;
