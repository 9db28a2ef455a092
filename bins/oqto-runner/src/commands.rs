//! One file a command.

pub(crate) mod config;
pub(crate) mod connect;
mod daemon;
pub(crate) mod serve;
pub(crate) mod stdio;
