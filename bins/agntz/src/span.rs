//! Spans of time on the command line.

use std::time::Duration;

use jiff::{Span, SpanRelativeTo};

/// The time that `90`, `90s`, `30m`, `1h30m`, `2d` or `1w` says; a bare number is seconds.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no span of time; write 90s, 30m, 1h30m, 2d or 1w");
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    let span: Span = text.parse().map_err(|_| wrong())?;
    let span = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| wrong())?;
    Duration::try_from(span).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_a_span() {
        for (text, seconds) in
            [("90", 90), ("90s", 90), ("30m", 1800), ("1h30m", 5400), ("2d", 172_800), ("1w", 604_800)]
        {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "soon", "-5m", "5 parsecs", "1y", "ü", "99999999999999999999"] {
            assert!(parse(text).is_err_and(|why| why.contains("30m")), "{text}");
        }
    }
}
