//! Lists of keys.

use std::collections::HashMap;
use std::sync::Arc;

use oqto_store::error::StoreError;
use oqto_store::rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::keys::{Key, KeyInfo};
use super::tables::{Sums, uint};
use super::{Book, BookError};
use crate::keys::window::day;
use crate::money::Money;

/// How a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It may be used.
    Valid,
    /// Its time is over.
    Expired,
    /// It was revoked.
    Revoked,
}

/// Which keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeyQuery {
    /// Only those that stand so.
    pub state: Option<State>,
    /// Only those of this owner.
    pub owner: Option<String>,
    /// Only those of this session.
    pub session: Option<String>,
    /// Only those with this label, as `NAME=VALUE` or `NAME`.
    pub label: Option<String>,
    /// Only those with this in their name.
    pub name: Option<String>,
}

impl KeyQuery {
    fn wants(&self, key: &Key, now_ms: i64) -> bool {
        let terms = &key.terms;
        let is = |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        let labelled = |label: &String| match label.split_once('=') {
            Some((name, value)) => terms.labels.get(name).is_some_and(|found| found == value),
            None => terms.labels.contains_key(label),
        };
        is(&self.owner, &terms.owner)
            && is(&self.session, &terms.session)
            && self.label.as_ref().is_none_or(labelled)
            && self.name.as_ref().is_none_or(|part| terms.name.as_ref().is_some_and(|name| name.contains(part)))
            && self.state.is_none_or(|state| key.state(now_ms) == state)
    }
}

impl Book {
    /// Keys, the oldest first.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn list_keys(&self, query: &KeyQuery) -> Result<Vec<KeyInfo>, BookError> {
        self.flush().await;
        let now = self.now_ms();
        let wanted: Vec<Arc<Key>> = self.keys().into_iter().filter(|key| query.wants(key, now)).collect();
        let days = self.readers.run(|db| days(db)).await?;
        let sums = |key: &Key, first: i64| -> Sums {
            let of_key = days.get(&key.id).into_iter().flatten().filter(|(day, _)| *day >= first);
            of_key.fold(Sums::default(), |sum, (_, more)| Sums {
                requests: sum.requests.saturating_add(more.requests),
                tokens: sum.tokens.saturating_add(more.tokens),
                cost: sum.cost + more.cost,
            })
        };
        let told = wanted.iter().map(|key| {
            let first = key.terms.permissions.budget_window.first_day(day(now));
            key.told(now, sums(key, i64::MIN), sums(key, first))
        });
        Ok(told.collect())
    }
}

/// What every key used on each day.
fn days(db: &Connection) -> Result<HashMap<String, Vec<(i64, Sums)>>, StoreError> {
    let mut rows = db.prepare_cached("SELECT key, day, requests, tokens, cost_pico FROM spent")?;
    let rows = rows.query_map([], |row| {
        let sums =
            Sums { requests: uint(row.get(2)?), tokens: uint(row.get(3)?), cost: Money::from_pico(uint(row.get(4)?)) };
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, sums))
    })?;
    let mut days: HashMap<String, Vec<(i64, Sums)>> = HashMap::new();
    for row in rows {
        let (key, day, sums) = row?;
        days.entry(key).or_default().push((day, sums));
    }
    Ok(days)
}
