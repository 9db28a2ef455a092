//! Kept accounts, logins and certificates, with a provider and a server of logins on loopback ports.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod flows;
mod kinds;
mod leaks;
mod logins;
mod reading;
mod renewing;
#[path = "../gateway/support.rs"]
#[allow(dead_code, reason = "what other tests use of it too")]
mod support;
mod tls;
