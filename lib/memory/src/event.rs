//! One line of a ledger: something that happened to a memory. Fields that are not known here stay in the line, which is
//! never written again.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A memory was made.
    #[serde(rename = "memory.add", alias = "memory_add")]
    Add,
    /// Its content was replaced.
    #[serde(rename = "memory.supersede", alias = "memory_supersede")]
    Supersede,
    /// It was removed.
    #[serde(rename = "memory.deprecate", alias = "memory_deprecate")]
    Deprecate,
}

/// An event, in the order in which its fields are written. Absent means unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Version of the format: 1.
    #[serde(default = "one")]
    pub schema_version: u32,
    /// `evt_` and a UUID.
    pub id: String,
    /// RFC 3339, UTC, nanoseconds.
    pub ts: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// `mem_` and a UUID.
    pub memory_id: String,
    /// The memory that is replaced or removed; absent: `memory_id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_memory_id: Option<String>,
    /// The text. A supersede without it removes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// `episodic`, `semantic` or `procedural`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_type: Option<String>,
    /// Words to find it by; an empty list takes them away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// `general` or `repo:ID`, as it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Why it is worth knowing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where it is known from: a command, an issue, a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Label of the one machine it is true for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// Why it was replaced or removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// RFC 3339; `null` takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "told")]
    pub expires_at: Option<Option<String>>,
    /// The revision that the change was made against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_revision: Option<u64>,
    /// Anything; `category` (text) and `importance` (1 to 10) are ours.
    #[serde(default)]
    pub metadata: Value,
    /// Who acted.
    #[serde(default)]
    pub agent_ctx: Value,
}

fn one() -> u32 {
    1
}

fn told<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Deserialize::deserialize(from).map(Some)
}

impl Event {
    /// An event without anything told.
    #[must_use]
    pub fn new(kind: Kind, id: String, ts: Timestamp, memory_id: String) -> Self {
        Self {
            schema_version: 1,
            id,
            ts: format!("{ts:.9}"),
            kind,
            memory_id,
            target_memory_id: None,
            content: None,
            memory_type: None,
            tags: None,
            scope: None,
            why: None,
            source: None,
            machine: None,
            reason: None,
            expires_at: None,
            base_revision: None,
            metadata: Value::Object(Map::new()),
            agent_ctx: Value::Object(Map::new()),
        }
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Why the line is no event.
    pub fn parse(line: &str) -> Result<Self, String> {
        let event: Self = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if event.time().is_none() {
            return Err(format!("`{}` is no time", event.ts));
        }
        if event.schema_version != 1 {
            return Err(format!("schema version {} is not known", event.schema_version));
        }
        Ok(event)
    }

    /// When it happened, in nanoseconds since 1970.
    #[must_use]
    pub fn time(&self) -> Option<i128> {
        self.ts.parse::<Timestamp>().ok().map(Timestamp::as_nanosecond)
    }

    /// The memory it happened to.
    #[must_use]
    pub fn target(&self) -> &str {
        match self.kind {
            Kind::Add => &self.memory_id,
            Kind::Supersede | Kind::Deprecate => self.target_memory_id.as_deref().unwrap_or(&self.memory_id),
        }
    }
}
