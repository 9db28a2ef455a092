//! Who is who.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use oqto_kit::Secret;
use serde::Serialize;

use super::listing::State;
use super::tables::{self, Kept, Sums};
use super::{Book, BookError};
use crate::keys::standing::Standing;
use crate::keys::terms::{At, Terms};
use crate::keys::token::{Hash, mint};
use crate::keys::window::day;
use crate::money::Money;

/// The shortest end of an id that may stand for it.
const SHORTEST_END: usize = 8;

/// A virtual key.
#[derive(Debug)]
pub struct Key {
    /// Its id, which is no secret.
    pub id: String,
    /// What was agreed.
    pub terms: Terms,
    hash: Hash,
    created_ms: i64,
    live: Arc<Live>,
}

/// What becomes of a key while it is in use: one for all of its terms, so that requests on their way when these are
/// changed are settled with it.
#[derive(Debug)]
struct Live {
    /// 0 while it is not revoked.
    revoked_ms: AtomicI64,
    /// 0 while it was not used.
    last_ms: AtomicI64,
    standing: Mutex<Standing>,
}

/// Why a text is no key that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// Nobody has it.
    Unknown,
    /// It was revoked.
    Revoked,
    /// Its time is over.
    Expired,
}

/// A key that was just made.
#[derive(Debug)]
pub struct Made {
    /// The text, which is told this once.
    pub secret: Secret,
    /// The rest.
    pub info: KeyInfo,
}

/// A key, and what it used.
#[derive(Debug, Clone, Serialize)]
pub struct KeyInfo {
    /// Its id.
    pub key_id: String,
    /// What was agreed.
    #[serde(flatten)]
    pub terms: Terms,
    /// When it was made.
    pub created_at: At,
    /// Since when it is worth nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<At>,
    /// Whether it may be used no more, revoked or expired.
    pub disabled: bool,
    /// What it used.
    pub usage: KeyUsage,
}

/// What a key used.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct KeyUsage {
    /// Requests in all.
    pub total_requests: u64,
    /// Tokens in all, read and written.
    pub total_tokens: u64,
    /// US dollars in all.
    pub total_spend_usd: Money,
    /// US dollars in this window of the budget.
    pub window_spend_usd: Money,
    /// Tokens in this window of the budget.
    pub window_tokens: u64,
    /// Requests on their way.
    pub in_flight: u32,
    /// When it was used last, since the gateway runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_request_at: Option<At>,
}

impl Key {
    fn new(kept: Kept, now_ms: i64) -> Self {
        let window = kept.terms.permissions.budget_window;
        let standing = Standing::resumed(window, kept.as_of_ms, kept.spent, kept.tokens, &kept.minute);
        let standing = standing.with_requests_of(day(now_ms), kept.today);
        Self {
            id: kept.id,
            terms: kept.terms,
            hash: kept.hash,
            created_ms: kept.created_ms,
            live: Arc::new(Live {
                revoked_ms: AtomicI64::new(kept.revoked_ms.unwrap_or(0)),
                last_ms: AtomicI64::new(0),
                standing: Mutex::new(standing),
            }),
        }
    }

    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Standing) -> T) -> T {
        work(&mut self.live.standing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn touch(&self, now_ms: i64) {
        self.live.last_ms.store(now_ms, Ordering::Relaxed);
    }

    /// How it stands.
    pub(super) fn state(&self, now_ms: i64) -> State {
        match self.check(now_ms) {
            Ok(()) => State::Valid,
            Err(Denied::Revoked) => State::Revoked,
            Err(Denied::Expired | Denied::Unknown) => State::Expired,
        }
    }

    /// What is told of it, with what it used in all and in its window.
    pub(super) fn told(&self, now_ms: i64, total: Sums, in_window: Sums) -> KeyInfo {
        let some = |at: i64| (at != 0).then_some(At(at));
        KeyInfo {
            key_id: self.id.clone(),
            terms: self.terms.clone(),
            created_at: At(self.created_ms),
            revoked_at: some(self.live.revoked_ms.load(Ordering::Acquire)),
            disabled: self.check(now_ms).is_err(),
            usage: KeyUsage {
                total_requests: total.requests,
                total_tokens: total.tokens,
                total_spend_usd: total.cost,
                window_spend_usd: in_window.cost,
                window_tokens: in_window.tokens,
                in_flight: self.with(|standing| standing.in_flight()),
                last_request_at: some(self.live.last_ms.load(Ordering::Relaxed)),
            },
        }
    }

    /// Whether it counts now.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn check(&self, now_ms: i64) -> Result<(), Denied> {
        if self.live.revoked_ms.load(Ordering::Acquire) != 0 {
            return Err(Denied::Revoked);
        }
        if self.terms.expires_at.is_some_and(|at| at.0 <= now_ms) {
            return Err(Denied::Expired);
        }
        Ok(())
    }
}

#[derive(Debug, Default)]
struct Index {
    by_hash: HashMap<Hash, Arc<Key>>,
    /// In the order in which they were made.
    all: Vec<Arc<Key>>,
}

/// Every key.
#[derive(Debug)]
pub(super) struct Keys {
    index: RwLock<Index>,
    /// Held while the terms of a key are changed: memory follows the database in the same order.
    changing: tokio::sync::Mutex<()>,
}

impl Keys {
    pub(super) fn new(kept: Vec<Kept>, now_ms: i64) -> Self {
        let mut index = Index::default();
        for kept in kept {
            index.add(kept.hash, Arc::new(Key::new(kept, now_ms)));
        }
        Self { index: RwLock::new(index), changing: tokio::sync::Mutex::default() }
    }

    fn find(&self, hash: Hash) -> Option<Arc<Key>> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).by_hash.get(&hash).cloned()
    }

    fn all(&self) -> Vec<Arc<Key>> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).all.clone()
    }
}

impl Index {
    fn add(&mut self, hash: Hash, key: Arc<Key>) {
        self.by_hash.insert(hash, Arc::clone(&key));
        self.all.push(key);
    }

    /// Puts a key in the place of the one with its id.
    fn replace(&mut self, key: &Arc<Key>) {
        self.by_hash.insert(key.hash, Arc::clone(key));
        if let Some(place) = self.all.iter_mut().find(|one| one.id == key.id) {
            *place = Arc::clone(key);
        }
    }
}

impl Book {
    /// The key that has this text.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn authenticate(&self, text: &str) -> Result<Arc<Key>, Denied> {
        let key = self.keys.find(Hash::of(text)).ok_or(Denied::Unknown)?;
        key.check(self.now_ms()).map(|()| key)
    }

    /// Makes a key.
    ///
    /// # Errors
    /// No random bytes, or a failure of the database.
    pub async fn make_key(&self, terms: Terms) -> Result<Made, BookError> {
        let secret = mint().map_err(BookError::Random)?;
        let hash = Hash::of(secret.expose());
        let id = format!("key_{}", uuid::Uuid::now_v7().simple());
        let now = self.now_ms();
        let (kept_id, kept_terms) = (id.clone(), terms.clone());
        self.writer.run(move |db| tables::insert_key(db, &kept_id, hash, &kept_terms, now)).await?;
        let kept = Kept {
            id,
            hash,
            terms,
            created_ms: now,
            revoked_ms: None,
            spent: Money::ZERO,
            tokens: 0,
            minute: Vec::new(),
            today: 0,
            as_of_ms: now,
        };
        let key = Arc::new(Key::new(kept, now));
        self.keys.index.write().unwrap_or_else(PoisonError::into_inner).add(hash, Arc::clone(&key));
        let info = self.info(&key).await?;
        Ok(Made { secret, info })
    }

    /// Every key, in the order in which they were made.
    #[must_use]
    pub fn keys(&self) -> Vec<Arc<Key>> {
        self.keys.all()
    }

    /// How many keys may be used.
    pub(crate) fn count_valid_keys(&self) -> u64 {
        let now = self.now_ms();
        self.keys.all().iter().filter(|key| key.check(now).is_ok()).count() as u64
    }

    /// The key with this id, or the only one with this name, or whose id is the only one with this end of eight
    /// characters or more.
    ///
    /// # Errors
    /// `Unknown` or `Ambiguous`.
    pub fn find_key(&self, name: &str) -> Result<Arc<Key>, BookError> {
        let all = self.keys.all();
        if let Some(key) = all.iter().find(|key| key.id == name) {
            return Ok(Arc::clone(key));
        }
        let now = self.now_ms();
        let by_end = |all: &[Arc<Key>], end: &str| {
            let mut found = all.iter().filter(|key| end.len() >= SHORTEST_END && key.id.ends_with(end));
            match (found.next(), found.count()) {
                (Some(key), 0) => Ok(Arc::clone(key)),
                (Some(_), more) => Err(BookError::Ambiguous { name: end.to_owned(), count: more + 1 }),
                (None, _) => Err(BookError::Unknown(end.to_owned())),
            }
        };
        let named: Vec<_> = all.iter().filter(|key| key.terms.name.as_deref() == Some(name)).collect();
        let valid: Vec<_> = named.iter().filter(|key| key.check(now).is_ok()).collect();
        match (valid.as_slice(), named.as_slice()) {
            ([key], _) => Ok(Arc::clone(key)),
            ([], [key]) => Ok(Arc::clone(key)),
            ([], []) => by_end(&all, name),
            _ => Err(BookError::Ambiguous { name: name.to_owned(), count: named.len() }),
        }
    }

    /// A key, and what it used.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn info(&self, key: &Arc<Key>) -> Result<KeyInfo, BookError> {
        self.flush().await;
        let (id, window, now) = (key.id.clone(), key.terms.permissions.budget_window, self.now_ms());
        let [total, in_window] = self.readers.run(move |db| tables::totals(db, &id, window, now)).await?;
        Ok(key.told(now, total, in_window))
    }

    /// Gives a key other budgets where it is: its text counts on, what it used stays used, and what is set aside for
    /// requests on their way stays set aside. Requests from now on are measured by the new ones.
    ///
    /// # Errors
    /// `Unknown`, or a failure of the database; nothing is changed then.
    pub async fn change_budget(&self, id: &str, usd: Option<Money>, tokens: Option<u64>) -> Result<(), BookError> {
        let _alone = self.keys.changing.lock().await;
        let key = self.find_key(id)?;
        let mut terms = key.terms.clone();
        terms.permissions.max_budget_usd = usd;
        terms.permissions.max_budget_tokens = tokens;
        let (kept_id, kept) = (key.id.clone(), terms.clone());
        self.writer.run(move |db| tables::change_terms(db, &kept_id, &kept)).await?;
        let changed =
            Key { id: key.id.clone(), terms, hash: key.hash, created_ms: key.created_ms, live: Arc::clone(&key.live) };
        self.keys.index.write().unwrap_or_else(PoisonError::into_inner).replace(&Arc::new(changed));
        Ok(())
    }

    /// Makes a key worthless from now on. One that is already is no error.
    ///
    /// # Errors
    /// A failure of the database; the key is worthless in memory even then.
    pub async fn revoke(&self, key: &Arc<Key>) -> Result<(), BookError> {
        let now = self.now_ms();
        let _ = key.live.revoked_ms.compare_exchange(0, now, Ordering::AcqRel, Ordering::Acquire);
        let id = key.id.clone();
        Ok(self.writer.run(move |db| tables::revoke_key(db, &id, now)).await?)
    }
}
