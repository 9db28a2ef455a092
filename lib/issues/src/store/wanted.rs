//! What is wanted of a change, and what may be.

use crate::error::{IssueError, Result};
use crate::issue::{Kind, Status};

/// Bytes of the longest title.
const TITLE: usize = 500;

/// Bytes of the longest description, note or remark.
pub const TEXT: usize = 2 << 20;

/// A new issue.
#[derive(Debug, Clone)]
pub struct NewIssue {
    /// One line.
    pub title: String,
    /// What it is about.
    pub kind: Kind,
    /// 0 to 4.
    pub priority: u8,
    /// Any text.
    pub description: Option<String>,
    /// The issue above it, as typed, or `#N`: the Nth of the same batch, from 1.
    pub parent: Option<String>,
    /// What it waits for, likewise.
    pub blocked_by: Vec<String>,
    /// What waits for it, likewise.
    pub blocks: Vec<String>,
    /// Its labels.
    pub labels: Vec<String>,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// Another prefix than the store's.
    pub prefix: Option<String>,
}

impl NewIssue {
    /// A task of usual priority.
    pub fn titled(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            kind: Kind::Task,
            priority: 2,
            description: None,
            parent: None,
            blocked_by: Vec::new(),
            blocks: Vec::new(),
            labels: Vec::new(),
            assignee: None,
            prefix: None,
        }
    }
}

/// What to change; `Some(None)` clears.
#[derive(Debug, Clone, Default)]
pub struct Patch {
    /// Not closed and not deleted; see [`Store::close`].
    pub status: Option<Status>,
    /// 0 to 4.
    pub priority: Option<u8>,
    /// What it is about.
    pub kind: Option<Kind>,
    /// One line.
    pub title: Option<String>,
    /// Any text.
    pub description: Option<Option<String>>,
    /// Any text.
    pub notes: Option<Option<String>>,
    /// Who is to do it.
    pub assignee: Option<Option<String>>,
    /// The issue above it, as typed.
    pub parent: Option<Option<String>>,
    /// Labels it has from now on.
    pub add_labels: Vec<String>,
    /// Labels it has no more.
    pub remove_labels: Vec<String>,
    /// Whether it has none of those that it had.
    pub clear_labels: bool,
}

pub(super) fn check_title(title: &str) -> Result<()> {
    if title.trim().is_empty() {
        return Err(IssueError::invalid("a title is not empty"));
    }
    if title.chars().any(char::is_control) {
        return Err(IssueError::invalid(
            "a title is one line without control characters; put the rest in the description",
        ));
    }
    if title.len() > TITLE {
        return Err(IssueError::invalid(format!("a title has at most {TITLE} bytes, this one {}", title.len())));
    }
    Ok(())
}

pub(super) fn check_text(what: &str, text: Option<&str>) -> Result<()> {
    match text {
        Some(text) if text.len() > TEXT => Err(IssueError::invalid(format!(
            "the {what} has more than {TEXT} bytes; keep a text as long as this in a file, and name the file"
        ))),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn check_priority(priority: u8) -> Result<()> {
    if priority > 4 {
        return Err(IssueError::invalid(format!("{priority} is no priority: 0 (critical) to 4 (some day)")));
    }
    Ok(())
}

pub(super) fn check_word(what: &str, word: &str) -> Result<()> {
    if word.trim().is_empty() || word.len() > 100 || word.chars().any(char::is_control) {
        return Err(IssueError::invalid(format!("{word:?} is no {what}: 1 to 100 bytes on one line")));
    }
    Ok(())
}
