//! A note beside the index: how the ledger grew since the last reading, by appends under its lock alone.
//!
//! Whoever appends one line need not take it into the index: the note says that the file which was read only grew, so that
//! the next reading need not look at all of its past, and it may take in many lines at once.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::mark::{State, boot};

/// Bytes of a note. It is always written whole and over the last one, in one write.
const LENGTH: usize = 256;

/// The file went from one state to the other by appends alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Growth {
    pub(super) from: State,
    pub(super) to: State,
}

impl Growth {
    /// The note in `file`; nothing where there is none, or it is of another start of the machine or half written.
    pub(super) fn read(file: &Path) -> Option<Self> {
        let mut bytes = [0; LENGTH];
        File::open(file).and_then(|mut file| file.read_exact(&mut bytes)).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?.trim_end();
        let (text, checksum) = text.rsplit_once(' ')?;
        let (states, noted) = text.split_once(" boot ")?;
        if crc32fast::hash(text.as_bytes()).to_string() != checksum || noted != boot() {
            return None;
        }
        let numbers: Vec<i64> = states.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
        let state = |numbers: &[i64]| match *numbers {
            [device, inode, size, modified] => Some(State { device, inode, size, modified }),
            _ => None,
        };
        Some(Self { from: state(numbers.get(..4)?)?, to: state(numbers.get(4..)?)? })
    }

    /// Leaves it in `file`.
    pub(super) fn write(&self, file: &Path) -> io::Result<()> {
        let state = |state: State| format!("{} {} {} {}", state.device, state.inode, state.size, state.modified);
        let text = format!("{} {} boot {}", state(self.from), state(self.to), boot());
        let text = format!("{text} {}", crc32fast::hash(text.as_bytes()));
        let line = format!("{text:<width$}\n", width = LENGTH - 1);
        File::options().write(true).create(true).truncate(false).open(file)?.write_all(line.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_as_it_was_written_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("note");
        assert_eq!(Growth::read(&file), None);
        let state = |size| State { device: i64::MIN, inode: -7, size, modified: i64::MAX };
        for size in [10, 200] {
            let growth = Growth { from: state(1), to: state(size) };
            growth.write(&file).unwrap();
            assert_eq!(Growth::read(&file), Some(growth));
        }
        let whole = std::fs::read(&file).unwrap();
        for (at, byte) in [(0, b'9'), (40, b'x'), (250, b'1')] {
            let mut torn = whole.clone();
            torn[at] = byte;
            std::fs::write(&file, &torn).unwrap();
            assert_eq!(Growth::read(&file), None, "byte {at}");
        }
        std::fs::write(&file, &whole[..100]).unwrap();
        assert_eq!(Growth::read(&file), None);
    }
}
