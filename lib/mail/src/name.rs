//! Names of agents and people.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::MailError;

/// The longest name, in characters.
pub const LONGEST: usize = 128;

/// A name under which somebody gets mail and holds reservations. Two names that differ only in case are one.
#[derive(Debug, Clone)]
pub struct Name {
    shown: String,
    key: String,
}

impl Name {
    /// Reads a name: 1 to 128 characters, without control characters and commas, not beginning with `@` or `-`.
    /// White space around it does not count.
    ///
    /// # Errors
    /// `Invalid`, saying what is wrong.
    pub fn parse(text: &str) -> Result<Self, MailError> {
        let shown = text.trim();
        let wrong = |why: &str| Err(MailError::Invalid(format!("`{shown}` is no name: {why}")));
        if shown.is_empty() {
            return Err(MailError::Invalid("a name must not be empty".into()));
        }
        if shown.chars().count() > LONGEST {
            return wrong("it has more than 128 characters");
        }
        if shown.starts_with(['@', '-']) {
            return wrong("it begins with `@` or `-`");
        }
        if shown.chars().any(|c| c.is_control() || c == ',') {
            return wrong("it has a control character or a comma");
        }
        Ok(Self { shown: shown.to_owned(), key: fold(shown) })
    }

    /// As it was written.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What two spellings of one name share.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// Text without the difference of case: upper case first, so that `ß` and `SS`, `σ` and `ς` are one.
#[must_use]
pub fn fold(text: &str) -> String {
    text.to_uppercase().to_lowercase()
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Name {}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_tell_names_apart() {
        for (one, other) in [("Ada", "ADA"), ("straße", "STRASSE"), ("ΟΔΟΣ", "οδος"), (" pi@box ", "PI@box")] {
            assert_eq!(Name::parse(one).unwrap(), Name::parse(other).unwrap());
        }
        assert_ne!(Name::parse("ada").unwrap(), Name::parse("adä").unwrap());
    }

    #[test]
    fn what_is_no_name_is_refused_with_the_reason() {
        let long = "x".repeat(129);
        for (text, why) in [
            ("  ", "empty"),
            ("@all", "begins"),
            ("-x", "begins"),
            ("a\nb", "control"),
            ("a,b", "comma"),
            (&long, "128"),
        ] {
            let error = Name::parse(text).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
        assert!(Name::parse(&"日".repeat(128)).is_ok());
    }
}
