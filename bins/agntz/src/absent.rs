//! `agntz schedule` and `agntz ask`: what needs a service that this machine does not have.

use std::ffi::OsString;

use clap::Args;
use oqto_kit::{Error, Result};
use oqto_protocol::error::ErrorKind;

/// Words that are taken as they are.
#[derive(Args, Debug)]
#[command(disable_help_flag = true)]
pub(crate) struct Words {
    /// Whatever is asked for
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "WORDS")]
    _words: Vec<OsString>,
}

/// Says that there is no scheduler.
pub(crate) fn schedule(_words: Words) -> Result<oqto_kit::Exit> {
    Err(Error::new(
        ErrorKind::Config,
        "no scheduler is configured: this program keeps no schedules and runs nothing later",
    )
    .hint("use cron, or: systemd-run --user --on-calendar='Mon 09:00' COMMAND"))
}

/// Says that agents cannot be asked.
pub(crate) fn ask(_words: Words) -> Result<oqto_kit::Exit> {
    Err(Error::new(ErrorKind::Config, "no service is configured that asks a running agent and waits for its answer")
        .hint("write to it, and look for the answer: agntz mail send NAME 'Question' 'TEXT' --ack; agntz mail inbox"))
}
