//! Three versions of a file made into one: what was written last, what is there, and what there is now.
//!
//! What was written last is kept in the file itself, in the member `eavs`, which Pi does not read. So the file alone says
//! what a person changed, wherever it is copied to.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::edit::Edits;
use super::entry::Entries;
use super::text::{Broken, Node, parse};

/// The member that remembers what was written.
const MEMORY: &str = "eavs";
const PROVIDERS: &str = "providers";
const NOTE: &str = "What `eavs models pi --write` wrote last, so that it sees what you changed. Without this member it \
    takes every entry for yours.";

/// Why a text was not merged. Nothing is lost then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMerged {
    /// It is no JSON, comments and commas at the end aside.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// It is JSON, and something of it is not what Pi reads.
    #[error("{0}")]
    Unexpected(&'static str),
}

/// A merged file, and what became of our entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// The new text; the same as before where there is nothing to change.
    pub text: String,
    /// Entries that are new.
    pub added: Vec<String>,
    /// Entries that are another than before.
    pub updated: Vec<String>,
    /// Entries that were taken out.
    pub removed: Vec<String>,
    /// Entries of this name that somebody else wrote, and entries of ours that a person took out: they stay so.
    pub kept: Vec<String>,
}

/// Merges the entries that there are now into a text; an empty one is a file that does not exist yet.
///
/// # Errors
/// [`NotMerged`].
pub fn merge(text: &str, now: &Entries) -> Result<Merged, NotMerged> {
    let text = if text.trim_start_matches('\u{feff}').trim().is_empty() { "{}\n" } else { text };
    let root = parse(text)?;
    if !root.is_object() {
        return Err(NotMerged::Unexpected("it is not an object"));
    }
    if root.member(PROVIDERS).is_some_and(|providers| !providers.is_object()) {
        return Err(NotMerged::Unexpected("its `providers` are not an object"));
    }
    let last = last_written(&root);
    let mut work = Work { text, edits: Edits::default() };
    let mut merged = Merged::default();
    let mut memory = Map::new();
    let there = root.member(PROVIDERS);
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    let names: BTreeSet<&String> = last.keys().chain(now.keys()).collect();
    for name in names {
        let (was, is) = (last.get(name), now.get(name));
        let found = there.and_then(|there| position(there, name));
        match (was, found, is) {
            (None, None, Some(is)) => {
                merged.added.push(name.clone());
                added.push((Some(name.as_str()), is));
            }
            // Somebody else's entry, or ours that a person took out.
            (None, Some(_), _) | (Some(_), None, _) => merged.kept.push(name.clone()),
            (Some(was), Some((index, node)), is) => match (is, three(was, node, is)) {
                (_, Outcome::Same) => {}
                (None, Outcome::Gone) => {
                    merged.removed.push(name.clone());
                    removed.push(index);
                }
                (_, Outcome::Changed | Outcome::Gone) => {
                    merged.updated.push(name.clone());
                    match is {
                        Some(is) => work.follow(was, node, is),
                        None => work.follow(was, node, &without_models(was)),
                    }
                }
            },
            (None, None, None) => {}
        }
        if let Some(is) = is.filter(|_| was.is_some() || found.is_none()) {
            memory.insert(name.clone(), is.clone());
        }
    }
    let memory = json!({"note": NOTE, PROVIDERS: memory});
    work.finish(&root, &removed, &added, &memory);
    merged.text = work.edits.apply(text);
    Ok(merged)
}

fn last_written(root: &Node) -> Map<String, Value> {
    let written = root.member(MEMORY).and_then(|memory| memory.member(PROVIDERS)).map(Node::value);
    written.as_ref().and_then(Value::as_object).cloned().unwrap_or_default()
}

fn position<'a>(node: &'a Node, key: &str) -> Option<(usize, &'a Node)> {
    node.items().iter().enumerate().find(|(_, item)| item.key == key).map(|(index, item)| (index, &item.value))
}

fn without_models(was: &Value) -> Value {
    let mut rest = was.clone();
    rest["models"] = json!([]);
    rest
}

/// What is to happen to an entry.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Same,
    Changed,
    Gone,
}

fn three(was: &Value, node: &Node, is: Option<&Value>) -> Outcome {
    let there = node.value();
    match is {
        None if same(was, &there) => Outcome::Gone,
        // Something of it was changed: what was not goes, and with the last model the whole, if only models were left.
        None => {
            let left = after(was, &there, &without_models(was));
            let no_models = left["models"].as_array().is_none_or(Vec::is_empty);
            if no_models && same(&without_models(was), &without_models(&there)) {
                Outcome::Gone
            } else if same(&left, &there) {
                Outcome::Same
            } else {
                Outcome::Changed
            }
        }
        Some(is) if same(&after(was, &there, is), &there) => Outcome::Same,
        Some(_) => Outcome::Changed,
    }
}

/// What a value becomes: the new one where nobody changed it, else the person's, member by member.
fn after(was: &Value, there: &Value, is: &Value) -> Value {
    if same(was, there) {
        return is.clone();
    }
    if same(was, is) || same(there, is) {
        return there.clone();
    }
    match (was, there, is) {
        (Value::Object(was), Value::Object(there), Value::Object(is)) => {
            let mut new = there.clone();
            for key in was.keys().chain(is.keys()) {
                match member(was.get(key), there.get(key), is.get(key)) {
                    Some(value) => new.insert(key.clone(), value),
                    None => new.remove(key),
                };
            }
            Value::Object(new)
        }
        (Value::Array(was), Value::Array(there), Value::Array(is)) if by_id(was) && by_id(there) && by_id(is) => {
            let mut new: Vec<Value> =
                there.iter().filter_map(|one| member(with_id(was, id(one)), Some(one), with_id(is, id(one)))).collect();
            let brought = is.iter().filter(|one| with_id(there, id(one)).is_none() && with_id(was, id(one)).is_none());
            new.extend(brought.cloned());
            Value::Array(new)
        }
        _ => there.clone(),
    }
}

fn member(was: Option<&Value>, there: Option<&Value>, is: Option<&Value>) -> Option<Value> {
    match (was, there, is) {
        (Some(was), Some(there), Some(is)) => Some(after(was, there, is)),
        (Some(was), Some(there), None) => (!same(was, there)).then(|| there.clone()),
        (None, Some(there), _) => Some(there.clone()),
        (None, None, Some(is)) => Some(is.clone()),
        // A person took it out.
        (_, None, _) => None,
    }
}

fn id(value: &Value) -> Option<&str> {
    value["id"].as_str()
}

/// Whether every element has an id of its own.
fn by_id(list: &[Value]) -> bool {
    let ids: BTreeSet<_> = list.iter().filter_map(id).collect();
    ids.len() == list.len()
}

fn with_id<'a>(list: &'a [Value], wanted: Option<&str>) -> Option<&'a Value> {
    list.iter().find(|one| id(one) == wanted && wanted.is_some())
}

/// Whether two values say the same; 3 and 3.0 do.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let fits = |(key, value): (&String, &Value)| other.get(key).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(fits)
        }
        _ => one == other,
    }
}

/// A text, and what is to be changed in it.
struct Work<'a> {
    text: &'a str,
    edits: Edits,
}

impl Work<'_> {
    /// Changes a value in the text to what [`after`] says of it, with as few changes as there are differences.
    fn follow(&mut self, was: &Value, node: &Node, is: &Value) {
        let there = node.value();
        let new = after(was, &there, is);
        if same(&new, &there) {
            return;
        }
        match (was, &new, is) {
            (Value::Object(was), Value::Object(new), Value::Object(is)) if node.is_object() => {
                let mut removed = Vec::new();
                for (index, item) in node.items().iter().enumerate() {
                    match (new.get(&item.key), was.get(&item.key), is.get(&item.key)) {
                        (None, ..) => removed.push(index),
                        (Some(_), Some(was), Some(is)) => self.follow(was, &item.value, is),
                        (Some(_), ..) => {}
                    }
                }
                let added: Vec<_> = new
                    .iter()
                    .filter(|(key, _)| position(node, key).is_none())
                    .map(|(key, value)| (Some(key.as_str()), value))
                    .collect();
                self.change(node, &removed, &added);
            }
            (Value::Array(was), Value::Array(new), Value::Array(is)) if node.is_array() && by_id(was) && by_id(new) => {
                let mut removed = Vec::new();
                let mut present = BTreeSet::new();
                for (index, item) in node.items().iter().enumerate() {
                    let value = item.value.value();
                    let wanted = id(&value);
                    present.extend(wanted.map(str::to_owned));
                    match (with_id(new, wanted), with_id(was, wanted), with_id(is, wanted)) {
                        (None, ..) => removed.push(index),
                        (Some(_), Some(was), Some(is)) => self.follow(was, &item.value, is),
                        (Some(_), ..) => {}
                    }
                }
                let added: Vec<_> = new
                    .iter()
                    .filter(|one| id(one).is_some_and(|id| !present.contains(id)))
                    .map(|one| (None, one))
                    .collect();
                self.change(node, &removed, &added);
            }
            _ => self.edits.replace(self.text, node, &new),
        }
    }

    fn change(&mut self, node: &Node, removed: &[usize], added: &[(Option<&str>, &Value)]) {
        if !removed.is_empty() || !added.is_empty() {
            self.edits.change(self.text, node, removed, added);
        }
    }

    /// The providers that come and go, and what is remembered.
    fn finish(&mut self, root: &Node, removed: &[usize], added: &[(Option<&str>, &Value)], memory: &Value) {
        let providers: Value = Value::Object(
            added.iter().filter_map(|(name, value)| Some(((*name)?.to_owned(), (*value).clone()))).collect(),
        );
        let mut new_members: Vec<(Option<&str>, &Value)> = Vec::new();
        match root.member(PROVIDERS) {
            Some(node) => self.change(node, removed, added),
            None => new_members.push((Some(PROVIDERS), &providers)),
        }
        match root.member(MEMORY) {
            Some(node) if same(&node.value(), memory) => {}
            Some(node) => self.edits.replace(self.text, node, memory),
            None => new_members.push((Some(MEMORY), memory)),
        }
        self.change(root, &[], &new_members);
    }
}

#[cfg(test)]
mod tests;
