//! The commands as a person and many agents run them, on real files and with a real git.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod clones;
mod commands;
mod foreign;
mod home;
mod kills;
mod refusals;
mod together;
mod verbs;
