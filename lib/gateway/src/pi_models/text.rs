//! JSON with comments and commas at the end, as Pi reads it: where everything is in the text.

use std::ops::Range;

use serde_json::{Map, Value};

/// Nesting beyond this is refused.
const DEEPEST: usize = 64;

/// Why a text is not such a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct Broken {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong there.
    pub problem: String,
}

/// A value and where it is.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(super) enum NodeKind {
    Object(Vec<Item>),
    Array(Vec<Item>),
    Scalar(Value),
}

/// A member of an object or an element of an array.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Empty in an array.
    pub(super) key: String,
    /// Key and value.
    pub(super) span: Range<usize>,
    pub(super) value: Node,
    /// Where the comma behind it is.
    pub(super) comma: Option<usize>,
}

impl Node {
    /// The members or elements; none of a scalar.
    pub(super) fn items(&self) -> &[Item] {
        match &self.kind {
            NodeKind::Object(items) | NodeKind::Array(items) => items,
            NodeKind::Scalar(_) => &[],
        }
    }

    /// The member of an object with this key.
    pub(super) fn member(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            NodeKind::Object(items) => items.iter().find(|item| item.key == key).map(|item| &item.value),
            NodeKind::Array(_) | NodeKind::Scalar(_) => None,
        }
    }

    pub(super) const fn is_object(&self) -> bool {
        matches!(self.kind, NodeKind::Object(_))
    }

    pub(super) const fn is_array(&self) -> bool {
        matches!(self.kind, NodeKind::Array(_))
    }

    /// What it says.
    pub(super) fn value(&self) -> Value {
        match &self.kind {
            NodeKind::Object(items) => {
                let members: Map<_, _> = items.iter().map(|item| (item.key.clone(), item.value.value())).collect();
                Value::Object(members)
            }
            NodeKind::Array(items) => Value::Array(items.iter().map(|item| item.value.value()).collect()),
            NodeKind::Scalar(value) => value.clone(),
        }
    }
}

/// Reads a whole text.
pub(super) fn parse(text: &str) -> Result<Node, Broken> {
    let mut reader = Reader { text, at: text.len() - text.trim_start_matches('\u{feff}').len() };
    reader.skip()?;
    let node = reader.value(0)?;
    reader.skip()?;
    if reader.at < text.len() {
        return Err(reader.broken("something follows the end"));
    }
    Ok(node)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn broken(&self, problem: &str) -> Broken {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Broken { line: before.matches('\n').count() + 1, column: line.chars().count() + 1, problem: problem.to_owned() }
    }

    /// White space and comments.
    fn skip(&mut self) -> Result<(), Broken> {
        loop {
            let rest = self.rest();
            let white = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            self.at += white;
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                match comment.find("*/") {
                    Some(end) => self.at += end + 4,
                    None => return Err(self.broken("this comment does not end")),
                }
            } else {
                return Ok(());
            }
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        let is_there = self.rest().starts_with(wanted);
        if is_there {
            self.at += wanted.len_utf8();
        }
        is_there
    }

    fn value(&mut self, depth: usize) -> Result<Node, Broken> {
        if depth > DEEPEST {
            return Err(self.broken("this is nested too deeply"));
        }
        let from = self.at;
        let kind = match self.rest().chars().next() {
            Some('{') => NodeKind::Object(self.items('}', depth, Self::member)?),
            Some('[') => NodeKind::Array(self.items(']', depth, Self::element)?),
            Some(_) => NodeKind::Scalar(self.scalar()?),
            None => return Err(self.broken("a value is missing")),
        };
        Ok(Node { span: from..self.at, kind })
    }

    fn items(
        &mut self,
        close: char,
        depth: usize,
        one: impl Fn(&mut Self, usize) -> Result<Item, Broken>,
    ) -> Result<Vec<Item>, Broken> {
        self.at += 1;
        let mut items: Vec<Item> = Vec::new();
        loop {
            self.skip()?;
            if self.take(close) {
                return Ok(items);
            }
            if items.last().is_some_and(|item| item.comma.is_none()) {
                return Err(self.broken(&format!("a comma or {close} is missing")));
            }
            let before = self.at;
            let mut item = one(self, depth + 1)?;
            if !item.key.is_empty() && items.iter().any(|other| other.key == item.key) {
                self.at = before;
                return Err(self.broken(&format!("{:?} is there twice", item.key)));
            }
            self.skip()?;
            let comma = self.at;
            item.comma = self.take(',').then_some(comma);
            items.push(item);
        }
    }

    fn member(&mut self, depth: usize) -> Result<Item, Broken> {
        let from = self.at;
        if !self.rest().starts_with('"') {
            return Err(self.broken("a key in quotes is missing"));
        }
        let key = match self.scalar()? {
            Value::String(key) => key,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => String::new(),
        };
        self.skip()?;
        if !self.take(':') {
            return Err(self.broken("a colon is missing"));
        }
        self.skip()?;
        let value = self.value(depth)?;
        Ok(Item { key, span: from..self.at, value, comma: None })
    }

    fn element(&mut self, depth: usize) -> Result<Item, Broken> {
        let value = self.value(depth)?;
        Ok(Item { key: String::new(), span: value.span.clone(), value, comma: None })
    }

    /// A string, a number, or one of the three words.
    fn scalar(&mut self) -> Result<Value, Broken> {
        let rest = self.rest();
        let length = if rest.starts_with('"') { string_length(rest) } else { word_length(rest) };
        let word = length.and_then(|length| rest.get(..length)).unwrap_or_default();
        let read = serde_json::from_str(word);
        match read {
            Ok(value) => {
                self.at += word.len();
                Ok(value)
            }
            Err(_) => Err(self.broken("this is no value")),
        }
    }
}

fn string_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn word_length(text: &str) -> Option<usize> {
    let is_end =
        |letter: char| matches!(letter, ',' | '}' | ']' | ':' | '/' | '"' | '{' | '[') || letter.is_whitespace();
    Some(text.find(is_end).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn broken(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn comments_and_commas_at_the_end_are_read() {
        let text =
            "\u{feff}// first\n{ /* a */ \"a\": [1, 2,], // b\n \"b\\n\": {\"url\": \"http://x//y\",},\n}\n// last";
        let expected = serde_json::json!({"a": [1, 2], "b\n": {"url": "http://x//y"}});
        assert_eq!(parse(text).unwrap().value(), expected);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        assert_eq!(broken("{\"a\": 1\n \"b\": 2}"), "line 2, column 2: a comma or } is missing");
        assert_eq!(broken("{\"a\": 1, \"a\": 2}"), "line 1, column 10: \"a\" is there twice");
        assert_eq!(broken("{\"é\": tru}"), "line 1, column 7: this is no value");
        assert_eq!(broken("{} x"), "line 1, column 4: something follows the end");
        assert_eq!(broken("{/* "), "line 1, column 2: this comment does not end");
        assert_eq!(broken("{\"a"), "line 1, column 2: this is no value");
        assert_eq!(broken("{\"a\"}"), "line 1, column 5: a colon is missing");
        assert_eq!(broken("{a: 1}"), "line 1, column 2: a key in quotes is missing");
        assert_eq!(broken(""), "line 1, column 1: a value is missing");
        assert!(broken(&"[".repeat(1000)).ends_with("this is nested too deeply"));
        assert!(parse("[,]").is_err() && parse("{,}").is_err());
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fall(text in "[\\[\\]{}\",:/*\\\\ \n\tae1é.-]{0,60}") {
            if let Ok(node) = parse(&text) {
                prop_assert!(text.get(node.span).is_some());
            }
        }
    }
}
