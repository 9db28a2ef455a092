//! Times on the command line: RFC 3339, a date, Unix milliseconds, or how long ago (`2d`, `3h`, `1w`).

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// Unix milliseconds of a time that a person wrote.
pub(crate) fn parse(text: &str) -> Result<i64, String> {
    parse_at(text, Timestamp::now())
}

fn parse_at(text: &str, now: Timestamp) -> Result<i64, String> {
    if let Some(ago) = ago(text) {
        return Ok((now - ago).as_millisecond());
    }
    if let Ok(milliseconds) = text.parse::<i64>() {
        return Ok(milliseconds);
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time.as_millisecond());
    }
    let date = text.parse::<Date>().map_err(|_| wrong(text))?;
    let midnight = date.to_zoned(TimeZone::system()).map_err(|_| wrong(text))?;
    Ok(midnight.timestamp().as_millisecond())
}

fn wrong(text: &str) -> String {
    format!("`{text}` is no time; write 2026-11-21, 2026-11-21T09:00:00Z, or how long ago: 30m, 3h, 2d, 1w")
}

fn ago(text: &str) -> Option<SignedDuration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i64 = number.parse().ok().filter(|number| *number >= 0)?;
    let hours = match unit {
        "m" => return SignedDuration::try_from_mins(number),
        "h" => 1,
        "d" => 24,
        "w" => 24 * 7,
        _ => return None,
    };
    SignedDuration::try_from_hours(number.checked_mul(hours)?)
}

/// A time as people read it, in their time zone, to the second.
pub(crate) fn show(milliseconds: i64) -> String {
    let Ok(time) = Timestamp::from_millisecond(milliseconds) else { return milliseconds.to_string() };
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_a_time() {
        let now = Timestamp::from_millisecond(1_763_700_000_000).unwrap();
        assert_eq!(parse_at("2d", now), Ok(1_763_700_000_000 - 2 * 86_400_000));
        assert_eq!(parse_at("30m", now), Ok(1_763_700_000_000 - 1_800_000));
        assert_eq!(parse_at("2025-11-21T04:40:00Z", now), Ok(1_763_700_000_000));
        assert_eq!(parse_at("1763700000000", now), Ok(1_763_700_000_000));
        assert!(parse_at("2025-11-21", now).is_ok());
        assert!(parse_at("yesterday", now).unwrap_err().contains("how long ago"));
        assert!(parse_at("", now).is_err());
        assert!(parse_at("ü", now).is_err());
    }
}
