//! Patterns of paths, and whether two of them share a path.
//!
//! A pattern names paths relative to the root of a workspace:
//!
//! | written | means |
//! |---|---|
//! | `*` | any characters within one segment |
//! | `?` | one character |
//! | `[a-z]`, `[!a-z]` | one of these characters, one of all others |
//! | `**` as a whole segment | any number of segments; at the end: everything below |
//! | `{a,b}` | either, as in a shell |
//! | `\` | the next character stands for itself |
//!
//! A pattern whose last segment has no wildcard also covers everything below it, since it may name a folder: `src` and
//! `src/**` overlap everything in `src`. `src/*` covers only what lies directly in `src`.
//!
//! Overlap is decided exactly: two patterns overlap if there is a path that both match, and one such path is told.

mod automaton;
mod charset;
mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

use automaton::Automaton;

/// A pattern.
#[derive(Debug, Clone)]
pub struct Glob {
    text: String,
    /// Bytes of its plain beginning.
    plain: usize,
    /// One automaton for each pattern that the braces stand for.
    alternatives: Vec<Automaton>,
}

impl Glob {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = parse::canonical(text)?;
        let mut alternatives = Vec::new();
        for plain in parse::without_braces(&text)? {
            let plain = parse::canonical(&plain)?;
            alternatives.push(Automaton::of(&parse::segments(&plain)?));
        }
        Ok(Self { plain: plain_beginning(&text).len(), text, alternatives })
    }

    /// The pattern of one path, whatever characters it has.
    ///
    /// # Errors
    /// When it is no path below a root, or too long.
    pub fn literal(path: &str) -> Result<Self, String> {
        Self::parse(&parse::escaped(path))
    }

    /// Its one spelling.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it matches a path.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        self.alternatives.iter().any(|one| one.matches(path))
    }

    /// Whether this and a pattern with this [`plain_beginning`] cannot share a path: by far most patterns differ there,
    /// and the other one need not even be read. `false` says nothing.
    #[must_use]
    pub fn begins_apart(&self, beginning: &str) -> bool {
        let segments = |text| str::split_terminator(text, '/');
        segments(&self.text[..self.plain]).zip(segments(beginning)).any(|(one, other)| one != other)
    }

    /// A path that both match, a shortest one for one pair of alternatives; `None` when there is none.
    #[must_use]
    pub fn shared(&self, other: &Self) -> Option<String> {
        let pairs = self.alternatives.iter().flat_map(|a| other.alternatives.iter().map(move |b| (a, b)));
        pairs.filter_map(|(a, b)| automaton::shared(a, b)).min_by_key(String::len)
    }
}

/// How many segments at the beginning of a pattern have no wildcard, as text.
#[must_use]
pub fn plain_beginning(pattern: &str) -> &str {
    let mut end = 0;
    for segment in pattern.split_inclusive('/') {
        if parse::is_wild(segment) || segment.contains('\\') {
            break;
        }
        end += segment.len();
    }
    &pattern[..end]
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
