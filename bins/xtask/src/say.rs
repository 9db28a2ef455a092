//! Words for the person at the terminal, on stderr; data goes to stdout.

#![expect(clippy::print_stderr, clippy::print_stdout, reason = "this is the one place that prints")]

use crate::failure::Failure;

/// What begins now.
pub(crate) fn doing(what: &str) {
    eprintln!("\n== {what}");
}

pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}

pub(crate) fn failure(failure: &Failure) {
    eprintln!("error: {failure}");
}

pub(crate) fn data(text: &str) {
    println!("{text}");
}
