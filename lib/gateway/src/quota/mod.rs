//! What providers say is left of their limits, by account.
//!
//! - [`headers`]: what the headers of one answer say.
//! - [`when`]: the moments at which limits begin anew, in the forms in which providers write them.
//!
//! Only numbers, moments and a few known words are taken from the value of a header, so that nothing else that a provider
//! may put there can be shown or kept.

pub mod headers;
pub mod when;

use serde::{Deserialize, Serialize};

use crate::keys::terms::At;

/// One limit of an account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meter {
    /// What is counted, as the provider calls it: `requests`, `input-tokens`, `5h`.
    pub name: String,
    /// How many there are in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// How many are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining: Option<u64>,
    /// The part that is used, from 0, where the provider says that instead of numbers. More than 1 is beyond the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<f64>,
    /// When it begins anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resets_at: Option<At>,
    /// The provider's word for how it stands, such as `allowed` or `rejected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

impl Meter {
    /// The part that is left, from 0 to 1, where it can be told.
    #[must_use]
    pub fn left(&self) -> Option<f64> {
        match (self.used, self.limit, self.remaining) {
            (Some(used), _, _) => Some((1.0 - used).clamp(0.0, 1.0)),
            (None, Some(limit), Some(remaining)) if limit > 0 => {
                Some((remaining as f64 / limit as f64).clamp(0.0, 1.0))
            }
            (None, Some(0), Some(_)) => Some(0.0),
            (None, _, _) => None,
        }
    }
}

/// What one answer said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The limits, by name.
    pub meters: Vec<Meter>,
    /// When the provider wants to be asked again.
    pub retry_at: Option<At>,
}

/// What is known of an account.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quota {
    /// The provider's name.
    pub provider: String,
    /// The account's label.
    pub account: String,
    /// When the provider said it last.
    pub seen_at: At,
    /// When the provider wants to be asked again, where it refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<At>,
    /// The limits, by name.
    pub meters: Vec<Meter>,
}

impl Quota {
    /// Takes in what an answer said: a limit that it does not name stays as it was.
    pub fn hear(&mut self, now_ms: i64, said: Reading) {
        self.seen_at = At(now_ms);
        self.retry_at = said.retry_at;
        for meter in said.meters {
            if let Some(known) = self.meters.iter_mut().find(|known| known.name == meter.name) {
                *known = meter;
            } else if self.meters.len() < headers::MOST_METERS {
                self.meters.push(meter);
            }
        }
        self.meters.sort_by(|one, other| one.name.cmp(&other.name));
    }
}
