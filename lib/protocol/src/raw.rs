//! JSON that is kept as the text it came in.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A JSON value as text: carried through without being decoded. Equality compares the text.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    /// The text of the value.
    #[must_use]
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// Serialises a value of ours.
    ///
    /// # Errors
    /// Only where the type's own `Serialize` fails, which no type of this crate does.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(value).map(Self)
    }

    /// Takes a text that must be one JSON value.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn parse(text: String) -> Result<Self, serde_json::Error> {
        RawValue::from_string(text).map(Self)
    }

    /// Decodes the value.
    ///
    /// # Errors
    /// When the value does not have the shape of `T`; the message names what was expected and where.
    pub fn decode<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.0.get())
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for RawJson {}
