//! Moments as people write them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use oqto_kit::{Error, Result};
use oqto_protocol::error::ErrorKind;

/// A time, or so long from now on.
pub(crate) fn until(text: &str, now: Timestamp) -> Result<String> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at.to_string());
    }
    let at = while_of(text).and_then(|span| now.to_zoned(TimeZone::UTC).checked_add(span).ok());
    let at = at.ok_or_else(|| {
        Error::new(ErrorKind::InvalidParams, format!("{text:?} is neither a time nor a while"))
            .hint("--expires 8h, --expires 7d or --expires 2026-12-31T12:00:00Z")
    })?;
    Ok(at.timestamp().to_string())
}

/// A time, the beginning of a day in UTC, or so long ago.
pub(crate) fn since_or_date(text: &str, now: Timestamp, flag: &str) -> Result<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    if let Ok(date) = text.parse::<Date>()
        && let Ok(at) = date.to_zoned(TimeZone::UTC)
    {
        return Ok(at.timestamp());
    }
    let at = while_of(text).and_then(|span| now.to_zoned(TimeZone::UTC).checked_sub(span).ok());
    at.map(|at| at.timestamp()).ok_or_else(|| {
        Error::new(ErrorKind::InvalidParams, format!("{text:?} is neither a day, a time nor a while"))
            .hint(format!("{flag} 7d, {flag} 2026-11-01 or {flag} 2026-11-01T12:00:00Z"))
    })
}

fn while_of(text: &str) -> Option<Span> {
    text.parse::<Span>().ok().filter(|span| span.is_positive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_time_or_a_while() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        assert_eq!(until("8h", now).unwrap(), "2026-11-21T20:00:00Z");
        assert_eq!(until("7d", now).unwrap(), "2026-11-28T12:00:00Z");
        assert_eq!(until("2026-12-31T00:00:00+01:00", now).unwrap(), "2026-12-30T23:00:00Z");
        for wrong in ["tomorrow", "-1h", "0s", ""] {
            assert_eq!(until(wrong, now).unwrap_err().kind(), ErrorKind::InvalidParams, "{wrong}");
        }
    }

    #[test]
    fn a_beginning_is_a_day_too() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let since = |text: &str| since_or_date(text, now, "--since").map(|at| at.to_string());
        assert_eq!(since("2026-11-01").unwrap(), "2026-11-01T00:00:00Z");
        assert_eq!(since("24h").unwrap(), "2026-11-20T12:00:00Z");
        assert_eq!(since("2026-11-01T12:00:00+02:00").unwrap(), "2026-11-01T10:00:00Z");
        assert!(since("yesterday").unwrap_err().advice().is_some_and(|hint| hint.contains("--since 7d")));
    }
}
