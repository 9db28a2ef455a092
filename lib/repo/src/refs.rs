//! Names of commits and branches, remotes, configuration.

use crate::error::{GitError, Result};
use crate::git::Git;
use crate::oid::Oid;

/// A place that commits are fetched from and pushed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// What it is called here, such as `origin`.
    pub name: String,
    /// Where it is. Credentials in it are left out.
    pub url: String,
}

impl Git {
    /// The commit that `name` means (a branch, a tag, `HEAD`, a remote branch); `None` when there is none.
    ///
    /// # Errors
    /// git's own.
    pub fn commit_named(&self, name: &str) -> Result<Option<Oid>> {
        let wanted = format!("{name}^{{commit}}");
        let said = self.call(["rev-parse", "--verify", "--quiet", "--end-of-options"]).arg(wanted).maybe()?;
        said.map(|said| oid(&said, "rev-parse")).transpose()
    }

    /// The branch that is checked out; `None` when the head is detached.
    ///
    /// # Errors
    /// git's own.
    pub fn branch(&self) -> Result<Option<String>> {
        Ok(self.call(["symbolic-ref", "--quiet", "--short", "HEAD"]).maybe()?.map(|said| line(&said)))
    }

    /// Remotes by name. `insteadOf` is applied as git does.
    ///
    /// # Errors
    /// git's own.
    pub fn remotes(&self) -> Result<Vec<Remote>> {
        let Some(said) = self.call(["config", "--null", "--get-regexp", r"^remote\..*\.url$"]).maybe()? else {
            return Ok(Vec::new());
        };
        let text = String::from_utf8_lossy(&said);
        let read = |record: &str| {
            let (key, url) = record.split_once('\n')?;
            let name = key.strip_prefix("remote.")?.strip_suffix(".url")?;
            Some(Remote { name: name.to_owned(), url: without_credentials(url) })
        };
        let mut remotes: Vec<Remote> = text.split('\0').filter_map(read).collect();
        remotes.sort_by(|a, b| a.name.cmp(&b.name));
        remotes.dedup_by(|a, b| a.name == b.name);
        Ok(remotes)
    }

    /// The remote to speak with when nobody named one: that of the branch, else `origin`, else the only one.
    ///
    /// # Errors
    /// git's own.
    pub fn default_remote(&self) -> Result<Option<String>> {
        let of_branch = match self.branch()? {
            Some(branch) => self.setting(&format!("branch.{branch}.remote"))?,
            None => None,
        };
        let remotes = self.remotes()?;
        let known = |name: &str| remotes.iter().any(|remote| remote.name == name);
        Ok(of_branch
            .filter(|name| known(name))
            .or_else(|| known("origin").then(|| "origin".to_owned()))
            .or_else(|| (remotes.len() == 1).then(|| remotes[0].name.clone())))
    }

    /// A value of git's configuration; the last one where there are several.
    ///
    /// # Errors
    /// git's own.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let said = self.call(["config", "--null", "--get"]).arg(key).maybe()?;
        Ok(said.map(|said| String::from_utf8_lossy(&said).trim_end_matches('\0').to_owned()))
    }

    /// Moves a branch (its full name, `refs/heads/…`) from one commit to another, and only from that one: `false` when it
    /// is elsewhere by now.
    ///
    /// # Errors
    /// git's own.
    pub fn move_ref(&self, name: &str, from: &Oid, to: &Oid, why: &str) -> Result<bool> {
        let call = self.call(["update-ref", "-m"]).arg(why).arg(name).arg(to.as_str()).arg(from.as_str());
        let said = call.said()?;
        match said.code {
            Some(0) => Ok(true),
            _ if said.stderr.contains("cannot lock ref") => Ok(false),
            _ => Err(crate::git::failure(format!("update-ref {name}"), self.dir().to_owned(), &said)),
        }
    }

    /// Whether every commit of `older` is in `newer`, too.
    ///
    /// # Errors
    /// git's own.
    pub fn is_ancestor(&self, older: &Oid, newer: &Oid) -> Result<bool> {
        let call = self.call(["merge-base", "--is-ancestor"]).arg(older.as_str()).arg(newer.as_str());
        Ok(call.maybe()?.is_some())
    }
}

pub(crate) fn oid(said: &[u8], command: &str) -> Result<Oid> {
    let text = line(said);
    Oid::parse(&text).ok_or(GitError::Unexpected { command: command.into(), said: text })
}

/// The first line of what was said.
pub(crate) fn line(said: &[u8]) -> String {
    String::from_utf8_lossy(said).lines().next().unwrap_or_default().to_owned()
}

/// A URL without the `user:password@` that some people keep in it. The user alone stays where it is no secret (ssh).
#[must_use]
pub fn without_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = rest.split_once('/').map_or((rest, None), |(authority, path)| (authority, Some(path)));
    let authority = match authority.rsplit_once('@') {
        Some((user, host)) if scheme == "ssh" && !user.contains(':') => format!("{user}@{host}"),
        Some((_, host)) => host.to_owned(),
        None => authority.to_owned(),
    };
    match path {
        Some(path) => format!("{scheme}://{authority}/{path}"),
        None => format!("{scheme}://{authority}"),
    }
}

#[cfg(test)]
mod tests {
    use super::without_credentials;

    #[test]
    fn urls_lose_their_secrets() {
        for (url, clean) in [
            ("https://ada:secret@host.example/a.git", "https://host.example/a.git"),
            ("https://token@host.example/a.git", "https://host.example/a.git"),
            ("ssh://git@host.example:22/a.git", "ssh://git@host.example:22/a.git"),
            ("ssh://git:pw@host.example/a.git", "ssh://host.example/a.git"),
            ("git@host.example:a/b.git", "git@host.example:a/b.git"),
            ("/srv/git/a@b.git", "/srv/git/a@b.git"),
            ("https://host.example/a@b", "https://host.example/a@b"),
        ] {
            assert_eq!(without_credentials(url), clean);
        }
    }
}
