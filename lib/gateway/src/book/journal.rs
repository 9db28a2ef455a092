//! What is not in the database yet, in two files that take turns.
//!
//! A line is written before what it tells of goes on: a request before it goes out, its use before the end of its answer
//! goes to the client. It is written and not synced, so that nobody waits for a disk: the end of this process, however it
//! comes, takes nothing from it. A group of lines leaves its file when the database has it, synced.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};

use oqto_store::error::StoreError;
use oqto_store::lock::beside;
use oqto_store::rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};

use super::tables;
use super::writing::{Begun, Settled};

/// The longest line that is read back, in bytes.
const LONGEST: u64 = 64 << 10;

/// One line.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Entry<'a> {
    Begun(&'a Begun),
    Settled(&'a Settled),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Found {
    Begun(Begun),
    Settled(Box<Settled>),
}

impl Entry<'_> {
    /// Its text: a checksum, and JSON.
    pub(super) fn line(&self) -> Vec<u8> {
        // A map with text keys and no failing part cannot fail to be written.
        let json = serde_json::to_vec(self).unwrap_or_default();
        let mut line = Vec::with_capacity(json.len() + 10);
        let _ = write!(line, "{:08x} ", crc32fast::hash(&json));
        line.extend_from_slice(&json);
        line.push(b'\n');
        line
    }
}

pub(super) struct Journal {
    files: [File; 2],
    /// The one that is written to.
    current: usize,
    /// The last line may not be whole.
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
        Ok(Self { files: [open(&a)?, open(&b)?], current: 0, is_torn: false })
    }

    pub(super) fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let Some(file) = self.files.get_mut(self.current) else { return Ok(()) };
        if std::mem::replace(&mut self.is_torn, true) {
            file.write_all(b"\n")?;
        }
        file.write_all(line)?;
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
        self.files.get(1 - self.current).map_or(Ok(()), |file| file.set_len(0))
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
    let (mut settled, mut days) = (HashSet::new(), tables::Days::new());
    // Which file is the older one is not known: uses come first, for a request that has ended is not on its way.
    for line in &found {
        if let Found::Settled(use_of) = line
            && settled.insert(use_of.facts.request.clone())
            && is_new(&use_of.facts.request)?
        {
            tables::settle(db, use_of, &mut days)?;
        }
    }
    tables::add_to_days(db, &days)?;
    for line in &found {
        if let Found::Begun(begun) = line
            && !settled.contains(&begun.facts.request)
            && is_new(&begun.facts.request)?
        {
            db.execute("DELETE FROM begun WHERE request = ?1", [&begun.facts.request])?;
            tables::begin(db, &begun.facts, begun.input, begun.least)?;
        }
    }
    Ok(found.len())
}

/// The whole lines of a file, in their order. A torn one tells of nothing that had gone on.
fn read(path: &Path) -> io::Result<Vec<Found>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let (mut reader, mut line, mut found) = (io::BufReader::new(file), Vec::new(), Vec::new());
    loop {
        line.clear();
        if io::Read::take(&mut reader, LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(found);
        }
        match parse(&line) {
            Some(entry) => found.push(entry),
            None if line == b"\n" => {}
            None => tracing::warn!(path = %path.display(), "a line of requests on their way cannot be read"),
        }
    }
}

fn parse(line: &[u8]) -> Option<Found> {
    let (sum, json) = line.strip_suffix(b"\n")?.split_at_checked(9)?;
    let sum = u32::from_str_radix(std::str::from_utf8(sum).ok()?.trim_end(), 16).ok()?;
    (crc32fast::hash(json) == sum).then(|| serde_json::from_slice(json).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Facts, Outcome, Place};
    use super::*;
    use crate::money::Money;
    use crate::wire::Api;
    use crate::wire::usage::Usage;

    fn facts(request: &str) -> Facts {
        let place = Place { provider: "p".into(), account: "a".into(), model: "m".into() };
        Facts { request: request.into(), key: "key_1".into(), at_ms: 1_795_000_000_000, place, api: Api::Chat }
    }

    fn begun(request: &str) -> Vec<u8> {
        Entry::Begun(&Begun { facts: facts(request), input: 7, least: Some(Money::from_pico(3)) }).line()
    }

    fn settled(request: &str) -> Vec<u8> {
        let usage = Usage { input: 5, output: 2, ..Usage::default() };
        let settled = Settled {
            facts: facts(request),
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
        Entry::Settled(&settled).line()
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
        journal.is_torn = true;
        journal.append(&begun("three")).unwrap();
        assert_eq!(paths(&path).map(|path| read(&path).unwrap().len()), [0, 2]);
    }
}
