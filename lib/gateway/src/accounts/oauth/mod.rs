//! Logging in to providers that let programs of others do so, by the flows that they publish: the authorization code with
//! PKCE (RFC 6749, 7636, 8252) and the device code (RFC 8628). No client's name is shipped: it is the operator's.
//!
//! | module | holds |
//! |---|---|
//! | `terms` | the addresses and the name of a registration, checked |
//! | `ask` | a form sent to an address, and the answer; no redirect is followed |
//! | `tokens` | what the address of tokens answers |
//! | `pkce` | random texts, and the proof that the one who asked is the one who gets |
//! | `browser`, `landing` | a login in a browser, and where it comes back to |
//! | `device` | a login on another device |

mod ask;
mod browser;
mod device;
mod landing;
mod pkce;
mod terms;
mod tokens;

pub(crate) use ask::Asker;
pub use browser::Visit;
pub use device::Shown;
pub use terms::{Flow, Terms};
pub use tokens::LoginError;
pub(crate) use tokens::renew;

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use crate::accounts::Grant;
use crate::book::{Clock, system_clock};
use crate::config::{ProviderSettings, UpstreamSettings};
use crate::upstream::client::Client;
use crate::upstream::trust::Trust;

/// A login at one provider.
#[derive(Debug)]
pub struct Login {
    terms: Terms,
    asker: Asker,
    clock: OfClock,
}

struct OfClock(Clock);

impl std::fmt::Debug for OfClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl Login {
    /// That of a provider's settings; `None` where they have none that can work.
    #[must_use]
    pub fn new(
        settings: &ProviderSettings,
        upstream: &UpstreamSettings,
        var: &dyn Fn(&str) -> Option<OsString>,
    ) -> Option<Self> {
        let terms = Terms::new(settings.oauth.as_ref()?, var)?;
        let client = Arc::new(Client::new(UpstreamSettings::seconds(upstream.connect_timeout_seconds)));
        let trust = settings.ca_file.as_deref().map(|path| Arc::new(Trust::new(path)));
        Some(Self { terms, asker: Asker { client, trust }, clock: OfClock(system_clock()) })
    }

    /// The ways that the provider offers, the one that needs least first.
    #[must_use]
    pub fn flows(&self) -> Vec<Flow> {
        self.terms.flows()
    }

    /// Logs in with a browser on this machine. `show` tells the person where to go.
    ///
    /// # Errors
    /// [`LoginError`]; [`LoginError::TooLate`] after `patience`.
    pub async fn by_browser(&self, patience: Duration, show: impl FnOnce(&Visit)) -> Result<Grant, LoginError> {
        let login = browser::by_browser(&self.terms, &self.asker, &self.clock.0, show);
        tokio::time::timeout(patience, login).await.unwrap_or(Err(LoginError::TooLate))
    }

    /// Logs in on another device. `show` tells the person where to go.
    ///
    /// # Errors
    /// [`LoginError`]; [`LoginError::TooLate`] after `patience`, or when the provider's code ended.
    pub async fn by_device(&self, patience: Duration, show: impl FnOnce(&Shown)) -> Result<Grant, LoginError> {
        self.by_device_pacing(patience, show, tokio::time::sleep).await
    }

    /// The same with another way to wait between two questions to the provider.
    ///
    /// # Errors
    /// As [`Login::by_device`].
    pub async fn by_device_pacing(
        &self,
        patience: Duration,
        show: impl FnOnce(&Shown),
        sleep: impl AsyncFn(Duration),
    ) -> Result<Grant, LoginError> {
        let login = device::by_device(&self.terms, &self.asker, &self.clock.0, show, sleep);
        tokio::time::timeout(patience, login).await.unwrap_or(Err(LoginError::TooLate))
    }
}
