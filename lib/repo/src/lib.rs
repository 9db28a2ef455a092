//! Typed calls to `git`, the program, and what a repository's folders say without it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`locate`] | the repository of a folder, found without starting anything |
//! | [`git`] | [`Git`]: where calls go to, and what environment they get |
//! | [`status`] | `git status --porcelain=v2`, parsed |
//! | [`files`] | tracked, staged and changed files |
//! | [`history`] | commits, tags, root commits, and the ages of many repositories at once |
//! | [`loose`] | the age of a commit that is not packed yet, without git |
//! | [`refs`] | names of commits and branches, remotes, configuration |
//! | [`commit`] | committing exactly the named paths, and who commits |
//! | [`snapshot`] | commits made without a work tree and without the index |
//! | [`network`] | fetch, push and what the other side said |
//! | [`create`] | clones |
//! | [`error`] | [`GitError`] |
//!
//! It does not know issues, memories or catalogs, and it decides nothing about them.
//!
//! # Invariants
//!
//! - No call can ask a person anything: no prompt, no editor, no pager.
//! - A call goes to the repository it was given, whatever `GIT_DIR` says, unless [`Git::in_hook`] was asked for.
//! - Paths are handed over after `--` and literally; what git prints about paths is read with `-z`.
//! - Nothing here forces a push, and nothing commits a path that was not named.
//! - Every call is bounded in time and output.
//!
//! ```no_run
//! use oqto_repo::{Git, status::Untracked};
//!
//! let git = Git::at("/home/dev/project")?;
//! let status = git.status(Untracked::Normal)?;
//! println!("{:?} {}", status.head.branch, status.is_clean());
//! # Ok::<_, oqto_repo::GitError>(())
//! ```

pub mod commit;
pub mod create;
pub mod error;
pub mod files;
pub mod git;
pub mod history;
pub mod locate;
pub mod loose;
pub mod network;
mod oid;
pub mod refs;
pub mod snapshot;
pub mod status;

pub use error::{GitError, Result};
pub use git::Git;
pub use locate::{Place, locate};
pub use oid::Oid;
