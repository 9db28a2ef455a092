//! One file a subcommand.

mod admin;
pub(crate) mod config;
pub(crate) mod init;
pub(crate) mod link;
mod provider;
pub(crate) mod serve;
pub(crate) mod token;
