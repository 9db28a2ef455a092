//! What each rule looks at.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use oqto_repo::status::{Change, Status, Untracked};
use oqto_repo::{Git, GitError};

use super::rules::{Level, Rule, Rules};
use crate::facts::has_ci;
use crate::find::Found;
use crate::release::{self, Style};
use crate::stores::{Stores, chain};

/// A day, in seconds.
const DAY: i64 = 86_400;

type Said = Vec<(Rule, String)>;

/// Everything that is wrong with one repository. Rules that are off are not looked at.
pub(super) fn look(git: &Git, found: &Found, (rules, style): (&Rules, &Style), now: i64) -> Said {
    let mut said = Said::new();
    if let Err(error) = with_git(git, found, rules, now, &mut said) {
        said.push((Rule::Readable, chain(&error)));
    }
    if let Some(root) = found.place.work_tree.as_deref() {
        files(root, rules, &mut said);
        if rules.level(Rule::Stores) != Level::Off {
            let stores = Stores::of(found);
            said.extend(stores.damaged.into_iter().chain(stores.unread).map(|fault| (Rule::Stores, fault)));
        }
        if rules.level(Rule::Versions) != Level::Off {
            let faults = release::state::State::of(git, found, style).map(|state| state.faults);
            let faults = faults.unwrap_or_else(|error| vec![chain(&error)]);
            said.extend(faults.into_iter().map(|fault| (Rule::Versions, fault)));
        }
    }
    said.sort();
    said.dedup();
    said
}

fn files(root: &Path, rules: &Rules, said: &mut Said) {
    let names = names(root);
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.iter().any(|wanted| name.starts_with(wanted)));
    if !has(&["readme"]) {
        said.push((Rule::Readme, "there is no README".into()));
    }
    if !has(&["licence", "license", "copying", "unlicense"]) {
        said.push((Rule::Licence, "there is no LICENSE".into()));
    }
    if !has_ci(root) {
        said.push((Rule::Ci, "no pipeline is set up".into()));
    }
    if !root.join("AGENTS.md").exists() {
        said.push((Rule::AgentsMd, "there is no AGENTS.md".into()));
    }
    let missing = rules.required.iter().filter(|file| !root.join(file).exists());
    said.extend(missing.map(|file| (Rule::Required, format!("there is no {file}"))));
}

/// The names in a folder, in small letters.
fn names(root: &Path) -> Vec<String> {
    let listed = fs::read_dir(root).into_iter().flatten().flatten();
    listed.map(|entry| entry.file_name().to_string_lossy().to_lowercase()).collect()
}

fn with_git(git: &Git, found: &Found, rules: &Rules, now: i64, said: &mut Said) -> Result<(), GitError> {
    if git.remotes()?.is_empty() {
        said.push((Rule::Remote, "there is no remote".into()));
    }
    if rules.level(Rule::Stale) != Level::Off
        && let Some(commit) = git.last_commit()?
        && now - commit.time > rules.stale_days.saturating_mul(DAY)
    {
        said.push((Rule::Stale, format!("no commit for {} days", (now - commit.time) / DAY)));
    }
    let Some(root) = found.place.work_tree.as_deref() else { return Ok(()) };
    let status = git.status(Untracked::Normal)?;
    if status.head.branch.is_some() && status.head.upstream.is_none() {
        said.push((Rule::Upstream, "the branch follows none of a remote".into()));
    }
    let conflicts = status.entries.iter().filter(|entry| entry.change == Change::Conflicted);
    said.extend(conflicts.map(|entry| (Rule::Conflict, format!("{} is in conflict", entry.path.display()))));
    said.extend(waiting(root, &status, rules, now).map(|message| (Rule::Dirty, message)));
    Ok(())
}

/// The change that waits the longest, if it waits too long. A file that was removed does not say since when.
fn waiting(root: &Path, status: &Status, rules: &Rules, now: i64) -> Option<String> {
    let ages = status.entries.iter().filter_map(|entry| {
        let changed = root.join(&entry.path).symlink_metadata().and_then(|file| file.modified()).ok()?;
        let changed = i64::try_from(changed.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()?;
        Some(((now - changed) / DAY, &entry.path))
    });
    let (days, path) = ages.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    let more = status.entries.len() - 1;
    let others = if more == 0 { String::new() } else { format!(" (and {more} more)") };
    (days >= rules.dirty_days).then(|| format!("{} waits to be committed for {days} days{others}", path.display()))
}
