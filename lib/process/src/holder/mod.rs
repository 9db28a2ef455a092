//! The holder: one small process that owns one child.
//!
//! | file | what |
//! |---|---|
//! | `start` | from the spec on standard input to a running child and a report |
//! | `child` | spawning with pipes or a terminal |
//! | `events` | the loop: one thread, `poll`, no buffers that grow |
//! | `ledger` | the journal, and what it is owed while it cannot be written |
//! | `stdin` | bytes on their way to the child, read from the journal |
//! | `output` | the child's output on its way into the journal |
//! | `connection` | one connected client: frames in, journal bytes out |
//! | `calls` | what clients ask for |
//! | `ending` | exit, drain, ending of leftovers, the last record |
//! | `signals` | signals as a descriptor |
//!
//! `oqto-hold` without arguments starts `oqto-hold serve` and ends, so that the holder is nobody's child and no zombie
//! is left to its starter; `serve` takes the spec and reports.

mod calls;
mod child;
mod connection;
mod ending;
mod events;
mod ledger;
mod output;
mod signals;
mod start;
mod stdin;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: oqto-hold [serve | --version | --help]\n\n\
Holds one child process for oqto-runner: reads a spec (one JSON object) on standard input, reports on standard output.\n";

/// What the binary does with its arguments (without its own name).
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.collect();
    match arguments.iter().map(|argument| argument.to_str()).collect::<Vec<_>>().as_slice() {
        [] => start::launch(),
        [Some("serve")] => start::serve(),
        [Some("--version" | "-V")] => {
            say(&format!("oqto-hold {} (protocol {})\n", env!("CARGO_PKG_VERSION"), crate::HOLDER_VERSION))
        }
        [Some("--help" | "-h")] => say(USAGE),
        _ => {
            complain(USAGE);
            ExitCode::from(2)
        }
    }
}

fn say(text: &str) -> ExitCode {
    // A reader that is gone is no failure.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

/// To standard error: the starter's at first, the file `hold.log` later.
fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
