//! Single requests.

use std::time::Duration;

use oqto_store::error::StoreError;
use oqto_store::rusqlite::{Connection, OptionalExtension as _, Row, named_params};
use serde::{Deserialize, Serialize};

use super::said::{self, Said};
use super::tables::{uint, usage_at};
use super::{Book, BookError};
use crate::keys::terms::At;
use crate::money::Money;
use crate::wire::usage::Usage;

/// The most single requests that are told at once.
const MOST_ROWS: u32 = 1000;

/// Which requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequestQuery {
    /// Only those of this key, by its id.
    pub key: Option<String>,
    /// Only those of models with this in `PROVIDER/MODEL`.
    pub model: Option<String>,
    /// Only those of this provider.
    pub provider: Option<String>,
    /// Only those of keys of this session.
    pub session: Option<String>,
    /// Only those of keys of this owner.
    pub owner: Option<String>,
    /// Only those that failed, were refused or were cut off by a crash.
    pub errors: bool,
    /// Only those from this moment on.
    pub since: Option<At>,
    /// Only those that were written down after the one with this number; then the oldest come first.
    pub after: Option<i64>,
    /// How many at the most, up to 1,000.
    pub limit: u32,
    /// With `after`: seconds to wait for one where there is none yet, up to 30.
    pub wait: u32,
}

impl Default for RequestQuery {
    fn default() -> Self {
        Self {
            key: None,
            model: None,
            provider: None,
            session: None,
            owner: None,
            errors: false,
            since: None,
            after: None,
            limit: 100,
            wait: 0,
        }
    }
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
    /// What people call the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_name: Option<String>,
    /// Whose the key is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The session that the key is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
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
    /// What went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
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

/// One request with what was said in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Request {
    /// The request.
    #[serde(flatten)]
    pub row: UsageRow,
    /// What was said in it, where that is kept.
    pub said: Option<Said>,
}

impl Book {
    /// Single requests, the newest first; of one key or of all. At most 1,000.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn requests(&self, key: Option<String>, limit: u32) -> Result<Vec<UsageRow>, BookError> {
        self.log(RequestQuery { key, limit, ..RequestQuery::default() }).await
    }

    /// Single requests, the newest first; with `after` the oldest first, and waited for where there is none yet.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn log(&self, query: RequestQuery) -> Result<Vec<UsageRow>, BookError> {
        self.flush().await;
        let patience = Duration::from_secs(u64::from(query.wait.min(30)));
        let deadline = tokio::time::Instant::now() + patience;
        let mut changed = self.changed.clone();
        loop {
            changed.mark_unchanged();
            let asked = query.clone();
            let found = self.readers.run(move |db| rows(db, &asked)).await?;
            if !found.is_empty() || query.after.is_none() {
                return Ok(found);
            }
            match tokio::time::timeout_at(deadline, changed.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => return Ok(found),
            }
        }
    }

    /// One request by its id, or by its number.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn request(&self, id: &str) -> Result<Option<Request>, BookError> {
        self.flush().await;
        let id = id.to_owned();
        Ok(self.readers.run(move |db| one(db, &id)).await?)
    }
}

const COLUMNS: &str = "used.id, used.request, used.key, used.at_ms, used.provider, used.account, used.model, used.api,
    used.status, used.outcome, used.input, used.cache_read, used.cache_write, used.cache_write_long, used.output,
    used.reasoning, used.estimated, used.cost_pico, used.first_ms, used.total_ms, used.why,
    json_extract(virtual_key.terms, '$.name'), json_extract(virtual_key.terms, '$.owner'),
    json_extract(virtual_key.terms, '$.session')
    FROM used LEFT JOIN virtual_key ON virtual_key.id = used.key";

fn rows(db: &Connection, query: &RequestQuery) -> Result<Vec<UsageRow>, StoreError> {
    let order = if query.after.is_some() { "ASC" } else { "DESC" };
    let mut statement = db.prepare_cached(&format!(
        "SELECT {COLUMNS} WHERE used.id > :after AND used.at_ms >= :since AND (:key IS NULL OR used.key = :key)
             AND (:provider IS NULL OR used.provider = :provider)
             AND (:model IS NULL OR instr(lower(used.provider || '/' || used.model), lower(:model)) > 0)
             AND (:owner IS NULL OR json_extract(virtual_key.terms, '$.owner') = :owner)
             AND (:session IS NULL OR json_extract(virtual_key.terms, '$.session') = :session)
             AND (NOT :errors OR used.outcome IN ('failed', 'refused', 'crashed'))
         ORDER BY used.id {order} LIMIT :limit"
    ))?;
    let found = statement.query_map(
        named_params! {
            ":after": query.after.unwrap_or(i64::MIN),
            ":since": query.since.map_or(i64::MIN, |at| at.0),
            ":key": query.key,
            ":provider": query.provider,
            ":model": query.model,
            ":owner": query.owner,
            ":session": query.session,
            ":errors": query.errors,
            ":limit": query.limit.min(MOST_ROWS),
        },
        row,
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn one(db: &Connection, id: &str) -> Result<Option<Request>, StoreError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} WHERE used.request = ?1 OR used.id = ?2"))?;
    let number = id.parse::<i64>().ok();
    let Some(row) = statement.query_row((id, number), row).optional()? else { return Ok(None) };
    let said = said::of(db, &row.request)?;
    Ok(Some(Request { row, said }))
}

fn row(row: &Row<'_>) -> Result<UsageRow, oqto_store::rusqlite::Error> {
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
        why: row.get(20)?,
        key_name: row.get(21)?,
        owner: row.get(22)?,
        session: row.get(23)?,
    })
}
