//! The scriptable model provider: a loopback HTTP server that speaks the model APIs harnesses use.
//!
//! It takes its script from the prompt (see [`directive`]), keeps no state between requests except the counter of
//! `fake:error`, and accepts any model name, so parallel sessions and side requests do not disturb each other.

mod anthropic;
mod chat;
mod conversation;
mod dialect;
pub mod directive;
mod reply;
mod request_log;
mod responses;
mod scripted;
mod server;
mod tour;
mod tour_texts;

pub use conversation::Conversation;
pub use dialect::Dialect;
pub use request_log::{Outcome, RequestLog, RequestRecord};
pub use server::{Manner, ModelServer, ModelServerError};
