//! What was used, added up.

use oqto_store::error::StoreError;
use oqto_store::rusqlite::{Connection, named_params};
use serde::{Deserialize, Serialize};

use super::tables::{uint, usage_at};
use super::{Book, BookError};
use crate::keys::terms::At;
use crate::money::Money;
use crate::wire::usage::Usage;

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
    /// One an account of a provider.
    Account,
    /// One a value of a label of keys.
    Label,
    /// One a way in which requests ended.
    Outcome,
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
            Self::Account => "used.provider || '/' || used.account",
            Self::Label => {
                "coalesce((SELECT value FROM json_each(virtual_key.terms, '$.labels') AS one WHERE one.key = :label), '')"
            }
            Self::Outcome => "used.outcome",
        }
    }
}

/// Which requests, and in which sums.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UsageQuery {
    /// What the sums are grouped by.
    pub by: Group,
    /// The label whose values they are grouped by, with `by` a label.
    pub label: Option<String>,
    /// Only those from this moment on.
    pub since: Option<At>,
    /// Only those before this moment.
    pub until: Option<At>,
    /// Only those of this key, by its id.
    pub key: Option<String>,
    /// Only those of keys of this owner.
    pub owner: Option<String>,
    /// Only those of keys of this session.
    pub session: Option<String>,
    /// Only those of this provider.
    pub provider: Option<String>,
    /// Only those of models with this in `PROVIDER/MODEL`.
    pub model: Option<String>,
    /// Only those of accounts of this label.
    pub account: Option<String>,
}

/// One sum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UsageSum {
    /// What it is of, such as a day or a model; empty where keys have no owner, session or label.
    pub group: String,
    /// What people call it, where it is a key with a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
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

impl Book {
    /// Sums of what was used, the largest cost first; days in their order.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn usage(&self, query: UsageQuery) -> Result<Vec<UsageSum>, BookError> {
        self.flush().await;
        Ok(self.readers.run(move |db| sums(db, &query)).await?)
    }
}

fn sums(db: &Connection, query: &UsageQuery) -> Result<Vec<UsageSum>, StoreError> {
    let order = if query.by == Group::Day { "1" } else { "sum(used.cost_pico) DESC, 1" };
    let name = if query.by == Group::Key { "max(json_extract(virtual_key.terms, '$.name'))" } else { "NULL" };
    let sql = format!(
        "SELECT {}, count(*), sum(used.estimated), sum(used.outcome IN ('failed', 'refused', 'crashed')),
             sum(used.cost_pico IS NULL AND used.input + used.output > 0), sum(used.input), sum(used.cache_read), sum(used.cache_write),
             sum(used.cache_write_long), sum(used.output), sum(used.reasoning), coalesce(sum(used.cost_pico), 0), {name}
         FROM used LEFT JOIN virtual_key ON virtual_key.id = used.key
         WHERE used.at_ms >= :since AND used.at_ms < :until AND (:label IS NULL OR 1)
             AND (:key IS NULL OR used.key = :key)
             AND (:owner IS NULL OR json_extract(virtual_key.terms, '$.owner') = :owner)
             AND (:session IS NULL OR json_extract(virtual_key.terms, '$.session') = :session)
             AND (:provider IS NULL OR used.provider = :provider)
             AND (:model IS NULL OR instr(lower(used.provider || '/' || used.model), lower(:model)) > 0)
             AND (:account IS NULL OR used.account = :account)
         GROUP BY 1 ORDER BY {order}",
        query.by.expression()
    );
    let mut statement = db.prepare(&sql)?;
    let asked = named_params! {
        ":since": query.since.map_or(i64::MIN, |at| at.0),
        ":until": query.until.map_or(i64::MAX, |at| at.0),
        ":label": query.label,
        ":key": query.key,
        ":owner": query.owner,
        ":session": query.session,
        ":provider": query.provider,
        ":model": query.model,
        ":account": query.account,
    };
    let rows = statement.query_map(asked, |row| {
        let count = |column: usize| row.get::<_, i64>(column).map(uint);
        Ok(UsageSum {
            group: row.get(0)?,
            requests: count(1)?,
            estimated: count(2)?,
            failed: count(3)?,
            unpriced: count(4)?,
            usage: usage_at(row, 5)?,
            cost_usd: Money::from_pico(count(11)?),
            name: row.get(12)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
