//! `sx QUERY`

use std::io::{IsTerminal as _, Read as _};
use std::time::Duration;

use jiff::Timestamp;
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result};
use oqto_protocol::agent_context::AgentContext;
use oqto_protocol::error::ErrorKind;

use crate::answer::Answer;
use crate::browser;
use crate::cli;
use crate::commands::{config, interactive};
use crate::fault::Fault;
use crate::history::History;
use crate::instance::Instance;
use crate::outlet;
use crate::page::Form;
use crate::question::Question;
use crate::search::{Failure, Outcome, Search, Watch};
use crate::settings::Settings;
use crate::show::{self, Pages, Shape};

/// No question is longer than this (bytes).
const LONGEST: usize = 8 << 10;

pub(crate) fn run(ctx: &Ctx, args: &cli::Search) -> Result<Exit> {
    if args.interactive {
        interactive::need_a_terminal(ctx)?;
    }
    let words = words(&args.query)?;
    let mut settings = ctx.config::<Settings>(args.settings())?.value;
    take_instances(&mut settings, args);
    let manner = settings.manner()?;
    let instances = settings.instances();
    if instances.is_empty() {
        return Err(no_instance(ctx));
    }
    let question = question(words, args, &settings);
    keep(ctx, &settings, &question.words);
    let count = usize::try_from(settings.result_count).unwrap_or(usize::MAX);
    let strategy = settings.searxng_strategy;
    let spoken = settings.debug || ctx.flags().verbose > 0;
    let search = Search { question: &question, instances: &instances, strategy, manner: &manner, count };
    if args.interactive {
        return interactive::run(ctx, &settings, &search, &Told { ctx, spoken });
    }
    let outcome = search.run(&Told { ctx, spoken }).map_err(|failures| none_answered(&failures))?;
    remark(ctx, &outcome);
    if args.first || args.lucky {
        return open_one(&settings, &outcome, args);
    }
    let shape = shape(ctx, args);
    let look = show::Look {
        expand: settings.expand,
        plain: settings.no_color || args.output.is_some(),
        terminal: ctx.printer().is_terminal() && args.output.is_none(),
    };
    let pages = form(args).map(|form| Pages::read(&outcome.results, form, &manner, settings.hosts()));
    let drawn = match &pages {
        Some(pages) => pages.draw(&question.words, &outcome, shape, look)?,
        None => show::draw(ctx, &question.words, &outcome, shape, look)?,
    };
    outlet::write(ctx, args.output.as_deref(), drawn.as_bytes())?;
    if outcome.is_empty() || drawn.is_empty() {
        return Ok(Exit::NOTHING_FOUND);
    }
    Ok(pages.map_or(Exit::DONE, |pages| pages.said(ctx, &outcome.results)))
}

/// The form in which pages are wanted, if they are.
fn form(args: &cli::Search) -> Option<Form> {
    match (args.text, args.html) {
        (true, _) => Some(Form::Markdown),
        (false, true) => Some(Form::Html),
        (false, false) => None,
    }
}

fn shape(ctx: &Ctx, args: &cli::Search) -> Shape {
    match (ctx.printer().is_json(), args.clean, args.md, args.links_only) {
        (true, true, ..) => Shape::CleanJson,
        (true, false, ..) => Shape::Json,
        (false, _, true, _) => Shape::Markdown,
        (false, _, false, true) => Shape::Links,
        (false, _, false, false) => Shape::Text,
    }
}

/// Who had an earlier `sx` need not write it down again.
fn no_instance(ctx: &Ctx) -> Error {
    let error = Error::new(ErrorKind::Config, "no SearXNG instance is configured");
    let own = ctx.config_files::<Settings>().map(|files| files.own);
    let earlier = ctx.dirs().map(|dirs| config::earlier_file(&dirs));
    match (own, earlier) {
        (Ok(own), Ok(earlier)) if earlier.exists() && !own.exists() => {
            error.hint(format!("take over {}: sx config import", earlier.display()))
        }
        (Ok(own), _) if own.exists() => {
            error.hint(format!("name one in {}, or export SEARXNG_URL=https://search.example.org", own.display()))
        }
        _ => error
            .hint("export SEARXNG_URL=https://search.example.org, or write it into the file that this makes: sx init"),
    }
}

/// The words of the command line, or of stdin where they are `-` or absent and somebody pipes.
fn words(given: &[String]) -> Result<String> {
    let no_words = || Error::new(ErrorKind::InvalidParams, "there is nothing to search for").hint("sx \"some words\"");
    let stdin = std::io::stdin();
    let words = match given {
        [dash] if dash == "-" => piped(&stdin)?,
        [] if stdin.is_terminal() => return Err(no_words()),
        [] => piped(&stdin)?,
        words => words.join(" "),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.len() > LONGEST {
        let what = format!("the question is longer than {LONGEST} bytes");
        return Err(Error::new(ErrorKind::InvalidParams, what).hint("search for its important words"));
    }
    if words.is_empty() { Err(no_words()) } else { Ok(words) }
}

fn piped(stdin: &std::io::Stdin) -> Result<String> {
    let mut bytes = Vec::new();
    let read = stdin.lock().take(LONGEST as u64 * 8).read_to_end(&mut bytes);
    read.or_fail(ErrorKind::Failed, || "cannot read stdin")?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Instances of the command line replace those of the configuration, and their passwords never pass through its layers.
fn take_instances(settings: &mut Settings, args: &cli::Search) {
    if let Some(instance) = &args.searxng_url {
        settings.searxng_url = Some(instance.clone());
        settings.searxng_username.clear();
        settings.searxng_urls.clear();
    }
    if !args.searxng_urls.is_empty() {
        settings.searxng_urls.clone_from(&args.searxng_urls);
    }
}

fn question(words: String, args: &cli::Search, settings: &Settings) -> Question {
    let named = args.categories();
    Question {
        words,
        site: args.site.clone(),
        categories: if named.is_empty() { settings.categories.clone() } else { named },
        engines: if args.engines.is_empty() { settings.engines.clone() } else { args.engines.clone() },
        language: Some(settings.language.clone()).filter(|language| !language.is_empty()),
        safe_search: settings.safe_search,
        time_range: args.time_range,
        method: settings.http_method,
    }
}

/// Keeps what a person typed in a terminal. A history that cannot be kept is no reason not to search.
fn keep(ctx: &Ctx, settings: &Settings, words: &str) {
    let agent = !AgentContext::read(|name| std::env::var(name).ok()).is_empty();
    if agent || !settings.history_enabled || !ctx.printer().is_terminal() || ctx.printer().is_json() {
        return;
    }
    let most = usize::try_from(settings.max_history).unwrap_or(usize::MAX);
    let kept = ctx.dirs().and_then(|dirs| History::of(&dirs).add(words, Timestamp::now(), most));
    if let Err(error) = kept {
        ctx.printer().warn(&error.message());
    }
}

/// Says with `-v` how each request went, without the question.
pub(super) struct Told<'a> {
    ctx: &'a Ctx,
    spoken: bool,
}

impl Watch for Told<'_> {
    fn asked(&self, instance: &Instance, took: Duration, answered: Result<&Answer, &Fault>) {
        if self.spoken {
            let said = match answered {
                Ok(answer) => format!("{} results", answer.results.len()),
                Err(fault) => fault.to_string(),
            };
            self.ctx.note(&format!("{instance}: {said} ({} ms)", took.as_millis()));
        }
    }
}

/// One failure that stands for all: its own kind where they are of one kind.
pub(super) fn none_answered(failures: &[Failure]) -> Error {
    let Some(first) = failures.first() else {
        return Error::new(ErrorKind::Internal, "no instance was asked");
    };
    let same = failures.iter().all(|failure| failure.fault.kind() == first.fault.kind());
    let kind = if same { first.fault.kind() } else { ErrorKind::Unreachable };
    let each: Vec<String> = failures.iter().map(|failure| format!("{}: {}", failure.instance, failure.fault)).collect();
    let what = match failures {
        [only] => format!("{} does not answer the search: {}", only.instance, only.fault),
        _ => format!("none of {} instances answers the search: {}", failures.len(), each.join("; ")),
    };
    let error = Error::new(kind, what);
    match failures.iter().find_map(|failure| failure.fault.hint()) {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

/// What a person should know beside the results. JSON has it in its fields.
pub(super) fn remark(ctx: &Ctx, outcome: &Outcome) {
    for failure in &outcome.failures {
        ctx.note(&format!("{}: {}", failure.instance, failure.fault));
    }
    let silent: Vec<String> = outcome
        .extras
        .unresponsive_engines
        .iter()
        .map(|engine| format!("{} ({})", engine.engine, engine.reason))
        .collect();
    if !silent.is_empty() {
        ctx.note(&format!("engines that did not answer: {}", silent.join(", ")));
    }
    if outcome.is_empty() {
        ctx.note("nothing found");
    }
}

fn open_one(settings: &Settings, outcome: &Outcome, args: &cli::Search) -> Result<Exit> {
    let at = if args.lucky { by_chance(outcome.results.len())? } else { 0 };
    let Some(found) = outcome.results.get(at) else { return Ok(Exit::NOTHING_FOUND) };
    browser::open(&settings.url_handler, &found.url)?;
    Ok(Exit::DONE)
}

/// A number below the limit; 0 where the limit is.
fn by_chance(limit: usize) -> Result<usize> {
    let mut bytes = [0; 8];
    let flags = rustix::rand::GetRandomFlags::empty();
    rustix::rand::getrandom(&mut bytes, flags).or_fail(ErrorKind::Failed, || "cannot choose by chance")?;
    let chance = usize::from_ne_bytes(bytes);
    Ok(chance.checked_rem(limit).unwrap_or(0))
}
