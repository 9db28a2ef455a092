//! The kept accounts as the gateway uses them: read again when the file changes, with what is known of each.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::{Arc, Mutex, PoisonError};

use oqto_kit::Tasks;
use serde::Serialize;

use super::live::{Live, Means};
use super::oauth::{Asker, Terms};
use super::{Contents, Grant, Record, Secrets, Vault};
use crate::book::Clock;
use crate::config::{ProviderSettings, Settings};
use crate::upstream::account::Account;
use crate::upstream::client::Client;
use crate::upstream::trust::Trust;

/// Something that keeps a part of the gateway from working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What does not work.
    pub what: String,
    /// Why, in one sentence without a full stop.
    pub detail: String,
}

/// Accounts by provider.
pub(crate) type ByProvider = BTreeMap<String, Vec<Arc<Account>>>;

#[derive(Default)]
struct State {
    lives: BTreeMap<(String, String), Arc<Live>>,
    accounts: ByProvider,
    problems: Vec<Problem>,
}

/// The kept accounts of a gateway.
pub(crate) struct Kept {
    client: Arc<Client>,
    clock: Clock,
    tasks: Tasks,
    state: Mutex<State>,
}

impl Kept {
    pub(crate) fn new(client: Arc<Client>, clock: Clock, tasks: Tasks) -> Self {
        Self { client, clock, tasks, state: Mutex::default() }
    }

    /// What does not work of them.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).problems.clone()
    }

    /// Reads them. Where the file cannot be read, those that were read before stay.
    pub(crate) fn read(
        &self,
        vault: &Vault,
        settings: &Settings,
        var: &dyn Fn(&str) -> Option<OsString>,
    ) -> ByProvider {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match vault.read() {
            Ok(contents) => {
                let new = self.take(&state, &contents, vault, settings, var);
                *state = new;
            }
            Err(error) => {
                let problem = Problem { what: "accounts".to_owned(), detail: error.to_string() };
                if !state.problems.contains(&problem) {
                    tracing::warn!(%error, "the kept accounts cannot be read");
                }
                state.problems = vec![problem];
            }
        }
        state.accounts.clone()
    }

    fn take(
        &self,
        old: &State,
        contents: &Contents,
        vault: &Vault,
        settings: &Settings,
        var: &dyn Fn(&str) -> Option<OsString>,
    ) -> State {
        let mut new = State { problems: damaged(contents), ..State::default() };
        for record in contents.records() {
            let Some(provider) = settings.providers.get(&record.provider) else {
                let detail = format!("no provider is called {:?}, so that it is not used", record.provider);
                new.problems.push(Problem { what: named(record), detail });
                continue;
            };
            if configured(provider, &record.label) {
                let detail = "the configuration has an account of this label, which is used instead".to_owned();
                new.problems.push(Problem { what: named(record), detail });
                continue;
            }
            let account = match &record.secrets {
                Secrets::ApiKey(secret) => Account::new(&record.label, secret.clone(), record.weight),
                Secrets::Oauth(grant) => {
                    let live = self.live(old, record, grant, vault, provider, var);
                    let place = (record.provider.clone(), record.label.clone());
                    new.lives.insert(place, Arc::clone(&live));
                    Account::of_login(&record.label, live, record.weight)
                }
            };
            new.accounts.entry(record.provider.clone()).or_default().push(Arc::new(account));
        }
        new
    }

    /// The one that is there already stays, so that only one asks for new tokens.
    fn live(
        &self,
        old: &State,
        record: &Record,
        grant: &Grant,
        vault: &Vault,
        provider: &ProviderSettings,
        var: &dyn Fn(&str) -> Option<OsString>,
    ) -> Arc<Live> {
        let terms = provider.oauth.as_ref().and_then(|oauth| Terms::new(oauth, var));
        let known = old.lives.get(&(record.provider.clone(), record.label.clone()));
        if let Some(live) = known.filter(|live| live.renews_by(terms.as_ref(), vault)) {
            live.adopt(grant);
            return Arc::clone(live);
        }
        let trust = provider.ca_file.as_deref().map(|path| Arc::new(Trust::new(path)));
        let means = Means {
            vault: vault.clone(),
            terms,
            asker: Asker { client: Arc::clone(&self.client), trust },
            clock: Arc::clone(&self.clock),
            tasks: self.tasks.clone(),
        };
        Arc::new(Live::new(&record.provider, &record.label, grant.clone(), means))
    }
}

fn named(record: &Record) -> String {
    format!("{}/{}", record.provider, record.label)
}

fn configured(provider: &ProviderSettings, label: &str) -> bool {
    let only = !provider.api_key.is_empty() && provider.accounts.is_empty();
    provider.accounts.iter().any(|account| account.label == label) || (only && label == crate::upstream::provider::ONLY)
}

fn damaged(contents: &Contents) -> Vec<Problem> {
    let problem = |line: &super::Line| {
        let why = line.record.as_ref().err()?;
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "?".to_owned());
        let what = format!("{}/{}", part(&line.provider), part(&line.label));
        Some(Problem { what, detail: format!("line {} of the kept accounts: {why}", line.number) })
    };
    contents.lines.iter().filter_map(problem).collect()
}
