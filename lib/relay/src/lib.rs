//! The relay: HTTP, WebSocket, sign-in, routing, and the embedded page.
//!
//! | module | holds |
//! |---|---|
//! | [`auth`] | one-time links, sign-ins, host and origin checks; [`auth::Authenticator`] is the seam for accounts |
//! | [`runners`] | the runners and how a pipe to each is opened and kept |
//! | [`relay`] | what all connections share |
//! | [`http`] | one table of routes, its guards, REST, OpenAPI, the page |
//! | [`server`] | the listeners |
//!
//! It knows the envelope of a frame and nothing of what is in it; it keeps nothing about sessions but a soft memory of
//! which runner owns which.
//!
//! Invariants:
//! - A line goes through unchanged, in both directions.
//! - One pipe a browser and runner: a page that does not read stops its own pipes and nobody else's.
//! - Nothing is readable without a sign-in but the health check, the sign-in page and the page's static files.
//! - A request is never silently lost: it is forwarded, answered with an error, or void because `runner.lost` was said.

pub mod auth;
pub mod http;
pub mod relay;
pub mod runners;
pub mod server;

mod asks;
mod mux;
mod routing;

pub use relay::{Parts, Relay};
