//! `sx history`

use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use serde::Serialize;

use crate::history::{Asked, History};

/// Show or forget the questions that were typed in a terminal
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  sx history\n  sx history -n 50 --json\n  sx history clear")]
pub(crate) struct Args {
    /// Forget all of them
    #[arg(value_parser = ["clear"])]
    clear: Option<String>,
    /// At most this many, the newest
    #[arg(short = 'n', long, default_value_t = 20, value_name = "N")]
    limit: usize,
}

#[derive(Serialize)]
struct Listed {
    questions: Vec<Asked>,
}

impl Report for Listed {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["ASKED", "QUESTION"]);
        for asked in &self.questions {
            table.row([&asked.at, &asked.query]);
        }
        page.table(&table)
    }
}

pub(crate) fn run(ctx: &Ctx, args: &Args) -> Result<Exit> {
    let history = History::of(&ctx.dirs()?);
    if args.clear.is_some() {
        history.clear()?;
    }
    let questions = history.newest(args.limit)?;
    if questions.is_empty() {
        ctx.note("no questions are kept: only those that are typed in a terminal are");
    }
    ctx.print(&Listed { questions })
}
