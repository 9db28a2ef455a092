//! Providers: who they are, what they can be asked for, and how they are asked.
//!
//! - `provider` has one provider, ready to be asked.
//! - `account` has its keys, and how they do.
//! - `client` asks them; `connection` is one connection, `pool` has those that wait for their next request.
//! - `trust` has certificates of one's own.
//! - `routing` has which providers a model's name means.

pub(crate) mod account;
pub(crate) mod client;
mod connection;
mod pool;
pub(crate) mod provider;
pub(crate) mod routing;
pub(crate) mod trust;
