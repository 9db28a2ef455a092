//! What of a ledger was read already, and whether it is still there.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::OnceLock;

use rusqlite::{Connection, OptionalExtension as _};

use super::{Fault, Trust};
use crate::error::StoreError;
use crate::ledger::error::LedgerError;
use crate::ledger::file::Ledger;
use crate::ledger::lines::{Line, MAX_LINE, Pass, Position, Verdict, scan};

/// The tables of this module, which every index has.
pub(super) const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS ledger_mark (
        one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, boot TEXT NOT NULL,
        device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
        offset INTEGER NOT NULL, lines INTEGER NOT NULL, checksum INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS ledger_damage (line INTEGER PRIMARY KEY, why TEXT NOT NULL) STRICT;
";

/// The file as it is now.
#[derive(Debug)]
pub(super) struct Found {
    file: Option<File>,
    pub(super) state: State,
}

/// What tells two states of a file apart without reading it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct State {
    pub(super) device: i64,
    pub(super) inode: i64,
    pub(super) size: i64,
    pub(super) modified: i64,
}

impl Found {
    pub(super) fn look(ledger: &Ledger) -> Result<Self, LedgerError> {
        let Some(file) = ledger.reader()? else {
            return Ok(Self { file: None, state: State::default() });
        };
        let meta = file.metadata().map_err(|source| LedgerError::io("look at", ledger.path(), source))?;
        let state = State {
            device: meta.dev().cast_signed(),
            inode: meta.ino().cast_signed(),
            size: meta.size().cast_signed(),
            modified: meta.mtime().wrapping_mul(1_000_000_000).wrapping_add(meta.mtime_nsec()),
        };
        Ok(Self { file: Some(file), state })
    }

    pub(super) fn file(&self) -> Option<&File> {
        self.file.as_ref()
    }
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    version: i64,
    /// Which start of the machine it was written in: an index is not synced, so that one from before a loss of power
    /// may hold anything.
    boot: String,
    state: State,
    at: Position,
    /// Of all bytes before `at`.
    checksum: u32,
}

/// How the reading goes on.
pub(super) enum Next {
    GoOn(Mark),
    StartOver,
}

impl Mark {
    pub(super) fn new(version: i64) -> Self {
        Self { version, boot: boot().to_owned(), state: State::default(), at: Position::START, checksum: 0 }
    }

    pub(super) fn load(db: &Connection) -> Result<Option<Self>, StoreError> {
        let mut select = db.prepare_cached("SELECT * FROM ledger_mark")?;
        let mark = select.query_row([], |row| {
            Ok(Self {
                version: row.get(1)?,
                boot: row.get(2)?,
                state: State { device: row.get(3)?, inode: row.get(4)?, size: row.get(5)?, modified: row.get(6)? },
                at: Position {
                    offset: row.get::<_, i64>(7)?.cast_unsigned(),
                    lines: row.get::<_, i64>(8)?.cast_unsigned(),
                },
                checksum: row.get(9)?,
            })
        });
        Ok(mark.optional()?)
    }

    pub(super) fn store(&self, db: &Connection) -> Result<(), StoreError> {
        let Self { version, boot, state, at, checksum } = self;
        db.prepare_cached("INSERT OR REPLACE INTO ledger_mark VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
            .execute((
                version,
                boot,
                state.device,
                state.inode,
                state.size,
                state.modified,
                at.offset.cast_signed(),
                at.lines.cast_signed(),
                checksum,
            ))?;
        Ok(())
    }

    /// Whether nothing happened since.
    pub(super) fn fits(&self, version: i64, found: &Found) -> bool {
        self.state == found.state && self.counts(version)
    }

    /// The state of the file when it was read.
    pub(super) fn state(&self) -> State {
        self.state
    }

    /// Whether it is of this version and this start of the machine.
    pub(super) fn counts(&self, version: i64) -> bool {
        self.version == version && self.boot == boot()
    }

    /// What follows, as lines, if all of them have an end and are text.
    pub(super) fn lines_after(&self, found: &Found) -> io::Result<Option<Vec<String>>> {
        let Some(mut file) = found.file() else { return Ok(Some(Vec::new())) };
        file.seek(SeekFrom::Start(self.at.offset))?;
        let mut bytes = Vec::new();
        file.take(found.state.size.cast_unsigned() - self.at.offset).read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).ok().filter(|text| text.is_empty() || text.ends_with('\n'));
        Ok(text.map(|text| text.lines().map(str::to_owned).collect()))
    }

    /// Bytes of the file that come after it.
    pub(super) fn bytes_after(&self, found: &Found) -> Option<u64> {
        found.state.size.cast_unsigned().checked_sub(self.at.offset)
    }

    pub(super) fn lines(&self) -> u64 {
        self.at.lines
    }

    pub(super) fn note(&mut self, found: &Found) {
        self.state = found.state;
    }

    /// Reads what follows, up to the size that was found, so that size and mark agree.
    pub(super) fn read_on(
        &mut self,
        file: &File,
        path: &Path,
        each: impl FnMut(Line<'_>) -> Verdict,
    ) -> Result<Pass, LedgerError> {
        let failed = |source| LedgerError::io("read", path, source);
        let mut file = file;
        file.seek(SeekFrom::Start(self.at.offset)).map_err(failed)?;
        let pass = scan(file, self.at, MAX_LINE, each).map_err(failed)?;
        let read = Summed { start: self.at.offset, end: pass.end.offset, from: self.checksum };
        self.checksum = read.checksum(file).map_err(failed)?;
        self.at = pass.end;
        Ok(pass)
    }
}

/// Whether what was read before is still what the file begins with.
pub(super) fn next(mark: Option<Mark>, version: i64, found: &Found, trust: Trust) -> Result<Next, Fault> {
    let Some(mark) = mark.filter(|mark| mark.counts(version)) else {
        return Ok(Next::StartOver);
    };
    let (Some(file), true) = (found.file(), found.state.size.cast_unsigned() >= mark.at.offset) else {
        return Ok(Next::StartOver);
    };
    let same_file = (mark.state.device, mark.state.inode) == (found.state.device, found.state.inode);
    if trust == Trust::Grown && same_file {
        return Ok(Next::GoOn(mark));
    }
    let whole = Summed { start: 0, end: mark.at.offset, from: 0 };
    // A file that cannot be read here cannot be read later either, and that reading names it.
    let unchanged = whole.checksum(file).is_ok_and(|checksum| checksum == mark.checksum);
    Ok(if unchanged { Next::GoOn(mark) } else { Next::StartOver })
}

/// Empties the database and makes its tables.
pub(super) fn start_over(db: &Connection, schema: &str) -> Result<(), StoreError> {
    let mut tables = db.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql IS NOT NULL
         ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC",
    )?;
    let names: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    drop(tables);
    for name in names {
        db.execute_batch(&format!("DROP TABLE IF EXISTS \"{}\"", name.replace('"', "\"\"")))?;
    }
    db.execute_batch(TABLES)?;
    db.execute_batch(schema)?;
    Ok(())
}

/// Bytes that are summed at once.
const BLOCK: usize = 128 << 10;

/// A part of a file, and the checksum of what comes before it.
struct Summed {
    start: u64,
    end: u64,
    from: u32,
}

impl Summed {
    fn checksum(&self, mut file: &File) -> io::Result<u32> {
        let mut hasher = crc32fast::Hasher::new_with_initial(self.from);
        file.seek(SeekFrom::Start(self.start))?;
        let mut rest = file.take(self.end - self.start);
        let mut block = vec![0; usize::try_from(rest.limit()).unwrap_or(BLOCK).clamp(1, BLOCK)];
        loop {
            match rest.read(&mut block)? {
                0 if rest.limit() > 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                0 => return Ok(hasher.finalize()),
                read => hasher.update(&block[..read]),
            }
        }
    }
}

/// Names this start of the machine; empty where the system does not tell.
pub(super) fn boot() -> &'static str {
    static BOOT: OnceLock<String> = OnceLock::new();
    BOOT.get_or_init(|| {
        let told = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
        told.map(|text| text.trim().to_owned()).unwrap_or_default()
    })
}
