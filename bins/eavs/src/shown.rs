//! Answers of the gateway, shown to people.

use oqto_kit::{Page, Report, Result, Table};
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

/// A count in at most five places.
pub(crate) fn short(count: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")];
    if count < 1_000 {
        return count.to_string();
    }
    let unit = UNITS.iter().find(|(size, _)| count >= *size);
    unit.map_or_else(
        || count.to_string(),
        |(size, name)| {
            let number = count as f64 / *size as f64;
            if number < 99.95 { format!("{number:.1}{name}") } else { format!("{number:.0}{name}") }
        },
    )
}

/// The columns that a text takes in a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether a terminal shows a character in two columns.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// A cell of exactly so many columns: cut with an ellipsis, or filled up. A negative width fills up on the right.
pub(crate) fn fitted(cell: &str, width: isize) -> String {
    let most = width.unsigned_abs();
    let mut shown = String::new();
    if columns(cell) <= most {
        shown.push_str(cell);
    } else {
        let mut used = 1;
        for c in cell.chars() {
            used += if is_wide(c) { 2 } else { 1 };
            if used > most {
                break;
            }
            shown.push(c);
        }
        shown.push('…');
    }
    let fill = " ".repeat(most.saturating_sub(columns(&shown)));
    if width < 0 { format!("{shown}{fill}") } else { format!("{fill}{shown}") }
}

/// A table whose columns of these numbers are aligned to the right.
pub(crate) fn aligned<const N: usize>(
    heading: [&'static str; N],
    mut rows: Vec<[String; N]>,
    right: &[usize],
) -> Table {
    for column in right {
        let name = heading.get(*column).map_or(0, |name| name.len());
        let cells = rows.iter().filter_map(|row| row.get(*column));
        let width = cells.map(|cell| columns(cell)).max().unwrap_or(0).max(name);
        for cell in rows.iter_mut().filter_map(|row| row.get_mut(*column)) {
            *cell = fitted(cell, isize::try_from(width).unwrap_or(isize::MAX));
        }
    }
    let mut table = Table::new(&heading);
    for row in rows {
        table.row(row);
    }
    table
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

/// A part from 0 to 1 as a bar of eight places.
pub(crate) fn bar(part: f64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (part.clamp(0.0, 1.0) * 64.0).round() as usize;
    let bar = format!("{}{}", "█".repeat(eighths / 8), EIGHTHS.get(eighths % 8).copied().unwrap_or_default());
    let width = bar.chars().count();
    format!("{bar}{}", "░".repeat(8_usize.saturating_sub(width)))
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
        assert_eq!(
            [0, 999, 1000, 1234, 99_949, 123_456, 1_000_000, 12_300_000_000].map(short),
            ["0", "999", "1.0k", "1.2k", "99.9k", "123k", "1.0M", "12.3G"]
        );
        assert_eq!([fitted("ab", 4), fitted("ab", -4), fitted("abcdef", -4)], ["  ab", "ab  ", "abc…"]);
        assert_eq!(columns(&fitted("日本語日本語", -6)), 6);
        let table = aligned(["A", "NO"], vec![["a", "1"].map(str::to_owned), ["b", "223"].map(str::to_owned)], &[1]);
        let drawn = table.draw(oqto_kit::table::Layout::TabSeparated, oqto_kit::style::Styles::plain());
        assert_eq!(drawn, "a\t  1\nb\t223");
        assert_eq!([0, 59, 60, 3661, 90_000, 86_400].map(span), ["0s", "59s", "1m", "1h 1m", "1d 1h", "1d"]);
        assert_eq!([0.0, 0.251, 1.0, 9.0].map(bar), ["░░░░░░░░", "██░░░░░░", "████████", "████████"]);
    }
}
