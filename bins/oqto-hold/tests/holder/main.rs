//! Real holders with real children, driven through the client.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "in a test, also in what its parts share, a failed expectation is the result"
)]

mod again;
mod attaching;
mod bench;
mod disks;
mod door;
mod floods;
mod lifecycle;
mod standing;
mod terminals;
mod trees;
