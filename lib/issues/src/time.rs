//! Times as the files have them: RFC 3339 in UTC.

use jiff::Timestamp;

/// Nanoseconds since 1970 of a written time.
pub(crate) fn nanoseconds(text: &str) -> Option<i64> {
    i64::try_from(text.parse::<Timestamp>().ok()?.as_nanosecond()).ok()
}

/// The written form.
pub(crate) fn written(nanoseconds: i64) -> String {
    Timestamp::from_nanosecond(i128::from(nanoseconds)).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}
