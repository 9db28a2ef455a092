//! The command line.

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand};
use oqto_kit::config::FlagValue;
use oqto_kit::documents::Documents;
use oqto_kit::{App, ConfigFlag, Ctx, Exit, GlobalFlags, Result};

use crate::commands::{config, history, init, search};
use crate::instance::Instance;
use crate::question::{Category, Method, SafeSearch, TimeRange};
use crate::settings::{self, Strategy};

const EXAMPLES: &str = "\
Examples:
  sx \"why is the sky blue\"
  sx \"rust ownership\" -n 5 --json
  sx \"borrow checker\" -w docs.rs -r year --md -o results.md
  sx \"rust tutorials\" -L -n 3
  echo \"long question\" | sx -
  sx -- -Wl,--gc-sections
  sx -- history of rome

In an interactive search (-i): a number opens a result, t NUMBER reads it, l NUMBER prints its address, n and p turn
pages, other words search anew, ? helps, q ends.

Exit codes:
  0 done  1 failed  2 wrong usage  3 nothing found  69 no instance reachable
  75 too many requests, try again  77 not permitted  78 no instance configured  124 timed out
With --text and --html the code is 0 when at least one page was read.

Proxies come from HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY; every one of them is asked for a tunnel (CONNECT).";

/// Search the web through SearXNG
#[derive(Debug, Parser)]
#[command(name = "sx", version, disable_version_flag = true, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(flatten)]
    config: ConfigFlag,
    #[command(flatten)]
    search: Search,
    /// Print the version
    #[arg(long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What is asked, and how it is shown.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Search options")]
pub(crate) struct Search {
    /// The words to search for; - reads them from stdin
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// At most this many results; 0 is one page as it comes
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=i64::from(crate::settings::MOST_RESULTS)))]
    pub(crate) num: Option<u32>,
    /// Only the first result
    #[arg(long, conflicts_with = "num")]
    pub(crate) top: bool,
    /// Only this site
    #[arg(short = 'w', long, value_name = "HOST")]
    pub(crate) site: Option<String>,
    /// Only as old as this
    #[arg(short = 'r', long, value_enum, value_name = "RANGE")]
    pub(crate) time_range: Option<TimeRange>,
    /// In this language, such as en or de-CH
    #[arg(short, long, value_name = "LANG")]
    pub(crate) language: Option<String>,
    /// Only these groups of engines
    #[arg(long, value_enum, value_delimiter = ',', value_name = "NAME")]
    pub(crate) categories: Vec<Category>,
    /// Only files
    #[arg(short = 'F', long, group = "category")]
    pub(crate) files: bool,
    /// Only music
    #[arg(short = 'M', long, group = "category")]
    pub(crate) music: bool,
    /// Only news
    #[arg(short = 'N', long, group = "category")]
    pub(crate) news: bool,
    /// Only social media
    #[arg(short = 'S', long, group = "category")]
    pub(crate) social: bool,
    /// Only videos
    #[arg(short = 'V', long, group = "category")]
    pub(crate) videos: bool,
    /// Only these engines of the instance
    #[arg(short, long, value_delimiter = ',', value_name = "NAME")]
    pub(crate) engines: Vec<String>,
    /// The service that is asked
    #[arg(long, value_parser = service, value_name = "NAME")]
    pub(crate) engine: Option<String>,
    /// How much is filtered out
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) safe_search: Option<SafeSearch>,
    /// Filter nothing out
    #[arg(long, conflicts_with = "safe_search")]
    pub(crate) r#unsafe: bool,
    /// Leave empty values out of the JSON
    #[arg(short, long, requires = "json")]
    pub(crate) clean: bool,
    /// Print the results as Markdown
    #[arg(long, group = "shape", conflicts_with = "json")]
    pub(crate) md: bool,
    /// Print addresses only, one a line
    #[arg(short = 'L', long, group = "shape", conflicts_with = "json")]
    pub(crate) links_only: bool,
    /// Read the pages that were found, and print them as Markdown
    #[arg(short = 'T', long, group = "shape")]
    pub(crate) text: bool,
    /// Read the pages that were found, and print their HTML
    #[arg(short = 'H', long, group = "shape")]
    pub(crate) html: bool,
    /// Open the first result in the browser
    #[arg(short = 'j', long, group = "shape", conflicts_with_all = ["json", "output"])]
    pub(crate) first: bool,
    /// Open any one of the results in the browser
    #[arg(long, group = "shape", conflicts_with_all = ["json", "output"])]
    pub(crate) lucky: bool,
    /// Ask what to do with the results: open, read, go on, search again
    #[arg(short, long, group = "shape", conflicts_with_all = ["json", "output", "top"])]
    pub(crate) interactive: bool,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show whole addresses in a terminal
    #[arg(short = 'x', long)]
    pub(crate) expand: bool,
    /// The instance that is asked first
    #[arg(long, value_name = "URL")]
    pub(crate) searxng_url: Option<Instance>,
    /// Further instances, for when the first fails or finds nothing
    #[arg(long, value_delimiter = ',', value_name = "URL")]
    pub(crate) searxng_urls: Vec<Instance>,
    /// Ask one after the other, or all at once
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) searxng_strategy: Option<Strategy>,
    /// How the question is sent
    #[arg(long, value_enum, ignore_case = true, value_name = "METHOD")]
    pub(crate) http_method: Option<Method>,
    /// Seconds for one request in all
    #[arg(long, value_parser = seconds, value_name = "SECONDS")]
    pub(crate) timeout: Option<f64>,
    /// Take any certificate: for tests
    #[arg(long)]
    pub(crate) no_verify_ssl: bool,
    /// Read pages of this machine and of its own network too (with --text and --html)
    #[arg(long)]
    pub(crate) private_pages: bool,
    /// Do not say that it is sx that asks
    #[arg(long)]
    pub(crate) noua: bool,
    /// No colour
    #[arg(long)]
    pub(crate) nocolor: bool,
    /// Say on stderr what is asked of which instance, never the question
    #[arg(long)]
    pub(crate) debug: bool,
    /// Accepted for older scripts: nothing is asked back anyway
    #[arg(short = 'p', long, hide = true)]
    pub(crate) np: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    History(history::Args),
    Config(config::Args),
    /// Write a configuration file in which everything is explained and nothing is changed
    #[command(after_help = "Examples:\n  sx init\n  sx init --config ./sx.toml")]
    Init,
    #[command(flatten)]
    Documents(Documents),
}

/// The earlier program asked other services, too.
fn service(name: &str) -> Result<String, String> {
    match name {
        "searxng" => Ok(name.to_owned()),
        _ => Err("sx asks SearXNG only; -e names engines of the instance".to_owned()),
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse().map_err(|_| "it is no number of seconds".to_owned())?;
    match settings::check_timeout(seconds) {
        Ok(()) => Ok(seconds),
        Err(why) => Err(why.to_owned()),
    }
}

impl Search {
    /// What of it is configuration; instances are added by the command, since their passwords are not shown.
    pub(crate) fn settings(&self) -> Vec<FlagValue> {
        let flag = |given: bool| given.then_some(true);
        let name = |value: Option<&str>| value.map(str::to_owned);
        let safe = if self.r#unsafe { Some(SafeSearch::None) } else { self.safe_search };
        let count = if self.top { Some(1) } else { self.num };
        [
            FlagValue::given("--num", "result_count", count.map(i64::from)),
            FlagValue::given("--safe-search", "safe_search", name(safe.map(SafeSearch::name))),
            FlagValue::given("--http-method", "http_method", name(self.http_method.map(Method::name))),
            FlagValue::given("--searxng-strategy", "searxng_strategy", name(self.searxng_strategy.map(Strategy::name))),
            FlagValue::given("--timeout", "timeout", self.timeout),
            FlagValue::given("--language", "language", self.language.clone()),
            FlagValue::given("--expand", "expand", flag(self.expand)),
            FlagValue::given("--no-verify-ssl", "no_verify_ssl", flag(self.no_verify_ssl)),
            FlagValue::given("--private-pages", "private_pages", flag(self.private_pages)),
            FlagValue::given("--noua", "no_user_agent", flag(self.noua)),
            FlagValue::given("--nocolor", "no_color", flag(self.nocolor)),
            FlagValue::given("--debug", "debug", flag(self.debug)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The groups of engines that are meant, if any are named.
    pub(crate) fn categories(&self) -> Vec<Category> {
        let short = [
            (self.files, Category::Files),
            (self.music, Category::Music),
            (self.news, Category::News),
            (self.social, Category::SocialMedia),
            (self.videos, Category::Videos),
        ];
        let named = short.into_iter().filter(|(given, _)| *given).map(|(_, category)| category);
        self.categories.iter().copied().chain(named).collect()
    }
}

impl App for Cli {
    fn flags(&self) -> &GlobalFlags {
        &self.global
    }

    fn config_file(&self) -> Option<&Path> {
        self.config.config.as_deref()
    }

    fn run(self, ctx: &Ctx) -> Result<Exit> {
        match self.command {
            None => search::run(ctx, &self.search),
            Some(Command::History(args)) => history::run(ctx, &args),
            Some(Command::Config(args)) => config::run(ctx, &args),
            Some(Command::Init) => init::run(ctx),
            Some(Command::Documents(args)) => args.run(ctx, Self::command()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
