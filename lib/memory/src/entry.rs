//! A memory as programs are told of it, with the store it is in.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use crate::memory::Memory;
use crate::places::{Place, Scope};

/// A memory and where it is from. The fields are those that today's readers know, and more.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The memory.
    #[serde(flatten)]
    pub memory: Memory,
    /// The name of its store.
    pub repo: String,
    /// `general` or `repo`.
    pub scope: Scope,
    /// The root of its repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo_path: Option<PathBuf>,
    /// Who made it, in one word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// How well it answers the question, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Whether it was removed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

impl Entry {
    /// A memory of the store at `place`.
    #[must_use]
    pub fn new(memory: Memory, place: &Place) -> Self {
        Self {
            repo: place.name.clone(),
            scope: place.scope,
            repo_path: place.root().map(PathBuf::from),
            author: author(&memory.agent_ctx),
            score: None,
            removed: !memory.active,
            memory,
        }
    }
}

/// The one word for who acted: the agent's address or id, else its session, else the person; of a harness alone its name.
#[must_use]
pub fn author(agent_ctx: &Value) -> Option<String> {
    const KEYS: [&str; 6] =
        ["agent_address", "agent_id", "platform_session_id", "harness_session_id", "user_id", "harness"];
    let told = |key: &&str| agent_ctx.get(*key).and_then(Value::as_str).filter(|text| !text.is_empty());
    KEYS.iter().find_map(told).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_agent_comes_before_its_session_and_the_person() {
        let all = json!({"user_id": "ada", "harness": "pi", "platform_session_id": "ses_1", "agent_id": "scout"});
        assert_eq!(author(&all).as_deref(), Some("scout"));
        assert_eq!(author(&json!({"user_id": "ada", "harness_session_id": "s"})).as_deref(), Some("s"));
        assert_eq!(author(&json!({"user_id": "ada", "agent_id": ""})).as_deref(), Some("ada"));
        assert_eq!(author(&json!({})), None);
    }
}
