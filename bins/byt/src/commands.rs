//! One file a command.

pub(crate) mod catalog;
pub(crate) mod config;
pub(crate) mod current;
pub(crate) mod status;
