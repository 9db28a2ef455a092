//! A JSON object whose fields are changed without touching the bytes of the others.

use std::fmt;

use bytes::Bytes;
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
}

/// A JSON object as it came, with the changes that were made to it.
#[derive(Debug, Clone)]
pub struct Document {
    original: Bytes,
    fields: Vec<Field>,
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
        let Fields(found) = serde_json::from_slice(&bytes)?;
        let mut fields: Vec<Field> = Vec::with_capacity(found.len());
        for (name, raw) in found {
            if fields.iter().any(|field| field.name == name) {
                return Err(DocumentError::Twice(name));
            }
            fields.push(Field { name, value: bytes.slice_ref(raw.get().as_bytes()) });
        }
        Ok(Self { original: bytes, fields, changed: false })
    }

    /// The JSON text of a field.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&[u8]> {
        self.fields.iter().find(|field| field.name == name).map(|field| field.value.as_ref())
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
        match self.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.value = value,
            None => self.fields.push(Field { name: name.to_owned(), value }),
        }
        self.changed = true;
    }

    /// Takes a field away; says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.fields.len();
        self.fields.retain(|field| field.name != name);
        let removed = self.fields.len() != before;
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

    /// Whether a part of the text occurs anywhere in it.
    #[must_use]
    pub fn mentions(&self, text: &str) -> bool {
        self.fields.iter().any(|field| memchr::memmem::find(&field.value, text.as_bytes()).is_some())
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
            text.extend_from_slice(Value::from(field.name.as_str()).to_string().as_bytes());
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
        let fields =
            fields.map(|(name, value)| Field { name: name.clone(), value: value.to_string().into() }).collect();
        Self { original: Bytes::new(), fields, changed: true }
    }
}

/// The fields of an object in their order, the values unread.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry::<String, &'de RawValue>()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Reader)
    }
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
    }
}
