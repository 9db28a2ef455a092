//! The gateway as a service: who listens, who is let in, and which path is what.

mod admin;
pub(crate) mod body;
mod door;
mod entry;
mod figures;
mod listen;
mod models;
mod patient;
mod providers;
mod sessions;

pub use door::{Door, DoorError, Lock};
pub use listen::{Listeners, ServeError, serve};
