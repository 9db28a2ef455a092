//! What others wrote into the interchange file: programs of this name that know no log, and merges with what they wrote.
//!
//! What is new becomes an event with the time of their line, so that it competes field by field with what happened here.
//! A line is a whole issue, and most of it may be old: who wrote it may never have seen what happened here meanwhile.
//! Where the line that we left is gone from the file, it was rewritten by somebody who had read it, and what differs
//! is what they changed. Else a value counts only if the issue never had it, and members of sets are only added.

use std::collections::{BTreeMap, BTreeSet};

use oqto_store::ledger::{Position, Verdict};
use oqto_store::rusqlite::OptionalExtension as _;
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::interchange::file;
use super::{INTERCHANGE, Store};
use crate::error::{IssueError, Result};
use crate::event::{Change, Event};
use crate::fold::State;
use crate::id::is_plausible;
use crate::issue::{FIELDS, SETS};
use crate::{shape, time};

/// A line, field by field, each as it is written.
type Fields = BTreeMap<String, Box<RawValue>>;

/// Fields that say more about the status, and change with it.
const WITH_STATUS: [&str; 6] =
    ["closed_at", "close_reason", "deleted_at", "deleted_by", "delete_reason", "original_type"];

/// The lines of the file.
#[derive(Default)]
pub(super) struct Found {
    /// Issues whose line that counts (the one with the greatest `updated_at`, of equals the later one) is ours.
    pub(super) same: Vec<String>,
    /// Number and fault of the lines that cannot be read.
    pub(super) damage: Vec<(u64, String)>,
    /// The texts of those that are no markers of git.
    pub(super) unread: Vec<String>,
    pub(super) lines: usize,
    /// By issue, the lines that are not as ours is now, oldest first.
    others: BTreeMap<String, Vec<(i64, String)>>,
    /// Issues of which the line that we last left is in the file.
    with_base: BTreeSet<String>,
}

/// An issue as it is here: its line, and the one that we last left in the file.
#[derive(Default)]
struct Ours {
    line: Option<String>,
    base: Option<String>,
}

impl Ours {
    fn of(store: &Store, id: &str) -> Result<Self> {
        let mut select = store
            .db()
            .prepare_cached("SELECT line, CASE WHEN stale = 0 THEN line ELSE snap END FROM issue WHERE id = ?1")?;
        let ours = select.query_row([id], |row| Ok(Self { line: row.get(0)?, base: row.get(1)? })).optional()?;
        Ok(ours.unwrap_or_default())
    }
}

impl Found {
    pub(super) fn read(store: &Store) -> Result<Self> {
        let mut found = Self::default();
        // Of each issue the time of the line that counts, and whether it is ours.
        let mut counts: BTreeMap<String, (i64, bool)> = BTreeMap::new();
        let mut failure = None;
        let pass = file(store).read(Position::START, |line| {
            found.lines += 1;
            let (id, at) = match head(line.text) {
                Ok(head) => head,
                Err(_) if is_torn(store, line.text) => return Verdict::Good,
                Err(why) => {
                    found.unread.push(line.text.to_owned());
                    return Verdict::Bad(why);
                }
            };
            let ours = match Ours::of(store, &id) {
                Ok(ours) => ours,
                Err(error) => {
                    failure = Some(error);
                    return Verdict::Stop;
                }
            };
            let is_ours = ours.line.as_deref() == Some(line.text);
            if ours.base.as_deref() == Some(line.text) {
                found.with_base.insert(id.clone());
            }
            if counts.get(&id).is_none_or(|(there, _)| *there <= at) {
                counts.insert(id.clone(), (at, is_ours));
            }
            if !is_ours {
                found.others.entry(id).or_default().push((at, line.text.to_owned()));
            }
            Verdict::Good
        })?;
        if let Some(error) = failure {
            return Err(error);
        }
        found.same = counts.into_iter().filter(|(_, (_, is_ours))| *is_ours).map(|(id, _)| id).collect();
        found.damage = pass.damage;
        for lines in found.others.values_mut() {
            lines.sort_by_key(|(at, _)| *at);
        }
        Ok(found)
    }

    /// What the lines say that is not known here.
    pub(super) fn news(&self, store: &Store) -> Result<Vec<Event>> {
        if self.others.is_empty() {
            return Ok(Vec::new());
        }
        let former = Former::read(store, &self.others)?;
        let mut events = Vec::new();
        for (id, lines) in &self.others {
            let ours = Ours::of(store, id)?;
            let Some(line) = ours.line else {
                if let Some((_, newest)) = lines.last() {
                    events.push(event(id, "created", newest, all(&fields(newest)?)));
                }
                continue;
            };
            let mut state = shape::load(store.db(), id)?.unwrap_or_default();
            let rewritten = ours.base.filter(|_| lines.len() == 1 && !self.with_base.contains(id));
            for (_, theirs) in lines.iter().filter(|(at, _)| !former.is_past(id, *at)) {
                let changes = match &rewritten {
                    Some(base) => difference(&fields(base)?, &fields(theirs)?),
                    None => former.unknown(id, &state, difference(&fields(&line)?, &fields(theirs)?)),
                };
                let event = event(id, action(&line, theirs), theirs, changes);
                if takes_effect(&mut state, id, &event)? {
                    events.push(event);
                }
            }
        }
        Ok(events)
    }
}

/// Applies an event; says whether anything but the time of the last change is another.
fn takes_effect(state: &mut State, id: &str, event: &Event) -> Result<bool> {
    let said = |state: &State| -> Result<Option<Fields>> {
        let line = state.issue(id).and_then(|issue| serde_json::to_string(&issue).ok());
        let mut said = line.as_deref().map(fields).transpose()?;
        said.iter_mut().for_each(|fields| drop(fields.remove("updated_at")));
        Ok(said)
    };
    let before = said(state)?;
    let mut after = state.clone();
    if event.changes.is_empty() || after.apply(event).is_err() {
        return Ok(false);
    }
    let text = |fields: &Option<Fields>| format!("{fields:?}");
    let is_new = text(&before) != text(&said(&after)?);
    if is_new {
        *state = after;
    }
    Ok(is_new)
}

fn action(ours: &str, theirs: &str) -> &'static str {
    let closed = |line: &str| {
        fields(line).ok().and_then(|fields| text(&fields, "status")).is_some_and(|status| status == "closed")
    };
    match (closed(ours), closed(theirs)) {
        (false, true) => "closed",
        (true, false) => "reopened",
        (true, true) | (false, false) => "updated",
    }
}

/// What was known of some issues before.
#[derive(Default)]
struct Former {
    /// All values that their fields ever had, by issue and field; `None` is no value.
    values: BTreeMap<String, BTreeMap<String, BTreeSet<Option<String>>>>,
    /// When a line of them was taken in whole: the lines before it are their past in a program that knows no log.
    taken_in: BTreeMap<String, i64>,
}

impl Former {
    fn read<T>(store: &Store, wanted: &BTreeMap<String, T>) -> Result<Self> {
        let mut former = Self::default();
        for event in store.events(|event| wanted.contains_key(&event.issue_id))? {
            former.note(&event);
        }
        Ok(former)
    }

    fn note(&mut self, event: &Event) {
        let values = self.values.entry(event.issue_id.clone()).or_default();
        for change in &event.changes {
            let had = values.entry(change.field.clone()).or_default();
            had.insert(change.to.as_deref().map(plain));
            had.extend(change.from.as_deref().map(|from| Some(plain(from))));
        }
        if event.action != "created" {
            return;
        }
        for field in FIELDS.iter().filter(|field| event.changes.iter().all(|change| change.field != **field)) {
            values.entry((*field).to_owned()).or_default().insert(None);
        }
        if let (Some(INTERCHANGE), Some(at)) = (event.note.as_deref(), time::nanoseconds(&event.timestamp)) {
            let latest = self.taken_in.entry(event.issue_id.clone()).or_insert(at);
            *latest = at.max(*latest);
        }
    }

    fn is_past(&self, id: &str, at: i64) -> bool {
        self.taken_in.get(id).is_some_and(|taken_in| at <= *taken_in)
    }

    /// Those of the changes that say something that was never so.
    fn unknown(&self, id: &str, state: &State, changes: Vec<Change>) -> Vec<Change> {
        let was_so = |change: &Change| {
            let had = self.values.get(id).and_then(|fields| fields.get(&change.field));
            had.is_some_and(|had| had.contains(&change.to.as_deref().map(plain)))
        };
        let status = changes.iter().any(|change| change.field == "status" && !was_so(change));
        let mut kept = Vec::new();
        for mut change in changes {
            if SETS.contains(&change.field.as_str()) {
                change.remove.clear();
                change.add.retain(|member| !state.knows(&change.field, member));
                kept.extend((!change.add.is_empty()).then_some(change));
            } else if WITH_STATUS.contains(&change.field.as_str()) {
                kept.extend(status.then_some(change));
            } else if change.field != "created_at" && !was_so(&change) {
                kept.push(change);
            }
        }
        kept
    }
}

/// A value in one spelling.
fn plain(raw: &RawValue) -> String {
    serde_json::from_str::<Value>(raw.get()).map_or_else(|_| raw.get().to_owned(), |value| value.to_string())
}

/// Whether a line was cut off when a program of ours ended while it wrote what the log has anyway.
fn is_torn(store: &Store, line: &str) -> bool {
    let is_cut = serde_json::from_str::<serde::de::IgnoredAny>(line).is_err_and(|error| error.is_eof());
    let id = line.strip_prefix("{\"id\":\"").and_then(|rest| rest.split_once('"'));
    is_cut && id.is_some_and(|(id, _)| Ours::of(store, id).is_ok_and(|ours| ours.line.is_some()))
}

/// Checks a line; gives its id and the time of its last change.
pub(super) fn head(line: &str) -> std::result::Result<(String, i64), String> {
    #[derive(serde::Deserialize)]
    struct Head {
        id: String,
        #[serde(rename = "title")]
        _title: String,
        #[serde(rename = "status")]
        _status: crate::Status,
        #[serde(rename = "priority")]
        _priority: u8,
        #[serde(rename = "issue_type")]
        _kind: crate::Kind,
        created_at: String,
        updated_at: String,
    }
    let head: Head = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if !is_plausible(&head.id) {
        return Err(format!("{:?} is no id of an issue", head.id));
    }
    for time in [&head.created_at, &head.updated_at] {
        time::nanoseconds(time).ok_or_else(|| format!("{time:?} is no time as in RFC 3339"))?;
    }
    let at = time::nanoseconds(&head.updated_at).unwrap_or(0);
    Ok((head.id, at))
}

pub(super) fn fields(line: &str) -> Result<Fields> {
    serde_json::from_str(line).map_err(|error| IssueError::invalid(error.to_string()))
}

fn text(fields: &Fields, name: &str) -> Option<String> {
    serde_json::from_str(fields.get(name)?.get()).ok()
}

fn members(fields: &Fields, name: &str) -> Vec<Value> {
    fields.get(name).and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
}

/// An event that two clones make alike of the same line.
pub(super) fn event(id: &str, action: &str, line: &str, changes: Vec<Change>) -> Event {
    let digest = Sha256::digest(line.as_bytes());
    let name: String = digest.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    let timestamp = fields(line).ok().and_then(|fields| text(&fields, "updated_at")).unwrap_or_default();
    Event {
        id: format!("evt_{name}"),
        issue_id: id.to_owned(),
        action: action.to_owned(),
        timestamp,
        changes,
        note: Some(INTERCHANGE.to_owned()),
        ..Event::default()
    }
}

/// Everything that a line says, as changes.
pub(super) fn all(theirs: &Fields) -> Vec<Change> {
    difference(&Fields::new(), theirs)
}

fn difference(base: &Fields, theirs: &Fields) -> Vec<Change> {
    let mut changes = Vec::new();
    let value = |raw: &RawValue| serde_json::from_str::<Value>(raw.get()).ok();
    let is_field = |name: &str| !["id", "updated_at"].contains(&name) && !SETS.contains(&name);
    for (name, to) in theirs.iter().filter(|(name, _)| is_field(name)) {
        let from = base.get(name);
        if from.is_none_or(|from| from.get() != to.get() && value(from) != value(to)) {
            changes.push(Change {
                field: name.clone(),
                from: from.cloned(),
                to: Some(to.clone()),
                ..Change::default()
            });
        }
    }
    // Other programs drop what they do not know; only known fields are cleared by being absent.
    for (name, from) in base.iter().filter(|(name, _)| is_field(name) && FIELDS.contains(&name.as_str())) {
        if !theirs.contains_key(name) {
            changes.push(Change { field: name.clone(), from: Some(from.clone()), ..Change::default() });
        }
    }
    for name in ["labels", "dependencies", "sessions"] {
        let (before, after) = (members(base, name), members(theirs, name));
        let add: Vec<Value> = after.iter().filter(|member| !before.contains(member)).cloned().collect();
        let remove: Vec<Value> = before.into_iter().filter(|member| !after.contains(member)).collect();
        if !(add.is_empty() && remove.is_empty()) {
            changes.push(Change { field: name.to_owned(), add, remove, ..Change::default() });
        }
    }
    changes
}
