//! The questions that a person asked, if they want them kept: one line each, its time before it.
//!
//! Only questions typed in a terminal are kept; what agents ask is not.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind as Io, Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use jiff::Timestamp;
use oqto_kit::{Dirs, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use serde::Serialize;

use crate::clean;

/// The file that holds them.
pub(crate) struct History {
    file: PathBuf,
}

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Asked {
    /// When, as RFC 3339 in UTC.
    pub(crate) at: String,
    /// The question.
    pub(crate) query: String,
}

impl History {
    /// That of this user.
    pub(crate) fn of(dirs: &Dirs) -> Self {
        Self { file: dirs.state.join("sx-history") }
    }

    /// Adds a question, and forgets the oldest beyond `most`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn add(&self, query: &str, now: Timestamp, most: usize) -> Result<()> {
        let cannot = || format!("cannot write {}", self.file.display());
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder).or_fail(ErrorKind::Failed, cannot)?;
        }
        let open = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(&self.file);
        let mut file = open.or_fail(ErrorKind::Failed, cannot)?;
        file.lock().or_fail(ErrorKind::Failed, cannot)?;
        let line = format!("{now:.0}\t{}\n", clean::line(query));
        file.write_all(line.as_bytes()).or_fail(ErrorKind::Failed, cannot)?;
        forget_oldest(&mut file, most).or_fail(ErrorKind::Failed, cannot)
    }

    /// The newest questions, the oldest of them first. None when nothing was kept.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub(crate) fn newest(&self, limit: usize) -> Result<Vec<Asked>> {
        let text = match std::fs::read(&self.file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == Io::NotFound => return Ok(Vec::new()),
            Err(error) => Err(error).or_fail(ErrorKind::Failed, || format!("cannot read {}", self.file.display()))?,
        };
        let read = |line: &str| {
            let (at, query) = line.split_once('\t')?;
            Some(Asked { at: at.to_owned(), query: query.to_owned() })
        };
        let mut all: Vec<Asked> = text.lines().filter_map(read).collect();
        Ok(all.split_off(all.len().saturating_sub(limit)))
    }

    /// Forgets all of them.
    ///
    /// # Errors
    /// When the file is there and cannot be removed.
    pub(crate) fn clear(&self) -> Result<()> {
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != Io::NotFound => {
                Err(error).or_fail(ErrorKind::Failed, || format!("cannot remove {}", self.file.display()))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// Rewrites the file in place, which the lock on it covers.
fn forget_oldest(file: &mut File, most: usize) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let Some(kept) = lines.len().checked_sub(most).filter(|over| *over > 0).and_then(|over| lines.get(over..)) else {
        return Ok(());
    };
    file.set_len(0)?;
    file.write_all(&kept.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_newest_are_kept_for_the_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let history = History { file: folder.path().join("state/sx-history") };
        assert_eq!(history.newest(9).unwrap(), []);
        for number in 0..5 {
            history.add(&format!("question\t{number}\u{1b}[2J\nü"), Timestamp::UNIX_EPOCH, 3).unwrap();
        }
        let kept: Vec<String> =
            history.newest(2).unwrap().into_iter().map(|a| format!("{} {}", a.at, a.query)).collect();
        assert_eq!(kept, ["1970-01-01T00:00:00Z question 3 ü", "1970-01-01T00:00:00Z question 4 ü"]);
        assert_eq!(history.newest(9).unwrap().len(), 3);
        assert_eq!(std::fs::metadata(&history.file).unwrap().permissions().mode() & 0o777, 0o600);
        history.clear().unwrap();
        history.clear().unwrap();
        assert_eq!(history.newest(9).unwrap(), []);
    }

    #[test]
    fn many_writers_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sx-history");
        std::thread::scope(|scope| {
            for number in 0..20 {
                let history = History { file: file.clone() };
                scope.spawn(move || history.add(&number.to_string(), Timestamp::UNIX_EPOCH, 15).unwrap());
            }
        });
        assert_eq!(History { file }.newest(99).unwrap().len(), 15);
    }
}
