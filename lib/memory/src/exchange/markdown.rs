//! Memories as Markdown. An item is the text with its importance, and a comment with the rest:
//!
//! ```text
//! ## api
//!
//! - PATCH /session/{id} renames a session [i:7]
//!   <!-- mmry {"id":"…","tags":["http"]} -->
//! ```

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::record::{Record, in_order};

/// The heading of memories without a category, as today's tools write it.
const NONE: &str = "uncategorized";

const COMMENT: (&str, &str) = ("<!-- mmry ", " -->");

/// All of them below the headings of their categories.
pub(super) fn write(records: &[Record]) -> String {
    let mut by_category: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in records {
        by_category.entry(record.category.as_deref().unwrap_or(NONE)).or_default().push(record);
    }
    let mut text = String::from("# Memories\n");
    for (category, records) in by_category {
        text.push_str(&format!("\n## {}\n\n", category.replace('\n', " ")));
        for record in records {
            text.push_str(&item(record));
        }
    }
    text
}

fn item(record: &Record) -> String {
    let short = with_comment(record, None);
    let read = read(&format!("## {}\n\n{short}", record.category.as_deref().unwrap_or(NONE)));
    let same = |read: &Value| read["content"] == json!(record.content) && read["category"] == json!(record.category);
    // A text that Markdown cannot carry as it is comes back from the comment.
    if read.len() == 1 && same(&read[0].1) { short } else { with_comment(record, Some(record)) }
}

fn with_comment(record: &Record, whole: Option<&Record>) -> String {
    let lines = record.content.trim().replace('\n', "\n  ");
    let mut rest = in_order(serde_json::to_value(record).unwrap_or_default());
    if let Some(fields) = rest.as_object_mut() {
        fields.remove("importance");
        if whole.is_none() {
            fields.remove("content");
            fields.remove("category");
        }
    }
    // Nothing in it may end the comment.
    let rest = rest.to_string().replace('>', "\\u003e");
    format!("- {lines} [i:{}]\n  {}{rest}{}\n", record.importance, COMMENT.0, COMMENT.1)
}

/// The items of a text with the number of their first line.
pub(super) fn read(text: &str) -> Vec<(u64, Value)> {
    let mut items: Vec<(u64, String, Vec<&str>)> = Vec::new();
    let mut category = NONE.to_owned();
    let mut open = false;
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').split('\n')) {
        if let Some(heading) = line.strip_prefix("## ") {
            (category, open) = (heading.trim().to_owned(), false);
        } else if let Some(first) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            items.push((number, category.clone(), vec![first]));
            open = true;
        } else if line.starts_with("# ") {
            open = false;
        } else if let Some((.., lines)) = items.last_mut().filter(|_| open) {
            lines.push(line.strip_prefix("  ").unwrap_or(line));
        }
    }
    items.into_iter().map(|(number, category, lines)| (number, fields(&category, &lines))).collect()
}

fn fields(category: &str, lines: &[&str]) -> Value {
    let mut lines = lines.to_vec();
    while lines.len() > 1 && lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    let last = lines.last().copied().unwrap_or_default().trim();
    let comment = last.strip_prefix(COMMENT.0).and_then(|rest| rest.strip_suffix(COMMENT.1));
    let mut fields: Map<String, Value> = comment.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    if !fields.is_empty() {
        lines.pop();
    }
    let text = lines.join("\n");
    let text = text.trim();
    let (text, importance) = match text.strip_suffix(']').and_then(|text| text.rsplit_once("[i:")) {
        Some((before, number)) if number.parse::<u8>().is_ok() => (before.trim_end(), number.parse::<u8>().ok()),
        Some(_) | None => (text, None),
    };
    fields.entry("content").or_insert_with(|| json!(text));
    fields.entry("category").or_insert_with(|| if category == NONE { Value::Null } else { json!(category) });
    if let Some(importance) = importance {
        fields.insert("importance".into(), json!(importance));
    }
    Value::Object(fields)
}
