//! What of requests is kept to be looked at: always the facts, and what was said only where the configuration wants it.
//!
//! - [`redact`]: secrets and data are taken out of what is kept.
//! - [`record`]: what was said in one request, held within bounds until it is written down.

pub mod record;
pub mod redact;
