//! `sx QUERY -i`: results, and a prompt that asks what to do with them.

use std::io::{BufRead as _, IsTerminal as _, Read as _};

use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result, escape};
use oqto_protocol::error::ErrorKind;

use crate::answer::Found;
use crate::browser;
use crate::commands::search::{none_answered, remark};
use crate::instance::Instance;
use crate::page::{self, Form};
use crate::prompt::{self, Said};
use crate::question::Question;
use crate::search::{Search, Watch, add_new};
use crate::settings::Settings;
use crate::show::{self, Look};

/// A line at the prompt is no longer than this (bytes).
const LONGEST: u64 = 8 << 10;

/// So many results are shown at a time where the configuration leaves it open.
const SHOWN: usize = 10;

/// A program has nobody to answer; it is refused before anything is asked.
///
/// # Errors
/// When no person is there.
pub(super) fn need_a_terminal(ctx: &Ctx) -> Result<()> {
    if std::io::stdin().is_terminal() && ctx.printer().is_terminal() {
        return Ok(());
    }
    let what = "an interactive search needs a terminal to ask on";
    Err(Error::new(ErrorKind::InvalidParams, what).hint("without -i the results are printed; -T reads their pages"))
}

/// Asks until the person has had enough.
///
/// # Errors
/// When the first search fails; what fails later is said, and the person goes on.
pub(super) fn run(ctx: &Ctx, settings: &Settings, search: &Search<'_>, watch: &dyn Watch) -> Result<Exit> {
    let mut conversation =
        Conversation { ctx, settings, search, watch, question: search.question.clone(), found: None };
    conversation.search()?;
    loop {
        conversation.prompt()?;
        let Some(line) = line()? else {
            // The shell's prompt begins on a line of its own.
            ctx.printer().data(b"\n")?;
            return Ok(Exit::DONE);
        };
        let said = prompt::read(&line);
        if said == Said::Quit {
            return Ok(Exit::DONE);
        }
        match conversation.answer(said) {
            Err(error) if error.kind() != ErrorKind::Internal => ctx.printer().fail(&error),
            other => other?,
        }
    }
}

/// The next line; `None` at the end of the input.
fn line() -> Result<Option<String>> {
    let mut bytes = Vec::new();
    let stdin = std::io::stdin().lock();
    let read = stdin.take(LONGEST).read_until(b'\n', &mut bytes);
    let length = read.or_fail(ErrorKind::Failed, || "cannot read stdin")?;
    Ok((length > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

struct Conversation<'a> {
    ctx: &'a Ctx,
    settings: &'a Settings,
    search: &'a Search<'a>,
    watch: &'a dyn Watch,
    question: Question,
    found: Option<Results>,
}

/// What was found so far, and which of it is shown.
struct Results {
    all: Vec<Found>,
    instance: Instance,
    /// The last page of the instance that was asked.
    page: u32,
    shown: std::ops::Range<usize>,
}

impl Conversation<'_> {
    fn answer(&mut self, said: Said) -> Result<()> {
        match said {
            Said::Nothing | Said::Quit => Ok(()),
            Said::Help => self.say(prompt::HELP),
            Said::NoNumber => self.say("of which result? For example: t 1"),
            Said::Open(number) => {
                let url = &self.result(number)?.url;
                browser::open(&self.settings.url_handler, url)?;
                self.say(&format!("opened {url}"))
            }
            Said::Link(number) => self.say(&self.result(number)?.url),
            Said::Read(number) => self.read(number),
            Said::Next => self.next(),
            Said::Previous => self.previous(),
            Said::Search(words) => {
                let before = std::mem::replace(&mut self.question.words, words);
                let searched = self.search();
                if searched.is_err() {
                    // What is shown still belongs to the question before.
                    self.question.words = before;
                }
                searched
            }
        }
    }

    fn prompt(&self) -> Result<()> {
        self.ctx.printer().data(b"sx> ")
    }

    fn say(&self, text: &str) -> Result<()> {
        self.ctx.printer().data(format!("{}\n", escape::text(text)).as_bytes())
    }

    /// How many results are shown at a time.
    fn step(&self) -> usize {
        if self.search.count == 0 { SHOWN } else { self.search.count }
    }

    fn search(&mut self) -> Result<()> {
        // One page as it comes: the prompt asks for the next one when it is wanted.
        let search = Search { question: &self.question, count: 0, ..*self.search };
        let outcome = search.run(self.watch).map_err(|failures| none_answered(&failures))?;
        remark(self.ctx, &outcome);
        let styles = show::styles(self.ctx, self.look());
        self.ctx.printer().data(show::answers(&outcome, styles).as_bytes())?;
        let shown = 0..outcome.results.len().min(self.step());
        self.found = Some(Results { all: outcome.results, instance: outcome.instance, page: 1, shown });
        self.show()
    }

    fn look(&self) -> Look {
        Look { expand: self.settings.expand, plain: self.settings.no_color, terminal: true }
    }

    fn show(&self) -> Result<()> {
        let Some(found) = &self.found else { return Ok(()) };
        let results = found.all.get(found.shown.clone()).unwrap_or_default();
        let look = self.look();
        let list = show::list(results, found.shown.start, show::styles(self.ctx, look), look);
        self.ctx.printer().data(list.as_bytes())
    }

    fn result(&self, number: usize) -> Result<&Found> {
        let all = self.found.as_ref().map_or(&[][..], |found| &found.all);
        let result = number.checked_sub(1).and_then(|at| all.get(at));
        result.ok_or_else(|| Error::new(ErrorKind::NotFound, format!("there is no result {number}")))
    }

    fn read(&self, number: usize) -> Result<()> {
        let url = &self.result(number)?.url;
        let page = page::read(url, Form::Markdown, self.search.manner, self.settings.hosts());
        let page = page.map_err(|fault| {
            let error = Error::new(fault.kind(), format!("cannot read {url}: {fault}"));
            match fault.hint() {
                Some(hint) => error.hint(hint),
                None => error,
            }
        })?;
        self.ctx.printer().data(format!("{}\n", page.text.trim_end()).as_bytes())
    }

    /// Shows further results, after asking for them where they are not there yet.
    fn next(&mut self) -> Result<()> {
        let step = self.step();
        let Some(found) = &mut self.found else { return Ok(()) };
        if found.all.len() <= found.shown.end {
            let search = Search { question: &self.question, ..*self.search };
            let asked = search.page(&found.instance, found.page + 1, self.watch);
            let answer = asked.map_err(|fault| {
                let error = Error::new(fault.kind(), format!("{}: {fault}", found.instance));
                match fault.hint() {
                    Some(hint) => error.hint(hint),
                    None => error,
                }
            })?;
            found.page += 1;
            if !add_new(&mut found.all, answer.results) {
                return self.say("there are no further results");
            }
        }
        found.shown = found.shown.end..found.all.len().min(found.shown.end + step);
        self.show()
    }

    fn previous(&mut self) -> Result<()> {
        let step = self.step();
        let Some(found) = &mut self.found else { return Ok(()) };
        if found.shown.start == 0 {
            return self.say("these are the first");
        }
        let start = found.shown.start.saturating_sub(step);
        found.shown = start..found.shown.start;
        self.show()
    }
}
