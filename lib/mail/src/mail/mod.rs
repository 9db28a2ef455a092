//! Mail between the agents and people of one machine.
//!
//! A mail has one delivery for each recipient, with a number of its own in that mailbox (gap-free from 1, never used
//! again). A delivery is *queued* until its recipient lists it, then *delivered*, *read* and *acknowledged*. What is not
//! read before the mail expires, or whose recipient leaves, is *dead*: it stays visible to both sides with the reason.
//! Nothing leaves a mailbox because somebody looked at it, so an agent that dies after listing its mail finds it again.

mod dead;
mod inbox;
mod letters;
mod model;
mod read;
mod search;
mod send;
mod sweep;

pub use dead::{DeadLetter, Gone};
pub use inbox::{Filter, Inbox, Item, Which};
pub use model::{Ack, Draft, Importance, Letter, Newcomers, Receipt, State, To};
pub use read::{Acknowledged, Answer};
pub use search::Hit;
pub use send::{LARGEST_BODY, LONGEST_TTL, Sent};
