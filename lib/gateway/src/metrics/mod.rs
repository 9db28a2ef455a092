//! Numbers for Prometheus, in the OpenMetrics text format.
//!
//! What is counted is counted where it happens, in memory, since the service runs; the book has what outlives it. Every
//! label has a bounded number of values: providers and accounts are those of the configuration, models those of the
//! catalog and at most [`MOST_MODELS`], the rest is `other`. Nothing of a key is a label.

mod labels;
mod momentary;

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use labels::{OfModel, OfProvider, OfReason, OfRequest, OfTokens, named};
pub(crate) use momentary::{AccountNow, Now};

use crate::money::Money;
use crate::wire::usage::Usage;

/// Models that have numbers of their own; more are counted as `other`.
pub const MOST_MODELS: usize = 200;

/// The media type of the text.
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper ends of the buckets of times, in seconds.
const SECONDS: [f64; 15] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0];

type Dollars = Counter<f64, AtomicU64>;

/// What a request came to.
#[derive(Debug, Clone)]
pub(crate) struct Settled<'a> {
    pub(crate) provider: &'a str,
    /// The model, where the catalog or the configuration knows it.
    pub(crate) model: Option<&'a str>,
    pub(crate) api: &'static str,
    pub(crate) status: u16,
    pub(crate) outcome: &'static str,
    pub(crate) usage: Usage,
    pub(crate) estimated: bool,
    pub(crate) cost: Option<Money>,
    pub(crate) first_ms: Option<i64>,
    pub(crate) total_ms: i64,
}

/// The counters of one model, found once a request.
#[derive(Debug, Clone)]
struct Series {
    labels: OfModel,
    tokens: [Counter; 5],
    cost: Dollars,
    first: Histogram,
    total: Histogram,
    estimated: Counter,
    unpriced: Counter,
}

/// Everything that is counted.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<OfRequest, Counter>,
    tokens: Family<OfTokens, Counter>,
    cost: Family<OfModel, Dollars>,
    first: Family<OfModel, Histogram, fn() -> Histogram>,
    total: Family<OfModel, Histogram, fn() -> Histogram>,
    estimated: Family<OfModel, Counter>,
    unpriced: Family<OfModel, Counter>,
    in_flight: Family<OfProvider, Gauge>,
    refusals: Family<OfReason, Counter>,
    retries: Family<OfProvider, Counter>,
    fallbacks: Family<OfProvider, Counter>,
    failures_to_write: Counter,
    series: RwLock<HashMap<String, HashMap<String, Arc<Series>>>>,
    settled: AtomicU64,
    written: AtomicU64,
    /// Since when something is settled and not written down; 0 while nothing is.
    behind_since_ms: AtomicI64,
}

fn times() -> Histogram {
    Histogram::new(SECONDS)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut this = Self {
            registry: Registry::with_prefix("eavs"),
            requests: Family::default(),
            tokens: Family::default(),
            cost: Family::default(),
            first: Family::new_with_constructor(times),
            total: Family::new_with_constructor(times),
            estimated: Family::default(),
            unpriced: Family::default(),
            in_flight: Family::default(),
            refusals: Family::default(),
            retries: Family::default(),
            fallbacks: Family::default(),
            failures_to_write: Counter::default(),
            series: RwLock::default(),
            settled: AtomicU64::new(0),
            written: AtomicU64::new(0),
            behind_since_ms: AtomicI64::new(0),
        };
        this.register();
        this
    }
}

impl Metrics {
    fn register(&mut self) {
        let to = &mut self.registry;
        to.register("requests", "Requests to providers that are over, by how they ended", self.requests.clone());
        to.register("tokens", "Tokens that providers counted, or that were estimated", self.tokens.clone());
        to.register("cost_dollars", "What requests cost in US dollars", self.cost.clone());
        to.register("first_byte_seconds", "Time until an answer began", self.first.clone());
        to.register("request_seconds", "Time until an answer was over", self.total.clone());
        to.register("estimated_requests", "Requests whose usage has a guess in it", self.estimated.clone());
        to.register("unpriced_requests", "Requests for models without a known price", self.unpriced.clone());
        to.register("in_flight", "Requests on their way", self.in_flight.clone());
        to.register("refusals", "Errors of the gateway's own, by their code", self.refusals.clone());
        to.register("retries", "Attempts after the first at one provider", self.retries.clone());
        to.register("fallbacks", "Requests that went on to this provider after another", self.fallbacks.clone());
        let failures = self.failures_to_write.clone();
        to.register("book_write_failures", "Groups of requests that could not be written down at once", failures);
    }

    /// A request was admitted.
    pub(crate) fn begun(&self, provider: &str) {
        self.in_flight.get_or_create(&OfProvider::new(provider)).inc();
    }

    /// A request is over, and waits to be written down.
    pub(crate) fn settled(&self, request: &Settled<'_>, now_ms: i64) {
        self.settled.fetch_add(1, Ordering::AcqRel);
        let _ = self.behind_since_ms.compare_exchange(0, now_ms.max(1), Ordering::AcqRel, Ordering::Relaxed);
        self.in_flight.get_or_create(&OfProvider::new(request.provider)).dec();
        let series = self.series(request.provider, request.model);
        self.requests.get_or_create(&OfRequest::new(&series.labels, request)).inc();
        let usage = &request.usage;
        let kinds = [usage.input, usage.cache_read, usage.cache_write, usage.cache_write_long, usage.output];
        for (counter, count) in series.tokens.iter().zip(kinds) {
            counter.inc_by(count);
        }
        match request.cost {
            Some(cost) => {
                series.cost.inc_by(cost.usd());
            }
            None if usage.total() > 0 => {
                series.unpriced.inc();
            }
            None => {}
        }
        if request.estimated {
            series.estimated.inc();
        }
        if let Some(first) = request.first_ms {
            series.first.observe(seconds(first));
        }
        series.total.observe(seconds(request.total_ms));
    }

    /// So many requests were written down.
    pub(crate) fn written(&self, requests: usize, now_ms: i64) {
        let written = self.written.fetch_add(requests as u64, Ordering::AcqRel) + requests as u64;
        let behind = self.settled.load(Ordering::Acquire) > written;
        self.behind_since_ms.store(if behind { now_ms.max(1) } else { 0 }, Ordering::Release);
    }

    /// What was used could not be written down at once.
    pub(crate) fn not_written(&self) {
        self.failures_to_write.inc();
    }

    /// A request got an error of the gateway's own. `code` is one of those in the program's text.
    pub(crate) fn refused(&self, code: &'static str) {
        self.refusals.get_or_create(&OfReason { reason: code }).inc();
    }

    /// A provider is asked once more for the same.
    pub(crate) fn retried(&self, provider: &str) {
        self.retries.get_or_create(&OfProvider::new(provider)).inc();
    }

    /// A request goes on to this provider, after another did not answer.
    pub(crate) fn fell_back(&self, provider: &str) {
        self.fallbacks.get_or_create(&OfProvider::new(provider)).inc();
    }

    /// Requests that are settled and not written down, and for how many milliseconds the oldest at the most.
    pub(crate) fn behind(&self, now_ms: i64) -> (u64, i64) {
        let unwritten = self.settled.load(Ordering::Acquire).saturating_sub(self.written.load(Ordering::Acquire));
        let since = self.behind_since_ms.load(Ordering::Acquire);
        (unwritten, if unwritten == 0 || since == 0 { 0 } else { now_ms.saturating_sub(since).max(0) })
    }

    /// All of it as text, with what holds at this moment.
    #[must_use]
    pub(crate) fn text(&self, now: &Now) -> String {
        let mut text = String::with_capacity(16 << 10);
        // Writing into a string fails only where an encoder does, and those of these types do not.
        let written = prometheus_client::encoding::text::encode_registry(&mut text, &self.registry)
            .and_then(|()| prometheus_client::encoding::text::encode_registry(&mut text, &now.registry()))
            .and_then(|()| prometheus_client::encoding::text::encode_eof(&mut text));
        if written.is_err() {
            tracing::error!("the metrics cannot be written");
        }
        text
    }

    fn series(&self, provider: &str, model: Option<&str>) -> Arc<Series> {
        let model = model.map_or_else(|| labels::OTHER.into(), named);
        let found = |all: &HashMap<String, HashMap<String, Arc<Series>>>| all.get(provider)?.get(&*model).cloned();
        if let Some(series) = found(&self.series.read().unwrap_or_else(PoisonError::into_inner)) {
            return series;
        }
        let mut all = self.series.write().unwrap_or_else(PoisonError::into_inner);
        let count: usize = all.values().map(HashMap::len).sum();
        let model = if count < MOST_MODELS { model } else { labels::OTHER.into() };
        let of_provider = all.entry(provider.to_owned()).or_default();
        let series = of_provider.entry(model.clone().into_owned());
        Arc::clone(series.or_insert_with(|| Arc::new(self.new_series(OfModel::new(provider, &model)))))
    }

    fn new_series(&self, labels: OfModel) -> Series {
        let tokens = ["input", "cache_read", "cache_write", "cache_write_long", "output"]
            .map(|kind| self.tokens.get_or_create_owned(&OfTokens::new(&labels, kind)));
        Series {
            tokens,
            cost: self.cost.get_or_create_owned(&labels),
            first: self.first.get_or_create_owned(&labels),
            total: self.total.get_or_create_owned(&labels),
            estimated: self.estimated.get_or_create_owned(&labels),
            unpriced: self.unpriced.get_or_create_owned(&labels),
            labels,
        }
    }
}

fn seconds(ms: i64) -> f64 {
    ms.max(0) as f64 / 1000.0
}

#[cfg(test)]
mod tests;
