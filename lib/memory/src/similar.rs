//! Whether two texts say the same.

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

/// A text that others are compared with.
#[derive(Debug)]
pub struct Text {
    plain: String,
    /// Bytes of its words in `plain`, by word, each word once.
    words: Vec<(usize, usize)>,
}

impl Text {
    /// Takes a text apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let plain = plain(text);
        let mut words = Vec::new();
        let mut begun = None;
        for (at, letter) in plain.char_indices().chain([(plain.len(), ' ')]) {
            match (letter.is_alphanumeric(), begun) {
                (true, None) => begun = Some(at),
                (false, Some(from)) => {
                    words.push((from, at));
                    begun = None;
                }
                (true, Some(_)) | (false, None) => {}
            }
        }
        words.sort_unstable_by(|a, b| plain[a.0..a.1].cmp(&plain[b.0..b.1]));
        words.dedup_by(|a, b| plain[a.0..a.1] == plain[b.0..b.1]);
        Self { plain, words }
    }

    /// How alike this and another text are, if they are.
    #[must_use]
    pub fn likeness(&self, other: &str) -> Option<Likeness> {
        let other = Self::new(other);
        if self.plain == other.plain {
            return Some(Likeness::Same);
        }
        let most = self.words.len().min(other.words.len()) as f64 / self.words.len().max(other.words.len()) as f64;
        // They cannot have more words in common than the shorter one has.
        if most.is_nan() || most < NEAR {
            return None;
        }
        let common = self.words.len() - self.words_without(&other).count();
        let all = self.words.len() + other.words.len() - common;
        let mut differing = self.words_without(&other).chain(other.words_without(self));
        let numbered = differing.any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        let near = !numbered && common as f64 / all as f64 >= NEAR;
        near.then_some(Likeness::Near)
    }

    /// The memory with this text, if it says what this text says.
    pub(crate) fn similar(&self, id: &str, content: &str) -> Option<Similar> {
        let likeness = self.likeness(content)?;
        Some(Similar { id: id.to_owned(), content: content.to_owned(), likeness })
    }

    fn word(&self, at: usize) -> &str {
        let (from, to) = self.words[at];
        &self.plain[from..to]
    }

    /// Its words that the other one lacks.
    fn words_without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a str> {
        let mut next = 0;
        (0..self.words.len()).map(|at| self.word(at)).filter(move |word| {
            while next < other.words.len() && other.word(next) < *word {
                next += 1;
            }
            next == other.words.len() || other.word(next) != *word
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn other_numbers_are_other_facts() {
        let text = "the parallel memory that was written by process number 17 of the long test";
        let likeness = |one: &str, other: &str| Text::new(one).likeness(other);
        assert_eq!(likeness(text, &text.to_uppercase()), Some(Likeness::Same));
        assert_eq!(likeness(text, &text.replace("long", "very long")), Some(Likeness::Near));
        assert_eq!(likeness(text, &text.replace("17", "18")), None);
        assert_eq!(likeness(text, "something else"), None);
        assert_eq!((likeness("", " "), likeness("…", "!")), (Some(Likeness::Same), None));
    }

    proptest! {
        #[test]
        fn likeness_is_what_sets_of_words_say(one in "([ab1é]{1,2}[ ,]){0,6}", other in "([ab1é]{1,2}[ ,]){0,6}") {
            let set = |text: &str| -> BTreeSet<String> {
                let parts = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
                parts.map(str::to_owned).collect()
            };
            let (a, b) = (set(&one), set(&other));
            let all = a.union(&b).count();
            let near = all > 0 && a.intersection(&b).count() as f64 / all as f64 >= NEAR
                && !a.symmetric_difference(&b).any(|word| word.contains('1'));
            let expected = if plain(&one) == plain(&other) { Some(Likeness::Same) } else { near.then_some(Likeness::Near) };
            prop_assert_eq!(Text::new(&one).likeness(&other), expected);
        }
    }
}
