//! What the headers of an answer say about the limits of an account.
//!
//! | provider | headers | source |
//! |---|---|---|
//! | `OpenAI`, Azure, Groq, xAI, vLLM behind a limiter | `x-ratelimit-{limit,remaining,reset}-{requests,tokens}` | their API references |
//! | Cerebras, Mistral | the same with a window: `…-requests-day`, `…-tokens-minute` | their API references |
//! | `OpenRouter`, Together | `x-ratelimit-{limit,remaining,reset}`, reset in milliseconds since 1970 or in seconds; `x-tokenlimit-…` | their API references |
//! | Anthropic | `anthropic-ratelimit-{requests,tokens,input-tokens,output-tokens}-{limit,remaining,reset}`, reset in RFC 3339 | its API reference |
//! | Anthropic, subscriptions | `anthropic-ratelimit-unified-{5h,7d}-{utilization,reset,status}` and `…-unified-{status,reset}` | seen on answers; not in its reference |
//! | all | `retry-after-ms`, `retry-after` with a refusal | RFC 9110 |
//!
//! Names are taken as they come, so that a limit which is new at a provider is shown too.

use axum::http::{HeaderMap, StatusCode};

use super::when::moment;
use super::{Meter, Reading};
use crate::keys::terms::At;

/// The most limits that are kept of an account.
pub const MOST_METERS: usize = 24;
/// The longest name of a limit.
const LONGEST_WORD: usize = 40;
/// The words for how a limit stands; any other is left out, as it could be anything.
const STATUSES: [&str; 3] = ["allowed", "allowed_warning", "rejected"];

/// What is said of a limit.
#[derive(Clone, Copy)]
enum Field {
    Limit,
    Remaining,
    Reset,
    Used,
    Status,
}

impl Field {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "limit" => Self::Limit,
            "remaining" => Self::Remaining,
            "reset" => Self::Reset,
            "utilization" => Self::Used,
            "status" => Self::Status,
            _ => return None,
        })
    }
}

/// Reads the headers of an answer. Nothing when they say nothing about limits.
#[must_use]
pub fn read(status: StatusCode, headers: &HeaderMap, now_ms: i64) -> Option<Reading> {
    let mut reading = Reading::default();
    for (name, value) in headers {
        if let Some((meter, field)) = meant(name.as_str())
            && let Ok(text) = value.to_str()
        {
            note(&mut reading.meters, meter, field, text.trim(), now_ms);
        }
    }
    reading.meters.sort_by(|one, other| one.name.cmp(&other.name));
    let refuses = matches!(status.as_u16(), 408 | 429 | 500..=599);
    reading.retry_at = if refuses { retry_at(headers, now_ms) } else { None };
    (!reading.meters.is_empty() || reading.retry_at.is_some()).then_some(reading)
}

/// Which limit a header is about, and what it says of it.
fn meant(header: &str) -> Option<(&str, Field)> {
    if let Some(rest) = header.strip_prefix("x-ratelimit-") {
        let (field, name) = rest.split_once('-').unwrap_or((rest, "requests"));
        return Field::named(field).map(|field| (name, field));
    }
    if let Some(rest) = header.strip_prefix("x-tokenlimit-") {
        return Field::named(rest).map(|field| ("tokens", field));
    }
    let rest = header.strip_prefix("anthropic-ratelimit-")?;
    let (name, field) = rest.rsplit_once('-')?;
    let field = Field::named(field)?;
    Some((name.strip_prefix("unified-").unwrap_or(name), field))
}

fn note(meters: &mut Vec<Meter>, name: &str, field: Field, text: &str, now_ms: i64) {
    let Some(name) = word(name) else { return };
    let at = meters.iter().position(|meter| meter.name == name);
    let mut meter = at.and_then(|at| meters.get(at).cloned()).unwrap_or_else(|| Meter { name, ..Meter::default() });
    match field {
        Field::Limit => meter.limit = count(text).or(meter.limit),
        Field::Remaining => meter.remaining = count(text).or(meter.remaining),
        Field::Reset => meter.resets_at = moment(text, now_ms).map(At).or(meter.resets_at),
        Field::Used => meter.used = part(text).or(meter.used),
        Field::Status => meter.status = STATUSES.iter().find(|known| **known == text).map(|known| (*known).to_owned()),
    }
    let said = meter.limit.is_some()
        || meter.remaining.is_some()
        || meter.resets_at.is_some()
        || meter.used.is_some()
        || meter.status.is_some();
    if let Some(known) = at.and_then(|at| meters.get_mut(at)) {
        *known = meter;
    } else if said && meters.len() < MOST_METERS {
        meters.push(meter);
    }
}

/// A short word in small letters, digits, `-` and `_`.
fn word(text: &str) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    (!text.is_empty() && text.len() <= LONGEST_WORD && text.bytes().all(fits)).then(|| text.to_owned())
}

/// A whole number. Some providers write it with a fraction; less than nothing is nothing.
fn count(text: &str) -> Option<u64> {
    if let Ok(count) = text.parse() {
        return Some(count);
    }
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite() && number.abs() < 1e15)?;
    Some(number.max(0.0).floor() as u64)
}

fn part(text: &str) -> Option<f64> {
    text.parse().ok().filter(|part: &f64| part.is_finite() && (0.0..1000.0).contains(part))
}

fn retry_at(headers: &HeaderMap, now_ms: i64) -> Option<At> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let in_ms = text("retry-after-ms").and_then(|ms| ms.parse::<f64>().ok()).filter(|ms| (0.0..1e11).contains(ms));
    let in_ms = in_ms.and_then(|ms| now_ms.checked_add(ms.ceil() as i64));
    in_ms.or_else(|| moment(text("retry-after")?, now_ms)).map(At)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    const NOW: i64 = 1_795_000_000_000;

    fn map(pairs: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    fn said(pairs: &[(&str, &str)]) -> Vec<Meter> {
        read(StatusCode::OK, &map(pairs), NOW).unwrap_or_default().meters
    }

    fn meter(name: &str, limit: u64, remaining: u64, after_ms: i64) -> Meter {
        Meter {
            name: name.to_owned(),
            limit: Some(limit),
            remaining: Some(remaining),
            resets_at: Some(At(NOW + after_ms)),
            ..Meter::default()
        }
    }

    #[test]
    fn openai_azure_and_groq() {
        let heard = said(&[
            ("x-ratelimit-limit-requests", "10000"),
            ("x-ratelimit-remaining-requests", "9999"),
            ("x-ratelimit-reset-requests", "8.64s"),
            ("x-ratelimit-limit-tokens", "2000000"),
            ("x-ratelimit-remaining-tokens", "1999980"),
            ("x-ratelimit-reset-tokens", "6m0s"),
            ("content-type", "application/json"),
        ]);
        assert_eq!(heard, [meter("requests", 10_000, 9999, 8640), meter("tokens", 2_000_000, 1_999_980, 360_000)]);
    }

    #[test]
    fn anthropic_with_input_and_output_apart() {
        let heard = said(&[
            ("anthropic-ratelimit-requests-limit", "50"),
            ("anthropic-ratelimit-requests-remaining", "49"),
            ("anthropic-ratelimit-requests-reset", "2026-11-18T11:06:45Z"),
            ("anthropic-ratelimit-input-tokens-limit", "30000"),
            ("anthropic-ratelimit-input-tokens-remaining", "28000"),
            ("anthropic-ratelimit-input-tokens-reset", "2026-11-18T11:06:44Z"),
            ("anthropic-ratelimit-output-tokens-limit", "8000"),
            ("anthropic-ratelimit-output-tokens-remaining", "8000"),
            ("anthropic-ratelimit-output-tokens-reset", "2026-11-18T11:06:41Z"),
        ]);
        let names: Vec<_> = heard.iter().map(|meter| (meter.name.as_str(), meter.remaining)).collect();
        assert_eq!(names, [("input-tokens", Some(28_000)), ("output-tokens", Some(8000)), ("requests", Some(49))]);
        assert_eq!(heard[2].resets_at, Some(At(NOW + 5000)));
    }

    #[test]
    fn windows_of_a_subscription() {
        let heard = said(&[
            ("anthropic-ratelimit-unified-status", "allowed_warning"),
            ("anthropic-ratelimit-unified-5h-utilization", "0.26"),
            ("anthropic-ratelimit-unified-5h-reset", "1795003600"),
            ("anthropic-ratelimit-unified-5h-status", "allowed"),
            ("anthropic-ratelimit-unified-7d-utilization", "1.02"),
            ("anthropic-ratelimit-unified-fallback-percentage", "0.5"),
        ]);
        let five = Meter {
            name: "5h".into(),
            used: Some(0.26),
            resets_at: Some(At(NOW + 3_600_000)),
            status: Some("allowed".into()),
            ..Meter::default()
        };
        assert_eq!(heard[0], five);
        assert_eq!(heard.iter().map(|meter| meter.left()).collect::<Vec<_>>(), [Some(0.74), Some(0.0), None]);
        assert_eq!(heard[2].status.as_deref(), Some("allowed_warning"));
    }

    #[test]
    fn windows_days_and_a_limit_without_a_name() {
        let heard = said(&[
            ("x-ratelimit-limit-requests-day", "14400"),
            ("x-ratelimit-remaining-requests-day", "14398.5"),
            ("x-ratelimit-reset-requests-day", "33011.382867"),
            ("x-ratelimit-limit", "20"),
            ("x-ratelimit-remaining", "-3"),
            ("x-ratelimit-reset", "1795000060000"),
            ("x-tokenlimit-remaining", "7"),
        ]);
        let names: Vec<_> = heard.iter().map(|meter| (meter.name.as_str(), meter.remaining)).collect();
        assert_eq!(names, [("requests", Some(0)), ("requests-day", Some(14_398)), ("tokens", Some(7))]);
        assert_eq!(heard[0].resets_at, Some(At(NOW + 60_000)));
    }

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let at = |status: u16, pairs: &[(&str, &str)]| {
            read(StatusCode::from_u16(status).unwrap(), &map(pairs), NOW).and_then(|reading| reading.retry_at)
        };
        assert_eq!(at(429, &[("retry-after", "12")]), Some(At(NOW + 12_000)));
        assert_eq!(at(429, &[("retry-after", "12"), ("retry-after-ms", "1500")]), Some(At(NOW + 1500)));
        assert_eq!(at(503, &[("retry-after", "Wed, 18 Nov 2026 11:06:47 GMT")]), Some(At(NOW + 7000)));
        assert_eq!(at(429, &[("retry-after", "soon"), ("retry-after-ms", "-1")]), None);
        assert_eq!(at(200, &[("retry-after", "12")]), None, "an answer is no refusal");
    }

    #[test]
    fn nonsense_and_secrets_are_not_taken() {
        let long = "x".repeat(60);
        let heard = said(&[
            ("x-ratelimit-limit-requests", "sk-secret"),
            ("x-ratelimit-remaining-requests", ""),
            ("x-ratelimit-reset-tokens", "NaN"),
            (&format!("x-ratelimit-limit-{long}"), "1"),
            ("anthropic-ratelimit-unified-5h-status", "sk-secret"),
            ("anthropic-ratelimit-unified-5h-utilization", "-0.5"),
            ("x-ratelimit-policy-tokens", "5"),
            ("anthropic-ratelimit-", "5"),
            ("x-ratelimit-", "5"),
        ]);
        assert_eq!(heard, Vec::new());
        assert_eq!(read(StatusCode::OK, &HeaderMap::new(), NOW), None);
        let many: Vec<_> = (0..100).map(|n| (format!("x-ratelimit-limit-a{n}"), "1")).collect();
        let many: Vec<_> = many.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        assert_eq!(said(&many).len(), MOST_METERS);
    }

    proptest! {
        #[test]
        fn any_headers_are_read_within_bounds(
            pairs in prop::collection::vec((
                "(x-ratelimit|anthropic-ratelimit|x-tokenlimit|retry-after)(-[a-z0-9]{0,9}){0,4}",
                "[ -~]{0,30}",
            ), 0..60),
            status in 100_u16..600,
        ) {
            let mut headers = HeaderMap::new();
            for (name, value) in &pairs {
                if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
                    headers.append(name, value);
                }
            }
            let reading = read(StatusCode::from_u16(status).unwrap(), &headers, NOW).unwrap_or_default();
            prop_assert!(reading.meters.len() <= MOST_METERS);
            for meter in &reading.meters {
                prop_assert!(meter.name.len() <= LONGEST_WORD);
                prop_assert!(meter.left().is_none_or(|left| (0.0..=1.0).contains(&left)));
                let kept: Meter = serde_json::from_str(&serde_json::to_string(meter).unwrap()).unwrap();
                prop_assert_eq!(&kept.name, &meter.name);
            }
        }
    }
}
