//! The flags that every binary understands, and what they mean before clap has parsed anything.

use clap::{ArgAction, Args, ValueEnum};
use std::ffi::OsStr;
use std::path::PathBuf;

/// Flags shared by all binaries; flatten them into the binary's own parser.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub struct GlobalFlags {
    /// Print JSON on stdout, errors included
    #[arg(long, global = true)]
    pub json: bool,
    /// Print results and errors only
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Log more on stderr (repeat for more)
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Work as if started in this directory; other paths are read from there
    #[arg(long, short = 'C', global = true, value_name = "DIR")]
    pub directory: Option<PathBuf>,
}

/// The flag of binaries that read a configuration file: flatten it beside [`GlobalFlags`], and name it in
/// [`App::config_file`](crate::App::config_file).
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub struct ConfigFlag {
    /// Read this configuration file instead of the usual ones
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// When to use colour. `auto` means: on a terminal, unless `NO_COLOR` is set.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Also into a pipe.
    Always,
    /// Nowhere.
    Never,
}

/// What must be known even when the command line does not parse: whether a usage error is to be JSON, and its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Presumed {
    pub(crate) json: bool,
    pub(crate) color: Color,
}

impl Presumed {
    /// Looks for the plain spellings of the flags among the arguments before a `--`.
    pub(crate) fn of<S: AsRef<OsStr>>(args: &[S]) -> Self {
        let mut presumed = Self { json: false, color: Color::Auto };
        let mut args = args.iter().map(AsRef::as_ref).take_while(|a| *a != "--");
        while let Some(arg) = args.next() {
            let color = match arg.to_str() {
                Some("--json") => {
                    presumed.json = true;
                    continue;
                }
                Some("--color") => args.next().and_then(OsStr::to_str),
                Some(other) => other.strip_prefix("--color="),
                None => None,
            };
            presumed.color = match color {
                Some("always") => Color::Always,
                Some("never") => Color::Never,
                Some(_) | None => presumed.color,
            };
        }
        presumed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presumes_from_unparsed_arguments() {
        let seen = Presumed::of(&["x", "--json", "--color", "never", "--nonsense"]);
        assert_eq!(seen, Presumed { json: true, color: Color::Never });
        let hidden = Presumed::of(&["x", "--", "--json", "--color=always"]);
        assert_eq!(hidden, Presumed { json: false, color: Color::Auto });
    }
}
