//! What holds at the moment at which it is asked for.

use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::labels::{OfAccount, OfMeter};
use crate::quota::Quota;

type Number = Gauge<f64, AtomicU64>;

/// How an account does.
#[derive(Debug, Clone)]
pub(crate) struct AccountNow {
    pub(crate) provider: String,
    pub(crate) account: String,
    pub(crate) failures: u32,
    pub(crate) rests_seconds: f64,
}

/// What holds now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Now {
    pub(crate) accounts: Vec<AccountNow>,
    pub(crate) quotas: Vec<Quota>,
    pub(crate) at_ms: i64,
    pub(crate) uptime_seconds: f64,
    /// Keys that may be used.
    pub(crate) keys: u64,
    /// Requests that are settled and not written down.
    pub(crate) unwritten: u64,
    /// For how long.
    pub(crate) behind_seconds: f64,
}

impl Now {
    pub(super) fn registry(&self) -> Registry {
        let mut to = Registry::with_prefix("eavs");
        to.register("build", "The program", Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]));
        to.register("uptime_seconds", "Since the service runs", number(self.uptime_seconds));
        to.register("keys", "Virtual keys that may be used", number(self.keys as f64));
        to.register("book_unwritten_requests", "Requests over and not written down", number(self.unwritten as f64));
        to.register("book_lag_seconds", "For how long the oldest of them waits", number(self.behind_seconds));
        self.health(&mut to);
        self.limits(&mut to);
        to
    }

    fn health(&self, to: &mut Registry) {
        let (up, failures, rests) = (Family::<OfAccount, Number>::default(), Family::default(), Family::default());
        for one in &self.accounts {
            let of = OfAccount { provider: one.provider.clone(), account: one.account.clone() };
            up.get_or_create(&of).set(if one.rests_seconds > 0.0 { 0.0 } else { 1.0 });
            set(&failures, &of, f64::from(one.failures));
            set(&rests, &of, one.rests_seconds);
        }
        to.register("account_up", "Whether the account is asked: 0 while it rests after failures", up);
        to.register("account_failures", "Failures in a row", failures);
        to.register("account_rest_seconds", "For how long the account is not asked", rests);
    }

    fn limits(&self, to: &mut Registry) {
        let (left, remaining, age) = (Family::<OfMeter, Number>::default(), Family::default(), Family::default());
        for quota in &self.quotas {
            let of = OfAccount { provider: quota.provider.clone(), account: quota.account.clone() };
            set(&age, &of, (self.at_ms - quota.seen_at.0).max(0) as f64 / 1000.0);
            // A limit whose time has come says nothing any more.
            let running = quota.meters.iter().filter(|meter| meter.resets_at.is_none_or(|at| at.0 > self.at_ms));
            for meter in running {
                let of =
                    OfMeter { provider: of.provider.clone(), account: of.account.clone(), limit: meter.name.clone() };
                if let Some(part) = meter.left() {
                    left.get_or_create(&of).set(part);
                }
                if let Some(count) = meter.remaining {
                    set(&remaining, &of, count as f64);
                }
            }
        }
        to.register("quota_left_ratio", "The part of a provider's limit that is left", left);
        to.register("quota_remaining", "What is left of a provider's limit, as it counts", remaining);
        to.register("quota_age_seconds", "Since the provider said so", age);
    }
}

fn number(value: f64) -> Number {
    let number = Number::default();
    number.set(value);
    number
}

fn set<L>(family: &Family<L, Number>, of: &L, value: f64)
where
    L: Clone + std::hash::Hash + Eq,
{
    family.get_or_create(of).set(value);
}
