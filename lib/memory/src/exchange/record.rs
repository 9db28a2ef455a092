//! A memory as one record, the form in which the first generation of `mmry` wrote them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::event::{Event, Kind};
use crate::memory::{IMPORTANCE, Memory};
use crate::store::MAX_CONTENT;

/// Where fields are kept that have another meaning in an event.
const HELD: &str = "imported";

/// Fields of an event: an unknown field of a record with such a name is held in the metadata.
const OF_EVENTS: [&str; 18] = [
    "schema_version",
    "id",
    "ts",
    "type",
    "memory_id",
    "target_memory_id",
    "content",
    "memory_type",
    "tags",
    "scope",
    "why",
    "source",
    "machine",
    "reason",
    "expires_at",
    "base_revision",
    "metadata",
    "agent_ctx",
];

/// What is computed and not kept.
const DERIVED: [&str; 10] = [
    "embedding",
    "sparse_embedding",
    "revision",
    "contested",
    "repo",
    "repo_path",
    "author",
    "score",
    "removed",
    "recorded_scope",
];

/// A memory as it is now, with everything that is known of it, whoever wrote it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Record {
    pub(super) id: String,
    /// The whole id, where it is not `mem_` and [`Record::id`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) memory_id: Option<String>,
    pub(super) memory_type: String,
    pub(super) content: String,
    pub(super) category: Option<String>,
    pub(super) importance: u8,
    pub(super) tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) updated_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) machine: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<String>,
    pub(super) metadata: Map<String, Value>,
    #[serde(flatten)]
    pub(super) extra: BTreeMap<String, Value>,
}

/// The same with the keys of every object in order, whatever order a program's maps have.
pub(super) fn in_order(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<String, Value> =
                fields.into_iter().map(|(key, value)| (key, in_order(value))).collect();
            Value::Object(sorted.into_iter().collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(in_order).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// The records of a document, where it is one.
pub(super) fn list(document: &Value) -> Option<&Vec<Value>> {
    let whole = document.get("ok").unwrap_or(document);
    whole.as_array().or_else(|| whole.get("memories")?.as_array())
}

impl Record {
    /// A memory and the lines it was made of.
    pub(super) fn of(memory: &Memory, lines: &[String]) -> Self {
        let mut metadata = memory.metadata.as_object().cloned().unwrap_or_default();
        for ours in ["category", "importance"] {
            metadata.remove(ours);
        }
        let mut extra = unknown_fields(lines);
        if let Some(Value::Object(held)) = metadata.remove(HELD) {
            extra.extend(held);
        }
        if memory.agent_ctx.as_object().is_some_and(|context| !context.is_empty()) {
            metadata.insert("agent_ctx".into(), memory.agent_ctx.clone());
        }
        let (id, memory_id) = match memory.memory_id.strip_prefix("mem_").filter(|bare| is_plain(bare)) {
            Some(bare) => (bare.to_owned(), None),
            None => (memory.memory_id.clone(), Some(memory.memory_id.clone())),
        };
        Self {
            id,
            memory_id,
            memory_type: memory.memory_type.clone(),
            content: memory.content.clone(),
            category: memory.category.clone(),
            importance: memory.importance,
            tags: memory.tags.clone(),
            created_at: Some(memory.created_at.clone()),
            updated_at: Some(memory.updated_at.clone()),
            expires_at: memory.expires_at.clone(),
            machine: memory.machine.clone(),
            source: memory.source.clone(),
            why: memory.why.clone(),
            metadata: metadata
                .into_iter()
                .map(|(k, v)| (k, in_order(v)))
                .collect::<BTreeMap<_, _>>()
                .into_iter()
                .collect(),
            extra: extra.into_iter().map(|(k, v)| (k, in_order(v))).collect(),
        }
    }

    /// Reads one; what had to be changed is said in `notes`.
    pub(super) fn read(value: Value, notes: &mut Vec<String>) -> Result<Self, String> {
        let Value::Object(mut fields) = value else { return Err("it is no object".into()) };
        let content = text(&mut fields, "content")?.filter(|text| !text.trim().is_empty());
        let content = content.ok_or("there is no content")?;
        if content.len() > MAX_CONTENT {
            return Err(format!("{} bytes are too long for a memory (at most {MAX_CONTENT})", content.len()));
        }
        let (id, memory_id) = identity(&mut fields)?;
        let is_type = |value: &Value| matches!(value.as_str(), Some("episodic" | "semantic" | "procedural"));
        let named_type = if fields.get("type").is_some_and(is_type) { text(&mut fields, "type")? } else { None };
        let memory_type = text(&mut fields, "memory_type")?.or(named_type).map(|kind| kind.to_lowercase());
        let memory_type = memory_type.unwrap_or_else(|| "semantic".into());
        let tags = strings(fields.remove("tags"))?;
        let mut metadata = match fields.remove("metadata") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(metadata)) => metadata,
            Some(_) => return Err("its metadata is no object".into()),
        };
        if let Some(context @ Value::Object(_)) = fields.remove("agent_ctx") {
            metadata.insert("agent_ctx".into(), context);
        }
        let record = Self {
            id,
            memory_id,
            memory_type,
            category: text(&mut fields, "category")?.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
            importance: importance(fields.remove("importance"), notes)?,
            tags,
            created_at: time(&mut fields, "created_at")?,
            updated_at: time(&mut fields, "updated_at")?,
            expires_at: time(&mut fields, "expires_at").unwrap_or_else(|why| {
                notes.push(format!("{why} and was left out"));
                None
            }),
            machine: text(&mut fields, "machine")?,
            source: text(&mut fields, "source")?,
            why: text(&mut fields, "why")?,
            content,
            metadata,
            extra: fields.into_iter().filter(|(key, _)| !is_derived(key)).collect(),
        };
        Ok(record)
    }

    /// The memory that it is in a store.
    pub(super) fn memory_id(&self) -> String {
        self.memory_id.clone().unwrap_or_else(|| format!("mem_{}", self.id))
    }

    /// The same as an event at `ts`.
    pub(super) fn event(&self, kind: Kind, id: String, ts: Timestamp) -> (Event, BTreeMap<String, Value>) {
        let mut event = Event::new(kind, id, ts, self.memory_id());
        let mut metadata = self.metadata.clone();
        if let Some(context) = metadata.remove("agent_ctx") {
            event.agent_ctx = context;
        }
        if let Some(category) = &self.category {
            metadata.insert("category".into(), json!(category));
        }
        metadata.insert("importance".into(), json!(self.importance));
        let (held, extra): (BTreeMap<_, _>, BTreeMap<_, _>) =
            self.extra.clone().into_iter().partition(|(key, _)| OF_EVENTS.contains(&key.as_str()));
        if !held.is_empty() {
            metadata.insert(HELD.into(), json!(held));
        }
        event.content = Some(self.content.clone());
        event.memory_type = Some(self.memory_type.clone());
        event.tags = Some(self.tags.clone());
        event.expires_at = self.expires_at.clone().map(Some);
        (event.machine, event.source, event.why) = (self.machine.clone(), self.source.clone(), self.why.clone());
        event.metadata = Value::Object(metadata);
        (event, extra)
    }

    /// Whether both say the same, whatever they say about when.
    pub(super) fn says_what(&self, other: &Self) -> bool {
        let undated = |record: &Self| Self {
            created_at: None,
            updated_at: None,
            id: String::new(),
            memory_id: None,
            ..record.clone()
        };
        undated(self) == undated(other)
    }
}

fn is_derived(key: &str) -> bool {
    DERIVED.contains(&key)
}

/// Fields that no event of ours has.
fn unknown_fields(lines: &[String]) -> BTreeMap<String, Value> {
    let mut unknown = BTreeMap::new();
    for line in lines {
        if let Ok(Value::Object(fields)) = serde_json::from_str(line) {
            unknown.extend(fields.into_iter().filter(|(key, _)| !OF_EVENTS.contains(&key.as_str())));
        }
    }
    unknown
}

/// A number, a UUID, or `mem_…`, and the whole of it where it is none of these; empty where there is none.
fn identity(fields: &mut Map<String, Value>) -> Result<(String, Option<String>), String> {
    let id = match fields.remove("id") {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(_) => return Err("its id is no text".into()),
    };
    if let Some(whole) = text(fields, "memory_id")? {
        let bare = whole.strip_prefix("mem_").filter(|bare| is_plain(bare)).map(str::to_owned);
        return Ok(bare.map_or_else(|| (whole.clone(), Some(whole)), |bare| (bare, None)));
    }
    let Some(id) = id else { return Ok((String::new(), None)) };
    let bare = id.strip_prefix("mem_").unwrap_or(&id);
    if is_plain(bare) { Ok((bare.to_owned(), None)) } else { Ok((id.clone(), Some(id))) }
}

/// Whether an id needs nothing but `mem_` before it.
fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.len() <= 100 && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

fn text(fields: &mut Map<String, Value>, key: &str) -> Result<Option<String>, String> {
    match fields.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("its {key} is no text")),
    }
}

fn strings(value: Option<Value>) -> Result<Vec<String>, String> {
    let list = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err("its tags are no list".into()),
    };
    let text = |tag: Value| tag.as_str().map(|tag| tag.trim().to_owned()).ok_or("one of its tags is no text");
    let tags = list.into_iter().map(text).collect::<Result<Vec<_>, _>>()?;
    Ok(tags.into_iter().filter(|tag| !tag.is_empty()).collect())
}

fn importance(value: Option<Value>, notes: &mut Vec<String>) -> Result<u8, String> {
    let told = match value {
        None | Some(Value::Null) => return Ok(IMPORTANCE),
        Some(value) => value.as_f64().ok_or("its importance is no number")?,
    };
    let kept = told.round().clamp(1.0, 10.0);
    if kept.total_cmp(&told).is_ne() {
        notes.push(format!("importance {told} became {kept}"));
    }
    // It is between 1 and 10.
    Ok(kept as u8)
}

/// A time in UTC, as events have it. Without an offset it is taken as UTC.
fn time(fields: &mut Map<String, Value>, key: &str) -> Result<Option<String>, String> {
    let Some(told) = text(fields, key)? else { return Ok(None) };
    let parsed = told.parse::<Timestamp>().ok().or_else(|| {
        let local: DateTime = told.parse().ok()?;
        local.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    });
    let parsed = parsed.ok_or_else(|| format!("its {key} `{told}` is no time"))?;
    Ok(Some(format!("{parsed:.9}")))
}
