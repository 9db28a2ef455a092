//! Changes of a text that leave the rest as it is.

use std::ops::Range;

use serde_json::Value;

use super::text::{Item, Node};

/// How much deeper a level is.
const STEP: &str = "  ";

/// Changes of one text, each of a place of its own.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    fn push(&mut self, at: Range<usize>, new: impl Into<String>) {
        self.0.push((at, new.into()));
    }

    /// Replaces a value.
    pub(super) fn replace(&mut self, text: &str, node: &Node, new: &Value) {
        self.push(node.span.clone(), written(new, indent_at(text, node.span.start)));
    }

    /// Takes out and adds members or elements of `node`. `removed` are positions of its items.
    pub(super) fn change(&mut self, text: &str, node: &Node, removed: &[usize], added: &[(Option<&str>, &Value)]) {
        let items = node.items();
        for index in removed {
            if let Some(item) = items.get(*index) {
                self.remove(text, item);
            }
        }
        let last_kept = items.iter().enumerate().rev().find(|(index, _)| !removed.contains(index));
        let ends_with_comma = items.last().is_some_and(|item| item.comma.is_some());
        if added.is_empty() {
            // The one that is the last now keeps its comma only where the last one had one.
            if let Some((index, Item { comma: Some(comma), .. })) = last_kept
                && index + 1 < items.len()
                && !ends_with_comma
            {
                self.push(*comma..*comma + 1, "");
            }
            return;
        }
        if let Some((_, item)) = last_kept
            && item.comma.is_none()
        {
            self.push(item.span.end..item.span.end, ",");
        }
        let close = node.span.end - 1;
        let inside = text.get(node.span.start + 1..close).unwrap_or_default();
        let place = node.span.start + 1 + inside.trim_end().len();
        let outer = indent_at(text, node.span.start);
        let indent = match items.first() {
            Some(item) if text.get(node.span.start..item.span.start).is_some_and(|gap| gap.contains('\n')) => {
                indent_at(text, item.span.start).to_owned()
            }
            Some(_) | None => format!("{outer}{STEP}"),
        };
        let mut new = String::new();
        for (number, (key, value)) in added.iter().enumerate() {
            new.push('\n');
            new.push_str(&indent);
            if let Some(key) = key {
                new.push_str(&Value::from(*key).to_string());
                new.push_str(": ");
            }
            new.push_str(&written(value, &indent));
            if number + 1 < added.len() || ends_with_comma && last_kept.is_some() {
                new.push(',');
            }
        }
        if !text.get(place..close).is_some_and(|gap| gap.contains('\n')) {
            new.push('\n');
            new.push_str(outer);
        }
        self.push(place..place, new);
    }

    /// An item with its comma, and with its line where nothing else is on it. Comments stay.
    fn remove(&mut self, text: &str, item: &Item) {
        let line_start = text.get(..item.span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let alone_before = text.get(line_start..item.span.start).is_some_and(|gap| gap.trim().is_empty());
        let end = item.comma.filter(|comma| text.get(item.span.end..*comma).is_some_and(|gap| gap.trim().is_empty()));
        let end_of_item = end.map_or(item.span.end, |comma| comma + 1);
        let after = text.get(end_of_item..).unwrap_or_default();
        let line = after.split('\n').next().unwrap_or_default();
        // The line before it ends where this one would have.
        if alone_before && line_start > 0 && line.trim().is_empty() && line.len() < after.len() {
            self.push(line_start - 1..end_of_item + line.len(), "");
        } else {
            self.push(item.span.start..end_of_item, "");
        }
        // A comment stands between the item and its comma.
        if let (Some(comma), None) = (item.comma, end) {
            self.push(comma..comma + 1, "");
        }
    }

    /// The text with every change.
    pub(super) fn apply(mut self, text: &str) -> String {
        // Changes at the same place stay in the order in which they were asked for.
        self.0.sort_by_key(|(at, _)| (at.start, at.end));
        let mut new = String::with_capacity(text.len());
        let mut from = 0;
        for (at, replacement) in self.0 {
            new.push_str(text.get(from..at.start).unwrap_or_default());
            new.push_str(&replacement);
            from = at.end.max(from);
        }
        new.push_str(text.get(from..).unwrap_or_default());
        new
    }
}

/// The white space that the line of this place begins with.
fn indent_at(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
}

/// A value over several lines, the first of which begins elsewhere. What is small stays on one.
fn written(value: &Value, indent: &str) -> String {
    let compact = value.to_string();
    let is_flat = match value {
        Value::Object(fields) => fields.values().all(|field| !field.is_object() && !field.is_array()),
        Value::Array(items) => items.iter().all(|item| !item.is_object() && !item.is_array()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    };
    if is_flat && compact.len() <= 100 {
        return spaced(value);
    }
    let deeper = format!("{indent}{STEP}");
    let lines = |open: char, lines: Vec<String>, close: char| {
        format!("{open}\n{deeper}{}\n{indent}{close}", lines.join(&format!(",\n{deeper}")))
    };
    match value {
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::from(name.as_str()), written(value, &deeper))
            };
            lines('{', fields.iter().map(field).collect(), '}')
        }
        Value::Array(items) => lines('[', items.iter().map(|item| written(item, &deeper)).collect(), ']'),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => compact,
    }
}

/// On one line, with a space after commas and colons.
fn spaced(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| format!("{}: {}", Value::from(name.as_str()), spaced(value));
            format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}
