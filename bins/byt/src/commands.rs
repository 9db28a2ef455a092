//! One file a command.

pub(crate) mod catalog;
pub(crate) mod config;
pub(crate) mod current;
pub(crate) mod lint;
pub(crate) mod memory;
pub(crate) mod new;
pub(crate) mod ready;
pub(crate) mod release;
pub(crate) mod schemas;
pub(crate) mod status;
pub(crate) mod sync;
