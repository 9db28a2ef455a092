//! The tokens of one login while the gateway runs: renewed before they end, by one at a time among all requests and all
//! processes, and kept before they are used.
//!
//! Whoever renews has the lock of the account, and looks first whether another has renewed meanwhile. Renewing is a task of
//! its own: a client that goes away in the middle takes no token with it.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use oqto_kit::{Secret, Tasks};

use super::oauth::{Asker, LoginError, Terms, renew};
use super::{Change, Grant, Record, Secrets, Vault};
use crate::book::Clock;

/// A token is renewed so long before it ends, or a fifth of its life where that is less.
const AHEAD_MS: i64 = 120_000;
/// After a failure it is not tried again for so long.
const PAUSE_MS: i64 = 5_000;
/// A token that is younger is not renewed because a provider refuses it: the reason is another.
const YOUNG_MS: i64 = 30_000;
/// How long another process may take to renew.
const CLAIM: Duration = Duration::from_secs(60);
/// Room that new tokens may need beside the old.
const ROOM: usize = 64 << 10;

/// Why a login cannot be used now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    /// Somebody has to log in again.
    #[error("it has to log in again: {0}")]
    LoginAgain(String),
    /// It may work later.
    #[error("its token cannot be renewed: {0}")]
    Later(String),
}

/// What a live login needs of the gateway.
pub(super) struct Means {
    pub(super) vault: Vault,
    /// None where the configuration names no addresses: the token is used as long as it lives.
    pub(super) terms: Option<Terms>,
    pub(super) asker: Asker,
    pub(super) clock: Clock,
    pub(super) tasks: Tasks,
}

/// The tokens of one login.
pub(crate) struct Live {
    provider: String,
    label: String,
    means: Means,
    grant: RwLock<Arc<Grant>>,
    /// The tokens before these: requests on their way carry them still.
    before: RwLock<Option<Arc<Grant>>>,
    /// New tokens are here and not in the file.
    unsaved: AtomicBool,
    /// Held by the one who renews; when it failed last, and why.
    one: tokio::sync::Mutex<Option<(i64, String)>>,
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").field("provider", &self.provider).field("label", &self.label).finish_non_exhaustive()
    }
}

impl Grant {
    fn is_due(&self, now_ms: i64) -> bool {
        self.expires_at_ms.is_some_and(|end| {
            let life = end.saturating_sub(self.obtained_at_ms).max(0);
            now_ms >= end.saturating_sub(AHEAD_MS.min(life / 5))
        })
    }

    fn is_over(&self, now_ms: i64) -> bool {
        self.expires_at_ms.is_some_and(|end| now_ms >= end)
    }
}

impl Live {
    pub(super) fn new(provider: &str, label: &str, grant: Grant, means: Means) -> Self {
        Self {
            provider: provider.to_owned(),
            label: label.to_owned(),
            means,
            grant: RwLock::new(Arc::new(grant)),
            before: RwLock::default(),
            unsaved: AtomicBool::new(false),
            one: tokio::sync::Mutex::default(),
        }
    }

    pub(crate) fn grant(&self) -> Arc<Grant> {
        Arc::clone(&self.grant.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether it renews in this way, and keeps its tokens there.
    pub(super) fn renews_by(&self, terms: Option<&Terms>, vault: &Vault) -> bool {
        self.means.terms.as_ref() == terms && self.means.vault == *vault
    }

    /// Takes what the file says, where that is not older than what is here.
    pub(super) fn adopt(&self, kept: &Grant) {
        let current = self.grant();
        let newer = current.ended.is_some() || kept.obtained_at_ms >= current.obtained_at_ms;
        if newer && !self.unsaved.load(Ordering::Acquire) && *current != *kept {
            self.set(kept.clone());
        }
    }

    fn set(&self, grant: Grant) {
        let old = std::mem::replace(&mut *self.grant.write().unwrap_or_else(PoisonError::into_inner), Arc::new(grant));
        *self.before.write().unwrap_or_else(PoisonError::into_inner) = Some(old);
    }

    /// Every secret of it that an answer may name.
    pub(crate) fn secrets(&self) -> Vec<Secret> {
        let before = self.before.read().unwrap_or_else(PoisonError::into_inner).clone();
        let grants = [Some(self.grant()), before].into_iter().flatten();
        grants.flat_map(|grant| [grant.access.clone()].into_iter().chain(grant.refresh.clone())).collect()
    }

    /// Sees to it that the token can be sent.
    pub(crate) async fn ready(self: &Arc<Self>) -> Result<(), Unusable> {
        let (grant, now) = (self.grant(), (self.means.clock)());
        if let Some(why) = &grant.ended {
            return Err(Unusable::LoginAgain(why.clone()));
        }
        if self.unsaved.load(Ordering::Acquire) {
            self.save_again();
        }
        if !grant.is_due(now) {
            return Ok(());
        }
        match self.renewed(&grant).await {
            // It ends soon, and has not yet.
            Err(Unusable::Later(why)) if !grant.is_over(now) => {
                tracing::warn!(provider = self.provider, account = self.label, why, "a token is not renewed yet");
                Ok(())
            }
            result => result,
        }
    }

    /// A provider refused this token. Gives whether there is another now.
    pub(crate) async fn refused(self: &Arc<Self>, sent: &Secret) -> bool {
        let grant = self.grant();
        if grant.access != *sent {
            return grant.ended.is_none();
        }
        let young = (self.means.clock)().saturating_sub(grant.obtained_at_ms) < YOUNG_MS;
        grant.ended.is_none() && !young && self.renewed(&grant).await.is_ok()
    }

    /// Renews in a task of its own, unless another does.
    async fn renewed(self: &Arc<Self>, old: &Arc<Grant>) -> Result<(), Unusable> {
        let (me, old) = (Arc::clone(self), Arc::clone(old));
        let task = self.means.tasks.spawn("token", async move { me.renew_alone(&old).await });
        match task.await {
            Ok(Some(result)) => result,
            Ok(None) | Err(_) => Err(Unusable::Later("renewing was interrupted".to_owned())),
        }
    }

    async fn renew_alone(&self, old: &Grant) -> Result<(), Unusable> {
        let mut failed = self.one.lock().await;
        let current = self.grant();
        if current.access != old.access || current.ended.is_some() {
            return current.ended.clone().map_or(Ok(()), |why| Err(Unusable::LoginAgain(why)));
        }
        if let Some((at, why)) = failed.as_ref()
            && (self.means.clock)().saturating_sub(*at) < PAUSE_MS
        {
            return Err(Unusable::Later(why.clone()));
        }
        let result = self.renew_among_processes(&current).await;
        *failed = match &result {
            Err(Unusable::Later(why)) => Some(((self.means.clock)(), why.clone())),
            Ok(()) | Err(Unusable::LoginAgain(_)) => None,
        };
        result
    }

    async fn renew_among_processes(&self, current: &Grant) -> Result<(), Unusable> {
        let (vault, provider, label) = (self.means.vault.clone(), self.provider.clone(), self.label.clone());
        let claimed = blocking(move || {
            let claim = vault.claim(&provider, &label, CLAIM)?;
            vault.can_grow(ROOM)?;
            Ok((claim, vault.read()?.find(&provider, &label).cloned()))
        });
        let (_claim, kept) = claimed.await?;
        let Some(Record { secrets: Secrets::Oauth(kept), .. }) = kept else {
            return Err(Unusable::LoginAgain("the account was removed".to_owned()));
        };
        // Another process renewed it, or somebody logged in again.
        let other = kept.access != current.access;
        if kept.ended.is_some() || (other && !kept.is_due((self.means.clock)())) {
            self.set(kept.clone());
            return kept.ended.map_or(Ok(()), |why| Err(Unusable::LoginAgain(why)));
        }
        let Some(terms) = &self.means.terms else {
            return Err(Unusable::Later("the configuration does not say how (providers.NAME.oauth)".to_owned()));
        };
        match renew(&self.means.asker, terms, &kept, (self.means.clock)()).await {
            Ok(grant) => {
                self.keep_and_set(grant).await;
                tracing::info!(provider = self.provider, account = self.label, "a token was renewed");
                Ok(())
            }
            Err(LoginError::Ended(why)) => {
                tracing::warn!(provider = self.provider, account = self.label, why, "an account has to log in again");
                self.keep_and_set(Grant { ended: Some(why.clone()), ..kept }).await;
                Err(Unusable::LoginAgain(why))
            }
            Err(error) => Err(Unusable::Later(error.to_string())),
        }
    }

    /// First the file, then the memory: what is used can be found again after a crash. A file that cannot be written in spite
    /// of the look before is tried again with the next request, and what is new is used: the old is worth nothing any more.
    async fn keep_and_set(&self, grant: Grant) {
        let kept = self.keep(grant.clone()).await;
        if let Err(error) = &kept {
            tracing::error!(provider = self.provider, account = self.label, %error, "new tokens cannot be kept");
        }
        self.unsaved.store(kept.is_err(), Ordering::Release);
        self.set(grant);
    }

    async fn keep(&self, grant: Grant) -> Result<(), Unusable> {
        let (vault, provider, label) = (self.means.vault.clone(), self.provider.clone(), self.label.clone());
        blocking(move || {
            let Some(record) = vault.read()?.find(&provider, &label).cloned() else { return Ok(()) };
            vault.change(Change::Put(Box::new(Record { secrets: Secrets::Oauth(grant), ..record })))
        })
        .await
    }

    fn save_again(self: &Arc<Self>) {
        let me = Arc::clone(self);
        self.means.tasks.spawn("token", async move {
            let _one = me.one.lock().await;
            if me.unsaved.load(Ordering::Acquire) && me.keep((*me.grant()).clone()).await.is_ok() {
                me.unsaved.store(false, Ordering::Release);
            }
        });
    }
}

/// Work with files, on a thread of its own.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, super::AccountsError> + Send + 'static,
) -> Result<T, Unusable> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|_| Unusable::Later("the work was interrupted".to_owned()))?;
    done.map_err(|error| Unusable::Later(error.to_string()))
}
