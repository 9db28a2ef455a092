//! Times for people: how long ago.

use std::time::{SystemTime, UNIX_EPOCH};

/// Unix milliseconds now.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// How long before now a time was, such as `3 min ago`.
pub(crate) fn since(then: u64) -> String {
    between(then, now())
}

/// How long something takes or took, such as `3 min`.
pub(crate) fn span(millis: u64) -> String {
    let seconds = millis / 1000;
    let (count, unit) = match seconds {
        0..60 => (seconds, "s"),
        60..3_600 => (seconds / 60, "min"),
        3_600..172_800 => (seconds / 3_600, "h"),
        172_800.. => (seconds / 86_400, "days"),
    };
    format!("{count} {unit}")
}

fn between(then: u64, now: u64) -> String {
    match now.checked_sub(then) {
        None => "in the future".to_owned(),
        Some(0..1000) => "now".to_owned(),
        Some(millis) => format!("{} ago", span(millis)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_grows_with_the_time() {
        let cases = [
            (0, "now"),
            (59_999, "59 s ago"),
            (60_000, "1 min ago"),
            (7_200_000, "2 h ago"),
            (172_800_000, "2 days ago"),
        ];
        for (millis, said) in cases {
            assert_eq!(between(1_000_000, 1_000_000 + millis), said);
        }
        assert_eq!(between(2, 1), "in the future");
    }
}
