//! The addresses and the name of a registration.

use std::ffi::OsString;

use base64::Engine as _;
use oqto_kit::Secret;

use crate::config::{ClientAuth, OauthSettings, endpoint, resolve};
use crate::percent;

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
    /// The same with the name as the text of a header, where it is shown in one.
    basic: Option<Secret>,
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
        let in_header = settings.client_auth == ClientAuth::ClientSecretBasic && !secret.is_empty();
        (addresses && !settings.client_id.is_empty()).then(|| Self {
            client_id: settings.client_id.clone(),
            basic: in_header.then(|| basic(&settings.client_id, &secret)),
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

    /// What is sent with a form, who asks included: for hiding it.
    pub(super) fn sent<'a>(&'a self, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let secret = self.client_secret.as_ref().map(|secret| ("client_secret", secret.expose()));
        let header = self.basic.as_ref().map(|basic| ("authorization", basic.expose()));
        fields.iter().copied().chain([("client_id", self.client_id.as_str())]).chain(secret).chain(header).collect()
    }

    /// A form with who asks, and the header that shows it where it is not in the form.
    pub(super) fn form<'a>(&'a self, fields: &[(&'a str, &'a str)]) -> (Vec<(&'a str, &'a str)>, Option<&'a Secret>) {
        if let Some(basic) = &self.basic {
            return (fields.to_vec(), Some(basic));
        }
        (self.sent(fields), None)
    }
}

/// The name and the secret, each encoded as in a form, as RFC 6749 wants them.
fn basic(client_id: &str, secret: &Secret) -> Secret {
    let pair = zeroize::Zeroizing::new(format!("{}:{}", form_encoded(client_id), form_encoded(secret.expose())));
    Secret::new(base64::engine::general_purpose::STANDARD.encode(pair.as_bytes()))
}

/// As in a form: a space is a plus.
fn form_encoded(text: &str) -> String {
    percent::encoded(text).replace("%20", "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_secret_are_encoded_before_they_are_one() {
        let text = basic("a b:c", &Secret::new("p/\u{e4}+ ~")).expose().to_owned();
        let shown = base64::engine::general_purpose::STANDARD.decode(text).unwrap();
        assert_eq!(String::from_utf8(shown).unwrap(), "a+b%3Ac:p%2F%C3%A4%2B+~");
    }

    #[test]
    fn a_secret_is_in_the_form_or_in_the_header_and_never_in_both() {
        let terms = |auth: &str| {
            let settings =
                format!("client_id = 'me'\nclient_secret = 'hush'\ntoken_url = 'https://x.example/t'\n{auth}");
            Terms::new(&toml::from_str(&settings).unwrap(), &|_| None).unwrap()
        };
        let post = terms("");
        assert_eq!(post.form(&[("a", "b")]), (vec![("a", "b"), ("client_id", "me"), ("client_secret", "hush")], None));
        let basic = terms("client_auth = 'client_secret_basic'");
        assert_eq!(basic.form(&[("a", "b")]), (vec![("a", "b")], Some(&Secret::new("bWU6aHVzaA=="))));
        assert!(
            basic.sent(&[]).contains(&("client_secret", "hush"))
                && basic.sent(&[]).contains(&("authorization", "bWU6aHVzaA=="))
        );
    }
}
