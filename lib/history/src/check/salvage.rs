//! Moving a damaged database aside, and going on with what is whole of it.
//!
//! Every whole row is copied to a new database; an entry that is damaged or missing leaves an `x-damaged` entry with
//! its number, so that the log keeps no gap and says what happened. The damaged file is kept under another name.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use oqto_protocol::ids::{EntryId, LogId};
use oqto_store::lock::{OwnerLock, beside};
use oqto_store::open::{Durability, read_only, read_write, truncate_log};
use oqto_store::quarantine::replace;
use oqto_store::rusqlite::{self, Connection, Row};

use super::{Report, verify};
use crate::error::HistoryError;
use crate::lineage;
use crate::model::{Conversation, MESSAGE, NewEntry};
use crate::rows::{
    CheckpointRow, ConversationRow, ENTRY_COLUMNS, EntryRow, IdentityRow, OutcomeRow, WriterRow, decode_entry,
};
use crate::schema::HISTORY;

/// The event that stands where an entry was damaged.
const DAMAGED: &str = "x-damaged";

/// What was moved aside and what was kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quarantine {
    /// What had been found.
    pub found: Report,
    /// Where the damaged database is now; `None` when it was whole.
    pub moved_to: Option<PathBuf>,
    /// Where damaged blobs are now.
    pub moved_blobs: Vec<PathBuf>,
    /// Entries that were kept.
    pub kept: u64,
    /// Entries that were damaged or missing; an `x-damaged` entry stands for each.
    pub replaced: u64,
    /// Conversations, writers, checkpoints and outcomes that were mended or left behind, each as a sentence.
    pub remarks: Vec<String>,
}

/// Checks the database, and where it is damaged moves it aside and makes a new one of what is whole. The new one has
/// a new lineage, and its logs new identities. `now` in Unix milliseconds.
///
/// # Errors
/// `Owned` while a service runs, `NotFound`, `NewerVersion`, `DiskFull` or `Io`.
pub fn quarantine(database: &Path, now: i64) -> Result<Quarantine, HistoryError> {
    let _lock = OwnerLock::acquire(database)?;
    let found = verify(database)?;
    let stamp = u64::try_from(now).unwrap_or(0);
    let mut outcome = Quarantine { found, ..Quarantine::default() };
    for blob in &outcome.found.damaged_blobs {
        let aside = beside(blob, &format!(".damaged-{stamp}"));
        std::fs::rename(blob, &aside)
            .map_err(|error| HistoryError::Io(format!("cannot move {}: {error}", blob.display())))?;
        outcome.moved_blobs.push(aside);
    }
    if outcome.found.damage.is_empty() {
        return Ok(outcome);
    }
    let fresh = beside(database, &format!(".salvaged-{stamp}"));
    salvage(database, &fresh, now, &mut outcome)?;
    outcome.moved_to = Some(replace(database, &fresh, stamp)?);
    Ok(outcome)
}

fn salvage(database: &Path, fresh: &Path, now: i64, outcome: &mut Quarantine) -> Result<(), HistoryError> {
    let mut new = read_write(fresh, &HISTORY, Durability::Acknowledged)?;
    let all = new.transaction()?;
    match read_only(database, &HISTORY) {
        Ok(old) => Salvage { old: &old, new: &all, now, outcome }.copy()?,
        Err(error) => {
            outcome.remarks.push(format!("nothing of it could be read: {error}"));
            IdentityRow { lineage: lineage::mint(), generation: 1, position: 0, created_at: now }.put(&all)?;
        }
    }
    all.commit()?;
    Ok(truncate_log(&new)?)
}

struct Salvage<'a> {
    old: &'a Connection,
    new: &'a Connection,
    now: i64,
    outcome: &'a mut Quarantine,
}

/// An entry that was read: whole, or what is known of a damaged one.
enum Read {
    Whole { seq: i64, entry: NewEntry },
    Damaged { seq: Option<i64>, conversation: Option<i64> },
}

impl Salvage<'_> {
    fn copy(mut self) -> Result<(), HistoryError> {
        let mut logs = self.entries();
        let conversations = self.conversations(&logs);
        let mut position = 0;
        for mut row in conversations {
            let entries = logs.remove(&row.key).unwrap_or_default();
            self.log(&mut row, entries, &mut position)?;
        }
        self.writers()?;
        self.outcomes()?;
        self.identity(position)
    }

    /// Every entry that can be read, by conversation and number.
    fn entries(&mut self) -> HashMap<i64, BTreeMap<i64, NewEntry>> {
        let mut logs: HashMap<i64, BTreeMap<i64, NewEntry>> = HashMap::new();
        let last = self.last_position();
        let mut after = 0;
        while after < last {
            let (read, next, failed) = self.entries_after(after);
            for (conversation, read) in read {
                match read {
                    Read::Whole { seq, entry } => {
                        logs.entry(conversation).or_default().insert(seq, entry);
                    }
                    Read::Damaged { seq, conversation } => {
                        tracing::warn!(?seq, ?conversation, "a damaged entry is replaced");
                    }
                }
            }
            // Where the file cannot be read on, the next position is tried by itself.
            after = if failed || next == after { next + 1 } else { next };
        }
        logs
    }

    fn last_position(&self) -> i64 {
        let numbers = ["SELECT max(position) FROM entry", "SELECT position FROM identity"];
        let known = |sql: &&str| self.old.query_row(sql, [], |row| row.get::<_, i64>(0)).ok();
        numbers.iter().filter_map(known).max().unwrap_or(0).clamp(0, 1 << 40)
    }

    /// A page of entries, the last position that was looked at, and whether reading broke off there.
    fn entries_after(&self, after: i64) -> (Vec<(i64, Read)>, i64, bool) {
        let sql =
            format!("SELECT {ENTRY_COLUMNS} FROM entry NOT INDEXED WHERE position > ?1 ORDER BY position LIMIT 1000");
        let mut read = Vec::new();
        let mut last = after;
        let mut step = || -> rusqlite::Result<()> {
            let mut statement = self.old.prepare_cached(&sql)?;
            let mut rows = statement.query([after])?;
            let mut any = false;
            while let Some(row) = rows.next()? {
                any = true;
                last = row.get(0)?;
                read.push(read_entry(row));
            }
            if !any {
                last = i64::MAX - 1;
            }
            Ok(())
        };
        let failed = step().is_err();
        (read, last, failed)
    }

    /// Every conversation: whole ones, damaged ones as far as they can be read, and those only their entries know.
    fn conversations(&mut self, logs: &HashMap<i64, BTreeMap<i64, NewEntry>>) -> Vec<ConversationRow> {
        let mut found: BTreeMap<i64, ConversationRow> = BTreeMap::new();
        let highest = logs.keys().copied().max().unwrap_or(0);
        let count: i64 = self
            .old
            .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'conversation'", [], |row| row.get(0))
            .unwrap_or(0);
        let sql = ConversationRow::select() + " NOT INDEXED WHERE key = ?1";
        for key in 1..=highest.max(count.min(10_000_000)) {
            let read = self.old.prepare_cached(&sql).and_then(|mut statement| {
                statement.query_row([key], |row| Ok((ConversationRow::decode(row), ConversationRow::values(row))))
            });
            let row = match read {
                // What was deleted does not come back.
                Ok((Ok(row), _)) if row.is_deleted() => None,
                Ok((Ok(row), _)) => Some(row),
                Ok((Err(_), Ok(row))) => Some(self.mended(row)),
                Ok((Err(_), Err(_))) | Err(_) => logs.contains_key(&key).then(|| self.lost(key)),
            };
            if let Some(row) = row {
                found.insert(key, ConversationRow { key, ..row });
            }
        }
        found.into_values().collect()
    }

    /// A damaged conversation whose values can be read: kept, marked, its JSON made harmless.
    fn mended(&mut self, mut row: ConversationRow) -> ConversationRow {
        let value = &mut row.value;
        self.outcome.remarks.push(format!("conversation {} was damaged; its metadata may be wrong", value.id));
        value.metadata = "{\"damaged\":true}".into();
        if crate::names::json("", value.state.as_bytes()).is_err() {
            value.state = "null".into();
        }
        if crate::names::name("", &value.id).is_err() {
            value.id = format!("lost_{}", row.key);
        }
        row
    }

    /// A conversation of which only entries are left.
    fn lost(&mut self, key: i64) -> ConversationRow {
        let id = format!("lost_{key}");
        self.outcome.remarks.push(format!("a conversation could not be read; its entries are kept as {id}"));
        let value = Conversation {
            title: "(recovered)".into(),
            state: "null".into(),
            metadata: "{\"damaged\":true}".into(),
            created_at: self.now,
            updated_at: self.now,
            id,
            ..Conversation::default()
        };
        ConversationRow { key, value, checkpoint: None }
    }

    /// Writes a conversation with its log, without a gap.
    fn log(
        &mut self,
        row: &mut ConversationRow,
        mut entries: BTreeMap<i64, NewEntry>,
        position: &mut i64,
    ) -> Result<(), HistoryError> {
        let last = entries.keys().next_back().copied().unwrap_or(0);
        // A damaged head may be anything; a whole one says how many entries there must be.
        let head = i64::try_from(row.value.head).unwrap_or(0);
        let head = if row.value.metadata == "{\"damaged\":true}" { last } else { head.max(last) };
        row.value.log = LogId::mint().to_string();
        row.value.head = u64::try_from(head).unwrap_or(0);
        row.value.message_count = entries.values().filter(|entry| entry.event == MESSAGE).count() as u64;
        let checkpoint = row.checkpoint.and_then(|_| CheckpointRow::find(self.old, row.key).ok().flatten());
        if row.checkpoint.is_some() && checkpoint.is_none() {
            self.outcome.remarks.push(format!("the checkpoint of conversation {} was damaged", row.value.id));
        }
        row.checkpoint = checkpoint.as_ref().map(|checkpoint| checkpoint.position);
        row.insert_as(self.new)?;
        if let Some(checkpoint) = checkpoint {
            checkpoint.put(self.new)?;
        }
        for seq in 1..=head {
            let entry = entries.remove(&seq);
            let whole = entry.is_some();
            let entry = entry.unwrap_or_else(|| placeholder(&row.value.id, seq, self.now));
            *position += 1;
            EntryRow::new(&entry, row.key, *position, seq).insert(self.new)?;
            if whole { self.outcome.kept += 1 } else { self.outcome.replaced += 1 }
        }
        Ok(())
    }

    fn writers(&mut self) -> Result<(), HistoryError> {
        for id in self.keys("SELECT id FROM writer") {
            match WriterRow::find(self.old, &id) {
                Ok(Some(row)) => row.put(self.new)?,
                Ok(None) | Err(_) => self.outcome.remarks.push(format!("the epoch of writer {id} was damaged")),
            }
        }
        Ok(())
    }

    fn outcomes(&mut self) -> Result<(), HistoryError> {
        for id in self.keys("SELECT client_id FROM outcome") {
            match OutcomeRow::find(self.old, &id) {
                Ok(Some(row)) => row.insert(self.new)?,
                Ok(None) | Err(_) => self.outcome.remarks.push(format!("the outcome of command {id} was damaged")),
            }
        }
        Ok(())
    }

    /// The keys of a table, as far as they can be read.
    fn keys(&mut self, sql: &str) -> Vec<String> {
        let mut keys = Vec::new();
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.old.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                keys.extend(row.get::<_, String>(0));
            }
            Ok(())
        };
        if let Err(error) = read() {
            self.outcome.remarks.push(format!("a table could not be read to its end: {error}"));
        }
        keys.sort();
        keys.dedup();
        keys
    }

    fn identity(&self, position: i64) -> Result<(), HistoryError> {
        let old = IdentityRow::get(self.old).ok();
        let generation = old.as_ref().map_or(0, |old| old.generation) + 1;
        let created_at = old.map_or(self.now, |old| old.created_at);
        IdentityRow { lineage: lineage::mint(), generation, position, created_at }.put(self.new)
    }
}

fn read_entry(row: &Row<'_>) -> (i64, Read) {
    let conversation = row.get(1).ok();
    match (decode_entry(row), conversation) {
        (Ok(entry), Some(conversation)) => {
            let seq = i64::try_from(entry.seq).unwrap_or(i64::MAX);
            let entry = NewEntry { id: entry.id, ts: entry.ts, event: entry.event, data: entry.data };
            (conversation, Read::Whole { seq, entry })
        }
        (Ok(_) | Err(_), conversation) => {
            (conversation.unwrap_or(0), Read::Damaged { seq: row.get(2).ok(), conversation })
        }
    }
}

/// What stands where an entry was.
fn placeholder(conversation: &str, seq: i64, now: i64) -> NewEntry {
    let id = EntryId::derived(&[b"damaged", conversation.as_bytes(), &seq.to_be_bytes()]).to_string();
    let data =
        format!("{{\"reason\":\"this entry was damaged and is kept in the quarantined database\",\"seq\":{seq}}}");
    NewEntry { id, ts: now, event: DAMAGED.into(), data: Bytes::from(data) }
}
