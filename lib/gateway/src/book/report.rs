//! What was used, added up.

use oqto_store::error::StoreError;
use oqto_store::rusqlite::{Connection, named_params};
use serde::{Deserialize, Serialize};

use super::tables::{uint, usage_at};
use super::{Book, BookError};
use crate::keys::terms::At;
use crate::keys::window::day;
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
            Self::Day => "date(one.day * 86400, 'unixepoch')",
            Self::Key => "one.key",
            Self::Owner => "coalesce(json_extract(virtual_key.terms, '$.owner'), '')",
            Self::Session => "coalesce(json_extract(virtual_key.terms, '$.session'), '')",
            Self::Model => "one.provider || '/' || one.model",
            Self::Provider => "one.provider",
            Self::Account => "one.provider || '/' || one.account",
            Self::Label => {
                "coalesce((SELECT value FROM json_each(virtual_key.terms, '$.labels') AS label WHERE label.key = :label), '')"
            }
            Self::Outcome => "one.outcome",
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
    /// Those of them of which only the sums of their days are kept: of a day that the time cuts, all of them.
    #[serde(skip_serializing_if = "is_none")]
    pub by_day: u64,
    /// Those of them that have a guess in them.
    pub estimated: u64,
    /// Those of them that failed or were refused.
    pub failed: u64,
    /// Those of them whose model has no price.
    pub unpriced: u64,
    /// Tokens.
    #[serde(flatten)]
    pub usage: Usage,
    /// Further tokens, of which it is not known whether they were read or written: of requests that an older version
    /// forgot.
    #[serde(skip_serializing_if = "is_none")]
    pub unsplit: u64,
    /// US dollars.
    pub cost_usd: Money,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde asks")]
const fn is_none(count: &u64) -> bool {
    *count == 0
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

/// What is added up of each request, in the order of [`UsageSum`].
const USED: [&str; 8] =
    ["input", "cache_read", "cache_write", "cache_write_long", "output", "reasoning", "unsplit", "cost_pico"];

/// The sum of a column, or the largest number where it is larger: SQLite's own `sum` would fail, and halves do not.
fn sum(column: &str) -> String {
    format!(
        "CASE WHEN total({column}) >= 9.2e18 THEN {}
             ELSE (sum({column} >> 32) << 32) + sum({column} & 0xffffffff) END",
        i64::MAX
    )
}

fn sums(db: &Connection, query: &UsageQuery) -> Result<Vec<UsageSum>, StoreError> {
    let order = if query.by == Group::Day { "1" } else { "13 DESC, 1" };
    let name = if query.by == Group::Key { "max(json_extract(virtual_key.terms, '$.name'))" } else { "NULL" };
    let group = query.by.expression();
    let used = USED.map(sum).join(", ");
    let sql = format!(
        "WITH one AS (
             SELECT at_ms / 86400000 AS day, key, provider, account, model, outcome, 1 AS requests, 0 AS by_day, estimated,
                 cost_pico IS NULL AND input + output > 0 AS unpriced, input, cache_read, cache_write, cache_write_long,
                 output, reasoning, 0 AS unsplit, coalesce(cost_pico, 0) AS cost_pico
             FROM used WHERE at_ms >= :since AND at_ms < :until
             UNION ALL
             SELECT day, key, provider, account, model, outcome, requests, requests, estimated, unpriced, input, cache_read,
                 cache_write, cache_write_long, output, reasoning, unsplit, cost_pico
             FROM past WHERE day BETWEEN :first_day AND :last_day
         )
         SELECT {group}, sum(requests), sum(estimated), sum(requests * (outcome IN ('failed', 'refused', 'crashed'))),
             sum(unpriced), {used}, sum(by_day), {name}
         FROM one LEFT JOIN virtual_key ON virtual_key.id = one.key
         WHERE (:label IS NULL OR 1)
             AND (:key IS NULL OR one.key = :key)
             AND (:owner IS NULL OR json_extract(virtual_key.terms, '$.owner') = :owner)
             AND (:session IS NULL OR json_extract(virtual_key.terms, '$.session') = :session)
             AND (:provider IS NULL OR one.provider = :provider)
             AND (:model IS NULL OR instr(lower(one.provider || '/' || one.model), lower(:model)) > 0)
             AND (:account IS NULL OR one.account = :account)
         GROUP BY 1 ORDER BY {order}"
    );
    let (since, until) = (query.since.map_or(i64::MIN, |at| at.0), query.until.map_or(i64::MAX, |at| at.0));
    let mut statement = db.prepare(&sql)?;
    let asked = named_params! {
        ":since": since,
        ":until": until,
        // Days that the time begins or ends in the middle of count as a whole.
        ":first_day": day(since),
        ":last_day": day(until.saturating_sub(1)),
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
            unsplit: count(11)?,
            cost_usd: Money::from_pico(count(12)?),
            by_day: count(13)?,
            name: row.get(14)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use oqto_store::open::{Durability, read_write};

    use super::super::tables::SCHEMA;
    use super::sum;

    #[test]
    fn a_sum_is_exact_or_the_largest_number() {
        let folder = tempfile::tempdir().unwrap();
        let db = read_write(&folder.path().join("eavs.db"), &SCHEMA, Durability::Rebuildable).unwrap();
        let sum_of = |numbers: &[i64]| -> i64 {
            let rows: Vec<_> = numbers.iter().map(|number| format!("({number})")).collect();
            let sql = format!("WITH one (n) AS (VALUES {}) SELECT {} FROM one", rows.join(", "), sum("n"));
            db.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        let large = 1 << 61;
        assert_eq!(sum_of(&[0]), 0);
        assert_eq!(sum_of(&[7, (1 << 32) - 1, 1 << 32, 5]), (1 << 33) + 11);
        assert_eq!(sum_of(&[large + 3, large + 5, large - 1]), 3 * large + 7);
        assert_eq!(sum_of(&[i64::MAX]), i64::MAX);
        assert_eq!(sum_of(&[i64::MAX, 1, i64::MAX]), i64::MAX);
        let plain = db.query_row("WITH one (n) AS (VALUES (?1), (1)) SELECT sum(n) FROM one", [i64::MAX], |row| {
            row.get::<_, i64>(0)
        });
        assert!(plain.unwrap_err().to_string().contains("integer overflow"), "the control");
    }
}
