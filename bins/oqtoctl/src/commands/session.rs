//! `oqtoctl session`: one session, or the list of them.

mod answer;
mod budget;
mod delete;
mod get;
mod list;
mod resume;
mod stop;

use crate::place::Place;
use clap::Subcommand;
use oqto_kit::{Ctx, Exit, Page, Report, Result, escape};
use oqto_protocol::command::Stopped;
use oqto_protocol::session::SessionInfo;
use serde::Serialize;

/// List, show, answer, budget, stop, resume and delete sessions
///
/// SESSION is an id, the beginning of one, or a title.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    List(list::Args),
    Get(get::Args),
    Stop(stop::Args),
    Resume(resume::Args),
    Answer(answer::Args),
    Budget(budget::Args),
    Delete(delete::Args),
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: Args) -> Result<Exit> {
    match args.command {
        Command::List(args) => list::run(ctx, place, &args),
        Command::Get(args) => get::run(ctx, place, &args),
        Command::Stop(args) => stop::run(ctx, place, &args),
        Command::Resume(args) => resume::run(ctx, place, &args),
        Command::Answer(args) => answer::run(ctx, place, &args),
        Command::Budget(args) => budget::run(ctx, place, &args),
        Command::Delete(args) => delete::run(ctx, place, &args),
    }
}

/// What a stop or a delete has ended.
#[derive(Serialize)]
struct Ended {
    session: SessionInfo,
    #[serde(flatten)]
    stopped: Stopped,
    #[serde(skip)]
    verb: &'static str,
}

impl Report for Ended {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.line(format!("{} {}", self.verb, escape::line(&self.session.id.to_string())))?;
        if self.stopped.turn_ended {
            page.line("  the turn that ran was ended")?;
        }
        match self.stopped.queued {
            0 => {}
            1 => page.line("  1 prompt still waits in its queue")?,
            many => page.line(format!("  {many} prompts still wait in its queue"))?,
        }
        for process in &self.stopped.processes {
            page.line(format!("  ended: {}", escape::line(process)))?;
        }
        Ok(())
    }
}

/// A session in full.
#[derive(Serialize)]
struct Shown {
    session: SessionInfo,
}

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.table(&get::table(&self.session))
    }
}
