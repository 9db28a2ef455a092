//! `agntz schedule` and `agntz ask`: what needs a service that this machine does not have.

use clap::Args;
use oqto_kit::{Ctx, Error, Exit, GlobalFlags, Printer, Result};
use oqto_protocol::error::ErrorKind;

/// Arguments of `schedule`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  systemd-run --user --on-calendar='Mon 09:00' agntz mail send @workspace 'A new week'\n  agntz schedule list    # says what is missing here\n\nThis program keeps no schedules and runs nothing later; it says so with exit code 78."
)]
pub(crate) struct Schedule {
    /// Whatever is asked for
    #[arg(trailing_var_arg = true, value_name = "WORDS")]
    words: Vec<String>,
}

/// Arguments of `ask`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz mail send pi 'Which port?' 'The API, locally.' --ack && agntz mail inbox\n\nNo service asks a running agent and waits for its answer; this says so with exit code 78."
)]
pub(crate) struct Ask {
    /// Whatever is asked for
    #[arg(trailing_var_arg = true, value_name = "WORDS")]
    words: Vec<String>,
}

impl Schedule {
    pub(crate) fn run(self, _ctx: &Ctx) -> Result<Exit> {
        let error = Error::new(
            ErrorKind::Config,
            "no scheduler is configured: this program keeps no schedules and runs nothing later",
        );
        refuse(&self.words, error.hint("use cron, or: systemd-run --user --on-calendar='Mon 09:00' COMMAND"))
    }
}

impl Ask {
    pub(crate) fn run(self, _ctx: &Ctx) -> Result<Exit> {
        let error = Error::new(
            ErrorKind::Config,
            "no service is configured that asks a running agent and waits for its answer",
        );
        let hint =
            "write to it, and look for the answer: agntz mail send NAME 'Question' 'TEXT' --ack; agntz mail inbox";
        refuse(&self.words, error.hint(hint))
    }
}

/// Fails; with `--json` among the words, which are taken as they are, as JSON.
fn refuse(words: &[String], error: Error) -> Result<Exit> {
    if !words.iter().any(|word| word == "--json") {
        return Err(error);
    }
    Printer::standard(&GlobalFlags { json: true, ..GlobalFlags::default() }).fail(&error);
    Ok(Exit::code(error.kind().exit_code()))
}
