//! The macro behind every "name plus data" enum: the name is looked up first, then the data is decoded, so that a
//! decode error says which field is wrong and an unknown name is data, not an error.

use serde::de::{DeserializeOwned, Error as _};

/// Decodes a payload. Only where that fails is it read again with an eye on the path, so that what is right costs
/// nothing more.
pub(crate) fn payload<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(text).map_err(|error| with_path::<T>(text).unwrap_or(error))
}

fn with_path<T: DeserializeOwned>(text: &str) -> Option<serde_json::Error> {
    let error = serde_path_to_error::deserialize::<_, T>(&mut serde_json::Deserializer::from_str(text)).err()?;
    let path = error.path().to_string();
    let inner = error.into_inner();
    Some(if path == "." { inner } else { serde_json::Error::custom(format!("`{path}`: {inner}")) })
}

/// Declares a closed set of named payloads with `name()`, `decode()` and `NAMES`.
macro_rules! tagged {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident by $tag:literal, $content:literal {
            $($(#[$doc:meta])* $variant:ident($data:ty) = $text:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(serde::Deserialize, schemars::JsonSchema, ts_rs::TS))]
        #[serde(tag = $tag, content = $content)]
        $vis enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant($data),)*
        }

        impl $name {
            /// Every name, in the order of the definition.
            pub const NAMES: &'static [&'static str] = &[$($text),*];

            /// The name on the wire.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $text,)* }
            }

            /// The payload as JSON text.
            ///
            /// # Errors
            /// Only where a payload's own `Serialize` fails, which none of this crate does.
            pub fn data(&self) -> Result<$crate::raw::RawJson, serde_json::Error> {
                match self { $(Self::$variant(data) => $crate::raw::RawJson::of(data),)* }
            }

            /// Writes the payload alone, without its name.
            ///
            /// # Errors
            /// Those of the serializer.
            pub fn serialize_data<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$variant(data) => serde::Serialize::serialize(data, serializer),)* }
            }

            /// Decodes the payload that belongs to a name; `None` for a name that is not in the table.
            ///
            /// # Errors
            /// When the payload does not have the shape that belongs to the name; it names the path of the field.
            pub fn decode(name: &str, data: &str) -> Option<Result<Self, serde_json::Error>> {
                match name {
                    $($text => Some($crate::tagged::payload::<$data>(data).map(Self::$variant)),)*
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use tagged;

/// Derives that every wire struct has; the schema ones only where they are asked for.
macro_rules! wire {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident { $($body:tt)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema, ts_rs::TS))]
        $vis struct $name { $($body)* }
    )*};
}

pub(crate) use wire;

/// Derives of a wire enum whose variants are plain words.
macro_rules! words {
    ($($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema, ts_rs::TS))]
        $vis enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    other => Err(format!("`{other}` is none of: {}", [$($text),*].join(", "))),
                }
            }
        }
    )*};
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    use crate::command::Command;

    fn refusal(name: &str, params: &str) -> String {
        Command::decode(name, params).expect("a command").expect_err("a refusal").to_string()
    }

    #[test]
    fn a_decode_error_names_the_path_of_the_field() {
        let wrong = r#"{"text":"x","images":[{"kind":"url","url":"u","mime_type":"image/png"},{"kind":"base64","data":5,"mime_type":"image/png"}]}"#;
        let said = refusal("prompt", wrong);
        assert!(said.starts_with("`images[1]") && said.contains("expected a string"), "{said}");
        let said = refusal("subscribe", r#"{"after":"ten"}"#);
        assert!(said.starts_with("`after`: invalid type: string \"ten\", expected u64"), "{said}");
        let said = refusal("rewind", "{}");
        assert!(said.starts_with("missing field `to`"), "{said}");
        assert!(refusal("rewind", "{").contains("EOF"));
    }
}
