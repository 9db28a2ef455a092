//! The parts of this crate that need no holder.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "in a test, also in what its parts share, a failed expectation is the result"
)]

mod blocking;
mod frames;
mod journals;
mod programs;
