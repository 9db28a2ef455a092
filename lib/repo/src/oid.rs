//! The name of a commit, tree or blob.

use std::fmt;

use serde::Serialize;

/// The full hexadecimal name of an object: 40 digits, or 64 in a SHA-256 repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Oid(Box<str>);

impl Oid {
    /// The name in `text`, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let full = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        full.then(|| Self(text.to_ascii_lowercase().into()))
    }

    /// All its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first ten digits, for people.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.0[..10]
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Oid;

    #[test]
    fn only_full_names_are_names() {
        let full = "E69DE29BB2D1D6434B8B29AE775AD8C2E48C5391";
        assert_eq!(Oid::parse(full).expect("a name").short(), "e69de29bb2");
        for wrong in ["", "e69de29", "(initial)", &full.replace('E', "x"), &format!("{full}\n")] {
            assert_eq!(Oid::parse(wrong), None, "{wrong}");
        }
    }
}
