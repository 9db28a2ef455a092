//! Issues from elsewhere: lines of beads and of other programs of this name.

use std::collections::BTreeMap;

use oqto_store::ledger::lines::{MAX_LINE, Position, Verdict, scan};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Store, foreign, interchange};
use crate::error::{IssueError, Result};
use crate::event::Change;
use crate::id;
use crate::{Kind, Link, Status, time};

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Issues that are new.
    pub imported: usize,
    /// Issues that were there already; they are left alone.
    pub skipped: usize,
    /// What was not taken over as it was, and where it is now.
    pub changed: Vec<String>,
    /// Lines that could not be read.
    pub damage: Vec<String>,
}

impl Store {
    /// Takes in issues from `text`, one a line. Fields that are not known are kept as they are.
    ///
    /// # Errors
    /// Those of files. Bad lines are listed.
    pub fn import(&mut self, name: &str, text: &[u8], prefix: Option<&str>) -> Result<Imported> {
        if let Some(prefix) = prefix {
            id::check_prefix(prefix)?;
        }
        let prefix = prefix.unwrap_or(&self.config.prefix).to_owned();
        let mut report = Imported::default();
        let mut lines: BTreeMap<String, (i64, String)> = BTreeMap::new();
        let pass = scan(text, Position::START, MAX_LINE, |line| {
            let converted = serde_json::from_str::<Map<String, Value>>(line.text)
                .map_err(|error| error.to_string())
                .and_then(|fields| convert(fields, &prefix, &mut report.changed));
            match converted.and_then(|text| foreign::head(&text).map(|head| (head, text))) {
                Err(why) => Verdict::Bad(why),
                Ok(((id, at), text)) => {
                    if lines.get(&id).is_none_or(|(there, _)| *there <= at) {
                        lines.insert(id, (at, text));
                    }
                    Verdict::Good
                }
            }
        });
        let pass = pass.map_err(|error| IssueError::invalid(error.to_string()))?;
        report.damage = pass.damage.iter().map(|(line, why)| format!("{name}:{line}: {why}")).collect();
        let mut locked = self.ledger.lock()?;
        self.take_in_locked(&mut locked)?;
        let mut events = Vec::new();
        for (id, (_, line)) in &lines {
            if self.db().prepare_cached("SELECT 1 FROM issue WHERE id = ?1 AND line IS NOT NULL")?.exists([id])? {
                report.skipped += 1;
                continue;
            }
            let fields = foreign::fields(line)?;
            let mut changes = foreign::all(&fields);
            if let Some(comments) = fields.get("comments") {
                let comments: Vec<Value> = serde_json::from_str(comments.get()).unwrap_or_default();
                changes.push(Change::add("comments", comments));
            }
            events.push(foreign::event(id, "created", line, changes));
            report.imported += 1;
        }
        if !events.is_empty() {
            let ticket = self.append(&mut locked, &events)?;
            interchange::follow(self, &locked)?;
            drop(locked);
            ticket.sync()?;
        }
        Ok(report)
    }
}

/// A line of beads in the words of the interchange form; what has no word there keeps its own under its own name.
fn convert(
    mut fields: Map<String, Value>,
    prefix: &str,
    changed: &mut Vec<String>,
) -> std::result::Result<String, String> {
    let rename = |id: &str| id.strip_prefix("bd-").map_or_else(|| id.to_owned(), |rest| format!("{prefix}-{rest}"));
    let old = fields.get("id").and_then(Value::as_str).ok_or("it has no id")?.to_owned();
    let id = rename(&old);
    if id != old {
        changed.push(format!("{old}: the id is {id} now"));
    }
    fields.insert("id".into(), json!(id));
    let mut word = |name: &str, fallback: &str, known: &dyn Fn(&str) -> bool| {
        let there = fields.get(name).and_then(Value::as_str).unwrap_or(fallback).to_owned();
        if known(&there) {
            fields.insert(name.into(), json!(there));
            return;
        }
        let (stands_for, kept) = (replacement(&there).unwrap_or(fallback), format!("beads_{name}"));
        changed.push(format!("{id}: {name} {there:?} is {stands_for:?} here, kept as {kept}"));
        fields.insert(kept, json!(there));
        fields.insert(name.into(), json!(stands_for));
    };
    word("status", "open", &|text| text.parse::<Status>().is_ok());
    word("issue_type", "task", &|text| text.parse::<Kind>().is_ok());
    fields.entry("priority").or_insert(json!(2));
    if let Some(created) = fields.get("created_at").cloned() {
        fields.entry("updated_at").or_insert(created);
    }
    if let Some(Value::Array(dependencies)) = fields.get_mut("dependencies") {
        for dependency in dependencies {
            dependencies_word(dependency, &id, &rename, changed);
        }
    }
    if let Some(Value::Array(comments)) = fields.get_mut("comments") {
        for comment in comments {
            // Some write numbers here.
            let number = comment["id"].to_string();
            if !comment["id"].is_string() {
                comment["id"] = json!(format!("cmt_{number}"));
            }
            let at = comment["created_at"].as_str().and_then(time::nanoseconds).unwrap_or(0);
            comment["created_at"] = json!(time::written(at));
        }
    }
    serde_json::to_string(&fields).map_err(|error| error.to_string())
}

fn dependencies_word(dependency: &mut Value, id: &str, rename: &dyn Fn(&str) -> String, changed: &mut Vec<String>) {
    for field in ["issue_id", "depends_on_id"] {
        if let Some(text) = dependency[field].as_str().map(rename) {
            dependency[field] = json!(text);
        }
    }
    let there = dependency["type"].as_str().unwrap_or("blocks").to_owned();
    let link = match there.as_str() {
        // These stop an issue too.
        "conditional-blocks" | "waits-for" => Link::Blocks,
        known => known.parse().unwrap_or(Link::Related),
    };
    if there != link.word() && there != "parent-child" {
        let target = dependency["depends_on_id"].as_str().unwrap_or("?").to_owned();
        changed
            .push(format!("{id}: the dependency {there:?} on {target} is {:?} here, kept as beads_type", link.word()));
        dependency["beads_type"] = json!(there);
    }
    dependency["type"] = json!(link);
}

/// The word that stands for one of beads.
fn replacement(word: &str) -> Option<&'static str> {
    match word {
        "deferred" | "pinned" => Some("blocked"),
        "hooked" => Some("in_progress"),
        "enhancement" | "feat" | "story" => Some("feature"),
        "milestone" | "molecule" => Some("epic"),
        _ => None,
    }
}
