//! The words of the model APIs, read as far as a gateway must.
//!
//! - [`Call`]: what a request path asks for, and in which API.
//! - [`document`]: a JSON object whose fields are changed without touching the bytes of the others.
//! - [`request`]: the few fields of a request that routing and budgets need.
//! - [`sse`]: server-sent events, bounded, from any cut of the bytes.
//! - [`usage`]: the tokens that an answer says it used.
//! - [`tap`]: reads an answer while it passes, without holding it up.
//! - [`failure`]: an error as each API says it.

mod call;
pub mod document;
pub mod failure;
pub mod request;
mod said;
pub mod sse;
pub mod tap;
pub mod usage;

pub(crate) use call::in_path;
pub use call::{Api, Call, Endpoint};
