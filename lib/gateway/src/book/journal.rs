//! What is not in the database yet, in two files that take turns.
//!
//! An entry is written before what it tells of goes on: a request before it goes out, its use before the end of its answer
//! goes to the client. It is written and not synced, so that nobody waits for a disk: the end of this process, however it
//! comes, takes nothing from it. A group of entries leaves its file when the database has it, synced.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use oqto_store::error::StoreError;
use oqto_store::lock::beside;
use oqto_store::rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};

use super::rows::Rows;
use super::writing::{Begun, Settled};

/// The bytes before those of an entry: how many these are, and their checksum.
const HEAD: usize = 8;
/// The form of the entries. What another one wrote is not read.
const FORM: u8 = 1;

/// One entry.
#[derive(Serialize)]
pub(super) enum Entry<'a> {
    Begun(&'a Begun),
    Settled(&'a Settled),
}

#[derive(Deserialize)]
enum Found {
    Begun(Begun),
    Settled(Box<Settled>),
}

impl Entry<'_> {
    /// Its length and checksum as 32 bits each, little-endian, the form, and what it says.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend_from_slice(&[0; HEAD]);
        bytes.push(FORM);
        // Into memory, and of types without a failing part: this cannot fail.
        let bytes = postcard::to_extend(self, bytes).unwrap_or_default();
        sealed(bytes)
    }
}

/// With its length and checksum.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let Some((head, said)) = bytes.split_at_mut_checked(HEAD) else { return Vec::new() };
    let (length, sum) = (u32::try_from(said.len()).unwrap_or(u32::MAX), crc32fast::hash(said));
    for (place, byte) in head.iter_mut().zip(length.to_le_bytes().into_iter().chain(sum.to_le_bytes())) {
        *place = byte;
    }
    bytes
}

pub(super) struct Journal {
    files: [File; 2],
    /// The one that is written to.
    current: usize,
    /// How many bytes of whole entries they have.
    lengths: [u64; 2],
    /// The current one may have more than these.
    is_torn: bool,
}

fn paths(database: &Path) -> [PathBuf; 2] {
    [beside(database, "-way-a"), beside(database, "-way-b")]
}

impl Journal {
    /// Opens both files, empty. What a crash left in them has to be in the database before.
    pub(super) fn open(database: &Path) -> Result<Self, StoreError> {
        let open = |path: &PathBuf| {
            use std::os::unix::fs::OpenOptionsExt as _;
            let file = File::options().append(true).create(true).mode(0o600).open(path);
            let file = file.map_err(|source| StoreError::file("open", path, source))?;
            file.set_len(0).map_err(|source| StoreError::file("empty", path, source))?;
            Ok::<_, StoreError>(file)
        };
        let [a, b] = paths(database);
        Ok(Self { files: [open(&a)?, open(&b)?], current: 0, lengths: [0; 2], is_torn: false })
    }

    /// Writes an entry. A part of one is taken away before the next.
    pub(super) fn append(&mut self, entry: &[u8]) -> io::Result<()> {
        let (Some(file), Some(length)) = (self.files.get_mut(self.current), self.lengths.get_mut(self.current)) else {
            return Ok(());
        };
        if std::mem::replace(&mut self.is_torn, true) {
            file.set_len(*length)?;
        }
        file.write_all(entry)?;
        *length += entry.len() as u64;
        self.is_torn = false;
        Ok(())
    }

    /// What comes from here on goes to the other file.
    pub(super) fn turn(&mut self) {
        self.current = 1 - self.current;
        self.is_torn = false;
    }

    /// What came before the last turn is in the database.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        let (Some(file), Some(length)) = (self.files.get(1 - self.current), self.lengths.get_mut(1 - self.current))
        else {
            return Ok(());
        };
        file.set_len(0)?;
        *length = 0;
        Ok(())
    }
}

/// Brings what a crash left into the database: within a transaction, and as often as one likes.
pub(super) fn recover(db: &Connection, database: &Path) -> Result<usize, StoreError> {
    let mut found = Vec::new();
    for path in paths(database) {
        found.extend(read(&path).map_err(|source| StoreError::file("read", &path, source))?);
    }
    let mut known = db.prepare("SELECT 1 FROM used WHERE request = ?1")?;
    let mut is_new = |request: &str| known.query_row([request], |_| Ok(())).optional().map(|row| row.is_none());
    let (mut settled, mut rows) = (HashSet::new(), Rows::new(db)?);
    // Which file is the older one is not known: uses come first, for a request that has ended is not on its way.
    for entry in &found {
        if let Found::Settled(row) = entry
            && settled.insert(row.facts.request.as_str())
            && is_new(&row.facts.request)?
        {
            rows.forget(&row.facts.request)?;
            rows.settle(row)?;
        }
    }
    for entry in &found {
        if let Found::Begun(row) = entry
            && !settled.contains(row.facts.request.as_str())
            && is_new(&row.facts.request)?
        {
            rows.forget(&row.facts.request)?;
            rows.begin(row)?;
        }
    }
    rows.finish()?;
    Ok(found.len())
}

/// The whole entries of a file, in their order. A torn one tells of nothing that had gone on.
fn read(path: &Path) -> io::Result<Vec<Found>> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let (mut rest, mut found) = (bytes.as_slice(), Vec::new());
    while let Some((said, sum, after)) = first(rest) {
        rest = after;
        match (crc32fast::hash(said) == sum).then(|| parse(said)).flatten() {
            Some(entry) => found.push(entry),
            None => tracing::warn!(path = %path.display(), "an entry of requests on their way cannot be read"),
        }
    }
    if !rest.is_empty() {
        tracing::debug!(path = %path.display(), bytes = rest.len(), "the last entry of requests on their way is torn");
    }
    Ok(found)
}

/// What the first entry says, its checksum, and what comes after it; nothing where it is not whole.
fn first(bytes: &[u8]) -> Option<(&[u8], u32, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (sum, rest) = rest.split_first_chunk()?;
    let (said, after) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    Some((said, u32::from_le_bytes(*sum), after))
}

fn parse(said: &[u8]) -> Option<Found> {
    postcard::from_bytes(said.strip_prefix(&[FORM])?).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::case::{Facts, Outcome};
    use super::super::tables;
    use super::*;
    use crate::money::Money;
    use crate::wire::Api;
    use crate::wire::usage::Usage;

    fn facts(request: &str) -> Arc<Facts> {
        let [request, key, provider, model] = [request, "key_1", "p", "m"].map(str::to_owned);
        Arc::new(Facts { request, key, at_ms: 1_795_000_000_000, provider, model, api: Api::Chat })
    }

    fn begun(request: &str) -> Vec<u8> {
        Entry::Begun(&Begun { facts: facts(request), input: 7, least: Some(Money::from_pico(3)) }).bytes()
    }

    fn settled(request: &str) -> Vec<u8> {
        let usage = Usage { input: 5, output: 2, ..Usage::default() };
        let settled = Settled {
            facts: facts(request),
            account: "a".to_owned(),
            status: 200,
            outcome: Outcome::Done,
            usage,
            estimated: false,
            cost: Some(Money::from_pico(u64::MAX / 3)),
            first_ms: Some(1),
            total_ms: 2,
            why: None,
            record: None,
        };
        Entry::Settled(&settled).bytes()
    }

    #[test]
    fn a_crash_between_any_two_writes_leaves_every_request_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eavs.db");
        let db =
            oqto_store::open::read_write(&path, &tables::SCHEMA, oqto_store::open::Durability::Rebuildable).unwrap();
        let mut journal = Journal::open(&path).unwrap();
        journal.append(&begun("one")).unwrap();
        journal.append(&begun("two")).unwrap();
        journal.turn();
        journal.append(&settled("one")).unwrap();
        journal.append(&begun("three")).unwrap();
        // The last write was torn by the crash.
        let torn = settled("three");
        journal.append(&torn[..torn.len() / 2]).unwrap();
        for _ in 0..2 {
            assert_eq!(recover(&db, &path).unwrap(), 4);
        }
        let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(count("SELECT count(*) FROM used WHERE request = 'one' AND cost_pico = 6148914691236517205"), 1);
        assert_eq!(count("SELECT requests FROM spent"), 1);
        assert_eq!(count("SELECT count(*) FROM begun WHERE request IN ('two', 'three') AND cost_pico = 3"), 2);
        assert_eq!(count("SELECT count(*) FROM begun"), 2);
    }

    #[test]
    fn what_the_database_has_leaves_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eavs.db");
        let mut journal = Journal::open(&path).unwrap();
        journal.append(&begun("one")).unwrap();
        journal.turn();
        journal.append(&begun("two")).unwrap();
        journal.forget().unwrap();
        let lengths = paths(&path).map(|path| read(&path).unwrap().len());
        assert_eq!(lengths, [0, 1]);
        // A write that failed in its middle is taken away before the next.
        let torn = begun("lost");
        journal.files[1].write_all(&torn[..torn.len() / 2]).unwrap();
        journal.is_torn = true;
        journal.append(&begun("three")).unwrap();
        assert_eq!(paths(&path).map(|path| read(&path).unwrap().len()), [0, 2]);
    }

    #[test]
    fn a_damaged_entry_hides_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let mut damaged = begun("two");
        *damaged.last_mut().unwrap() ^= 1;
        let mut other_form = begun("two");
        other_form[HEAD] = FORM + 1;
        let entries = [begun("one"), damaged, sealed(other_form), settled("three")];
        std::fs::write(&path, entries.concat()).unwrap();
        assert_eq!(read(&path).unwrap().len(), 2);
    }
}
