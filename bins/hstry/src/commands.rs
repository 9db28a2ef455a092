//! One file a command.

pub(crate) mod export;
pub(crate) mod list;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod stats;
pub(crate) mod verify;
