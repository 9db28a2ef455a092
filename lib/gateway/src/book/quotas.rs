//! What is left at the providers: the latest of each account in memory, and the last that was known in the database.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, StatusCode};
use oqto_store::error::StoreError;
use oqto_store::rusqlite::{Connection, params};

use super::writing::Line;
use super::{Book, BookError};
use crate::keys::terms::At;
use crate::quota::{Meter, Quota, headers};

/// How often what is known of an account is written down at the most.
const BETWEEN_WRITES_MS: i64 = 5_000;
/// Accounts of which something is known; more are left out.
const MOST_ACCOUNTS: usize = 512;

#[derive(Debug)]
struct Known {
    quota: Quota,
    /// When it was written down last; none while the newest is not.
    written_ms: i64,
    is_written: bool,
}

/// By provider and account.
#[derive(Debug, Default)]
pub(super) struct Quotas(Mutex<BTreeMap<(String, String), Known>>);

impl Quotas {
    pub(super) fn new(kept: Vec<Quota>) -> Self {
        let known = |quota: Quota| {
            let written_ms = quota.seen_at.0;
            ((quota.provider.clone(), quota.account.clone()), Known { quota, written_ms, is_written: true })
        };
        Self(Mutex::new(kept.into_iter().map(known).collect()))
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<(String, String), Known>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is not written down yet.
    pub(super) fn unwritten(&self) -> Vec<Quota> {
        self.with(|all| all.values().filter(|known| !known.is_written).map(|known| known.quota.clone()).collect())
    }
}

impl Book {
    /// Takes in what an answer of a provider says about the limits of an account.
    pub(crate) fn hear_quota(&self, provider: &str, account: &str, status: StatusCode, said: &HeaderMap) {
        let now = self.now_ms();
        let Some(reading) = headers::read(status, said, now) else { return };
        let to_write = self.quotas.with(|all| {
            let name = (provider.to_owned(), account.to_owned());
            if all.len() >= MOST_ACCOUNTS && !all.contains_key(&name) {
                return None;
            }
            let known = all.entry(name).or_insert_with_key(|(provider, account)| Known {
                quota: Quota {
                    provider: provider.clone(),
                    account: account.clone(),
                    seen_at: At(now),
                    retry_at: None,
                    meters: Vec::new(),
                },
                written_ms: i64::MIN,
                is_written: false,
            });
            known.quota.hear(now, reading);
            known.is_written = false;
            (now.saturating_sub(known.written_ms) >= BETWEEN_WRITES_MS).then(|| {
                known.written_ms = now;
                known.quota.clone()
            })
        });
        // Where there is no place in the queue now it is written with the next, or at the end.
        if let Some(quota) = to_write
            && self.queue.try_send(Line::Quota(Box::new(quota))).is_ok()
        {
            self.quotas.with(|all| {
                if let Some(known) = all.get_mut(&(provider.to_owned(), account.to_owned())) {
                    known.is_written = known.quota.seen_at.0 == now;
                }
            });
        }
    }

    /// What is known of the limits at providers, by provider and account.
    #[must_use]
    pub fn quotas(&self) -> Vec<Quota> {
        self.quotas.with(|all| all.values().map(|known| known.quota.clone()).collect())
    }

    /// Writes down what is known and is not written yet.
    pub(super) async fn keep_quotas(&self) -> Result<(), BookError> {
        let unwritten = self.quotas.unwritten();
        if unwritten.is_empty() {
            return Ok(());
        }
        Ok(self.writer.run(move |db| unwritten.iter().try_for_each(|quota| keep(db, quota))).await?)
    }
}

pub(super) fn keep(db: &Connection, quota: &Quota) -> Result<(), StoreError> {
    let meters = serde_json::to_string(&quota.meters).map_err(|error| StoreError::corrupt(error.to_string()))?;
    let mut write = db.prepare_cached(
        "INSERT INTO quota (provider, account, seen_ms, retry_ms, meters) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET seen_ms = excluded.seen_ms, retry_ms = excluded.retry_ms, meters = excluded.meters",
    )?;
    let retry = quota.retry_at.map(|at| at.0);
    write.execute(params![quota.provider, quota.account, quota.seen_at.0, retry, meters])?;
    Ok(())
}

/// What was known when the last owner of the book ended. What cannot be read is left out: it is only the last known.
pub(super) fn load(db: &Connection) -> Result<Vec<Quota>, StoreError> {
    let mut rows =
        db.prepare("SELECT provider, account, seen_ms, retry_ms, meters FROM quota ORDER BY seen_ms DESC LIMIT 512")?;
    let rows = rows.query_map([], |row| {
        let meters: Vec<Meter> = serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or_default();
        Ok(Quota {
            provider: row.get(0)?,
            account: row.get(1)?,
            seen_at: At(row.get(2)?),
            retry_at: row.get::<_, Option<i64>>(3)?.map(At),
            meters,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
