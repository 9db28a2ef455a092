//! Committing exactly the named paths, and who commits.

use std::path::Path;

use crate::error::Result;
use crate::git::Git;
use crate::oid::Oid;

/// Who a commit is by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// The address, which need not exist.
    pub email: String,
}

impl Identity {
    /// The variables that make git use it.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&'static str, String)> {
        [
            ("GIT_AUTHOR_NAME", self.name.clone()),
            ("GIT_AUTHOR_EMAIL", self.email.clone()),
            ("GIT_COMMITTER_NAME", self.name.clone()),
            ("GIT_COMMITTER_EMAIL", self.email.clone()),
        ]
        .into_iter()
    }
}

/// What was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// Nothing had changed.
    Nothing,
    /// This commit.
    Commit(Oid),
}

impl Git {
    /// Who git takes a commit to be by here; `None` where nobody has told it.
    ///
    /// # Errors
    /// git's own.
    pub fn identity(&self) -> Result<Option<Identity>> {
        let said = self.call(["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"]).said()?;
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        // NAME <MAIL> SECONDS ZONE
        let parts = text.rsplit_once('>').and_then(|(who, _)| who.rsplit_once(" <"));
        let identity =
            parts.map(|(name, email)| Identity { name: name.trim().to_owned(), email: email.trim().to_owned() });
        Ok(identity.filter(|_| said.code == Some(0)))
    }

    /// Commits what the work tree holds at `paths` (files or folders, from [`Git::dir`]), new and deleted files as well,
    /// and nothing else: what is staged at other paths stays staged. The person's hooks run. `fallback` is who it is by
    /// where git knows nobody.
    ///
    /// # Errors
    /// A path is ignored or is not there; a merge is going on; a hook refuses; git's own.
    pub fn commit_paths<P: AsRef<Path>>(&self, paths: &[P], message: &str, fallback: &Identity) -> Result<Committed> {
        if self.status_of(paths)?.is_clean() {
            return Ok(Committed::Nothing);
        }
        let identity = match self.identity()? {
            Some(_) => None,
            None => Some(fallback),
        };
        // New files have to be known before a commit can name them.
        self.call(["add", "--all"]).paths(paths).run()?;
        let call = self.call(["commit", "--quiet", "--only", "--cleanup=whitespace", "--message"]).arg(message);
        call.envs(identity.into_iter().flat_map(Identity::variables)).paths(paths).run()?;
        match self.commit_named("HEAD")? {
            Some(oid) => Ok(Committed::Commit(oid)),
            None => Ok(Committed::Nothing),
        }
    }
}
