//! Whether two texts say the same.

use std::collections::BTreeSet;

/// Share of common words from which two texts are nearly the same.
const NEAR: f64 = 0.8;

/// How alike two texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The same but for case and spaces.
    Same,
    /// The same but for few words, none of which holds a digit: another number makes another fact.
    Near,
}

/// A memory that says nearly the same.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Similar {
    /// Its id.
    pub id: String,
    /// Its text.
    pub content: String,
    /// How alike.
    pub likeness: Likeness,
}

impl Similar {
    /// In words.
    #[must_use]
    pub fn how(&self) -> &'static str {
        match self.likeness {
            Likeness::Same => "the same",
            Likeness::Near => "nearly the same",
        }
    }

    /// The beginning of its text, on one line.
    #[must_use]
    pub fn beginning(&self) -> String {
        let line = self.content.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(120) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        }
    }
}

fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number that texts share which differ only in case and spaces.
pub(crate) fn fingerprint(text: &str) -> i64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    plain(text).bytes().fold(0xcbf2_9ce4_8422_2325, fold).cast_signed()
}

/// How alike two texts are, if they are.
#[must_use]
pub fn likeness(one: &str, other: &str) -> Option<Likeness> {
    let (one, other) = (plain(one), plain(other));
    if one == other {
        return Some(Likeness::Same);
    }
    let set = |text: &str| {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let (one, other) = (set(&one), set(&other));
    let common = one.intersection(&other).count();
    let all = one.union(&other).count();
    let numbered = one.symmetric_difference(&other).any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
    let near = !numbered && all > 0 && common as f64 / all as f64 >= NEAR;
    near.then_some(Likeness::Near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_numbers_are_other_facts() {
        let text = "the parallel memory that was written by process number 17 of the long test";
        assert_eq!(likeness(text, &text.to_uppercase()), Some(Likeness::Same));
        assert_eq!(likeness(text, &text.replace("long", "very long")), Some(Likeness::Near));
        assert_eq!(likeness(text, &text.replace("17", "18")), None);
        assert_eq!(likeness(text, "something else"), None);
    }
}
