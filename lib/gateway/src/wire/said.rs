//! What providers say where a number, a text or an error belongs, in whatever form they say it.
//!
//! One odd value must not hide the rest of an answer: a count that is none is not said, and what was written is measured.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// More tokens than any request reads or writes; larger counts are taken for this one, so that sums of them stay numbers.
pub(super) const MOST_TOKENS: u64 = 1 << 30;

/// A count of tokens. Nothing where what is said is not 0 or more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count(pub(super) Option<u64>);

impl Count {
    fn of(json: &str) -> Self {
        // A few programs write numbers as texts, or with a point.
        let text = json.trim_matches('"');
        let whole = text.parse().ok();
        let number = whole.or_else(|| text.parse().ok().filter(|number: &f64| *number >= 0.0).map(|n| n.ceil() as u64));
        Self(number.map(|number| number.min(MOST_TOKENS)))
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&RawValue>::deserialize(deserializer).map(|raw| Self::of(raw.get()))
    }
}

/// An error: an object with a message, or a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Problem(pub(super) Option<String>);

impl<'de> Deserialize<'de> for Problem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        if matches!(raw, "null" | "false") {
            return Ok(Self(None));
        }
        let value: Value = serde_json::from_str(raw).unwrap_or_default();
        let said = [&value["message"], &value["type"], &value].into_iter().find_map(Value::as_str);
        Ok(Self(Some(said.unwrap_or("an error without a message").to_owned())))
    }
}

/// Bytes of the texts in a JSON value: of a string itself, or of all in a list or an object. The names of fields are none.
pub(super) fn texts_in(json: Option<&RawValue>) -> u64 {
    let mut rest = json.map(RawValue::get).unwrap_or_default().as_bytes();
    let mut sum = 0;
    while let Some(begin) = memchr::memchr(b'"', rest) {
        let (length, after) = text(rest.get(begin + 1..).unwrap_or_default());
        let next = after.iter().find(|byte| !byte.is_ascii_whitespace());
        sum += if next == Some(&b':') { 0 } else { length };
        rest = after;
    }
    sum
}

/// The length of a string whose first quote is behind, and what follows its last one.
fn text(mut rest: &[u8]) -> (u64, &[u8]) {
    let mut length = 0;
    while let Some(at) = memchr::memchr2(b'"', b'\\', rest) {
        length += at as u64;
        let more = rest.get(at + 1..).unwrap_or_default();
        if rest.get(at) == Some(&b'"') {
            return (length, more);
        }
        let is_code = more.first() == Some(&b'u');
        length += if is_code { encoded(more.get(1..5).unwrap_or_default()) } else { 1 };
        rest = more.get(if is_code { 5 } else { 1 }..).unwrap_or_default();
    }
    (length, &[])
}

/// The bytes of UTF-8 that four hexadecimal digits stand for; halves of a pair have two each.
fn encoded(digits: &[u8]) -> u64 {
    let code = std::str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match code.unwrap_or(0) {
        0..0x80 => 1,
        0x80..0x800 | 0xD800..0xE000 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_count_is_a_number_that_can_be() {
        let said = |json: &str| serde_json::from_str::<Count>(json).unwrap().0;
        assert_eq!([said("7"), said("7.2"), said("\"7\""), said("0")], [Some(7), Some(8), Some(7), Some(0)]);
        for none in ["-1", "-1.5", "null", "true", "[]", "{\"a\":1}", "\"many\"", "\"NaN\""] {
            assert_eq!(said(none), None, "{none}");
        }
        assert_eq!([said("18446744073709551615"), said("1e30"), said("1e999")], [Some(MOST_TOKENS); 3]);
    }

    #[test]
    fn an_error_is_told_in_any_form() {
        let said = |json: &str| serde_json::from_str::<Problem>(json).unwrap().0;
        assert_eq!(said(r#"{"message":"m","type":"t"}"#).as_deref(), Some("m"));
        assert_eq!(said(r#"{"message":null,"type":"t"}"#).as_deref(), Some("t"));
        assert_eq!(said("\"m\"").as_deref(), Some("m"));
        assert_eq!(said("{}").as_deref(), Some("an error without a message"));
        assert_eq!([said("null"), said("false")], [None, None]);
    }

    #[test]
    fn names_are_not_counted_and_halves_of_pairs_do_no_harm() {
        let length = |json: &str| texts_in(Some(&RawValue::from_string(json.to_owned()).unwrap()));
        assert_eq!(length(r#"[{"type":"text","text" : "abc"},["\n\"",1]]"#), 4 + 3 + 2);
        assert_eq!(length(r#""\ud83d""#), 2);
        assert_eq!([length("null"), length("12"), length("\"\"")], [0, 0, 0]);
    }

    proptest! {
        #[test]
        fn a_text_has_the_bytes_that_it_has(text in any::<String>()) {
            let plain = serde_json::to_string(&text).unwrap();
            let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            for json in [plain, format!("\"{escaped}\"")] {
                prop_assert_eq!(texts_in(Some(&RawValue::from_string(json).unwrap())), text.len() as u64);
            }
        }
    }
}
