//! What was done and what is to be done: interactions with those who took part and what they were about, and tasks.

mod interaction;
mod interaction_link;
mod interaction_participant;
mod task;

pub use interaction::{
    About, Interaction, InteractionChange, InteractionDirection, InteractionDraft, InteractionKind, InteractionStatus,
};
pub use interaction_link::{InteractionLink, InteractionLinkChange, InteractionLinkDraft};
pub use interaction_participant::{
    InteractionParticipant, InteractionParticipantChange, InteractionParticipantDraft, ParticipantResponse,
    ParticipantRole,
};
pub use task::{Task, TaskChange, TaskDraft, TaskPriority, TaskStatus};
