//! Typed identifiers: a UUID inside, a prefix and 26 Crockford base-32 digits outside (the TypeID form).
//!
//! Fresh ids are `UUIDv7`, so they sort by the time they were minted. Ids that must come out the same when a
//! journal is read again are *derived* (`UUIDv8` of a SHA-256), see [`derive`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is not an identifier of the expected type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The prefix is missing or belongs to another type.
    #[error("expected an id that starts with `{expected}_`")]
    Prefix {
        /// The prefix of the expected type, without the underscore.
        expected: &'static str,
    },
    /// The part after the prefix is not 26 base-32 digits of a 128-bit number.
    #[error("`{0}` is not 26 base-32 digits")]
    Digits(String),
}

fn encode(uuid: Uuid, out: &mut impl fmt::Write) -> fmt::Result {
    let value = uuid.as_u128();
    for digit in (0..26).rev() {
        let index = usize::try_from((value >> (digit * 5)) & 31).unwrap_or(0);
        out.write_char(char::from(ALPHABET[index]))?;
    }
    Ok(())
}

fn decode(text: &str) -> Option<Uuid> {
    if text.len() != 26 {
        return None;
    }
    let mut value: u128 = 0;
    for (place, byte) in text.bytes().enumerate() {
        let digit = ALPHABET.iter().position(|letter| *letter == byte)?;
        if place == 0 && digit > 7 {
            return None;
        }
        value = (value << 5) | digit as u128;
    }
    Some(Uuid::from_u128(value))
}

/// A `UUIDv8` that is the same for the same parts: the first 16 bytes of their SHA-256, each part with its length.
#[must_use]
pub fn derive(parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::new_v8(bytes)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// What the shown form starts with, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// A fresh id (`UUIDv7`: sorts by time).
            #[must_use]
            pub fn mint() -> Self {
                Self(Uuid::now_v7())
            }

            /// The id that belongs to these parts, the same every time.
            #[must_use]
            pub fn derived(parts: &[&[u8]]) -> Self {
                Self(derive(parts))
            }

            /// The number inside.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!($prefix, "_"))?;
                encode(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let digits = text
                    .strip_prefix(concat!($prefix, "_"))
                    .ok_or(IdError::Prefix { expected: $prefix })?;
                decode(digits).map(Self).ok_or_else(|| IdError::Digits(digits.to_owned()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                false
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "pattern": concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$"),
                })
            }
        }
    )*};
}

ids! {
    /// One conversation with one agent in one workspace on one runner. Never changes.
    SessionId = "ses";
    /// The identity of a session's log; another one means that the history was restored or replaced.
    LogId = "log";
    /// A durable fact of a session's log. Appending is idempotent by it.
    EntryId = "ent";
    /// A message.
    MessageId = "msg";
    /// One prompt until the harness has settled.
    TurnId = "trn";
    /// A prompt that waits in the queue of a session.
    PromptId = "prm";
    /// A question to the person.
    InputId = "inp";
    /// A workspace: derived, so that the same path on the same machine is always the same one.
    WorkspaceId = "wsp";
    /// A subscription or another thing that lives as long as its connection.
    ConnectionId = "con";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_form_round_trips_and_sorts_by_time() {
        let first = SessionId::mint();
        let second = SessionId::mint();
        let text = first.to_string();
        assert_eq!(text.len(), 30);
        assert_eq!(text.parse::<SessionId>(), Ok(first));
        assert!(text < second.to_string());
    }

    #[test]
    fn another_prefix_is_refused() {
        let turn = TurnId::mint().to_string();
        assert_eq!(turn.parse::<SessionId>(), Err(IdError::Prefix { expected: "ses" }));
        assert!(matches!("ses_zzz".parse::<SessionId>(), Err(IdError::Digits(_))));
    }

    #[test]
    fn derived_ids_depend_on_every_part_and_its_border() {
        let one = EntryId::derived(&[b"ab", b"c"]);
        assert_eq!(one, EntryId::derived(&[b"ab", b"c"]));
        assert_ne!(one, EntryId::derived(&[b"a", b"bc"]));
        assert_eq!(one.uuid().get_version_num(), 8);
    }
}
