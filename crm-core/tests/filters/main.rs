//! The language of text filters: what it means, what it refuses, and that CEL agrees.

mod differential;
mod documentation;
mod errors;
mod generated;
mod hostile;
mod linked;
mod meaning;
mod orders;
mod stored;
mod world;
