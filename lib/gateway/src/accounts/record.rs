//! One account as a line of the file.

use std::fmt;

use oqto_kit::Secret;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::{AccountsError, Unreadable};
use super::key::MasterKey;
use super::seal::{self, Whose};
use crate::keys::terms::At;

/// What an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A key that the provider gave.
    ApiKey,
    /// Tokens of an OAuth login.
    Oauth,
}

impl Sort {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApiKey => "api_key",
            Self::Oauth => "oauth",
        }
    }
}

/// The tokens of an OAuth login.
#[derive(Clone, PartialEq, Eq)]
pub struct Grant {
    /// What requests carry.
    pub access: Secret,
    /// What a new one is asked for with.
    pub refresh: Option<Secret>,
    /// When it was given, in milliseconds since 1970.
    pub obtained_at_ms: i64,
    /// When it ends, in milliseconds since 1970, where that was said.
    pub expires_at_ms: Option<i64>,
    /// Why it is worth nothing until somebody logs in again.
    pub ended: Option<String>,
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("expires_at_ms", &self.expires_at_ms)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

/// The secrets of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secrets {
    /// A key that the provider gave.
    ApiKey(Secret),
    /// Tokens of an OAuth login.
    Oauth(Grant),
}

impl Secrets {
    /// What the account is.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        match self {
            Self::ApiKey(_) => Sort::ApiKey,
            Self::Oauth(_) => Sort::Oauth,
        }
    }
}

/// Who an account is, and its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The name of the provider in the configuration.
    pub provider: String,
    /// What people call it, and virtual keys are bound by.
    pub label: String,
    /// Its part of the requests, in relation to those of the others.
    pub weight: u32,
    /// When it was added, in milliseconds since 1970.
    pub added_at_ms: i64,
    /// Its secrets.
    pub secrets: Secrets,
}

/// The line. What is not sealed can be shown without the key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Sealed {
    pub(super) provider: String,
    pub(super) label: String,
    pub(super) kind: Sort,
    #[serde(default = "one")]
    pub(super) weight: u32,
    pub(super) added_at: At,
    pub(super) sealed: String,
}

const fn one() -> u32 {
    1
}

/// What is sealed of a key.
#[derive(Deserialize)]
struct PlainKey {
    api_key: Secret,
}

/// What is sealed of tokens.
#[derive(Deserialize)]
struct PlainGrant {
    access_token: Secret,
    refresh_token: Option<Secret>,
    obtained_at_ms: i64,
    expires_at_ms: Option<i64>,
    ended: Option<String>,
}

/// The same as it is written: a secret serialises hidden, so that this is the one place where one is written out.
#[derive(Serialize)]
#[serde(untagged)]
enum Written<'a> {
    Key {
        api_key: &'a str,
    },
    Grant {
        access_token: &'a str,
        refresh_token: Option<&'a str>,
        obtained_at_ms: i64,
        expires_at_ms: Option<i64>,
        ended: Option<&'a str>,
    },
}

impl Record {
    /// Its line, without the end.
    pub(super) fn line(&self, key: &MasterKey) -> Result<String, AccountsError> {
        let sort = self.secrets.sort();
        let written = match &self.secrets {
            Secrets::ApiKey(key) => Written::Key { api_key: key.expose() },
            Secrets::Oauth(grant) => Written::Grant {
                access_token: grant.access.expose(),
                refresh_token: grant.refresh.as_ref().map(Secret::expose),
                obtained_at_ms: grant.obtained_at_ms,
                expires_at_ms: grant.expires_at_ms,
                ended: grant.ended.as_deref(),
            },
        };
        let mut plain = Zeroizing::new(Vec::with_capacity(16 * 1024));
        let failed = |error: serde_json::Error| AccountsError::Random(error.into());
        serde_json::to_writer(&mut *plain, &written).map_err(failed)?;
        let whose = Whose { provider: &self.provider, label: &self.label, sort: sort.name() };
        let sealed = Sealed {
            provider: self.provider.clone(),
            label: self.label.clone(),
            kind: sort,
            weight: self.weight,
            added_at: At(self.added_at_ms),
            sealed: seal::seal(key, whose, &plain)?,
        };
        serde_json::to_string(&sealed).map_err(failed)
    }
}

impl Sealed {
    /// The account that it is.
    pub(super) fn open(&self, key: &MasterKey) -> Result<Record, Unreadable> {
        let whose = Whose { provider: &self.provider, label: &self.label, sort: self.kind.name() };
        let plain = seal::open(key, whose, &self.sealed)?;
        let read = |_| Unreadable::Sealed;
        let secrets = match self.kind {
            Sort::ApiKey => {
                let plain: PlainKey = serde_json::from_slice(&plain).map_err(read)?;
                Secrets::ApiKey(plain.api_key)
            }
            Sort::Oauth => {
                let plain: PlainGrant = serde_json::from_slice(&plain).map_err(read)?;
                Secrets::Oauth(Grant {
                    access: plain.access_token,
                    refresh: plain.refresh_token,
                    obtained_at_ms: plain.obtained_at_ms,
                    expires_at_ms: plain.expires_at_ms,
                    ended: plain.ended,
                })
            }
        };
        Ok(Record {
            provider: self.provider.clone(),
            label: self.label.clone(),
            weight: self.weight.max(1),
            added_at_ms: self.added_at.0,
            secrets,
        })
    }
}
