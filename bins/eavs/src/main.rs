//! `eavs`: the one road from agents to model providers. `eavs serve` is the service; the other commands ask it by its
//! admin socket, or look into its files themselves where no service runs.

mod cli;
mod commands;
mod failure;
mod moment;
mod place;
mod shown;
mod watch;

use std::process::ExitCode;

fn main() -> ExitCode {
    hide();
    oqto_kit::run::<cli::Cli>()
}

/// Takes this process out of the sight of others of its user: keys of providers are in its environment and its memory,
/// and agents run as the same user. Linux then gives `/proc/PID` to root, lets nobody but root look into the memory, and
/// writes no core. Programs that this one starts are not hidden.
fn hide() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // Where it is refused, everything works as before.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
