//! Commits, tags, root commits, and the ages of many repositories at once.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use crate::error::{GitError, Result};
use crate::git::Git;
use crate::oid::Oid;

/// How many object folders one process looks into. Each further one costs every look-up a little.
const STORES: usize = 24;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub oid: Oid,
    /// When it was made, in seconds since 1970.
    pub time: i64,
    /// Who wrote it.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
    /// The rest of its message.
    pub body: String,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name without `refs/tags/`.
    pub name: String,
    /// The commit it is on.
    pub commit: Oid,
}

impl Git {
    /// The commits that `to` has and `from` (all of them, where it is `None`) lacks, newest first, at most `limit`.
    ///
    /// # Errors
    /// git's own.
    pub fn log(&self, from: Option<&str>, to: &str, limit: usize) -> Result<Vec<Commit>> {
        let mut call = self.call(["log", "-z", "--no-color", "--no-show-signature", "--no-decorate"]);
        call = call.arg("--format=%H%x1f%ct%x1f%an%x1f%s%x1f%b").arg(format!("--max-count={limit}"));
        call = call.arg("--end-of-options").arg(to);
        if let Some(from) = from {
            call = call.arg(format!("^{from}"));
        }
        let said = call.arg("--").text()?;
        said.split('\0').filter(|record| !record.is_empty()).map(commit).collect()
    }

    /// The newest commit of the head; `None` before the first.
    ///
    /// # Errors
    /// git's own.
    pub fn last_commit(&self) -> Result<Option<Commit>> {
        match self.commit_named("HEAD")? {
            Some(head) => Ok(self.log(None, head.as_str(), 1)?.pop()),
            None => Ok(None),
        }
    }

    /// Every tag of a commit, by name.
    ///
    /// # Errors
    /// git's own.
    pub fn tags(&self) -> Result<Vec<Tag>> {
        let format = "--format=%(refname:strip=2)%1f%(objectname)%1f%(*objectname)%1f%(objecttype)%1f%(*objecttype)";
        let said = self.call(["for-each-ref", format, "refs/tags"]).text()?;
        Ok(said.lines().filter_map(tag).collect())
    }

    /// The names of the tags that `commit` has in its past.
    ///
    /// # Errors
    /// git's own.
    pub fn tags_within(&self, commit: &str) -> Result<Vec<String>> {
        let call = self.call(["for-each-ref", "--format=%(refname:strip=2)"]).arg(format!("--merged={commit}"));
        Ok(call.arg("refs/tags").text()?.lines().map(ToOwned::to_owned).collect())
    }

    /// The first commit of the repository, which all its clones share; the smallest name where there are several, and
    /// `None` before the first commit or where history was cut off.
    ///
    /// # Errors
    /// git's own.
    pub fn root_commit(&self) -> Result<Option<Oid>> {
        if self.commit_named("HEAD")?.is_none() {
            return Ok(None);
        }
        if self.call(["rev-parse", "--is-shallow-repository"]).text()?.trim() == "true" {
            return Ok(None);
        }
        let said = self.call(["rev-list", "--max-parents=0", "HEAD"]).text()?;
        Ok(said.lines().filter_map(Oid::parse).min())
    }
}

fn commit(record: &str) -> Result<Commit> {
    let mut fields = record.splitn(5, '\u{1f}');
    let mut read = || {
        Some(Commit {
            oid: Oid::parse(fields.next()?)?,
            time: fields.next()?.parse().ok()?,
            author: fields.next()?.to_owned(),
            subject: fields.next()?.to_owned(),
            body: fields.next()?.trim_end().to_owned(),
        })
    };
    read().ok_or_else(|| GitError::Unexpected { command: "log".into(), said: record.chars().take(80).collect() })
}

fn tag(line: &str) -> Option<Tag> {
    let fields: Vec<&str> = line.split('\u{1f}').collect();
    let &[name, object, target, kind, target_kind] = fields.as_slice() else { return None };
    let commit = match (kind, target_kind) {
        ("commit", _) => object,
        ("tag", "commit") => target,
        // Trees and blobs can be tagged, too; nobody releases them.
        (_, _) => return None,
    };
    Some(Tag { name: name.to_owned(), commit: Oid::parse(commit)? })
}

/// When the commits were made, in seconds since 1970, each from the repository with this folder of objects. Commits that
/// cannot be found are missing from the answer. Many repositories are asked by one process, so this costs little.
///
/// # Errors
/// git cannot be run.
pub fn commit_times(git: &Git, wanted: &[(PathBuf, Oid)]) -> Result<BTreeMap<Oid, i64>> {
    let mut times = BTreeMap::new();
    for part in wanted.chunks(STORES) {
        let Some((first, _)) = part.first() else { continue };
        let others: Vec<&Path> = part.iter().skip(1).map(|(objects, _)| objects.as_path()).collect();
        let input: String = part.iter().map(|(_, oid)| format!("{oid}\n")).collect();
        let call = git.call(["cat-file", "--batch", "--buffer"]).input(input);
        let call = call.env("GIT_DIR", first.parent().unwrap_or(first).as_os_str());
        let call = call.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", joined(&others)).env("GIT_NO_LAZY_FETCH", "1");
        read_times(&call.run()?, &mut times);
    }
    Ok(times)
}

/// Paths as git reads them from the environment: parted by colons, in quotes where one holds a colon or a quote.
fn joined(paths: &[&Path]) -> OsString {
    let mut list: Vec<u8> = Vec::new();
    for path in paths {
        if !list.is_empty() {
            list.push(b':');
        }
        let bytes = path.as_os_str().as_bytes();
        if bytes.iter().any(|byte| matches!(byte, b':' | b'"' | b'\\' | b'\n')) {
            list.push(b'"');
            for byte in bytes {
                match byte {
                    b'"' | b'\\' => list.extend([b'\\', *byte]),
                    b'\n' => list.extend(b"\\n"),
                    _ => list.push(*byte),
                }
            }
            list.push(b'"');
        } else {
            list.extend_from_slice(bytes);
        }
    }
    std::os::unix::ffi::OsStringExt::from_vec(list)
}

/// Reads `<oid> commit <size>\n<content>\n`, and passes over `<oid> missing\n`.
fn read_times(said: &[u8], times: &mut BTreeMap<Oid, i64>) {
    let mut rest = said;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 1..];
        let mut words = head.split(' ');
        let (Some(oid), Some(kind)) = (words.next().and_then(Oid::parse), words.next()) else { continue };
        let Some(size) = words.next().and_then(|size| size.parse::<usize>().ok()) else { continue };
        let content = &rest[..size.min(rest.len())];
        rest = &rest[(size + 1).min(rest.len())..];
        if kind == "commit"
            && let Some(time) = committer_time(content)
        {
            times.insert(oid, time);
        }
    }
}

/// The time in the line `committer NAME <MAIL> SECONDS ZONE`.
pub(crate) fn committer_time(content: &[u8]) -> Option<i64> {
    let lines = content.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty());
    let line = lines.map(String::from_utf8_lossy).find(|line| line.starts_with("committer "))?;
    line.rsplit(' ').nth(1)?.parse().ok()
}
