//! One repository: its version, its tag, what was done since, and what does not agree.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use oqto_repo::history::Commit;
use oqto_repo::status::Untracked;
use oqto_repo::{Git, Oid};
use semver::{Prerelease, Version};
use serde::Serialize;

use super::Style;
use super::changelog::{self, Changelog};
use super::manifest::{self, AT_ROOT, Manifest};
use crate::error::{CatalogError, Result};
use crate::find::Found;

/// How many commits since the last tag are looked at.
const COMMITS: usize = 5000;

/// How much of a version rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Nothing was done.
    None,
    /// Repairs.
    Patch,
    /// Something new.
    Minor,
    /// Something that worked before does not any more.
    Major,
}

impl Bump {
    /// What these commits ask for, by the words their subjects begin with (`feat:`, `fix!:`), as Conventional Commits has it.
    #[must_use]
    pub fn of(commits: &[Commit]) -> Self {
        commits.iter().map(Self::one).max().unwrap_or(Self::None)
    }

    fn one(commit: &Commit) -> Self {
        let kind = commit.subject.split(':').next().unwrap_or_default();
        let breaking = commit.subject.contains(':') && kind.ends_with('!');
        if breaking || commit.body.lines().any(|line| line.starts_with("BREAKING CHANGE:")) {
            return Self::Major;
        }
        let kind = kind.split('(').next().unwrap_or_default();
        if kind.trim().eq_ignore_ascii_case("feat") { Self::Minor } else { Self::Patch }
    }

    /// The version after `version`. Before 1.0.0 what breaks raises the second number.
    #[must_use]
    pub fn after(self, version: &Version) -> Version {
        let mut next = version.clone();
        next.build = semver::BuildMetadata::EMPTY;
        if !version.pre.is_empty() {
            // What was promised comes.
            next.pre = Prerelease::EMPTY;
            return next;
        }
        match (self, version.major) {
            (Self::None, _) => next,
            (Self::Patch, _) => Version::new(version.major, version.minor, version.patch + 1),
            (Self::Minor, _) | (Self::Major, 0) => Version::new(version.major, version.minor + 1, 0),
            (Self::Major, _) => Version::new(version.major + 1, 0, 0),
        }
    }
}

/// Where a repository stands with its releases.
#[derive(Debug, Clone, Serialize)]
pub struct State {
    /// Its name.
    pub repository: String,
    /// Its manifests.
    pub manifests: Vec<Manifest>,
    /// The version they say; nothing where they do not agree, or say none.
    pub version: Option<Version>,
    /// The greatest version with a tag in the past of the head.
    pub tagged: Option<Version>,
    /// Commits since that tag.
    pub commits: usize,
    /// How much they ask for.
    pub bump: Bump,
    /// What does not agree.
    pub faults: Vec<String>,
    /// Whether files differ from the commit.
    pub dirty: bool,
    #[serde(skip)]
    pub(crate) changelog: Option<Changelog>,
}

impl State {
    /// Looks at one repository.
    ///
    /// # Errors
    /// git's own, and a changelog that cannot be read.
    pub fn of(git: &Git, found: &Found, style: &Style) -> Result<Self> {
        let root = found.root();
        let mut faults = Vec::new();
        let manifests = manifests(root, style, &mut faults);
        let version = agreed(&manifests, &mut faults);
        let changelog = read_changelog(root, style)?;
        let head = git.commit_named("HEAD")?;
        let past = Past::of(git, head.as_ref(), style)?;
        let commits = match &head {
            Some(head) => git.log(past.newest.as_ref().map(|(_, tag)| tag.as_str()), head.as_str(), COMMITS)?,
            None => Vec::new(),
        };
        let dirty = found.place.work_tree.is_some() && !git.status(Untracked::Normal)?.is_clean();
        let tagged = past.newest.as_ref().map(|(version, _)| version.clone());
        let state = Self {
            repository: found.name.clone(),
            manifests,
            version,
            tagged,
            commits: commits.len(),
            bump: Bump::of(&commits),
            faults,
            dirty,
            changelog,
        };
        Ok(state.judged(&past, style))
    }

    /// The version that is to be released next: the one that the manifests say, if it has no tag yet, else the one after it.
    #[must_use]
    pub fn next(&self) -> Option<Version> {
        match (&self.version, &self.tagged) {
            (Some(version), Some(tagged)) if version > tagged => Some(version.clone()),
            (Some(version), None) => Some(version.clone()),
            (_, Some(tagged)) => Some(self.bump.after(tagged)),
            (None, None) => None,
        }
    }

    fn judged(mut self, past: &Past, style: &Style) -> Self {
        let tag = |version: &Version| format!("{}{version}", style.tag_prefix);
        if let (Some(version), Some(tagged)) = (&self.version, &self.tagged)
            && version < tagged
        {
            self.faults.push(format!("the manifests say {version}, but {} is tagged already", tag(tagged)));
        }
        if let Some(version) = &self.version
            && past.elsewhere.contains(version)
        {
            self.faults.push(format!("{} is tagged, but not in the past of this branch", tag(version)));
        }
        let Some(changelog) = &self.changelog else { return self };
        if let Some(tagged) = &self.tagged
            && !changelog.versions.contains(tagged)
        {
            self.faults.push(format!("{} is tagged, but {} does not tell of it", tag(tagged), style.changelog));
        }
        if let (Some(version), Some(told)) = (&self.version, changelog.versions.iter().max())
            && told > version
        {
            self.faults.push(format!("{} tells of {told}, but the manifests say {version}", style.changelog));
        }
        self
    }
}

/// The tags of versions.
struct Past {
    /// The greatest one in the past of the head, and its tag.
    newest: Option<(Version, String)>,
    /// Versions that are tagged only elsewhere.
    elsewhere: BTreeSet<Version>,
}

impl Past {
    fn of(git: &Git, head: Option<&Oid>, style: &Style) -> Result<Self> {
        let version = |tag: &str| Version::parse(tag.strip_prefix(style.tag_prefix.as_str())?).ok();
        let within = match head {
            Some(head) => git.tags_within(head.as_str())?,
            None => Vec::new(),
        };
        let here: Vec<_> = within.iter().filter_map(|tag| Some((version(tag)?, format!("refs/tags/{tag}")))).collect();
        let tags = git.tags()?;
        let elsewhere = tags.iter().filter_map(|tag| version(&tag.name));
        let elsewhere = elsewhere.filter(|version| here.iter().all(|(known, _)| known != version)).collect();
        Ok(Self { newest: here.into_iter().max(), elsewhere })
    }
}

fn manifests(root: &Path, style: &Style, faults: &mut Vec<String>) -> Vec<Manifest> {
    let files = AT_ROOT.into_iter().chain(style.manifests.iter().map(String::as_str));
    let mut manifests = Vec::new();
    for file in files {
        match manifest::read(root, file) {
            Ok(found) => manifests.extend(found),
            Err(why) => faults.push(why),
        }
    }
    manifests
}

fn agreed(manifests: &[Manifest], faults: &mut Vec<String>) -> Option<Version> {
    let told: Vec<_> = manifests.iter().filter_map(|found| Some((found.version.as_ref()?, &found.file))).collect();
    let versions: BTreeSet<&Version> = told.iter().map(|(version, _)| *version).collect();
    if versions.len() > 1 {
        let told: Vec<String> = told.iter().map(|(version, file)| format!("{file} says {version}")).collect();
        faults.push(format!("the manifests do not agree: {}", told.join(", ")));
        return None;
    }
    versions.into_iter().next().cloned()
}

fn read_changelog(root: &Path, style: &Style) -> Result<Option<Changelog>> {
    if style.changelog.is_empty() {
        return Ok(None);
    }
    let path = root.join(&style.changelog);
    match fs::read(&path) {
        Ok(text) => Ok(Some(changelog::parse(&String::from_utf8_lossy(&text)))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CatalogError::io(&path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(subject: &str, body: &str) -> Commit {
        let oid = Oid::parse(&"1".repeat(40)).expect("an id");
        Commit { oid, time: 0, author: "Ada".into(), subject: subject.into(), body: body.into() }
    }

    #[test]
    fn the_words_of_commits_say_what_rises() {
        let of = |subject: &str, body: &str| Bump::of(&[commit("docs: x", ""), commit(subject, body)]);
        assert_eq!(of("fix: y", ""), Bump::Patch);
        assert_eq!(of("feat(api): y", ""), Bump::Minor);
        assert_eq!(of("feat(api)!: y", ""), Bump::Major);
        assert_eq!(of("fix: y", "text\nBREAKING CHANGE: z"), Bump::Major);
        assert_eq!(of("what!", ""), Bump::Patch);
        assert_eq!(Bump::of(&[]), Bump::None);
        let next = |bump: Bump, from: &str| bump.after(&Version::parse(from).expect("a version")).to_string();
        assert_eq!(next(Bump::Major, "0.4.2"), "0.5.0");
        assert_eq!(next(Bump::Major, "1.4.2"), "2.0.0");
        assert_eq!(next(Bump::Minor, "1.4.2"), "1.5.0");
        assert_eq!(next(Bump::Patch, "1.4.2+build"), "1.4.3");
        assert_eq!(next(Bump::Major, "2.0.0-rc.1"), "2.0.0");
    }
}
