//! Where every work tree stands, asked in parallel.

use std::collections::BTreeMap;

use oqto_repo::history::commit_times;
use oqto_repo::status::{Counts, Head, Untracked};
use oqto_repo::{Git, GitError};
use serde::Serialize;

use crate::facts::has_ci;
use crate::find::Found;
use crate::parallel;
use crate::stores::Stores;

/// How many repositories one process is asked the ages of.
const TOGETHER: usize = 16;

/// Where one repository stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Its branch; nothing when the head is detached.
    pub branch: Option<String>,
    /// Its commit; nothing before the first.
    pub commit: Option<String>,
    /// What the branch follows.
    pub upstream: Option<String>,
    /// Commits that upstream lacks.
    pub ahead: Option<u64>,
    /// Commits of upstream that are missing here, as of the last fetch.
    pub behind: Option<u64>,
    /// Files that differ.
    pub files: Counts,
    /// When the commit was made, in seconds since 1970.
    pub last_commit: Option<i64>,
    /// Whether a pipeline is set up.
    pub ci: bool,
    /// Its issues and memories.
    #[serde(flatten)]
    pub stores: Stores,
}

impl Standing {
    /// Whether anything differs from the commit.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.files != Counts::default()
    }
}

/// Asks every repository where it stands, and tells `each` after every one. Answers are in the order of `repositories`.
/// One that cannot be asked has its reason instead.
pub fn survey(git: &Git, repositories: &[Found], each: &(dyn Fn() + Sync)) -> Vec<Result<Standing, GitError>> {
    let stand = |found: &Found| stand(git, found).map(|(head, files)| (head, files, Stores::of(found)));
    let heads = parallel::map(repositories, stand, each);
    let ask = |(found, head): (&Found, &Result<_, GitError>)| {
        let (head, ..): &(Head, Counts, Stores) = head.as_ref().ok()?;
        Some((found.place.common_dir.join("objects"), head.oid.clone()?))
    };
    let wanted: Vec<_> = repositories.iter().zip(&heads).filter_map(ask).collect();
    let parts: Vec<_> = wanted.chunks(TOGETHER).collect();
    // An age that cannot be told is no reason to tell nothing.
    let times = parallel::map(&parts, |part| commit_times(git, part).unwrap_or_default(), &|| {});
    let times: BTreeMap<_, _> = times.into_iter().flatten().collect();
    let whole = |(found, head): (&Found, Result<(Head, Counts, Stores), GitError>)| {
        let (head, files, stores) = head?;
        Ok(Standing {
            last_commit: head.oid.as_ref().and_then(|oid| times.get(oid).copied()),
            commit: head.oid.map(|oid| oid.to_string()),
            branch: head.branch,
            upstream: head.upstream,
            ahead: head.ahead_behind.map(|(ahead, _)| ahead),
            behind: head.ahead_behind.map(|(_, behind)| behind),
            files,
            ci: has_ci(found.root()),
            stores,
        })
    };
    repositories.iter().zip(heads).map(whole).collect()
}

fn stand(git: &Git, found: &Found) -> Result<(Head, Counts), GitError> {
    let git = git.beside(found.root());
    if found.place.work_tree.is_none() {
        let head = Head { oid: git.commit_named("HEAD")?, branch: git.branch()?, ..Head::default() };
        return Ok((head, Counts::default()));
    }
    let status = git.status(Untracked::Normal)?;
    let counts = status.counts();
    Ok((status.head, counts))
}
