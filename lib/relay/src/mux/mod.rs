//! The heart of the relay: one connection of a page or a program, routed line by line to runners.

mod admin;
mod browser;
mod conversation;
mod own;
mod socket;

pub(crate) use admin::serve_admin;
pub(crate) use conversation::{Conversation, Trust};
pub(crate) use socket::upgrade;
