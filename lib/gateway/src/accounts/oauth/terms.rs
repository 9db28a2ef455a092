//! The addresses and the name of a registration.

use std::ffi::OsString;

use oqto_kit::Secret;

use crate::config::{OauthSettings, endpoint, resolve};

/// A way to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// In a browser on this machine.
    Browser,
    /// On another device, with a code that is typed there.
    Device,
}

/// The addresses and the name of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub(super) client_id: String,
    pub(super) client_secret: Option<Secret>,
    pub(super) authorize_url: Option<String>,
    pub(super) token_url: String,
    pub(super) device_url: Option<String>,
    pub(super) scope: String,
    pub(super) authorize_fields: Vec<(String, String)>,
    pub(super) redirect_port: u16,
    pub(super) redirect_path: String,
}

impl Terms {
    /// Those of the settings; `None` where they were not checked and cannot work.
    #[must_use]
    pub fn new(settings: &OauthSettings, var: &dyn Fn(&str) -> Option<OsString>) -> Option<Self> {
        let right = |url: &Option<String>| url.as_deref().is_none_or(|url| endpoint(url).is_ok());
        let addresses =
            endpoint(&settings.token_url).is_ok() && right(&settings.authorize_url) && right(&settings.device_url);
        let secret = resolve(&settings.client_secret, var).ok()?;
        (addresses && !settings.client_id.is_empty()).then(|| Self {
            client_id: settings.client_id.clone(),
            client_secret: Some(secret).filter(|secret| !secret.is_empty()),
            authorize_url: settings.authorize_url.clone(),
            token_url: settings.token_url.clone(),
            device_url: settings.device_url.clone(),
            scope: settings.scopes.join(" "),
            authorize_fields: settings.authorize_fields.clone().into_iter().collect(),
            redirect_port: settings.redirect_port,
            redirect_path: settings.redirect_path.clone().unwrap_or_else(|| "/callback".to_owned()),
        })
    }

    /// The ways that the provider offers, the one that needs least first.
    #[must_use]
    pub fn flows(&self) -> Vec<Flow> {
        let browser = self.authorize_url.as_ref().map(|_| Flow::Browser);
        browser.into_iter().chain(self.device_url.as_ref().map(|_| Flow::Device)).collect()
    }

    /// A form to the address of tokens, with who asks.
    pub(super) fn form<'a>(&'a self, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let secret = self.client_secret.as_ref().map(|secret| ("client_secret", secret.expose()));
        fields.iter().copied().chain([("client_id", self.client_id.as_str())]).chain(secret).collect()
    }
}
