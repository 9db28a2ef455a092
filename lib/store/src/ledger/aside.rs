//! Moving lines that no program can read out of a ledger, without losing a byte of them.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::append::{Temporary, mode_of, sync_folder};
use super::error::LedgerError;
use super::lines::MAX_LINE;
use super::lock::Locked;

/// What [`Locked::set_aside`] moved.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Aside {
    /// From where.
    pub file: PathBuf,
    /// To where.
    pub aside: PathBuf,
    /// How many lines.
    pub lines: usize,
}

impl Locked {
    /// Moves every line that is no JSON object, or too long to be read, to the end of a file beside the ledger, whose
    /// name is that of the ledger and `.damaged`. Byte for byte: what one program cannot read another may. Lines of JSON
    /// stay, whatever is wrong with what they say, since a newer program may know better. It is on the disk when this
    /// returns; whoever is killed in between leaves lines in both files. `None`: there was nothing to move, and nothing
    /// was written.
    ///
    /// # Errors
    /// `Full` or `Io`; the ledger is as it was then.
    pub fn set_aside(&mut self) -> Result<Option<Aside>, LedgerError> {
        let path = self.ledger.path().to_path_buf();
        let bytes = std::fs::read(&path).map_err(|source| LedgerError::io("read", &path, source))?;
        let (kept, bad): (Vec<&[u8]>, Vec<&[u8]>) =
            bytes.split_inclusive(|byte| *byte == b'\n').partition(|line| is_readable(line));
        if bad.is_empty() {
            return Ok(None);
        }
        let mut name = path.clone().into_os_string();
        name.push(".damaged");
        let aside = PathBuf::from(name);
        keep(&aside, &bad)?;
        let new = Temporary::beside(&path, mode_of(&self.file))?;
        self.put_in_place(new, &kept.concat())?;
        Ok(Some(Aside { file: path, aside, lines: bad.len() }))
    }
}

/// Appends lines to a file, and waits for the disk.
fn keep(aside: &Path, lines: &[&[u8]]) -> Result<(), LedgerError> {
    let mut text = lines.concat();
    if !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    let put = || {
        let mut file = File::options().append(true).create(true).open(aside)?;
        file.write_all(&text)?;
        file.sync_all()
    };
    put().map_err(|source| LedgerError::io("write", aside, source))?;
    sync_folder(aside)
}

fn is_readable(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    let is_object = || line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    line.is_empty() || (line.len() <= MAX_LINE && std::str::from_utf8(line).is_ok() && is_object())
}

#[cfg(test)]
mod tests {
    use super::super::{Ledger, Position, Verdict};

    #[test]
    fn what_cannot_be_read_is_moved_and_no_byte_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.jsonl");
        let good = "{\"a\":1}\r\n\n{\"newer\":\"日本\"}\n";
        let bad: &[u8] = b"<<<<<<< HEAD\n{\"torn\":\n\xff\xfe\n[1]\n{\"no end";
        let mut text = good.as_bytes().to_vec();
        text.extend_from_slice(bad);
        std::fs::write(&path, &text).unwrap();
        let ledger = Ledger::open(&path);
        let moved = ledger.lock().unwrap().set_aside().unwrap().unwrap();
        assert_eq!(moved.lines, 5);
        assert_eq!(std::fs::read(&path).unwrap(), good.as_bytes());
        assert_eq!(std::fs::read(&moved.aside).unwrap(), [bad, b"\n"].concat());
        let mut locked = ledger.lock().unwrap();
        assert_eq!(locked.set_aside().unwrap(), None, "nothing is left to move");
        locked.append(&["{\"b\":2}"]).unwrap().sync().unwrap();
        let mut seen = Vec::new();
        let each = |line: super::super::Line<'_>| {
            seen.push(line.text.to_owned());
            Verdict::Good
        };
        assert_eq!(ledger.read(Position::START, each).unwrap().damage, []);
        assert_eq!(seen, ["{\"a\":1}", "{\"newer\":\"日本\"}", "{\"b\":2}"]);
    }
}
