//! One file a command.

pub(crate) mod config;
pub(crate) mod history;
pub(crate) mod init;
mod interactive;
pub(crate) mod search;
