//! One request, from its admission to its settlement.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::Book;
use super::keys::Key;
use super::queue::Settlement;
use super::writing::{Begun, Settled};
use crate::catalog::Model;
use crate::keys::standing::{Ask, Refusal, Reserved};
use crate::log::record::Record;
use crate::log::redact::redact;
use crate::metrics;
use crate::money::Money;
use crate::wire::Api;
use crate::wire::tap::Seen;
use crate::wire::usage::Usage;

/// Bytes of text that a token is taken to have where nobody counted.
const BYTES_A_TOKEN: u64 = 4;

/// The longest reason that is kept of a failure, in bytes.
const LONGEST_REASON: usize = 400;

/// Where a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The provider's name.
    pub provider: &'a str,
    /// The provider's name of the model.
    pub model: &'a str,
    /// In which words the provider is asked.
    pub api: Api,
}

/// What is known of a request when it goes out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Facts {
    /// Its own id.
    pub request: String,
    /// The id of the key.
    pub key: String,
    /// When it came.
    pub at_ms: i64,
    /// The provider's name.
    pub provider: String,
    /// The provider's name of the model.
    pub model: String,
    /// In which words the provider is asked.
    pub api: Api,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With a whole answer.
    Done,
    /// Its client went away.
    Interrupted,
    /// The answer broke off, or said an error in its middle.
    Failed,
    /// The provider refused it.
    Refused,
    /// The gateway ended.
    Crashed,
}

impl Outcome {
    /// Its name in the book.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Interrupted => "interrupted",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Crashed => "crashed",
        }
    }
}

/// What was seen of an answer.
#[derive(Debug, Clone)]
pub struct End {
    /// How it ended.
    pub outcome: Outcome,
    /// What it said and used.
    pub seen: Seen,
}

/// What a request may cost: the tokens that it sends and may write, and the prices.
#[derive(Debug, Clone)]
pub struct Estimate {
    /// Tokens that it sends.
    pub input: u64,
    /// Tokens that it may send beside them, of what its provider keeps.
    pub unseen: u64,
    /// Tokens that it may write.
    pub output: u64,
    /// The prices; none where the model has none.
    pub model: Option<Arc<Model>>,
    /// Whether it costs anything at all: counting tokens does not.
    pub billed: bool,
}

impl Estimate {
    fn price(&self, usage: &Usage) -> Option<Money> {
        if !self.billed {
            return Some(Money::ZERO);
        }
        self.model.as_ref()?.price(usage)
    }

    fn ask(&self) -> Ask {
        if !self.billed {
            return Ask::default();
        }
        let least = Usage { input: self.input, ..Usage::default() };
        let most = self.input.saturating_add(self.unseen);
        let price = |usage: &Usage| self.price(usage).unwrap_or_default();
        let written = |usage: Usage| price(&Usage { output: self.output, ..usage });
        // What goes into a cache can cost more than what is only read.
        let ways = [
            Usage { input: most, ..Usage::default() },
            Usage { cache_write: most, ..Usage::default() },
            Usage { cache_write_long: most, ..Usage::default() },
        ];
        Ask {
            least: price(&least),
            most: ways.into_iter().map(written).max().unwrap_or_default(),
            least_tokens: self.input,
            most_tokens: most.saturating_add(self.output),
        }
    }
}

/// Why a request does not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAdmitted {
    /// By the terms of its key.
    Refused(Refusal),
    /// The model has no price, and the key has a budget in money.
    NoPrice,
    /// What was used cannot be written down at the moment.
    Behind,
}

/// A request that was admitted. Whatever becomes of it, it is settled: by [`Case::settle`], or as interrupted when it is
/// dropped.
#[derive(Debug)]
pub struct Case(Option<Open>);

#[derive(Debug)]
struct Open {
    book: Arc<Book>,
    key: Arc<Key>,
    facts: Arc<Facts>,
    /// The label of the account that was asked last.
    account: String,
    reserved: Reserved,
    estimate: Estimate,
    settlement: Settlement,
    begun: Instant,
    first_ms: Option<i64>,
    status: u16,
    sent: bool,
    record: Option<Record>,
}

impl Book {
    /// Admits a request: sets aside what it may cost, and its place in the queue.
    ///
    /// # Errors
    /// [`NotAdmitted`].
    pub async fn admit(
        self: &Arc<Self>,
        key: &Arc<Key>,
        place: Place<'_>,
        estimate: Estimate,
    ) -> Result<Case, NotAdmitted> {
        let permissions = &key.terms.permissions;
        let unpriced = estimate.price(&Usage::default()).is_none();
        if permissions.max_budget_usd.is_some() && unpriced {
            return Err(NotAdmitted::NoPrice);
        }
        let settlement = self.queue.settlement().await.map_err(|_| NotAdmitted::Behind)?;
        let now = self.now_ms();
        let ask = estimate.ask();
        let reserved = key.with(|standing| standing.admit(permissions, now, ask)).map_err(NotAdmitted::Refused)?;
        self.metrics.begun(place.provider);
        let request = format!("req_{}", uuid::Uuid::now_v7().simple());
        let facts = Arc::new(Facts {
            request,
            key: key.id.clone(),
            at_ms: now,
            provider: place.provider.to_owned(),
            model: place.model.to_owned(),
            api: place.api,
        });
        let begun = Begun { facts: Arc::clone(&facts), input: estimate.input, least: (!unpriced).then_some(ask.least) };
        if let Err(error) = settlement.begin(begun) {
            tracing::error!(%error, "a request cannot be noted");
            key.with(|standing| standing.settle(now, reserved, Money::ZERO, 0));
            return Err(NotAdmitted::Behind);
        }
        Ok(Case(Some(Open {
            book: Arc::clone(self),
            key: Arc::clone(key),
            facts,
            account: String::new(),
            reserved,
            estimate,
            settlement,
            begun: Instant::now(),
            first_ms: None,
            status: 0,
            sent: false,
            record: None,
        })))
    }
}

impl Case {
    /// The request's own id.
    #[must_use]
    pub fn request(&self) -> &str {
        self.0.as_ref().map_or("", |open| &open.facts.request)
    }

    /// It goes out now: from here on it may cost something.
    pub fn sent(&mut self, account: &str) {
        if let Some(open) = &mut self.0 {
            open.sent = true;
            account.clone_into(&mut open.account);
        }
    }

    /// What it sends, where that is kept.
    pub(crate) fn says(&mut self, body: &Bytes) {
        if let Some(open) = &mut self.0 {
            open.record = open.book.recorder.begin(body);
        }
    }

    /// Bytes of its answer, where they are kept.
    pub(crate) fn hears(&mut self, bytes: &[u8]) {
        if let Some(record) = self.0.as_mut().and_then(|open| open.record.as_mut()) {
            record.hear(bytes);
        }
    }

    /// It was refused by the provider or never arrived: it costs nothing so far.
    pub fn came_back(&mut self, status: u16) {
        if let Some(open) = &mut self.0 {
            open.sent = false;
            open.status = status;
        }
    }

    /// Its answer begins.
    pub fn answered(&mut self, status: u16) {
        if let Some(open) = &mut self.0 {
            open.status = status;
            open.first_ms.get_or_insert(elapsed(open.begun));
        }
    }

    /// It is over.
    pub fn settle(mut self, end: &End) {
        if let Some(open) = self.0.take() {
            open.settle(end);
        }
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        if let Some(open) = self.0.take() {
            open.settle(&End { outcome: Outcome::Interrupted, seen: Seen::default() });
        }
    }
}

impl Open {
    fn settle(self, end: &End) {
        let (usage, estimated) = self.usage(end);
        let cost = self.estimate.price(&usage);
        let now = self.book.now_ms();
        self.key.with(|standing| standing.settle(now, self.reserved, cost.unwrap_or_default(), usage.total()));
        self.key.touch(now);
        let total_ms = elapsed(self.begun);
        self.book.metrics.settled(
            &metrics::Settled {
                provider: &self.facts.provider,
                model: self.estimate.model.as_ref().map(|_| self.facts.model.as_str()),
                api: self.facts.api.name(),
                status: self.status,
                outcome: end.outcome.name(),
                usage,
                estimated,
                cost,
                first_ms: self.first_ms,
                total_ms,
            },
            now,
        );
        let why = end.seen.error.as_ref().map(|error| redact(error.as_bytes(), LONGEST_REASON).0);
        self.settlement.settle(Settled {
            facts: self.facts,
            account: self.account,
            status: self.status,
            outcome: end.outcome,
            usage,
            estimated,
            cost,
            first_ms: self.first_ms,
            total_ms,
            why,
            record: self.record,
        });
    }

    /// What was used, and whether some of it is a guess: what the provider said, or what passed where it did not say.
    fn usage(&self, end: &End) -> (Usage, bool) {
        if !self.sent || !self.estimate.billed || end.outcome == Outcome::Refused {
            return (Usage::default(), false);
        }
        // Embeddings write nothing.
        let writes = self.facts.api != Api::Embeddings;
        let written = if writes { end.seen.written.div_ceil(BYTES_A_TOKEN) } else { 0 };
        match end.seen.usage {
            Some(said) if said.has_output() || !writes => (said.usage(), false),
            Some(said) if said.usage().total_input() > 0 => {
                (Usage { output: written.max(said.usage().output), ..said.usage() }, true)
            }
            Some(_) | None => (Usage { input: self.estimate.input, output: written, ..Usage::default() }, true),
        }
    }
}

fn elapsed(since: Instant) -> i64 {
    i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX)
}
