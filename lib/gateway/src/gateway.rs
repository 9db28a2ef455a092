//! The gateway as one thing: its settings, its providers, its book.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Instant;

use oqto_kit::Tasks;

use crate::book::{Book, BookError, Clock};
use crate::catalog::{Catalog, Model};
use crate::config::{Finding, Settings, Unset, UpstreamSettings, Weight, check, resolve};
use crate::keys::token::Hash;
use crate::upstream::client::Client;
use crate::upstream::provider::Provider;
use crate::upstream::routing::Routing;

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
    pub(crate) admin: Option<Hash>,
    pub(crate) tasks: Tasks,
    pub(crate) started: Instant,
    pub(crate) database: PathBuf,
    /// Where it answers, once it does.
    pub(crate) address: OnceLock<SocketAddr>,
    routing: RwLock<Arc<Routing>>,
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
        let routing = routing(&settings, var)?;
        let admin = resolve(&settings.server.admin_key, var).map_err(GatewayError::AdminKey)?;
        let admin = (!admin.is_empty()).then(|| Hash::of(admin.expose()));
        let book = Arc::new(Book::open(database, clock).await?);
        let client = Client::new(UpstreamSettings::seconds(settings.upstream.connect_timeout_seconds));
        Ok(Arc::new(Self {
            book,
            client,
            admin,
            tasks,
            started: Instant::now(),
            database: database.to_path_buf(),
            address: OnceLock::new(),
            routing: RwLock::new(Arc::new(routing)),
            settings,
        }))
    }

    pub(crate) fn routing(&self) -> Arc<Routing> {
        Arc::clone(&self.routing.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes providers, aliases and policy from new settings. Requests on their way keep theirs; everything else of the
    /// settings needs a new start.
    ///
    /// # Errors
    /// [`GatewayError::Settings`]; the old ones stay then.
    pub fn reload(&self, settings: &Settings, var: &Variables) -> Result<(), GatewayError> {
        let new = routing(settings, var)?;
        *self.routing.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        Ok(())
    }
}

fn routing(settings: &Settings, var: &Variables) -> Result<Routing, GatewayError> {
    let broken = check(settings, var).into_iter().find(|finding| finding.weight == Weight::Error);
    if let Some(finding) = broken {
        return Err(GatewayError::Settings(finding));
    }
    Ok(Routing::new(providers(settings, var), settings.aliases.clone(), settings.policy.clone()))
}

/// The models of the configured providers that are known, under the names of the providers in the configuration.
#[must_use]
pub fn models_of(settings: &Settings, var: &Variables) -> Vec<Model> {
    let under = |name: &str, model: &Model| Model { provider: name.to_owned(), ..model.clone() };
    let providers = providers(settings, var);
    providers.iter().flat_map(|(name, provider)| provider.models().map(|model| under(name, model))).collect()
}

pub(crate) fn providers(settings: &Settings, var: &Variables) -> BTreeMap<String, Arc<Provider>> {
    let catalog = Catalog::shipped();
    let provider = |(name, settings): (&String, _)| {
        Provider::new(name, settings, &catalog, var).map(|provider| (name.clone(), Arc::new(provider)))
    };
    settings.providers.iter().filter_map(provider).collect()
}
