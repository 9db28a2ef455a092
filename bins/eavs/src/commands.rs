//! One file a command.

pub(crate) mod accounts;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod env;
pub(crate) mod keys;
pub(crate) mod logs;
pub(crate) mod models;
pub(crate) mod pi;
pub(crate) mod policy;
pub(crate) mod providers;
pub(crate) mod quotas;
pub(crate) mod serve;
pub(crate) mod usage;
