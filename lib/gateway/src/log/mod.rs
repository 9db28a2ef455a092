//! What of requests is kept to be looked at: always the facts, and what was said only where the configuration wants it.
//!
//! - [`redact`]: secrets and data are taken out of what is kept.
//! - `joined`: secrets too that a model wrote in parts, one event of a stream after the other; `pieces` finds the parts.
//! - [`record`]: what was said in one request, held within bounds until it is written down.

mod joined;
mod pieces;
pub mod record;
pub mod redact;
