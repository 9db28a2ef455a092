//! The text of a message: what a search looks at and a snippet is cut from.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

/// The longest text of one message that is looked at, in bytes.
const MAX_TEXT: usize = 256 << 10;

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow)]
    message: Message<'a>,
}

/// What a search needs of a message. Parts of newer versions are read as far as their fields are known.
#[derive(Deserialize)]
pub(crate) struct Message<'a> {
    #[serde(borrow, default)]
    pub(crate) id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) role: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) model: Option<Cow<'a, str>>,
    #[serde(default)]
    parts: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    input: Option<Value>,
    #[serde(default)]
    output: Option<String>,
    #[serde(default)]
    uri: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    filename: Option<String>,
}

/// Decodes the data of a `message` entry; `None` where it is not a message.
pub(crate) fn message(data: &[u8]) -> Option<Message<'_>> {
    serde_json::from_slice::<Data<'_>>(data).ok().map(|data| data.message)
}

impl Message<'_> {
    /// Everything in it that people read or write, one piece a line.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            let fields = [&part.text, &part.name, &part.uri, &part.title, &part.filename];
            fields.into_iter().flatten().for_each(|piece| add(&mut text, piece));
            if let Some(input) = &part.input {
                leaves(&mut text, input);
            }
            if let Some(output) = &part.output {
                add(&mut text, output);
            }
        }
        text
    }
}

fn leaves(text: &mut String, value: &Value) {
    match value {
        Value::String(piece) => add(text, piece),
        Value::Array(values) => values.iter().for_each(|value| leaves(text, value)),
        Value::Object(values) => values.values().for_each(|value| leaves(text, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn add(text: &mut String, piece: &str) {
    let room = MAX_TEXT.saturating_sub(text.len());
    let piece = &piece[..piece.floor_char_boundary(room)];
    if piece.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(piece);
}
