//! The scripted model: a model provider that answers as its prompt tells it to, in the words of the real APIs.
//!
//! It takes its script from the prompt (see [`directive`]), keeps no state between requests except the counter of
//! `fake:error`, and accepts any model name, so parallel sessions and side requests do not disturb each other. It is the
//! demo model of a first start, the provider `scripted` of the gateway, and what tests talk to.
//!
//! - [`ModelServer`]: it, on a loopback port.
//! - [`service`]: it without a port, inside another program.
//! - [`status`]: the words of the APIs for an HTTP status.
//! - [`demo`]: configuration and a sample workspace for a first chat without a provider key.
//!
//! Not here: anything that decides about a real provider.

mod anthropic;
mod chat;
mod conversation;
pub mod demo;
mod dialect;
pub mod directive;
mod embedding;
mod google;
mod reply;
mod request_log;
mod responses;
mod route;
mod scripted;
mod server;
pub mod status;
mod tour;
mod tour_texts;

pub use conversation::Conversation;
pub use dialect::Dialect;
pub use request_log::{NotSeen, Outcome, RequestLog, RequestRecord};
pub use server::{Manner, ModelServer, ModelServerError, service};
