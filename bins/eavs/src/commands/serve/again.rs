//! The configuration and the kept accounts, read again while the service runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use oqto_gateway::accounts::Vault;
use oqto_gateway::config::{Settings, Weight};
use oqto_gateway::gateway::{Gateway, GatewayError};
use oqto_kit::config::FlagValue;
use oqto_kit::{Ctx, Error, Result};
use oqto_protocol::error::ErrorKind;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::commands::accounts::findings;
use crate::failure::opening;
use crate::place::{Place, variable};
use crate::watch::Watch;

/// After so long, what could not be taken is tried again: what it needs beside its file may be there by now.
const AGAIN: Duration = Duration::from_secs(5);

/// What is read again, and what is known of the last time.
pub(super) struct Again<'a> {
    ctx: &'a Ctx,
    place: &'a Place,
    flags: Vec<FlagValue>,
    configuration: Watch,
    accounts: Watch,
    /// The files that said something when they were taken last.
    had: Vec<PathBuf>,
    /// What was told of the settings that were taken last.
    warned: Vec<String>,
    /// Why the last ones were not taken, where they were not.
    failed: Option<String>,
}

/// What gave the occasion.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Occasion {
    /// A signal, or a file that is another.
    Configuration,
    /// Another file of kept accounts.
    Accounts,
    /// Some time went by since it failed.
    Time,
}

impl<'a> Again<'a> {
    /// Reads the configuration for the first time. What changes from now on is noticed.
    pub(super) fn first(ctx: &'a Ctx, place: &'a Place, flags: Vec<FlagValue>) -> Result<(Self, Settings)> {
        let files = ctx.config_files::<Settings>()?;
        let configuration = Watch::new(vec![files.system, files.own]);
        let settings = ctx.config::<Settings>(flags.clone())?.value;
        let accounts = Watch::new(Vault::beside(&place.database(ctx)?, &settings.accounts).files());
        let (had, warned) = (Vec::new(), Vec::new());
        let mut again = Self { ctx, place, flags, configuration, accounts, had, warned, failed: None };
        again.was_taken(&settings)?;
        Ok((again, settings))
    }

    /// Reads again whenever there is reason to. What cannot work changes nothing, and is told until something can.
    pub(super) async fn run(mut self, gateway: &Arc<Gateway>, mut asked: Signal) -> Result<()> {
        loop {
            let kept = gateway.vault().files();
            if self.accounts.files() != kept {
                self.accounts = Watch::unseen(kept);
            }
            let occasion = tokio::select! {
                Some(()) = asked.recv() => Occasion::Configuration,
                () = self.configuration.changed() => Occasion::Configuration,
                () = self.accounts.changed() => Occasion::Accounts,
                () = tokio::time::sleep(AGAIN), if self.failed.is_some() => Occasion::Time,
            };
            let taken = match occasion {
                Occasion::Accounts => accounts(gateway).await.map(|()| "the kept accounts were read again"),
                Occasion::Configuration | Occasion::Time => {
                    self.configuration(gateway).await.map(|()| "the configuration was read again")
                }
            };
            match taken {
                Ok(what) => self.ctx.note(what),
                Err(error) => self.was_not_taken(gateway, occasion, error.message()),
            }
        }
    }

    async fn configuration(&mut self, gateway: &Arc<Gateway>) -> Result<()> {
        self.lacks_nothing()?;
        let settings = self.ctx.config::<Settings>(self.flags.clone())?.value;
        // It may have gone while it was read.
        self.lacks_nothing()?;
        let (taking, new) = (Arc::clone(gateway), settings.clone());
        let taken = tokio::task::spawn_blocking(move || taking.reload(&new, &variable)).await;
        reloaded(taken)?;
        self.failed = None;
        if let Some(problem) = gateway.waits_for_a_start() {
            self.ctx.printer().warn(&format!("{}: {}", problem.what, problem.detail));
        }
        self.was_taken(&settings)
    }

    /// A file that is being replaced, or could not be written on a full disk, is not one that wants nothing: settings are
    /// taken away by a file that says something else.
    fn lacks_nothing(&self) -> Result<()> {
        let Some((file, why)) = self.had.iter().find_map(|file| Some((file, what_is_wrong(file)?))) else {
            return Ok(());
        };
        let error = Error::new(ErrorKind::Config, format!("{} {why}: what it said still counts", file.display()));
        Err(error.hint("to take settings away, say others in it, or leave a comment in it"))
    }

    fn was_taken(&mut self, settings: &Settings) -> Result<()> {
        self.had = self.configuration.files().iter().filter(|file| says_something(file)).cloned().collect();
        let findings = findings(self.ctx, self.place, settings)?;
        let warnings = findings.iter().filter(|finding| finding.weight == Weight::Warning);
        let warnings: Vec<_> = warnings.map(|finding| format!("{}: {}", finding.key, finding.problem)).collect();
        for new in warnings.iter().filter(|warning| !self.warned.contains(warning)) {
            self.ctx.printer().warn(new);
        }
        self.warned = warnings;
        Ok(())
    }

    fn was_not_taken(&mut self, gateway: &Gateway, occasion: Occasion, why: String) {
        if occasion != Occasion::Time || self.failed.as_ref() != Some(&why) {
            self.ctx.printer().warn(&format!("the configuration stays as it was: {why}"));
        }
        gateway.not_taken(why.clone());
        self.failed = Some(why);
    }
}

fn says_something(file: &Path) -> bool {
    what_is_wrong(file).is_none()
}

/// Why a file says nothing at all, where it does not.
fn what_is_wrong(file: &Path) -> Option<String> {
    match std::fs::metadata(file) {
        Ok(about) if about.len() > 0 => None,
        Ok(_) => Some("is empty".to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some("is gone".to_owned()),
        Err(error) => Some(format!("cannot be looked at ({error})")),
    }
}

/// The signals that ask for it.
pub(super) fn hangups() -> Result<Signal> {
    let listening = signal(SignalKind::hangup());
    listening.map_err(|error| Error::new(ErrorKind::Failed, "cannot listen for SIGHUP").because(error))
}

async fn accounts(gateway: &Arc<Gateway>) -> Result<()> {
    let taking = Arc::clone(gateway);
    reloaded(tokio::task::spawn_blocking(move || taking.reload_accounts(&variable)).await)
}

fn reloaded(taken: Result<Result<(), GatewayError>, tokio::task::JoinError>) -> Result<()> {
    let taken = taken.map_err(|error| Error::new(ErrorKind::Internal, "cannot reload").because(error))?;
    taken.map_err(|error| opening("cannot reload", &error))
}
