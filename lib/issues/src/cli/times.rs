//! Times and spans as people type them.

use crate::time;

/// A time on the command line: RFC 3339, a date, or how long ago.
pub(super) fn when(text: &str) -> Result<i64, String> {
    let ago = |text: &str| -> Option<i64> {
        Some(i64::try_from(jiff::Timestamp::now().as_nanosecond()).ok()? - span(text).ok()?)
    };
    time::nanoseconds(text)
        .or_else(|| time::nanoseconds(&format!("{text}T00:00:00Z")))
        .or_else(|| ago(text))
        .ok_or_else(|| {
            format!("`{text}` is no time; write 2026-11-21, 2026-11-21T09:00:00Z, or how long ago: 30m, 3h, 2d, 1w")
        })
}

/// Nanoseconds of `30m`, `3h`, `2d`, `1w`.
pub(super) fn span(text: &str) -> Result<i64, String> {
    let wrong = || format!("`{text}` is no time span; write 90s, 30m, 3h, 2d or 1w");
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return Err(wrong()),
    };
    let number: i64 = number.trim().parse().map_err(|_| wrong())?;
    number.checked_mul(seconds).and_then(|s| s.checked_mul(1_000_000_000)).filter(|span| *span > 0).ok_or_else(wrong)
}
