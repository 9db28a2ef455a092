//! Memories as files that other programs write and read.
//!
//! | format | what it is | what survives |
//! |---|---|---|
//! | JSON lines | the events themselves, the form of the ledger | every byte of every line |
//! | JSON | `{"store", "exported_at", "memory_count", "memories": […]}`, or the array alone; one record a memory as it is now | every field, known or not; not the history, not embeddings |
//! | Markdown | a heading a category, an item a memory: `- text [i:7]`, with the other fields in a comment | the same |
//!
//! Taking in the same file twice changes nothing, and two clones that take in the same file write the same lines.

mod export;
mod import;
mod markdown;
mod record;

pub use import::{Report, Writing};

/// One of the three forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One document.
    Json,
    /// Events, one a line.
    Jsonl,
    /// For people.
    Markdown,
}

impl Format {
    /// The form that a file's name ends in.
    #[must_use]
    pub fn of_name(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }

    /// The form that a text has: an array or one document of memories, lines of JSON, else Markdown.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with('[') {
            return Self::Json;
        }
        if !text.starts_with(['{', '<']) {
            return Self::Markdown;
        }
        let whole = serde_json::from_str::<serde_json::Value>(text);
        let is_document = whole.is_ok_and(|value| record::list(&value).is_some());
        if is_document { Self::Json } else { Self::Jsonl }
    }
}
