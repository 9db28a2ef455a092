//! The tables of the book.

use oqto_store::error::StoreError;
use oqto_store::rusqlite::{Connection, OptionalExtension as _, Row, params};
use oqto_store::schema::{Migration, Schema};

use super::case::Outcome;
use super::rows;
use crate::keys::terms::Terms;
use crate::keys::token::Hash;
use crate::keys::window::{DAY_MS, Window, day};
use crate::money::Money;
use crate::wire::usage::Usage;

/// `spent` has the sums that budgets are counted by, and is written in the transaction of the request it grows by.
pub(super) static SCHEMA: Schema = Schema {
    application_id: 0x6561_7673,
    migrations: &[
        Migration {
            name: "keys, requests on their way, requests, sums",
            sql: "
        CREATE TABLE virtual_key (
            id TEXT PRIMARY KEY,
            hash BLOB NOT NULL UNIQUE,
            terms TEXT NOT NULL,
            created_ms INTEGER NOT NULL,
            revoked_ms INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE begun (
            request TEXT PRIMARY KEY,
            key TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            provider TEXT NOT NULL,
            account TEXT NOT NULL,
            model TEXT NOT NULL,
            api TEXT NOT NULL,
            input INTEGER NOT NULL,
            cost_pico INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE used (
            id INTEGER PRIMARY KEY,
            request TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            provider TEXT NOT NULL,
            account TEXT NOT NULL,
            model TEXT NOT NULL,
            api TEXT NOT NULL,
            status INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            input INTEGER NOT NULL,
            cache_read INTEGER NOT NULL,
            cache_write INTEGER NOT NULL,
            cache_write_long INTEGER NOT NULL,
            output INTEGER NOT NULL,
            reasoning INTEGER NOT NULL,
            estimated INTEGER NOT NULL,
            cost_pico INTEGER,
            first_ms INTEGER,
            total_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX used_by_key ON used (key, at_ms);
        CREATE INDEX used_by_time ON used (at_ms);
        CREATE TABLE spent (
            key TEXT NOT NULL,
            day INTEGER NOT NULL,
            requests INTEGER NOT NULL,
            tokens INTEGER NOT NULL,
            cost_pico INTEGER NOT NULL,
            PRIMARY KEY (key, day)
        ) STRICT, WITHOUT ROWID;",
        },
        Migration {
            name: "what is left at the providers",
            sql: "
        CREATE TABLE quota (
            provider TEXT NOT NULL,
            account TEXT NOT NULL,
            seen_ms INTEGER NOT NULL,
            retry_ms INTEGER,
            meters TEXT NOT NULL,
            PRIMARY KEY (provider, account)
        ) STRICT, WITHOUT ROWID;",
        },
        Migration {
            name: "why a request failed, and what was said in it",
            sql: "
        ALTER TABLE used ADD COLUMN why TEXT;
        CREATE TABLE said (
            request TEXT PRIMARY KEY,
            at_ms INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            cut INTEGER NOT NULL,
            sent TEXT NOT NULL,
            heard TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX said_by_time ON said (at_ms, bytes);",
        },
        super::past::MIGRATION,
    ],
};

/// SQLite counts with a sign.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The way back; what is negative is damage, and 0.
pub(super) fn uint(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// A key as it is kept.
pub(super) struct Kept {
    pub(super) id: String,
    pub(super) hash: Hash,
    pub(super) terms: Terms,
    pub(super) created_ms: i64,
    pub(super) revoked_ms: Option<i64>,
    pub(super) spent: Money,
    pub(super) tokens: u64,
    pub(super) minute: Vec<(i64, u64)>,
    /// Requests of this day so far.
    pub(super) today: u64,
    /// The moment that decides which window it is in: now, or the last day on which it used something where the clock
    /// stands before that. A clock that was wrong when the program started gives no budget a second time.
    pub(super) as_of_ms: i64,
}

/// Every key, with what it used in its window and in the last minute.
pub(super) fn load(db: &Connection, now_ms: i64) -> Result<Vec<Kept>, StoreError> {
    let mut keys =
        db.prepare("SELECT id, hash, terms, created_ms, revoked_ms FROM virtual_key ORDER BY created_ms, id")?;
    let rows = keys.query_map([], |row| {
        let hash: [u8; 32] = row.get(1)?;
        Ok((row.get::<_, String>(0)?, hash, row.get::<_, String>(2)?, row.get(3)?, row.get(4)?))
    })?;
    let mut all = Vec::new();
    for row in rows {
        let (id, hash, terms, created_ms, revoked_ms) = row?;
        let terms: Terms = serde_json::from_str(&terms)
            .map_err(|error| StoreError::corrupt(format!("the terms of the key {id} cannot be read: {error}")))?;
        let as_of_ms = now_ms.max(last_day(db, &id)?.saturating_mul(DAY_MS));
        let (spent, tokens) = spent_since(db, &id, terms.permissions.budget_window.first_day(day(as_of_ms)))?;
        let minute = last_minute(db, &id, now_ms)?;
        let today = requests_of(db, &id, day(now_ms))?;
        all.push(Kept {
            hash: Hash::from(hash),
            terms,
            created_ms,
            revoked_ms,
            spent,
            tokens,
            minute,
            today,
            as_of_ms,
            id,
        });
    }
    Ok(all)
}

fn last_day(db: &Connection, key: &str) -> Result<i64, StoreError> {
    let mut last = db.prepare_cached("SELECT coalesce(max(day), 0) FROM spent WHERE key = ?1")?;
    Ok(last.query_row(params![key], |row| row.get(0))?)
}

fn spent_since(db: &Connection, key: &str, first_day: i64) -> Result<(Money, u64), StoreError> {
    let sums = sums_since(db, key, first_day)?;
    Ok((sums.cost, sums.tokens))
}

/// The sums of a key from a day on. They stay at the largest number, at which SQLite's own would fail.
fn sums_since(db: &Connection, key: &str, first_day: i64) -> Result<Sums, StoreError> {
    let mut days = db.prepare_cached("SELECT requests, tokens, cost_pico FROM spent WHERE key = ?1 AND day >= ?2")?;
    let mut rows = days.query(params![key, first_day])?;
    let mut sums = Sums::default();
    while let Some(row) = rows.next()? {
        sums.requests = sums.requests.saturating_add(uint(row.get(0)?));
        sums.tokens = sums.tokens.saturating_add(uint(row.get(1)?));
        sums.cost += Money::from_pico(uint(row.get(2)?));
    }
    Ok(sums)
}

fn requests_of(db: &Connection, key: &str, day: i64) -> Result<u64, StoreError> {
    let mut requests = db.prepare_cached("SELECT requests FROM spent WHERE key = ?1 AND day = ?2")?;
    Ok(requests.query_row(params![key, day], |row| row.get(0)).optional()?.map_or(0, uint))
}

fn last_minute(db: &Connection, key: &str, now_ms: i64) -> Result<Vec<(i64, u64)>, StoreError> {
    let mut rows = db.prepare_cached(
        "SELECT at_ms, input + cache_read + cache_write + cache_write_long + output FROM used
         WHERE key = ?1 AND at_ms BETWEEN ?2 AND ?3 ORDER BY at_ms",
    )?;
    let rows =
        rows.query_map(params![key, now_ms - 60_000, now_ms + 60_000], |row| Ok((row.get(0)?, uint(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn insert_key(
    db: &Connection,
    id: &str,
    hash: Hash,
    terms: &Terms,
    created_ms: i64,
) -> Result<(), StoreError> {
    let terms = serde_json::to_string(terms).map_err(|error| StoreError::corrupt(error.to_string()))?;
    db.execute(
        "INSERT INTO virtual_key (id, hash, terms, created_ms) VALUES (?1, ?2, ?3, ?4)",
        params![id, hash.bytes(), terms, created_ms],
    )?;
    Ok(())
}

pub(super) fn change_terms(db: &Connection, id: &str, terms: &Terms) -> Result<(), StoreError> {
    let terms = serde_json::to_string(terms).map_err(|error| StoreError::corrupt(error.to_string()))?;
    db.execute("UPDATE virtual_key SET terms = ?2 WHERE id = ?1", params![id, terms])?;
    Ok(())
}

pub(super) fn revoke_key(db: &Connection, id: &str, at_ms: i64) -> Result<(), StoreError> {
    db.execute("UPDATE virtual_key SET revoked_ms = ?2 WHERE id = ?1 AND revoked_ms IS NULL", params![id, at_ms])?;
    Ok(())
}

/// Settles the requests that were on their way when the last owner of the book ended, by what they sent.
pub(super) fn settle_crashed(db: &Connection, now_ms: i64) -> Result<usize, StoreError> {
    let mut begun = db.prepare(
        "SELECT request, key, at_ms, provider, account, model, api, input, cost_pico FROM begun ORDER BY at_ms",
    )?;
    let crashed: Vec<_> = begun.query_map([], |row| crashed(row, now_ms))?.collect::<Result<_, _>>()?;
    for row in &crashed {
        let known = db.query_row("SELECT 1 FROM used WHERE request = ?1", [&row.request], |_| Ok(())).optional()?;
        if known.is_none() {
            db.execute(
                "INSERT INTO used (request, key, at_ms, provider, account, model, api, status, outcome, input, cache_read,
                     cache_write, cache_write_long, output, reasoning, estimated, cost_pico, first_ms, total_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, 0, 0, 0, 0, 0, 1, ?10, NULL, ?11)",
                params![
                    row.request,
                    row.key,
                    row.at_ms,
                    row.provider,
                    row.account,
                    row.model,
                    row.api,
                    Outcome::Crashed.name(),
                    int(row.input),
                    row.cost.map(|cost| int(cost.pico())),
                    row.total_ms
                ],
            )?;
            let sums = Sums { requests: 1, tokens: row.input, cost: row.cost.unwrap_or_default() };
            rows::add_to_days(db, &rows::Days::from([((row.key.as_str(), day(row.at_ms)), sums)]))?;
        }
    }
    db.execute("DELETE FROM begun", [])?;
    Ok(crashed.len())
}

struct Crashed {
    request: String,
    key: String,
    at_ms: i64,
    provider: String,
    account: String,
    model: String,
    api: String,
    input: u64,
    cost: Option<Money>,
    total_ms: i64,
}

fn crashed(row: &Row<'_>, now_ms: i64) -> Result<Crashed, oqto_store::rusqlite::Error> {
    let at_ms: i64 = row.get(2)?;
    Ok(Crashed {
        request: row.get(0)?,
        key: row.get(1)?,
        at_ms,
        provider: row.get(3)?,
        account: row.get(4)?,
        model: row.get(5)?,
        api: row.get(6)?,
        input: uint(row.get(7)?),
        cost: row.get::<_, Option<i64>>(8)?.map(|pico| Money::from_pico(uint(pico))),
        total_ms: (now_ms - at_ms).max(0),
    })
}

/// The sums of a key in all, and in a window: requests, tokens and cost.
pub(super) fn totals(db: &Connection, key: &str, window: Window, now_ms: i64) -> Result<[Sums; 2], StoreError> {
    let first = window.first_day(day(now_ms));
    Ok([sums_since(db, key, i64::MIN)?, sums_since(db, key, first)?])
}

/// Requests, tokens and cost together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) requests: u64,
    pub(super) tokens: u64,
    pub(super) cost: Money,
}

/// The usage of a row that begins at a column.
pub(super) fn usage_at(row: &Row<'_>, first: usize) -> Result<Usage, oqto_store::rusqlite::Error> {
    let at = |offset: usize| row.get::<_, i64>(first + offset).map(uint);
    Ok(Usage {
        input: at(0)?,
        cache_read: at(1)?,
        cache_write: at(2)?,
        cache_write_long: at(3)?,
        output: at(4)?,
        reasoning: at(5)?,
    })
}
