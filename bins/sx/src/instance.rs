//! Where a SearXNG instance is: its address, and the name and password that go with it.

use oqto_kit::Secret;
use serde::{Deserialize, Serialize};
use std::fmt;
use ureq::http::Uri;

use crate::encode;

/// An instance that can be asked. Shown without its password.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Instance {
    /// Scheme, host, port and path, without a slash at the end.
    base: String,
    login: Option<Login>,
}

/// What an instance behind a password wants (HTTP Basic).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Login {
    /// The name.
    pub(crate) user: String,
    /// The password.
    pub(crate) password: Secret,
}

/// Why an address cannot be one of an instance.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AddressError {
    #[error("an instance's address is empty")]
    Empty,
    #[error("an instance's address begins with http:// or https:// and names a host, as in https://search.example.org")]
    NoHost,
    #[error("an instance's address has no ? or #: the parameters are added by sx")]
    Query,
    #[error("an instance's address is not a valid URL (a host with other letters is written as xn--…)")]
    Invalid,
}

impl Instance {
    /// Reads an address; `user:password@` in it is kept apart. A trailing `/` or `/search` is not part of it.
    ///
    /// # Errors
    /// When it is no address that can be asked. The error does not repeat it, since it may hold a password.
    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if text.contains(['?', '#']) {
            return Err(AddressError::Query);
        }
        let (scheme, rest) = text.split_once("://").ok_or(AddressError::NoHost)?;
        let scheme = scheme.to_ascii_lowercase();
        if !["http", "https"].contains(&scheme.as_str()) {
            return Err(AddressError::NoHost);
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (login, host) = match authority.rsplit_once('@') {
            Some((login, host)) => (Some(Login::decode(login)), host),
            None => (None, authority),
        };
        let path = path.trim_end_matches('/');
        let path = path.strip_suffix("/search").unwrap_or(path).trim_end_matches('/');
        let base = format!("{scheme}://{host}{path}");
        let uri: Uri = base.parse().map_err(|_| AddressError::Invalid)?;
        if uri.host().is_none_or(str::is_empty) {
            return Err(AddressError::NoHost);
        }
        Ok(Self { base, login })
    }

    /// The same instance, with this login unless its address has one.
    pub(crate) fn with_login(mut self, login: Option<Login>) -> Self {
        self.login = self.login.or(login);
        self
    }

    /// Where questions are sent.
    pub(crate) fn search_address(&self) -> String {
        format!("{}/search", self.base)
    }

    /// Whether the way there is encrypted.
    pub(crate) fn is_https(&self) -> bool {
        self.base.starts_with("https:")
    }

    /// The login, if it wants one.
    pub(crate) fn login(&self) -> Option<&Login> {
        self.login.as_ref()
    }

    /// Whether it is the same place, whoever asks.
    pub(crate) fn is_same_place(&self, other: &Self) -> bool {
        self.base == other.base
    }
}

impl Login {
    fn decode(text: &str) -> Self {
        let (user, password) = text.split_once(':').unwrap_or((text, ""));
        Self { user: encode::percent_decode(user), password: Secret::new(encode::percent_decode(password)) }
    }
}

impl fmt::Display for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

impl Serialize for Instance {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl TryFrom<String> for Instance {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl std::str::FromStr for Instance {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart_from_what_is_added_to_them() {
        for text in [
            "https://s.example.org",
            "https://s.example.org/",
            "HTTPS://s.example.org/search",
            " https://s.example.org// ",
        ] {
            assert_eq!(Instance::parse(text).unwrap().search_address(), "https://s.example.org/search", "{text}");
        }
        let deep = Instance::parse("http://[::1]:8888/searx/").unwrap();
        assert_eq!(deep.search_address(), "http://[::1]:8888/searx/search");
    }

    #[test]
    fn a_password_is_kept_and_not_shown() {
        let instance = Instance::parse("https://ada:p%40ss:w@s.example.org/x").unwrap();
        let login = instance.login().unwrap();
        assert_eq!((login.user.as_str(), login.password.expose()), ("ada", "p@ss:w"));
        let shown = format!("{instance} {instance:?} {}", serde_json::to_string(&instance).unwrap());
        assert!(!shown.contains("p@ss") && !shown.contains("p%40ss"), "{shown}");
        assert!(shown.starts_with("https://s.example.org/x "));
    }

    #[test]
    fn what_is_no_address_is_refused_without_being_repeated() {
        for (text, error) in [
            ("", AddressError::Empty),
            ("search.example.org", AddressError::NoHost),
            ("ftp://x", AddressError::NoHost),
            ("https://", AddressError::Invalid),
            ("https://x/?q=", AddressError::Query),
            ("https://x y", AddressError::Invalid),
            ("https://münchen.example", AddressError::Invalid),
        ] {
            assert_eq!(Instance::parse(text), Err(error), "{text}");
        }
    }
}
