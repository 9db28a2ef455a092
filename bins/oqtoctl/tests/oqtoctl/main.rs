//! The built program against a real server, a real runner and a real Pi that talks to a scripted model.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its support code too"
)]

mod ask;
mod doctor;
mod sessions;
mod world;
