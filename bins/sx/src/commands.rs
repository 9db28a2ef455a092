//! One file a command.

pub(crate) mod config;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod search;
