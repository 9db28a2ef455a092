//! The gateway as one thing: its settings, its providers, its book.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use oqto_kit::Tasks;

use crate::accounts::{ByProvider, Kept, Problem, Vault};
use crate::book::{Book, BookError, Clock, Limits};
use crate::catalog::Model;
use crate::config::{Finding, Settings, Unset, UpstreamSettings, Weight, check, resolve};
use crate::keys::token::Hash;
use crate::proxy::probe;
pub use crate::proxy::probe::Probed;
use crate::server::body::Room;
use crate::upstream::client::Client;
use crate::upstream::provider::Provider;
use crate::upstream::routing::Routing;

/// How long a provider may take that is tried.
const PROBE: Duration = Duration::from_secs(30);

const DAY_MS: i64 = 86_400_000;

/// Looks up an environment variable.
pub type Variables = dyn Fn(&str) -> Option<OsString> + Send + Sync;

/// The gateway cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The configuration cannot work.
    #[error("{}: {}", .0.key, .0.problem)]
    Settings(Finding),
    /// A secret of the configuration is not there.
    #[error("server.admin_key")]
    AdminKey(#[source] Unset),
    /// The book cannot be kept.
    #[error(transparent)]
    Book(#[from] BookError),
}

/// Settings, providers and book.
pub struct Gateway {
    /// The settings that it was opened with.
    pub settings: Settings,
    /// Keys, and what they used.
    pub book: Arc<Book>,
    pub(crate) client: Client,
    pub(crate) bodies: Room,
    pub(crate) admin: Option<Hash>,
    pub(crate) tasks: Tasks,
    pub(crate) started: Instant,
    pub(crate) database: PathBuf,
    /// Where it answers, once it does.
    pub(crate) address: OnceLock<SocketAddr>,
    routing: RwLock<Arc<Routing>>,
    kept: Kept,
    /// What was taken last, and why what came after it was not.
    taken: RwLock<Taken>,
}

struct Taken {
    settings: Settings,
    problem: Option<Problem>,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gateway").field("database", &self.database).finish_non_exhaustive()
    }
}

impl Gateway {
    /// Opens it with its database. `tasks` are what it runs beside requests. Has to be called within a runtime.
    ///
    /// # Errors
    /// [`GatewayError`].
    pub async fn open(
        settings: Settings,
        database: &Path,
        clock: Clock,
        var: &Variables,
        tasks: Tasks,
    ) -> Result<Arc<Self>, GatewayError> {
        let kept = Kept::new(&settings.upstream, Arc::clone(&clock), tasks.clone());
        let settings = beside(settings, database);
        let routing = routing(&settings, var, || kept.read(&vault(database, &settings), &settings, var))?;
        let admin = resolve(&settings.server.admin_key, var).map_err(GatewayError::AdminKey)?;
        let admin = (!admin.is_empty()).then(|| Hash::of(admin.expose()));
        let book = Arc::new(Book::open(database, clock).await?);
        book.recorder.keep(settings.log.most());
        let client = Client::new(UpstreamSettings::seconds(settings.upstream.connect_timeout_seconds));
        Ok(Arc::new(Self {
            book,
            client,
            bodies: Room::new(&settings.server),
            admin,
            tasks,
            started: Instant::now(),
            database: database.to_path_buf(),
            address: OnceLock::new(),
            routing: RwLock::new(Arc::new(routing)),
            kept,
            taken: RwLock::new(Taken { settings: settings.clone(), problem: None }),
            settings,
        }))
    }

    pub(crate) fn routing(&self) -> Arc<Routing> {
        Arc::clone(&self.routing.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes providers, accounts, aliases and policy from new settings. Requests on their way keep theirs; everything else
    /// of the settings needs a new start.
    ///
    /// # Errors
    /// [`GatewayError::Settings`]; the old ones stay then.
    pub fn reload(&self, settings: &Settings, var: &Variables) -> Result<(), GatewayError> {
        let settings = &beside(settings.clone(), &self.database);
        let new = routing(settings, var, || self.kept.read(&vault(&self.database, settings), settings, var))?;
        let old = self.routing();
        for provider in new.providers() {
            if let Some(old) = old.provider(&provider.name) {
                provider.follows(old);
            }
        }
        *self.routing.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        self.book.recorder.keep(settings.log.most());
        let mut taken = self.taken.write().unwrap_or_else(PoisonError::into_inner);
        *taken = Taken { settings: settings.clone(), problem: None };
        Ok(())
    }

    /// The same with the settings that were taken last: what is kept of accounts changed.
    ///
    /// # Errors
    /// [`GatewayError::Settings`].
    pub fn reload_accounts(&self, var: &Variables) -> Result<(), GatewayError> {
        let (settings, problem) = {
            let taken = self.taken.read().unwrap_or_else(PoisonError::into_inner);
            (taken.settings.clone(), taken.problem.clone())
        };
        self.reload(&settings, var)?;
        self.taken.write().unwrap_or_else(PoisonError::into_inner).problem = problem;
        Ok(())
    }

    /// New settings could not be taken: this is told to those who run the gateway until others are.
    pub fn not_taken(&self, detail: String) {
        let problem = Problem { what: "configuration".to_owned(), detail };
        self.taken.write().unwrap_or_else(PoisonError::into_inner).problem = Some(problem);
    }

    /// What keeps a part of it from working: settings that were not taken, accounts that cannot be used.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let taken = self.taken.read().unwrap_or_else(PoisonError::into_inner).problem.clone();
        taken.into_iter().chain(self.kept.problems()).collect()
    }

    /// Forgets one step of what is older, or more, than the settings want, and says how much that was: 0 when nothing is.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn tidy(&self) -> Result<usize, BookError> {
        let limits = limits(&self.taken.read().unwrap_or_else(PoisonError::into_inner).settings, self.book.now_ms());
        self.book.tidy(limits).await
    }

    /// Where accounts are kept.
    #[must_use]
    pub fn vault(&self) -> Vault {
        vault(&self.database, &self.taken.read().unwrap_or_else(PoisonError::into_inner).settings)
    }
}

/// What the settings want to be remembered, from now on backwards.
fn limits(settings: &Settings, now_ms: i64) -> Limits {
    let since = |days: u32| now_ms.saturating_sub(i64::from(days).saturating_mul(DAY_MS));
    Limits {
        requests_since_ms: since(settings.usage.retention_days),
        most_requests: settings.usage.max_requests,
        bodies_since_ms: since(settings.log.retention_days),
        most_body_bytes: u64::from(settings.log.max_mib) << 20,
    }
}

/// The settings with the place of the catalog.
fn beside(settings: Settings, database: &Path) -> Settings {
    Settings { catalog: settings.catalog.beside(database), ..settings }
}

fn vault(database: &Path, settings: &Settings) -> Vault {
    Vault::beside(database, &settings.accounts)
}

fn routing(settings: &Settings, var: &Variables, kept: impl FnOnce() -> ByProvider) -> Result<Routing, GatewayError> {
    let broken = check(settings, var).into_iter().find(|finding| finding.weight == Weight::Error);
    if let Some(finding) = broken {
        return Err(GatewayError::Settings(finding));
    }
    // Who looks into the book alone needs no account.
    let kept = if settings.providers.is_empty() { ByProvider::new() } else { kept() };
    let providers = all(settings, var, kept).map(|provider| (provider.name.clone(), Arc::new(provider))).collect();
    Ok(Routing::new(providers, settings.aliases.clone(), settings.policy.clone()))
}

fn all<'a>(settings: &'a Settings, var: &'a Variables, mut kept: ByProvider) -> impl Iterator<Item = Provider> + 'a {
    let catalog = settings.catalog.current();
    settings.providers.iter().filter_map(move |(name, settings)| {
        let provider = Provider::new(name, settings, &catalog, var)?;
        Some(provider.with_kept(kept.remove(name).unwrap_or_default()))
    })
}

/// Tries every account of the configured providers, or of one of them. Asks providers, and renews logins that ended.
///
/// # Errors
/// [`GatewayError::Settings`].
pub async fn probe(
    settings: &Settings,
    database: &Path,
    var: &Variables,
    only: Option<&str>,
) -> Result<Vec<Probed>, GatewayError> {
    let tasks = Tasks::new();
    let kept = Kept::new(&settings.upstream, crate::book::system_clock(), tasks.clone());
    let routing = routing(settings, var, || kept.read(&vault(database, settings), settings, var))?;
    let client = Client::new(UpstreamSettings::seconds(settings.upstream.connect_timeout_seconds));
    let mut all = Vec::new();
    for provider in routing.providers().filter(|provider| only.is_none_or(|name| provider.name == name)) {
        all.extend(probe::provider(&client, provider, PROBE).await);
    }
    Ok(all)
}

/// The models of the configured providers that are known, under the names of the providers in the configuration.
#[must_use]
pub fn models_of(settings: &Settings, var: &Variables) -> Vec<Model> {
    let under = |name: &str, model: &Model| Model { provider: name.to_owned(), ..model.clone() };
    let providers = providers(settings, var);
    providers.iter().flat_map(|(name, provider)| provider.models().map(|model| under(name, model))).collect()
}

pub(crate) fn providers(settings: &Settings, var: &Variables) -> BTreeMap<String, Arc<Provider>> {
    all(settings, var, ByProvider::new()).map(|provider| (provider.name.clone(), Arc::new(provider))).collect()
}
