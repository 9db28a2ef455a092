//! Fetch, push, and what the other side said.

use crate::error::{GitError, Result};
use crate::git::{Git, Said, essence, failure};
use crate::oid::Oid;

/// How a push ended when both sides could speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pushed {
    /// The branch of the remote is this commit now.
    Done,
    /// The branch has moved since, or somebody was faster: fetch, and try again.
    Moved,
    /// The remote does not want it, whatever is tried.
    Refused {
        /// What it said.
        why: String,
    },
}

impl Git {
    /// The branches of a remote: name and commit.
    ///
    /// # Errors
    /// Unreachable, not permitted, no such remote; git's own.
    pub fn remote_branches(&self, remote: &str) -> Result<Vec<(String, Oid)>> {
        let said = self.spoken(["ls-remote", "--heads", "--quiet", "--end-of-options", remote], "ls-remote")?;
        let text = String::from_utf8_lossy(&said);
        let read = |line: &str| {
            let (oid, name) = line.split_once('\t')?;
            Some((name.strip_prefix("refs/heads/")?.to_owned(), Oid::parse(oid)?))
        };
        Ok(text.lines().filter_map(read).collect())
    }

    /// The branch that the remote's `HEAD` is.
    ///
    /// # Errors
    /// As [`remote_branches`](Self::remote_branches).
    pub fn remote_default_branch(&self, remote: &str) -> Result<Option<String>> {
        let arguments = ["ls-remote", "--symref", "--quiet", "--end-of-options", remote, "HEAD"];
        let said = self.spoken(arguments, "ls-remote")?;
        let text = String::from_utf8_lossy(&said);
        let read = |line: &str| {
            let (target, name) = line.strip_prefix("ref: ")?.split_once('\t')?;
            (name == "HEAD").then(|| target.strip_prefix("refs/heads/").map(ToOwned::to_owned))?
        };
        Ok(text.lines().find_map(read))
    }

    /// Fetches a branch of a remote and returns its newest commit; `None` when the remote has no such branch. Work tree,
    /// index and local branches stay as they are.
    ///
    /// # Errors
    /// As [`remote_branches`](Self::remote_branches).
    pub fn fetch_branch(&self, remote: &str, branch: &str) -> Result<Option<Oid>> {
        let private = format!("refs/oqto/fetched/{}/{branch}", std::process::id());
        let wanted = format!("+refs/heads/{branch}:{private}");
        let call = self.call(["-c", "gc.auto=0", "-c", "maintenance.auto=false", "fetch", "--quiet", "--no-tags"]);
        let call = call.args(["--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance"]);
        let said = call.args(["--end-of-options", remote, &wanted]).remote().said()?;
        if said.code != Some(0) {
            if said.stderr.contains("couldn't find remote ref") {
                return Ok(None);
            }
            return Err(self.trouble("fetch", &said));
        }
        let oid = self.commit_named(&private)?;
        // The commit stays for as long as git keeps what nothing names, which is weeks.
        self.call(["update-ref", "-d", &private]).run()?;
        Ok(oid)
    }

    /// Pushes a commit to a branch of a remote, never by force. The person's hooks run.
    ///
    /// # Errors
    /// As [`remote_branches`](Self::remote_branches).
    pub fn push_commit(&self, remote: &str, commit: &Oid, branch: &str) -> Result<Pushed> {
        let call = self.call(["push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--no-signed"]);
        let said = call.args(["--end-of-options", remote, &format!("{commit}:refs/heads/{branch}")]).remote().said()?;
        if said.code == Some(0) {
            return Ok(Pushed::Done);
        }
        match refusal(&said) {
            Some(Refusal::Moved) => Ok(Pushed::Moved),
            Some(Refusal::Final(why)) => Ok(Pushed::Refused { why }),
            None => Err(self.trouble("push", &said)),
        }
    }

    pub(crate) fn cloned(&self, call: crate::git::Call<'_>) -> Result<()> {
        let said = call.remote().said()?;
        if said.code == Some(0) { Ok(()) } else { Err(self.trouble("clone", &said)) }
    }

    fn spoken<const N: usize>(&self, arguments: [&str; N], name: &str) -> Result<Vec<u8>> {
        let said = self.call(arguments).remote().said()?;
        if said.code == Some(0) { Ok(said.stdout) } else { Err(self.trouble(name, &said)) }
    }

    fn trouble(&self, command: &str, said: &Said) -> GitError {
        let words = essence(&said.stderr, &said.stdout);
        let has = |texts: &[&str]| texts.iter().any(|text| said.stderr.contains(text));
        if has(&NOT_PERMITTED) {
            GitError::Refused { said: words }
        } else if has(&NO_REMOTE) {
            GitError::NoRemote { said: words }
        } else if has(&UNREACHABLE) {
            GitError::Unreachable { said: words }
        } else {
            failure(command.to_owned(), self.dir().to_owned(), said)
        }
    }
}

/// What git and its transports say when somebody may not.
const NOT_PERMITTED: [&str; 7] = [
    "Authentication failed",
    "Permission denied",
    "could not read Username",
    "could not read Password",
    "terminal prompts disabled",
    "Host key verification failed",
    "The requested URL returned error: 403",
];

/// What they say when there is nothing.
const NO_REMOTE: [&str; 5] = [
    "does not appear to be a git repository",
    "does not exist",
    "Repository not found",
    "No such remote",
    "The requested URL returned error: 404",
];

/// What they say when nobody answers.
const UNREACHABLE: [&str; 9] = [
    "Could not resolve host",
    "Connection refused",
    "Connection timed out",
    "Connection reset",
    "unable to access",
    "unable to connect",
    "Could not read from remote repository",
    "the remote end hung up unexpectedly",
    "Network is unreachable",
];

enum Refusal {
    Moved,
    Final(String),
}

/// Reads the line `!\tFROM:TO\t[what] (why)` of a push.
fn refusal(said: &Said) -> Option<Refusal> {
    let text = String::from_utf8_lossy(&said.stdout);
    let line = text.lines().find(|line| line.starts_with("!\t"))?;
    let summary = line.rsplit('\t').next().unwrap_or_default();
    let moved =
        ["fetch first", "non-fast-forward", "stale info", "cannot lock ref", "failed to update ref", "failed to lock"];
    // A remote that another push changes at this instant answers in several ways.
    let raced =
        ["incorrect old value", "reference already exists", "is at ", "Unable to create", "failed to update ref"];
    let in_words = |words: &[&str]| words.iter().any(|word| summary.contains(word));
    if in_words(&moved) || in_words(&raced) {
        return Some(Refusal::Moved);
    }
    let remote: Vec<&str> =
        said.stderr.lines().filter_map(|line| line.strip_prefix("remote: ")).map(str::trim).take(3).collect();
    let why = if remote.is_empty() { summary.to_owned() } else { format!("{summary}: {}", remote.join("; ")) };
    Some(Refusal::Final(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(stdout: &str) -> Said {
        Said { code: Some(1), stdout: stdout.into(), stderr: "remote: not on a Friday\n".into() }
    }

    #[test]
    fn a_moved_branch_is_told_from_one_that_is_closed() {
        for moved in
            ["[rejected] (fetch first)", "[rejected] (non-fast-forward)", "[remote rejected] (cannot lock ref 'x')"]
        {
            let text = format!("To /r\n!\tabc:refs/heads/main\t{moved}\nDone\n");
            assert!(matches!(refusal(&said(&text)), Some(Refusal::Moved)), "{moved}");
        }
        let closed = "To /r\n!\tabc:refs/heads/main\t[remote rejected] (pre-receive hook declined)\nDone\n";
        let Some(Refusal::Final(why)) = refusal(&said(closed)) else { panic!("it is final") };
        assert_eq!(why, "[remote rejected] (pre-receive hook declined): not on a Friday");
        assert!(refusal(&said("")).is_none());
    }
}
