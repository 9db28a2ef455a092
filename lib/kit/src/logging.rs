//! Tracing on stderr.

use crate::flags::GlobalFlags;
use crate::style::Styles;
use oqto_protocol::env;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts logging once: `OQTO_LOG` (or `RUST_LOG`) decides what, else the number of `-v`. With `--json` each record
/// is a JSON object. A second call changes nothing.
///
/// A filter is a list of levels and of `module=level`. Filters on spans and fields, which need a matcher of regular
/// expressions in every binary, are not understood, and that is said.
pub fn init(flags: &GlobalFlags, styles: Styles) {
    let asked = [env::OQTO_LOG, "RUST_LOG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let (targets, unknown) = filter(asked.as_deref().unwrap_or_else(|| default_filter(flags)));
    let builder = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(std::io::stderr);
    let begun = if flags.json {
        builder.json().flatten_event(true).finish().with(targets).try_init()
    } else {
        let named = builder.with_ansi(styles != Styles::plain()).with_target(flags.verbose > 1);
        named.finish().with(targets).try_init()
    };
    // Fails only when a subscriber is set already, which is what a second call asks for.
    if begun.is_ok() {
        unknown.iter().for_each(|part| tracing::warn!(part, "this part of the log filter is not understood"));
    }
}

/// What a filter lets through, and the parts of it that are none. Where nothing is understood, warnings are.
fn filter(text: &str) -> (Targets, Vec<&str>) {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let is_known = |part: &&str| !part.contains(['[', '{']) && part.parse::<Targets>().is_ok();
    let (known, unknown): (Vec<_>, Vec<_>) = parts.partition(is_known);
    let targets = if known.is_empty() { None } else { known.join(",").parse().ok() };
    (targets.unwrap_or_else(|| Targets::new().with_default(LevelFilter::WARN)), unknown)
}

fn default_filter(flags: &GlobalFlags) -> &'static str {
    match (flags.quiet, flags.verbose) {
        (true, _) => "error",
        (false, 0) => "warn",
        (false, 1) => "info",
        (false, 2) => "debug",
        (false, _) => "trace",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing_subscriber::filter::LevelFilter as Level;

    #[test]
    fn a_filter_is_levels_and_modules() {
        let (targets, unknown) = filter("warn, oqto_runner=debug,oqto_store=off");
        assert!(unknown.is_empty());
        assert_eq!(targets.default_level(), Some(Level::WARN));
        assert!(targets.would_enable("oqto_runner::session", &tracing::Level::DEBUG));
        assert!(!targets.would_enable("oqto_store", &tracing::Level::ERROR));
        assert!(!targets.would_enable("elsewhere", &tracing::Level::INFO));
        assert!(targets.would_enable("elsewhere", &tracing::Level::WARN), "the control");
    }

    #[test]
    fn what_is_no_filter_is_named_and_the_rest_counts() {
        let (targets, unknown) = filter("info,oqto=loud,[span]=debug,a[b{c=d}]=trace,");
        assert_eq!(unknown, ["oqto=loud", "[span]=debug", "a[b{c=d}]=trace"]);
        assert_eq!(targets.default_level(), Some(Level::INFO));
        assert_eq!(filter("a=b,[x]").0.default_level(), Some(Level::WARN));
    }
}
