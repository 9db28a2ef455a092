//! The gateway as one thing: its settings, its providers, its book.

mod current;
mod reload;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use oqto_kit::Tasks;

use crate::accounts::{ByProvider, Kept, Problem, Vault};
use crate::book::{Book, BookError, Clock, Limits};
use crate::catalog::Model;
use crate::config::{Finding, Settings, Unset, UpstreamSettings, Weight, check, resolve};
use crate::keys::token::Hash;
use crate::limit::Limit;
use crate::proxy::probe;
pub use crate::proxy::probe::Probed;
use crate::server::body::bytes_of;
use crate::upstream::client::Client;
use crate::upstream::provider::Provider;
use crate::upstream::routing::Routing;
pub use current::Current;

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
    /// Keys, and what they used.
    pub book: Arc<Book>,
    pub(crate) tasks: Tasks,
    pub(crate) started: Instant,
    pub(crate) database: PathBuf,
    /// Where it answers, once it does.
    pub(crate) address: OnceLock<SocketAddr>,
    /// Places for connections of clients.
    pub(crate) connections: Arc<Limit>,
    current: RwLock<Arc<Current>>,
    kept: Kept,
    /// Held by the one who takes new settings.
    one: Mutex<()>,
    /// Where the settings wanted it to answer when it was opened.
    listen: SocketAddr,
    /// Why the settings that came last were not taken.
    not_taken: Mutex<Option<Problem>>,
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
        let client = Arc::new(Client::new(UpstreamSettings::seconds(settings.upstream.connect_timeout_seconds)));
        let kept = Kept::new(Arc::clone(&client), Arc::clone(&clock), tasks.clone());
        let settings = beside(settings, database);
        let routing = routing(&settings, None, var, || kept.read(&vault(database, &settings), &settings, var))?;
        let admin = admin(&settings, var)?;
        let book = Arc::new(Book::open(database, clock).await?);
        book.recorder.keep(settings.log.most());
        let server = &settings.server;
        let connections = usize::try_from(server.max_connections).unwrap_or(usize::MAX);
        Ok(Arc::new(Self {
            started: Instant::now(),
            database: database.to_path_buf(),
            address: OnceLock::new(),
            connections: Limit::new(connections),
            kept,
            one: Mutex::default(),
            listen: server.listen,
            not_taken: Mutex::default(),
            book: Arc::clone(&book),
            tasks: tasks.clone(),
            current: RwLock::new(Arc::new(Current {
                routing,
                admin,
                book,
                client,
                bodies: Limit::new(bytes_of(server.max_bodies_mib)),
                abandoned: Limit::new(connections),
                tasks,
                settings,
            })),
        }))
    }

    /// What counts now. Whoever answers a request takes it once.
    #[must_use]
    pub fn current(&self) -> Arc<Current> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What keeps a part of it from working: settings that were not taken or wait for a new start, accounts that cannot be
    /// used.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let not_taken = self.not_taken.lock().unwrap_or_else(PoisonError::into_inner).clone();
        not_taken.into_iter().chain(self.waits_for_a_start()).chain(self.kept.problems()).collect()
    }

    /// Forgets one step of what is older, or more, than the settings want, and says how much that was: 0 when nothing is.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn tidy(&self) -> Result<usize, BookError> {
        let limits = limits(&self.current().settings, self.book.now_ms());
        self.book.tidy(limits).await
    }

    /// Where accounts are kept.
    #[must_use]
    pub fn vault(&self) -> Vault {
        vault(&self.database, &self.current().settings)
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

/// The key of the admin routes.
fn admin(settings: &Settings, var: &Variables) -> Result<Option<Hash>, GatewayError> {
    let admin = resolve(&settings.server.admin_key, var).map_err(GatewayError::AdminKey)?;
    Ok((!admin.is_empty()).then(|| Hash::of(admin.expose())))
}

/// Who may be asked for what. Providers go on where those of `old` are.
fn routing(
    settings: &Settings,
    old: Option<&Routing>,
    var: &Variables,
    kept: impl FnOnce() -> ByProvider,
) -> Result<Routing, GatewayError> {
    let broken = check(settings, var).into_iter().find(|finding| finding.weight == Weight::Error);
    if let Some(finding) = broken {
        return Err(GatewayError::Settings(finding));
    }
    // Who looks into the book alone needs no account.
    let kept = if settings.providers.is_empty() { ByProvider::new() } else { kept() };
    let ready = |mut provider: Provider| {
        if let Some(old) = old.and_then(|old| old.provider(&provider.name)) {
            provider.follows(old);
        }
        (provider.name.clone(), Arc::new(provider))
    };
    let providers = all(settings, var, kept).map(ready).collect();
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
    let client = Arc::new(Client::new(UpstreamSettings::seconds(settings.upstream.connect_timeout_seconds)));
    let kept = Kept::new(Arc::clone(&client), crate::book::system_clock(), tasks.clone());
    let routing = routing(settings, None, var, || kept.read(&vault(database, settings), settings, var))?;
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
