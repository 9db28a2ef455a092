//! Virtual keys: what a session is given instead of a provider's key.
//!
//! - [`token`]: the secret text and its hash, which alone is kept.
//! - [`terms`]: what a key may do.
//! - [`standing`]: what a key has used, and whether it may go on. Pure.
//! - [`window`]: the days that a budget is for.
//! - [`glob`]: names of models with `*`.

pub mod glob;
pub mod standing;
pub mod terms;
pub mod token;
pub mod window;
