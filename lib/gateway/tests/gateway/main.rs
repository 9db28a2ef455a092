//! A real gateway on a real port, a provider of the test's own on another.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what tests share fails as tests do")]

mod budgets;
mod clocks;
mod dialogues;
mod empty;
mod ends;
mod figures;
mod passing;
mod quotas;
mod refusals;
mod routing;
mod safety;
mod sessions;
mod streams;
mod support;
