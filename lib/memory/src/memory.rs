//! A memory as it is now.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How important a memory is that nobody said anything about.
pub const IMPORTANCE: u8 = 5;

/// What is known of a memory after its last event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// `mem_` and a UUID.
    pub memory_id: String,
    /// The text.
    pub content: String,
    /// `episodic`, `semantic` or `procedural`.
    pub memory_type: String,
    /// `api`, `frontend`, `backend`, … or any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// 1 to 10.
    pub importance: u8,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// When it changed last (RFC 3339).
    pub updated_at: String,
    /// Rises with every change, from 1.
    pub revision: u64,
    /// Whether two writers changed it without knowing of each other, and nobody decided yet.
    #[serde(default)]
    pub contested: bool,
    /// False: removed.
    #[serde(default = "yes", skip_serializing)]
    pub active: bool,
    /// When it stops being true (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// The one machine it is true for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// The scope it was recorded with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_scope: Option<String>,
    /// Where it is known from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why it is worth knowing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Anything.
    pub metadata: Value,
    /// Who made it.
    pub agent_ctx: Value,
}

fn yes() -> bool {
    true
}

/// The beginning of an id that people read and type.
pub(crate) fn short(memory_id: &str) -> &str {
    memory_id.get(..12).unwrap_or(memory_id)
}

impl Memory {
    /// The beginning of its id that people read and type: `mem_` and 8 hexadecimal digits.
    #[must_use]
    pub fn short_id(&self) -> &str {
        short(&self.memory_id)
    }

    /// Whether it is true no more at `now`.
    #[must_use]
    pub fn is_expired(&self, now: jiff::Timestamp) -> bool {
        let ends = self.expires_at.as_deref().and_then(|text| text.parse::<jiff::Timestamp>().ok());
        ends.is_some_and(|ends| ends <= now)
    }
}
