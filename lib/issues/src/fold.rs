//! The state that events make: a join, so that neither order nor repetition matters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::event::{Change, Event};
use crate::issue::{Claim, Comment, Dependency, FIELDS, Issue, Kind, Link, SETS, Status};
use crate::time;

/// A value with the time and the event that set it; no value is a value too.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Cell(i64, String, Option<Box<RawValue>>);

impl Cell {
    /// Whether `other` counts instead of this one. Of the same event the greater text counts, so that the order of
    /// changes in a line matters as little as that of lines.
    fn yields_to(&self, other: &Self) -> bool {
        let text = |cell: &Self| cell.2.as_ref().map(|raw| raw.get().to_owned());
        (self.0, &self.1, text(self)) < (other.0, &other.1, text(other))
    }
}

fn settle(cells: &mut BTreeMap<String, Cell>, name: &str, cell: Cell) {
    match cells.get_mut(name) {
        Some(there) if there.yields_to(&cell) => *there = cell,
        Some(_) => {}
        None => {
            cells.insert(name.to_owned(), cell);
        }
    }
}

/// What is known of one issue.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    fields: BTreeMap<String, Cell>,
    sets: BTreeMap<String, BTreeMap<String, Cell>>,
    first: Option<i64>,
    last: i64,
}

impl State {
    /// Takes in an event of this issue.
    ///
    /// # Errors
    /// What is wrong with its time; then nothing has changed.
    pub fn apply(&mut self, event: &Event) -> Result<(), String> {
        let at = time::nanoseconds(&event.timestamp)
            .ok_or_else(|| format!("{:?} is no time as in RFC 3339", event.timestamp))?;
        self.first = Some(self.first.map_or(at, |first| first.min(at)));
        self.last = self.last.max(at);
        for change in &event.changes {
            if SETS.contains(&change.field.as_str()) {
                self.apply_set(at, &event.id, change);
            } else {
                settle(&mut self.fields, &change.field, Cell(at, event.id.clone(), change.to.clone()));
            }
        }
        Ok(())
    }

    fn apply_set(&mut self, at: i64, event: &str, change: &Change) {
        let members = |raw: &Option<Box<RawValue>>| -> Vec<Value> {
            raw.as_ref().and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
        };
        // Older programs write whole sets.
        let (before, after) = (members(&change.from), members(&change.to));
        let gone = before.iter().filter(|member| !after.contains(member)).chain(&change.remove);
        let new = after.iter().filter(|member| !before.contains(member)).chain(&change.add);
        let set = self.sets.entry(change.field.clone()).or_default();
        for member in gone {
            settle(set, &key(member), Cell(at, event.to_owned(), None));
        }
        for member in new {
            settle(set, &key(member), Cell(at, event.to_owned(), crate::event::raw(member)));
        }
    }

    /// Nanoseconds since 1970 of the last change.
    #[must_use]
    pub fn last(&self) -> i64 {
        self.last
    }

    /// Whether a set ever had this member.
    #[must_use]
    pub fn knows(&self, set: &str, member: &Value) -> bool {
        self.sets.get(set).is_some_and(|cells| cells.contains_key(&key(member)))
    }

    fn get<T: for<'a> Deserialize<'a>>(&self, field: &str) -> Option<T> {
        let raw = self.fields.get(field)?.2.as_ref()?;
        serde_json::from_str(raw.get()).ok()
    }

    fn members<T: for<'a> Deserialize<'a>>(&self, set: &str) -> Vec<T> {
        let cells = self.sets.get(set).into_iter().flat_map(BTreeMap::values);
        cells.filter_map(|cell| serde_json::from_str(cell.2.as_ref()?.get()).ok()).collect()
    }

    /// The issue, once its title is known.
    #[must_use]
    pub fn issue(&self, id: &str) -> Option<Issue> {
        let title: String = self.get("title")?;
        let status = self.get("status").unwrap_or(Status::Open);
        let deleted = status == Status::Tombstone;
        let closed = status == Status::Closed;
        let when_deleted = |field: &str| self.get(field).filter(|_| deleted);
        let settled = self.fields.get("status").map_or(self.last, |cell| cell.0);
        Some(Issue {
            id: id.to_owned(),
            title,
            description: self.get("description"),
            status,
            priority: self.get("priority").unwrap_or(2),
            kind: self.get("issue_type").unwrap_or(Kind::Task),
            labels: self.members("labels"),
            created_at: self.get("created_at").unwrap_or_else(|| time::written(self.first.unwrap_or(self.last))),
            updated_at: time::written(self.last),
            closed_at: closed.then(|| self.get("closed_at").unwrap_or_else(|| time::written(settled))),
            deleted_at: when_deleted("deleted_at"),
            dependencies: self.dependencies(id),
            created_by: self.get("created_by"),
            close_reason: self.get("close_reason").filter(|_| closed),
            assignee: self.get("assignee"),
            notes: self.get("notes"),
            sessions: self.members("sessions"),
            original_type: when_deleted("original_type"),
            deleted_by: when_deleted("deleted_by"),
            delete_reason: when_deleted("delete_reason"),
            unknown: self.unknown(),
            comments: self.comments(),
            claim: self.get::<Claim>("claim").filter(|_| !closed && !deleted),
        })
    }

    fn unknown(&self) -> BTreeMap<String, Box<RawValue>> {
        let known = |name: &str| FIELDS.contains(&name) || name == "claim";
        let cells = self.fields.iter().filter(|(name, _)| !known(name));
        cells.filter_map(|(name, cell)| Some((name.clone(), cell.2.clone()?))).collect()
    }

    fn comments(&self) -> Vec<Comment> {
        let mut comments: Vec<Comment> = self.members("comments");
        comments.sort_by(|a, b| (&a.created_at, &a.id).cmp(&(&b.created_at, &b.id)));
        comments
    }

    /// In the order they were made; of several parents the one that was said last counts.
    fn dependencies(&self, id: &str) -> Vec<Dependency> {
        let cells = self.sets.get("dependencies").into_iter().flat_map(BTreeMap::values);
        let mut found: Vec<((i64, &str), Dependency)> = cells
            .filter_map(|cell| Some(((cell.0, cell.1.as_str()), serde_json::from_str(cell.2.as_ref()?.get()).ok()?)))
            .collect();
        let parent = |(_, dependency): &&((i64, &str), Dependency)| dependency.link == Link::ParentChild;
        let newest = found.iter().filter(parent).map(|(at, dependency)| (*at, dependency.depends_on_id.clone())).max();
        found.retain(|(at, dependency)| {
            dependency.link != Link::ParentChild
                || newest.as_ref().is_some_and(|(time, target)| time == at && *target == dependency.depends_on_id)
        });
        let mut found: Vec<Dependency> = found.into_iter().map(|(_, dependency)| dependency).collect();
        for dependency in &mut found {
            id.clone_into(&mut dependency.issue_id);
        }
        found.sort_by(|a, b| (&a.created_at, &a.depends_on_id, a.link).cmp(&(&b.created_at, &b.depends_on_id, b.link)));
        found
    }
}

/// What makes a member of a set this one and no other.
fn key(member: &Value) -> String {
    match member {
        Value::String(text) => text.clone(),
        Value::Object(object) => match (object.get("depends_on_id"), object.get("type"), object.get("id")) {
            (Some(Value::String(target)), Some(Value::String(link)), _) => {
                let link = link.parse::<Link>().map_or_else(|_| link.clone(), |link| link.word().to_owned());
                format!("{link} {target}")
            }
            (_, _, Some(Value::String(id))) => id.clone(),
            _ => member.to_string(),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => member.to_string(),
    }
}
