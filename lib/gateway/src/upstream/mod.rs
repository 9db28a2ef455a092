//! Providers: who they are, what they can be asked for, and how they are asked.
//!
//! - `provider` has one provider, ready to be asked.
//! - `account` has its keys, and how they do.
//! - `client` has connections.
//! - `routing` has which providers a model's name means.

pub(crate) mod account;
pub(crate) mod client;
pub(crate) mod provider;
pub(crate) mod routing;
