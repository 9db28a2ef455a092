//! The moments at which limits begin anew, in the forms in which providers write them.

use jiff::Timestamp;

/// What is further away is nonsense: 400 days in milliseconds.
const FURTHEST_MS: i64 = 400 * 86_400_000;

/// Reads a moment, in milliseconds since 1970:
/// - a while from now on: `6m0s`, `1ms`, `1h2m3.5s`, `250µs`, or a number of seconds such as `12` or `0.5`;
/// - a moment: RFC 3339, the date of an HTTP header, or seconds or milliseconds since 1970.
///
/// What is none of them, or further away than 400 days, is nothing.
#[must_use]
pub fn moment(text: &str, now_ms: i64) -> Option<i64> {
    let text = text.trim();
    let at = number(text, now_ms)
        .or_else(|| now_ms.checked_add(duration_ms(text)?))
        .or_else(|| text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond))
        .or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|at| at.timestamp().as_millisecond()))?;
    (at.checked_sub(now_ms)?.checked_abs()? <= FURTHEST_MS).then_some(at)
}

/// A number without a unit: by its size a while in seconds, or seconds or milliseconds since 1970.
fn number(text: &str, now_ms: i64) -> Option<i64> {
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)?;
    let ms = |number: f64| number.round() as i64;
    if number < 1e9 {
        return now_ms.checked_add(ms(number * 1e3));
    }
    Some(if number < 1e11 { ms(number * 1e3) } else { ms(number) })
}

/// A while as Go writes it, rounded up to milliseconds.
fn duration_ms(text: &str) -> Option<i64> {
    let (mut rest, mut sum) = (text, 0.0);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at_checked(digits)?;
        let number: f64 = number.parse().ok()?;
        let (unit, next) = after.split_at(after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len()));
        sum += number * unit_ms(unit)?;
        rest = next;
    }
    (!text.is_empty() && sum < 1e15).then_some(sum.ceil() as i64)
}

fn unit_ms(unit: &str) -> Option<f64> {
    Some(match unit {
        "d" => 86_400_000.0,
        "h" => 3_600_000.0,
        "m" => 60_000.0,
        "s" => 1_000.0,
        "ms" => 1.0,
        "us" | "µs" | "μs" => 1e-3,
        "ns" => 1e-6,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_795_000_000_000;

    fn after(text: &str) -> Option<i64> {
        moment(text, NOW).map(|at| at - NOW)
    }

    #[test]
    fn every_form_is_read() {
        for (text, ms) in [
            ("6m0s", 360_000),
            ("1s", 1000),
            ("1ms", 1),
            ("20ms", 20),
            ("1h2m3.5s", 3_723_500),
            ("2m59.56s", 179_560),
            ("1d2h", 93_600_000),
            ("250µs", 1),
            ("0s", 0),
            ("0", 0),
            ("12", 12_000),
            ("33011.382867", 33_011_383),
            (" 7 ", 7000),
            ("1795000060", 60_000),
            ("1795000060000", 60_000),
            ("1794999940", -60_000),
        ] {
            assert_eq!(after(text), Some(ms), "{text}");
        }
        let now = Timestamp::from_millisecond(NOW).unwrap();
        assert_eq!(after(&now.to_string()), Some(0));
        assert_eq!(after("2026-11-18T09:47:40+00:00"), Some(NOW_TO_RFC));
        assert_eq!(after("Wed, 18 Nov 2026 09:47:40 GMT"), Some(NOW_TO_RFC));
    }

    const NOW_TO_RFC: i64 = 1_794_995_260_000 - NOW;

    #[test]
    fn nonsense_is_nothing() {
        for text in [
            "",
            " ",
            "soon",
            "-1",
            "-5s",
            "NaN",
            "inf",
            "1e300",
            "5 s",
            "s",
            "5x",
            "1.2.3s",
            "9999999999999999999h",
            "401d",
            "1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "6m0",
            "۵s",
        ] {
            assert_eq!(moment(text, NOW), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic_and_never_far_away(text in "\\PC{0,24}", now in any::<i64>()) {
            if let Some(at) = moment(&text, now) {
                prop_assert!(at.abs_diff(now) <= FURTHEST_MS as u64);
            }
        }

        #[test]
        fn a_while_is_what_its_parts_are(h in 0_u32..100, m in 0_u32..60, s in 0_u32..60, ms in 0_u32..1000) {
            let text = format!("{h}h{m}m{s}s{ms}ms");
            let sum = i64::from(h) * 3_600_000 + i64::from(m) * 60_000 + i64::from(s) * 1000 + i64::from(ms);
            prop_assert_eq!(after(&text), Some(sum));
        }
    }
}
