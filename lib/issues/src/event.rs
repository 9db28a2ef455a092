//! One line of the log.

use oqto_protocol::agent_context::AgentContext;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// Who changed what of which issue, and when. The fields are those that programs of this name always wrote; `add` and
/// `remove` of a change are new, and let readers that do not know them see the rest.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// `evt_…`; the same event may come twice.
    pub id: String,
    /// The issue.
    pub issue_id: String,
    /// What was done, in one word.
    pub action: String,
    /// RFC 3339.
    pub timestamp: String,
    /// Who, see [`AgentContext`], as the fields below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The platform's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// The harness.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub harness: Option<String>,
    /// The session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform_session_id: Option<String>,
    /// The harness's session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub harness_session_id: Option<String>,
    /// The session's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_name: Option<String>,
    /// The workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<String>,
    /// The model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What ties requests together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    /// Field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What happened at once with it: one line is there whole or not at all, however the writer ends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Event>,
}

/// A change of one field.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    /// Its name in the interchange form, or `claim` or `comments`.
    pub field: String,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Box<RawValue>>,
    /// What it is now; absent or `null`: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Box<RawValue>>,
    /// Members that a set has now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<Value>,
    /// Members that it has no more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<Value>,
}

/// A value as it is written.
pub(crate) fn raw(value: &impl Serialize) -> Option<Box<RawValue>> {
    serde_json::value::to_raw_value(value).ok().filter(|raw| raw.get() != "null")
}

impl Change {
    /// `field` is `to` now.
    pub(crate) fn set(field: &str, to: &impl Serialize) -> Self {
        Self { field: field.into(), to: raw(to), ..Self::default() }
    }

    /// The same, saying what it was.
    pub(crate) fn from(mut self, from: &impl Serialize) -> Self {
        self.from = raw(from);
        self
    }

    /// The set `field` has `members` now.
    pub(crate) fn add(field: &str, members: impl IntoIterator<Item = Value>) -> Self {
        Self { field: field.into(), add: members.into_iter().collect(), ..Self::default() }
    }

    /// The set `field` has `members` no more.
    pub(crate) fn remove(field: &str, members: impl IntoIterator<Item = Value>) -> Self {
        Self { field: field.into(), remove: members.into_iter().collect(), ..Self::default() }
    }
}

impl Event {
    /// Writes down who acts.
    pub(crate) fn signed(mut self, who: &AgentContext) -> Self {
        self.user_id.clone_from(&who.user_id);
        self.platform.clone_from(&who.platform_name);
        self.platform_version.clone_from(&who.platform_version);
        self.harness.clone_from(&who.harness);
        self.platform_session_id.clone_from(&who.platform_session_id);
        self.harness_session_id.clone_from(&who.harness_session_id);
        self.session_name.clone_from(&who.session_name);
        self.workspace_id.clone_from(&who.workspace_id);
        self.model.clone_from(&who.model);
        self.request_id.clone_from(&who.request_id);
        self.correlation_id.clone_from(&who.correlation_id);
        self
    }

    /// This event and those that happened with it, each by itself.
    pub fn together(mut self) -> impl Iterator<Item = Self> {
        let more = std::mem::take(&mut self.more);
        std::iter::once(self).chain(more)
    }

    /// The session that acted, `-` where none is known.
    #[must_use]
    pub fn session(&self) -> &str {
        self.platform_session_id.as_deref().or(self.harness_session_id.as_deref()).unwrap_or("-")
    }
}
