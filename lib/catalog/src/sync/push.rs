//! Giving the remote what it lacks.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::{Duration, Instant};

use oqto_repo::commit::Identity;
use oqto_repo::network::Pushed;
use oqto_repo::snapshot::Blob;
use oqto_repo::{Git, GitError, Oid, Place};

use super::compare::{Compared, compare};
use super::follow::{Sent, follow};
use super::{Options, Synced, Target, local, target};
use crate::error::{CatalogError, Result};

/// The first and the longest pause after the remote has moved.
const PAUSE: (Duration, Duration) = (Duration::from_millis(40), Duration::from_secs(3));

/// Whether a branch that the remote lacks is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// It is an error that it is not there.
    Never,
    /// A branch of nothing but our files is made.
    IfMissing,
}

/// Whether the branch that is checked out goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// It stays where it is.
    No,
    /// It goes along, where it stood at the commit that the remote's branch was at.
    Yes,
}

/// How it is pushed.
#[derive(Debug, Clone)]
pub struct Manner {
    /// Whether a branch that the remote lacks is made.
    pub created: Created,
    /// Whether the branch that is checked out goes along.
    pub follow: Follow,
    /// The message of the commit.
    pub message: String,
}

/// Puts a commit on the remote's branch that adds what it lacks of ours. Nothing to do is a success.
///
/// # Errors
/// No remote or no such branch, unreachable, not permitted or refused; `Moving` when others were faster until it was too
/// late; git's own.
pub fn push(git: &Git, place: &Place, options: &Options, manner: &Manner) -> Result<Synced> {
    let git = git.beside(place.root()).until(options.until);
    let target = target(&git, options)?;
    let mut attempts = 0;
    loop {
        attempts += 1;
        // Read every time: agents go on writing while the network is slow.
        let local = local::read(&git, place, &options.kinds)?;
        let tip = match git.fetch_branch(&target.remote, &target.branch) {
            Ok(tip) => tip,
            Err(GitError::Locked { .. }) if pause(attempts, options.until) => continue,
            Err(error) => return Err(error.into()),
        };
        if tip.is_none() && manner.created == Created::Never {
            let remote = oqto_repo::refs::without_credentials(&target.remote);
            return Err(CatalogError::NoBranch { remote, branch: target.branch });
        }
        let compared = compare(&git, &local, tip.as_ref(), &options.kinds)?;
        let files = stored(&git, &compared)?;
        if files.is_empty() {
            return Ok(done(target, tip.as_ref(), &compared, local, attempts));
        }
        let commit = git.commit_on(tip.as_ref(), &files, &whole(&manner.message), &author(&git)?)?;
        match git.push_commit(&target.remote, &commit, &target.branch)? {
            Pushed::Done => {
                let followed = match (&tip, manner.follow) {
                    (Some(tip), Follow::Yes) => {
                        follow(&git, place, &target, &Sent { tip, commit: &commit, files: &files })?
                    }
                    (_, Follow::No) | (None, Follow::Yes) => false,
                };
                let synced = done(target, Some(&commit), &compared, local, attempts);
                return Ok(Synced { changed: true, followed, ..synced });
            }
            Pushed::Moved if pause(attempts, options.until) => {}
            Pushed::Moved => return Err(CatalogError::Moving { branch: target.branch, attempts }),
            Pushed::Refused { why } => return Err(GitError::Refused { said: why }.into()),
        }
    }
}

fn done(target: Target, tip: Option<&Oid>, compared: &Compared, local: local::Local, attempts: u32) -> Synced {
    let mut synced = target.synced(tip, compared, local.ignored);
    synced.attempts = attempts;
    synced.files.retain_mut(|file| {
        file.behind = 0;
        file.ahead > 0
    });
    synced
}

fn stored(git: &Git, compared: &Compared) -> Result<Vec<Blob>> {
    let wanted = compared.pairs.iter().filter_map(|pair| Some((&pair.path, pair.theirs.as_ref()?)));
    wanted.map(|(path, content)| Ok(Blob { path: path.clone(), oid: git.store(content)? })).collect()
}

fn author(git: &Git) -> Result<Identity> {
    let nobody = || Identity { name: "byt".into(), email: "byt@localhost".into() };
    Ok(git.identity()?.unwrap_or_else(nobody))
}

fn whole(message: &str) -> String {
    format!("{}\n", message.trim_end())
}

/// Waits a little longer each time, and not in step with the others who wait. `false` when there is no time left.
fn pause(attempts: u32, until: Instant) -> bool {
    let longest = PAUSE.0.saturating_mul(1 << attempts.min(8)).min(PAUSE.1);
    let random = RandomState::new().build_hasher().finish() % 1000;
    let wanted = longest.mul_f64(random as f64 / 1000.0);
    let left = until.saturating_duration_since(Instant::now());
    if left <= wanted {
        return false;
    }
    #[expect(clippy::disallowed_methods, reason = "nothing tells when the others have pushed")]
    std::thread::sleep(wanted);
    true
}
