//! A JSON object whose fields are changed without touching the bytes of the others.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use memchr::memmem::Finder;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// What cannot be a request.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It is no JSON object.
    #[error("the body is not a JSON object: {0}")]
    Json(#[from] serde_json::Error),
    /// A field is there twice: providers would disagree about which one counts.
    #[error("the body has the field {0:?} twice")]
    Twice(String),
    /// Two fields are spelled so alike that some providers take them for one.
    #[error("the body has the fields {0:?} and {1:?}, which some providers take for one")]
    Alike(String, String),
}

/// The most fields that a request has. The largest API has some fifty.
const MOST_FIELDS: usize = 512;

/// A JSON object as it came, with the changes that were made to it. A clone shares its fields until one of both changes.
#[derive(Debug, Clone)]
pub struct Document {
    original: Bytes,
    fields: Arc<Vec<Field>>,
    changed: bool,
}

#[derive(Debug, Clone)]
struct Field {
    name: String,
    /// The JSON text of its value: a part of what came, or a new one.
    value: Bytes,
}

impl Document {
    /// Reads the fields of an object, without looking into them.
    ///
    /// # Errors
    /// [`DocumentError`].
    pub fn parse(bytes: Bytes) -> Result<Self, DocumentError> {
        let Few(found) = serde_json::from_slice(&bytes)?;
        let mut fields: Vec<Field> = Vec::with_capacity(found.len());
        for (name, raw) in found {
            match fields.iter().find(|field| alike(&field.name, &name)) {
                Some(field) if field.name == name => return Err(DocumentError::Twice(name)),
                Some(field) => return Err(DocumentError::Alike(field.name.clone(), name)),
                None => {}
            }
            fields.push(Field { name, value: bytes.slice_ref(raw.get().as_bytes()) });
        }
        Ok(Self { original: bytes, fields: Arc::new(fields), changed: false })
    }

    /// The JSON text of a field. A name finds the field that is spelled like it, here and everywhere: some providers do
    /// not tell `max_tokens`, `Max_Tokens` and `maxTokens` apart, and what is read here has to be what they read.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&[u8]> {
        self.place(name).and_then(|place| self.fields.get(place)).map(|field| field.value.as_ref())
    }

    fn place(&self, name: &str) -> Option<usize> {
        let exact = self.fields.iter().position(|field| field.name == name);
        exact.or_else(|| self.fields.iter().position(|field| alike(&field.name, name)))
    }

    /// A field, read as what it should be; nothing where it is absent or something else.
    #[must_use]
    pub fn read<'a, T: Deserialize<'a>>(&'a self, name: &str) -> Option<T> {
        serde_json::from_slice(self.raw(name)?).ok()
    }

    /// The names of the fields, in the order of the object.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }

    /// Gives a field a value, in its place or at the end.
    pub fn set(&mut self, name: &str, value: &Value) {
        let value = Bytes::from(value.to_string());
        let place = self.place(name);
        let fields = Arc::make_mut(&mut self.fields);
        match place.and_then(|place| fields.get_mut(place)) {
            Some(field) => field.value = value,
            None => fields.push(Field { name: name.to_owned(), value }),
        }
        self.changed = true;
    }

    /// Takes a field away; says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        let removed = self.place(name).map(|place| Arc::make_mut(&mut self.fields).remove(place)).is_some();
        self.changed |= removed;
        removed
    }

    /// The whole object as a value.
    ///
    /// # Errors
    /// When it nests too deep.
    pub fn value(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_slice(&self.bytes())
    }

    /// Whether a text occurs anywhere in its values.
    #[must_use]
    pub fn mentions(&self, text: &Finder<'_>) -> bool {
        // What does not occur in the whole occurs in no part of it.
        (self.changed || text.find(&self.original).is_some())
            && self.fields.iter().any(|field| text.find(&field.value).is_some())
    }

    /// How many bytes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.iter().map(|field| field.name.len() + field.value.len() + 4).sum()
    }

    /// Whether it has no field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The object: the very bytes that came where nothing was changed.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        if !self.changed {
            return self.original.clone();
        }
        let mut text = Vec::with_capacity(self.len() + 2);
        text.push(b'{');
        for (index, field) in self.fields.iter().enumerate() {
            if index > 0 {
                text.push(b',');
            }
            // A text can always be written as JSON into memory.
            let _ = serde_json::to_writer(&mut text, &field.name);
            text.push(b':');
            text.extend_from_slice(&field.value);
        }
        text.push(b'}');
        text.into()
    }
}

impl From<&Value> for Document {
    /// The document of an object; anything else is one without fields.
    fn from(value: &Value) -> Self {
        let fields = value.as_object().into_iter().flatten();
        let fields: Vec<_> =
            fields.map(|(name, value)| Field { name: name.clone(), value: value.to_string().into() }).collect();
        Self { original: Bytes::new(), fields: Arc::new(fields), changed: true }
    }
}

/// The fields of an object in their order, the values unread.
pub(crate) struct Fields<'a>(pub(crate) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader { most: usize::MAX }).map(Self)
    }
}

/// The same of an object that has no more than [`MOST_FIELDS`].
struct Few<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Few<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader { most: MOST_FIELDS }).map(Self)
    }
}

struct Reader {
    most: usize,
}

impl<'de> Visitor<'de> for Reader {
    type Value = Vec<(String, &'de RawValue)>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry::<String, &'de RawValue>()? {
            if fields.len() == self.most {
                return Err(serde::de::Error::custom(format_args!("it has more than {} fields", self.most)));
            }
            fields.push(field);
        }
        Ok(fields)
    }
}

/// Whether two names differ in case and underscores alone. Letters are folded as loosely as any reader does it.
fn alike(one: &str, other: &str) -> bool {
    // Most are told apart by their first letters.
    if let (Some(one), Some(other)) = (one.bytes().next(), other.bytes().next())
        && one.is_ascii_alphabetic()
        && other.is_ascii_alphabetic()
        && !one.eq_ignore_ascii_case(&other)
    {
        return false;
    }
    if one.is_ascii() && other.is_ascii() {
        return ascii_letters(one).eq(ascii_letters(other));
    }
    let letters = |name: &str| -> String {
        name.chars().filter(|c| *c != '_').flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}

fn ascii_letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_changed_keeps_its_bytes() {
        let text = "{ \"model\" : \"a\",\n\"n\":1.0, \"deep\":{\"k\" : [ 1,2 ]}}";
        let mut document = Document::parse(Bytes::from_static(text.as_bytes())).unwrap();
        assert_eq!(document.bytes(), text);
        assert_eq!(document.read::<String>("model").as_deref(), Some("a"));
        document.set("model", &json!("b"));
        document.set("new", &json!(true));
        assert!(document.remove("n") && !document.remove("n"));
        assert_eq!(document.bytes(), "{\"model\":\"b\",\"deep\":{\"k\" : [ 1,2 ]},\"new\":true}");
    }

    #[test]
    fn a_field_twice_and_anything_but_an_object_are_refused() {
        let refused =
            |text: &'static str| Document::parse(Bytes::from_static(text.as_bytes())).unwrap_err().to_string();
        assert_eq!(refused("{\"model\":1,\"mod\\u0065l\":2}"), "the body has the field \"model\" twice");
        assert!(refused("[1]").starts_with("the body is not a JSON object"));
        assert!(refused("{\"a\":1").starts_with("the body is not a JSON object"));
        assert!(refused("{} x").starts_with("the body is not a JSON object"));
        assert!(refused("\u{feff}{}").starts_with("the body is not a JSON object"));
    }

    #[test]
    fn names_that_some_take_for_one_are_one() {
        let parse = |text: &str| Document::parse(Bytes::copy_from_slice(text.as_bytes()));
        for text in [
            r#"{"model":"small","Model":"large"}"#,
            r#"{"max_tokens":1,"maxTokens":9}"#,
            r#"{"stop":1,"\u017ftop":2}"#,
            r#"{"max_tokens":1,"max_to\u212aens":2}"#,
        ] {
            let error = parse(text).unwrap_err();
            assert!(matches!(error, DocumentError::Alike(..)), "{text}: {error}");
        }
        let mut document = parse(r#"{"Max_Tokens":9,"n":1}"#).unwrap();
        assert_eq!(document.read::<u64>("max_tokens"), Some(9));
        document.set("max_tokens", &json!(5));
        assert_eq!(document.bytes(), r#"{"Max_Tokens":5,"n":1}"#);
        assert!(document.remove("maxTokens") && document.raw("max_tokens").is_none());
    }

    #[test]
    fn fields_without_number_are_refused_at_once() {
        let many: Vec<String> = (0..300_000).map(|n| format!("\"f{n}\":0")).collect();
        let text = Bytes::from(format!("{{{}}}", many.join(",")));
        let before = std::time::Instant::now();
        assert!(Document::parse(text).unwrap_err().to_string().contains("more than 512 fields"));
        assert!(before.elapsed().as_secs() < 10, "the time does not grow with the square of their number");
    }
}
