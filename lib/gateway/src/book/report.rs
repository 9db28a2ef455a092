//! What was used, added up.

use oqto_store::error::StoreError;
use oqto_store::rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::tables::{uint, usage_at};
use super::{Book, BookError};
use crate::keys::terms::At;
use crate::money::Money;
use crate::wire::usage::Usage;

/// The most single requests that are told at once.
const MOST_ROWS: u32 = 1000;

/// What the sums are grouped by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// One sum a day, in UTC.
    #[default]
    Day,
    /// One a key.
    Key,
    /// One an owner of keys.
    Owner,
    /// One a session.
    Session,
    /// One a model of a provider.
    Model,
    /// One a provider.
    Provider,
}

impl Group {
    /// What SQLite groups by.
    const fn expression(self) -> &'static str {
        match self {
            Self::Day => "date(used.at_ms / 1000, 'unixepoch')",
            Self::Key => "used.key",
            Self::Owner => "coalesce(json_extract(virtual_key.terms, '$.owner'), '')",
            Self::Session => "coalesce(json_extract(virtual_key.terms, '$.session'), '')",
            Self::Model => "used.provider || '/' || used.model",
            Self::Provider => "used.provider",
        }
    }
}

/// Which requests, and in which sums.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UsageQuery {
    /// What the sums are grouped by.
    pub by: Group,
    /// Only those from this moment on.
    pub since: Option<At>,
    /// Only those of this key, by its id.
    pub key: Option<String>,
}

/// One sum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UsageSum {
    /// What it is of, such as a day or a model.
    pub group: String,
    /// Requests.
    pub requests: u64,
    /// Those of them that have a guess in them.
    pub estimated: u64,
    /// Those of them that failed or were refused.
    pub failed: u64,
    /// Those of them whose model has no price.
    pub unpriced: u64,
    /// Tokens.
    #[serde(flatten)]
    pub usage: Usage,
    /// US dollars.
    pub cost_usd: Money,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UsageRow {
    /// Its number, in the order in which they were written down.
    pub id: i64,
    /// Its own id.
    pub request: String,
    /// The id of its key.
    pub key_id: String,
    /// When it came.
    pub timestamp: At,
    /// The provider.
    pub provider: String,
    /// The account of the provider.
    pub account: String,
    /// The provider's name of the model.
    pub model: String,
    /// In which words the provider was asked.
    pub api: String,
    /// The provider's HTTP status; 0 where it did not answer.
    pub status: u16,
    /// How it ended.
    pub outcome: String,
    /// Tokens.
    #[serde(flatten)]
    pub usage: Usage,
    /// Whether some of them are a guess.
    pub estimated: bool,
    /// US dollars; none where the model has no price.
    pub cost_usd: Option<Money>,
    /// Milliseconds until the answer began.
    pub first_ms: Option<i64>,
    /// Milliseconds until it was over.
    pub total_ms: i64,
}

impl Book {
    /// Sums of what was used, the largest cost first; days in their order.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn usage(&self, query: UsageQuery) -> Result<Vec<UsageSum>, BookError> {
        self.flush().await;
        Ok(self.readers.run(move |db| sums(db, &query)).await?)
    }

    /// Single requests, the newest first; of one key or of all. At most 1,000.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn requests(&self, key: Option<String>, limit: u32) -> Result<Vec<UsageRow>, BookError> {
        self.flush().await;
        Ok(self.readers.run(move |db| rows(db, key.as_deref(), limit.min(MOST_ROWS))).await?)
    }
}

fn sums(db: &Connection, query: &UsageQuery) -> Result<Vec<UsageSum>, StoreError> {
    let order = if query.by == Group::Day { "1" } else { "sum(used.cost_pico) DESC, 1" };
    let sql = format!(
        "SELECT {}, count(*), sum(used.estimated), sum(used.outcome IN ('failed', 'refused')),
             sum(used.cost_pico IS NULL), sum(used.input), sum(used.cache_read), sum(used.cache_write),
             sum(used.cache_write_long), sum(used.output), sum(used.reasoning), coalesce(sum(used.cost_pico), 0)
         FROM used LEFT JOIN virtual_key ON virtual_key.id = used.key
         WHERE used.at_ms >= ?1 AND (?2 IS NULL OR used.key = ?2) GROUP BY 1 ORDER BY {order}",
        query.by.expression()
    );
    let mut statement = db.prepare(&sql)?;
    let since = query.since.map_or(i64::MIN, |at| at.0);
    let rows = statement.query_map(params![since, query.key], |row| {
        let count = |column: usize| row.get::<_, i64>(column).map(uint);
        Ok(UsageSum {
            group: row.get(0)?,
            requests: count(1)?,
            estimated: count(2)?,
            failed: count(3)?,
            unpriced: count(4)?,
            usage: usage_at(row, 5)?,
            cost_usd: Money::from_pico(count(11)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn rows(db: &Connection, key: Option<&str>, limit: u32) -> Result<Vec<UsageRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, request, key, at_ms, provider, account, model, api, status, outcome, input, cache_read, cache_write,
             cache_write_long, output, reasoning, estimated, cost_pico, first_ms, total_ms
         FROM used WHERE ?1 IS NULL OR key = ?1 ORDER BY id DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![key, limit], |row| {
        Ok(UsageRow {
            id: row.get(0)?,
            request: row.get(1)?,
            key_id: row.get(2)?,
            timestamp: At(row.get(3)?),
            provider: row.get(4)?,
            account: row.get(5)?,
            model: row.get(6)?,
            api: row.get(7)?,
            status: row.get(8)?,
            outcome: row.get(9)?,
            usage: usage_at(row, 10)?,
            estimated: row.get(16)?,
            cost_usd: row.get::<_, Option<i64>>(17)?.map(|pico| Money::from_pico(uint(pico))),
            first_ms: row.get(18)?,
            total_ms: row.get(19)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
