//! A real relay on a loopback port, real WebSocket clients, runners in memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its support code too"
)]

mod access;
mod bad_input;
mod loss;
mod places;
mod pressure;
mod rest;
mod routing;
mod support;
