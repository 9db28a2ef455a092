//! Tracing on stderr.

use crate::flags::GlobalFlags;
use crate::style::Styles;
use oqto_protocol::env;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts logging once: `OQTO_LOG` (or `RUST_LOG`) decides what, else the number of `-v`. With `--json` each record
/// is a JSON object. A second call changes nothing.
pub fn init(flags: &GlobalFlags, styles: Styles) {
    let builder = tracing_subscriber::fmt().with_env_filter(filter(flags)).with_writer(std::io::stderr);
    // Fails only when a subscriber is set already, which is what a second call asks for.
    let _ = if flags.json {
        builder.json().flatten_event(true).finish().try_init()
    } else {
        builder.with_ansi(styles != Styles::plain()).with_target(flags.verbose > 1).finish().try_init()
    };
}

fn filter(flags: &GlobalFlags) -> EnvFilter {
    let asked = [env::OQTO_LOG, "RUST_LOG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    EnvFilter::new(asked.unwrap_or_else(|| default_filter(flags).to_owned()))
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
