//! The issues that can be begun now, of all repositories.

use std::collections::BTreeSet;
use std::path::PathBuf;

use oqto_issues::store::{Detail, Resolved};
use oqto_issues::{Entry, Issue};
use serde::Serialize;

use crate::catalog::Unread;
use crate::error::Result;
use crate::find::Found;
use crate::parallel;
use crate::stores::{Issues, chain};

/// An issue that can be begun.
#[derive(Debug, Clone, Serialize)]
pub struct ReadyIssue {
    /// The repository's name.
    pub repository: String,
    /// The repository's root.
    pub path: PathBuf,
    /// The id as people type it there.
    #[serde(skip)]
    pub short: String,
    /// The issue in short.
    #[serde(skip)]
    pub entry: Entry,
    /// The issue in its interchange form.
    #[serde(flatten)]
    pub issue: Issue,
    /// What it hangs together with.
    #[serde(flatten)]
    pub resolved: Resolved,
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
    let mut list = Vec::with_capacity(ready.issues.len());
    for entry in ready.issues {
        let short = issues.store.short(&entry.id)?;
        let Detail { issue, resolved } = issues.store.show(&entry.id)?;
        list.push(ReadyIssue { repository: found.name.clone(), path: root.to_owned(), short, entry, issue, resolved });
    }
    let cycles = ready.cycles.iter().map(|cycle| format!("these wait for each other: {}", cycle.join(" → ")));
    Ok((list, issues.damaged()?.into_iter().chain(cycles).collect()))
}
