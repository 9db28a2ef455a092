//! The days that a budget is for.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A day in milliseconds.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// How often a budget begins anew, in UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// Never.
    #[default]
    Total,
    /// At midnight.
    Daily,
    /// On Sunday.
    Weekly,
    /// On the first.
    Monthly,
}

/// The day of a moment, counted from 1 January 1970.
#[must_use]
pub const fn day(now_ms: i64) -> i64 {
    now_ms.div_euclid(DAY_MS)
}

impl Window {
    /// The first day of the window that a day is in.
    #[must_use]
    pub fn first_day(self, day: i64) -> i64 {
        match self {
            Self::Total => 0,
            Self::Daily => day,
            // 1 January 1970 was a Thursday.
            Self::Weekly => day - (day + 4).rem_euclid(7),
            Self::Monthly => day - i64::from(date(day).day()) + 1,
        }
    }

    /// The seconds until the next window begins; none where none does.
    #[must_use]
    pub fn seconds_left(self, now_ms: i64) -> Option<u64> {
        let first = self.first_day(day(now_ms));
        let next = match self {
            Self::Total => return None,
            Self::Daily => first + 1,
            Self::Weekly => first + 7,
            Self::Monthly => first + i64::from(date(first).days_in_month()),
        };
        u64::try_from((next * DAY_MS - now_ms).div_euclid(1000)).ok().map(|seconds| seconds + 1)
    }
}

fn date(day: i64) -> jiff::civil::Date {
    Timestamp::from_millisecond(day.saturating_mul(DAY_MS)).unwrap_or_default().to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn windows_begin_when_the_calendar_says() {
        let first = |window: Window, text: &str| date(window.first_day(day(at(text)))).to_string();
        assert_eq!(first(Window::Daily, "2026-11-21T23:59:59Z"), "2026-11-21");
        assert_eq!(first(Window::Weekly, "2026-11-21T12:00:00Z"), "2026-11-15");
        assert_eq!(first(Window::Weekly, "2026-11-22T00:00:00Z"), "2026-11-22");
        assert_eq!(first(Window::Monthly, "2028-02-29T12:00:00Z"), "2028-02-01");
        assert_eq!(Window::Total.first_day(20_000), 0);
    }

    #[test]
    fn what_is_left_of_a_window() {
        assert_eq!(Window::Daily.seconds_left(at("2026-11-21T23:59:00Z")), Some(61));
        assert_eq!(Window::Monthly.seconds_left(at("2028-02-29T23:59:59Z")), Some(2));
        assert_eq!(Window::Total.seconds_left(0), None);
    }
}
