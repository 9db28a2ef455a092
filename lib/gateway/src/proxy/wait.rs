//! How long to wait before a provider is asked again.

use std::time::Duration;

use axum::http::HeaderMap;
use jiff::Timestamp;

/// The first wait of our own; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(250);

/// What a provider says about when to come back: `retry-after-ms`, or `retry-after` in seconds or as a date.
pub(super) fn told(headers: &HeaderMap, now_ms: i64) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let positive = |number: f64| (number.is_finite() && (0.0..1e9).contains(&number)).then_some(number);
    if let Some(ms) = text("retry-after-ms").and_then(|ms| ms.parse().ok()).and_then(positive) {
        return Some(Duration::from_secs_f64(ms / 1000.0));
    }
    let after = text("retry-after")?;
    if let Some(seconds) = after.parse().ok().and_then(positive) {
        return Some(Duration::from_secs_f64(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(after).ok()?.timestamp();
    let left = at.as_millisecond().saturating_sub(Timestamp::from_millisecond(now_ms).ok()?.as_millisecond());
    Some(Duration::from_millis(u64::try_from(left).unwrap_or(0)))
}

/// Our own wait before the attempt after so many, with some chance in it, so that those who failed together do not come
/// back together.
pub(super) fn own(attempts: u32) -> Duration {
    let whole = FIRST.saturating_mul(1 << attempts.min(6));
    let chance = uuid::Uuid::now_v7().as_bytes().last().copied().unwrap_or(128);
    whole.mul_f64(0.75 + f64::from(chance) / 512.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn said(name: &'static str, value: &'static str) -> Option<Duration> {
        let now = "2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap().as_millisecond();
        told(&HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))]), now)
    }

    #[test]
    fn every_form_is_read_and_nonsense_is_nothing() {
        assert_eq!(said("retry-after", "3"), Some(Duration::from_secs(3)));
        assert_eq!(said("retry-after-ms", "1500"), Some(Duration::from_millis(1500)));
        assert_eq!(said("retry-after", "Sat, 21 Nov 2026 12:00:07 GMT"), Some(Duration::from_secs(7)));
        assert_eq!(said("retry-after", "Sat, 21 Nov 2026 11:00:00 GMT"), Some(Duration::ZERO));
        for nonsense in ["soon", "-1", "NaN", "1e99"] {
            assert_eq!(said("retry-after", nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn our_own_wait_grows_and_ends() {
        assert!((Duration::from_millis(180)..Duration::from_millis(320)).contains(&own(0)));
        assert!(own(40) < Duration::from_secs(21));
    }
}
