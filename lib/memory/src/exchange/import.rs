//! Taking in.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use oqto_store::ledger::lines::{MAX_LINE, Position, Verdict, scan};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::record::{Record, in_order, list};
use super::{Format, markdown};
use crate::error::MemoryError;
use crate::event::{Event, Kind};
use crate::similar::fingerprint;
use crate::store::Store;

/// Whether to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// All that counts, at once.
    Do,
    /// Nothing: only tell what would happen.
    Try,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The form of the file.
    pub format: Format,
    /// Memories (events of JSON lines) that are new.
    pub added: usize,
    /// Memories that the file knew newer.
    pub updated: usize,
    /// What was there already, or was removed here.
    pub skipped: usize,
    /// What was changed or passed over, and why.
    pub notes: Vec<String>,
    /// What could not be read, as `file:line: why`.
    pub damage: Vec<String>,
}

/// What is to be written, and what was seen.
struct Plan<'a> {
    store: &'a Store,
    name: &'a str,
    lines: Vec<String>,
    ids: BTreeSet<String>,
    texts: BTreeSet<i64>,
    report: Report,
}

impl Store {
    /// Takes in a file; `name` is what it is called in complaints. Bad lines and records are told and passed over, and
    /// all the others are on the disk when this returns.
    ///
    /// # Errors
    /// What the ledger says; then nothing was taken in. `Invalid` when the whole is no JSON.
    pub fn import(
        &mut self,
        name: &str,
        bytes: &[u8],
        format: Format,
        writing: Writing,
    ) -> Result<Report, MemoryError> {
        let locked = match writing {
            Writing::Do => Some(self.begin()?),
            Writing::Try => None,
        };
        let report = Report { format, added: 0, updated: 0, skipped: 0, notes: Vec::new(), damage: Vec::new() };
        let (lines, ids, texts) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        let mut plan = Plan { store: self, name, lines, ids, texts, report };
        match format {
            Format::Jsonl => plan.events(bytes)?,
            Format::Json => plan.document(bytes)?,
            Format::Markdown => plan.markdown(bytes)?,
        }
        let Plan { lines, report, .. } = plan;
        if let Some(locked) = locked.filter(|_| !lines.is_empty()) {
            self.write(locked, &lines)?;
        }
        Ok(report)
    }
}

impl Plan<'_> {
    /// Lines are taken in as they are.
    fn events(&mut self, bytes: &[u8]) -> Result<(), MemoryError> {
        let mut failure = None;
        let pass = scan(bytes, Position::START, MAX_LINE, |line| match self.event(line.text) {
            Ok(Ok(())) => Verdict::Good,
            Ok(Err(why)) => Verdict::Bad(why),
            Err(error) => {
                failure = Some(error);
                Verdict::Stop
            }
        });
        let path = || self.name.into();
        let pass = pass.map_err(|source| MemoryError::Prepare { path: path(), source })?;
        let told = pass.damage.iter().map(|(line, why)| format!("{}:{line}: {why}", self.name));
        self.report.damage.extend(told);
        failure.map_or(Ok(()), Err)
    }

    fn event(&mut self, line: &str) -> Result<Result<(), String>, MemoryError> {
        let event = match Event::parse(line) {
            Ok(event) => event,
            Err(why) => return Ok(Err(why)),
        };
        let mut known = self.store.db().prepare_cached("SELECT line FROM event WHERE id = ?1")?;
        let known: Vec<String> = known.query_map([&event.id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if known.iter().any(|known| known == line) {
            self.report.skipped += 1;
            return Ok(Ok(()));
        }
        if !known.is_empty() || !self.ids.insert(event.id.clone()) {
            if self.lines.iter().any(|planned| planned == line) {
                self.report.skipped += 1;
                return Ok(Ok(()));
            }
            return Ok(Err(format!("another event is called {}", event.id)));
        }
        self.lines.push(line.to_owned());
        self.report.added += 1;
        Ok(Ok(()))
    }

    fn document(&mut self, bytes: &[u8]) -> Result<(), MemoryError> {
        let invalid = |why: String| MemoryError::Invalid(format!("{}: {why}", self.name));
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let document: Value = serde_json::from_slice(bytes).map_err(|error| invalid(error.to_string()))?;
        let Some(records) = list(&document) else {
            return Err(invalid("it is no list of memories".into()));
        };
        for (number, value) in (1..).zip(records) {
            self.record(&format!("{}: memory {number}", self.name), value.clone())?;
        }
        Ok(())
    }

    fn markdown(&mut self, bytes: &[u8]) -> Result<(), MemoryError> {
        let text = std::str::from_utf8(bytes).map_err(|_| MemoryError::Invalid(format!("{}: not UTF-8", self.name)))?;
        let items = markdown::read(text);
        if items.is_empty() && !text.trim().is_empty() && !text.contains("# Memories") {
            return Err(MemoryError::Invalid(format!("{}: there is no memory in it (`- text`)", self.name)));
        }
        for (line, value) in items {
            self.record(&format!("{}:{line}", self.name), value)?;
        }
        Ok(())
    }

    fn record(&mut self, at: &str, value: Value) -> Result<(), MemoryError> {
        let mut notes = Vec::new();
        let read = Record::read(value, &mut notes);
        self.report.notes.extend(notes.iter().map(|note| format!("{at}: {note}")));
        let record = match read {
            Ok(record) => record,
            Err(why) => {
                self.report.damage.push(format!("{at}: {why}"));
                return Ok(());
            }
        };
        if !record.id.is_empty() && !self.ids.insert(record.memory_id()) {
            self.report.damage.push(format!("{at}: another one is called {}", record.id));
            return Ok(());
        }
        let known = if record.id.is_empty() {
            Err(MemoryError::NotFound(String::new()))
        } else {
            self.store.get(&record.memory_id())
        };
        match known {
            Ok(memory) if memory.memory_id == record.memory_id() => self.again(at, &record, &memory),
            Ok(_) | Err(MemoryError::NotFound(_) | MemoryError::Ambiguous { .. }) => self.anew(at, record),
            Err(error) => Err(error),
        }
    }

    /// A memory that is known here.
    fn again(&mut self, at: &str, record: &Record, memory: &crate::Memory) -> Result<(), MemoryError> {
        let here = Record::of(memory, &self.store.lines_of(&memory.memory_id)?);
        let newer = record.updated_at.as_deref().and_then(time) > time(&memory.updated_at);
        if !memory.active || record.says_what(&here) || !newer {
            self.report.skipped += 1;
            if !memory.active {
                self.report.notes.push(format!("{at}: it was removed here"));
            } else if !record.says_what(&here) {
                self.report.notes.push(format!("{at}: what is here is newer"));
            }
            return Ok(());
        }
        let ts = record.updated_at.as_deref().and_then(time).unwrap_or_else(Timestamp::now);
        let line = line(record, Kind::Supersede, ts, Some(memory.revision))?;
        self.lines.push(line);
        self.report.updated += 1;
        Ok(())
    }

    fn anew(&mut self, at: &str, mut record: Record) -> Result<(), MemoryError> {
        let same = self.store.same(&record.content)?;
        let print = fingerprint(&record.content);
        if same.is_some() || self.texts.contains(&print) {
            let other = same.unwrap_or_else(|| "one before it".into());
            self.report.skipped += 1;
            self.report.notes.push(format!("{at}: it says the same as {other}"));
            return Ok(());
        }
        self.texts.insert(print);
        if record.id.is_empty() {
            record.id = crate::store::random_id()?.to_string();
        }
        let made = record.created_at.as_deref().or(record.updated_at.as_deref()).and_then(time);
        let changed = record.updated_at.as_deref().and_then(time);
        let ts = made.unwrap_or_else(Timestamp::now);
        self.lines.push(line(&record, Kind::Add, ts, None)?);
        // When it changed last is known only from a change.
        if let Some(changed) = changed.filter(|changed| *changed > ts) {
            self.lines.push(line(&record, Kind::Supersede, changed, Some(1))?);
        }
        self.report.added += 1;
        Ok(())
    }
}

fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// An event whose id follows from what it says: the same in every clone, whatever program takes it in.
fn line(record: &Record, kind: Kind, ts: Timestamp, base: Option<u64>) -> Result<String, MemoryError> {
    let (mut event, extra) = record.event(kind, String::new(), ts);
    event.base_revision = base;
    event.target_memory_id = base.map(|_| event.memory_id.clone());
    event.metadata = in_order(event.metadata);
    event.agent_ctx = in_order(event.agent_ctx);
    let extra = serde_json::to_string(&extra.into_iter().map(|(k, v)| (k, in_order(v))).collect::<BTreeMap<_, _>>())?;
    let written = |event: &Event| -> Result<String, MemoryError> {
        let fields = serde_json::to_string(event)?;
        Ok(match (fields.strip_suffix('}'), extra.strip_prefix('{')) {
            (Some(fields), Some(rest)) if rest != "}" => format!("{fields},{rest}"),
            _ => fields,
        })
    };
    let digest = Sha256::digest(written(&event)?.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    event.id = format!("evt_{}", uuid::Builder::from_custom_bytes(bytes).into_uuid());
    written(&event)
}
