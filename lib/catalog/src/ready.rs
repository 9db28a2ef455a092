//! The issues that can be begun now, of all repositories.

use std::collections::{BTreeMap, BTreeSet};

use oqto_issues::Entry;
use oqto_issues::store::Resolved;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::catalog::Unread;
use crate::error::{CatalogError, Result};
use crate::find::Found;
use crate::parallel;
use crate::stores::{Issues, chain};

/// An issue that can be begun. Serialized it is the interchange form with `repository` and `path` before its own fields.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct ReadyIssue {
    /// The repository's name.
    #[serde(skip)]
    pub repository: String,
    /// The id as people type it there.
    #[serde(skip)]
    pub short: String,
    /// The issue in short.
    #[serde(skip)]
    pub entry: Entry,
    raw: Box<RawValue>,
}

/// What all repositories say.
#[derive(Debug, Default)]
pub struct Everywhere {
    /// The most urgent first, then the oldest, then by repository and id.
    pub issues: Vec<ReadyIssue>,
    /// Lines that do not count, and issues that wait for each other, by repository.
    pub damaged: Vec<Unread>,
    /// Repositories whose issues cannot be read.
    pub unread: Vec<Unread>,
}

/// Asks every repository, and tells `each` after every one. Work trees of one repository share issues: each is shown once,
/// of the first work tree.
pub fn ready(repositories: &[Found], each: &(dyn Fn() + Sync)) -> Everywhere {
    let mut order: Vec<&Found> = repositories.iter().collect();
    order.sort_by_key(|found| (found.place.is_linked(), found.name.clone()));
    let asked = parallel::map(&order, |found| of(found), each);
    let mut all = Everywhere::default();
    let mut seen = BTreeSet::new();
    for (found, answer) in order.into_iter().zip(asked) {
        let named = |why| Unread { name: found.name.clone(), why };
        match answer {
            Ok((issues, damaged)) => {
                let new = |ready: &ReadyIssue| seen.insert((found.place.common_dir.clone(), ready.entry.id.clone()));
                all.issues.extend(issues.into_iter().filter(new));
                all.damaged.extend(damaged.into_iter().map(named));
            }
            Err(error) => all.unread.push(named(chain(&error))),
        }
    }
    all.issues.sort_by(|a, b| {
        let key = |ready: &ReadyIssue| (ready.entry.priority, ready.entry.created);
        let names = |ready: &ReadyIssue| (ready.repository.clone(), ready.entry.id.clone());
        key(a).cmp(&key(b)).then_with(|| names(a).cmp(&names(b)))
    });
    all
}

fn of(found: &Found) -> Result<(Vec<ReadyIssue>, Vec<String>)> {
    let Some(root) = found.place.work_tree.as_deref() else { return Ok(Default::default()) };
    let Some(issues) = Issues::at(root)? else { return Ok(Default::default()) };
    let ready = issues.store.ready(&issues.store.actor())?;
    let shorts = issues.store.shorts(ready.issues.iter().map(|entry| entry.id.as_str()))?;
    let ids = ready.issues.iter().map(|entry| entry.id.clone());
    let mut shorts: BTreeMap<String, String> = ids.zip(shorts).collect();
    let head = serde_json::json!({ "repository": found.name, "path": root }).to_string();
    let mut list = Vec::with_capacity(ready.issues.len());
    issues.store.each_line(&ready.issues, |entry, line| {
        let short = shorts.remove(&entry.id).unwrap_or_else(|| entry.id.clone());
        let mut json = head.strip_suffix('}').unwrap_or(&head).as_bytes().to_vec();
        json.push(b',');
        entry.write_json(line.strip_prefix('{').unwrap_or(line), &Resolved::default(), &mut json);
        let raw = String::from_utf8(json).ok().and_then(|json| RawValue::from_string(json).ok());
        let ready = |raw| ReadyIssue { repository: found.name.clone(), short, entry: entry.clone(), raw };
        list.extend(raw.map(ready));
        Ok::<(), CatalogError>(())
    })?;
    let cycles = ready.cycles.iter().map(|cycle| format!("these wait for each other: {}", cycle.join(" → ")));
    Ok((list, issues.damaged()?.into_iter().chain(cycles).collect()))
}
