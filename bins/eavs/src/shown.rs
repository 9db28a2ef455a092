//! Answers of the gateway, shown to people.

use oqto_kit::{Page, Report, Result};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A JSON value, and how it looks to a person.
pub(crate) struct Shown<F>(pub(crate) Value, pub(crate) F);

impl<F> Serialize for Shown<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<F: Fn(&Value, &mut Page<'_>) -> Result<()>> Report for Shown<F> {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        (self.1)(&self.0, page)
    }
}

/// The entries of a list.
pub(crate) fn entries(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A text, or nothing.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A count with its thousands apart.
pub(crate) fn count(value: &Value) -> String {
    let digits = value.as_u64().unwrap_or(0).to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// An amount of US dollars, with the cents that matter.
pub(crate) fn dollars(value: &Value) -> String {
    match value.as_f64() {
        None => String::new(),
        Some(usd) if usd == 0.0 || usd >= 1.0 => format!("${usd:.2}"),
        Some(usd) => format!("${usd:.6}"),
    }
}

/// So many seconds in the two largest units that matter.
pub(crate) fn span(seconds: i64) -> String {
    let units = [("d", seconds / 86_400), ("h", seconds / 3600 % 24), ("m", seconds / 60 % 60), ("s", seconds % 60)];
    let first = units.iter().position(|(_, count)| *count > 0).unwrap_or(3);
    let told: Vec<_> = units.iter().skip(first).take(2).filter(|(_, count)| *count > 0).collect();
    if told.is_empty() {
        return "0s".to_owned();
    }
    told.iter().map(|(unit, count)| format!("{count}{unit}")).collect::<Vec<_>>().join(" ")
}

/// A part from 0 to 1 as a bar of ten places.
pub(crate) fn bar(part: f64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (part.clamp(0.0, 1.0) * 80.0).round() as usize;
    let bar = format!("{}{}", "█".repeat(eighths / 8), EIGHTHS.get(eighths % 8).copied().unwrap_or_default());
    let width = bar.chars().count();
    format!("{bar}{}", "░".repeat(10_usize.saturating_sub(width)))
}

/// A row of bars, the tallest for the largest.
pub(crate) fn sparkline(numbers: &[f64]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = numbers.iter().copied().fold(0.0, f64::max);
    let bar = |number: &f64| {
        let height = if most > 0.0 { (number / most * 7.0).round() as usize } else { 0 };
        BARS.get(height).copied().unwrap_or('▁')
    };
    numbers.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_can_be_read() {
        assert_eq!([0, 999, 1000, 1_234_567].map(|n| count(&json!(n))), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [json!(null), json!(0.0), json!(0.0123), json!(12.345)].map(|n| dollars(&n)),
            ["", "$0.00", "$0.012300", "$12.35"]
        );
        assert_eq!(sparkline(&[0.0, 1.0, 2.0]), "▁▅█");
        assert_eq!(sparkline(&[0.0]), "▁");
        assert_eq!([0, 59, 60, 3661, 90_000, 86_400].map(span), ["0s", "59s", "1m", "1h 1m", "1d 1h", "1d"]);
        assert_eq!([0.0, 0.251, 1.0, 9.0].map(bar), ["░░░░░░░░░░", "██▌░░░░░░░", "██████████", "██████████"]);
    }
}
