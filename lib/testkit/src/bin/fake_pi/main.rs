//! A program that speaks Pi's RPC dialect and does what its prompts say: it counts as fast as it is told, falls silent,
//! prints garbage, dies in the middle of a line.
//!
//! It is a tool for measuring and for misbehaviour. It is never a stand-in for Pi where a test asks whether something
//! works with Pi: it knows only what its authors believed of Pi, and would agree with every mistake of the adapter.
//!
//! ```text
//! fake_pi [--full] [--boot exit:CODE|garbage|hang|flood] [Pi's own arguments]
//! ```
//!
//! `--full` is the first generation of the wire (0.73: the whole message with every delta), otherwise it is 0.87.
//! `--boot` misbehaves before the first answer. A prompt is a script, steps joined by ` then `:
//!
//! | step | what happens |
//! |---|---|
//! | `count N [RATE/s]` | N text deltas, each the monotonic clock in ns and a space; without a rate as fast as it goes |
//! | `words N [RATE/s]` | the same with short words |
//! | `line MB` | one delta of so many megabytes |
//! | `wait` | nothing until it is aborted |
//! | `ask` | a dialog; its answer becomes text |
//! | `hang` | not even an answer to an abort |
//! | `garbage [N]` | N lines that are not the protocol |
//! | `flood-stderr N` | N lines of 100 bytes on stderr |
//! | `partial-line` | half a record without a newline |
//! | `exit CODE` | the end |
//! | anything else | said back, word by word |

mod agent;
mod dialect;
mod options;
mod script;
mod session;

use std::io::Write as _;
use std::process::ExitCode;

use agent::{Agent, Ending};
use options::{Boot, Options};

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(why) => return complain(&why),
    };
    if options.version {
        let said = writeln!(std::io::stdout(), "{}", options.form.version());
        return if said.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let mut agent = Agent::start(options.form, &options);
    let ending = match options.boot {
        Some(Boot::Exit(code)) => Ending::Exit(code),
        Some(Boot::Garbage) => agent.garbage(1000).and_then(|()| agent.serve()).err().unwrap_or(Ending::Closed),
        Some(Boot::Hang) => agent::hang(),
        Some(Boot::Flood) => agent::flood_stderr(100_000).and_then(|()| agent.serve()).err().unwrap_or(Ending::Closed),
        None => agent.serve().err().unwrap_or(Ending::Closed),
    };
    match ending {
        Ending::Exit(code) => {
            // What it wants to say last is said, as far as anybody listens.
            let _nobody = writeln!(std::io::stderr(), "fake_pi ends with code {code}, as it was told");
            ExitCode::from(code)
        }
        Ending::Closed | Ending::Aborted => ExitCode::SUCCESS,
        Ending::Io(error) => complain(&error.to_string()),
    }
}

fn complain(why: &str) -> ExitCode {
    // Where even stderr is gone, the exit code has to do.
    let _nobody = writeln!(std::io::stderr(), "fake_pi: {why}");
    ExitCode::FAILURE
}
