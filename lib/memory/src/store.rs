//! One store: a ledger and its index, and the changes that can be made.

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use oqto_protocol::agent_context::AgentContext;
use oqto_store::ledger::index::{Kept, Unread};
use oqto_store::ledger::{Aside, Damage, Index, Ledger, Locked};
use oqto_store::rusqlite::{Connection, OptionalExtension as _};
use serde_json::{Value, json};

use crate::error::MemoryError;
use crate::event::{Event, Kind};
use crate::memory::Memory;
use crate::replay::{Told as Occurred, fold};
use crate::shape::Tables;
use crate::similar::{Likeness, Similar, Text, fingerprint};

/// Bytes of the longest content.
pub const MAX_CONTENT: usize = 64 << 10;

/// How long a change waits for the changes of others: hundreds of processes may have begun one at the same time.
const WAIT: Duration = Duration::from_secs(30);

/// What is to be remembered, or what is to change: absent means unsaid.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// The text.
    pub content: Option<String>,
    /// `episodic`, `semantic` or `procedural`.
    pub memory_type: Option<String>,
    /// A word for what it is about.
    pub category: Option<String>,
    /// 1 to 10.
    pub importance: Option<u8>,
    /// Words to find it by.
    pub tags: Option<Vec<String>>,
    /// Why it is worth knowing.
    pub why: Option<String>,
    /// Where it is known from.
    pub source: Option<String>,
    /// Label of the one machine it is true for; only said when it is made.
    pub machine: Option<String>,
    /// When it stops being true; `Some(None)` takes that away.
    pub expires_at: Option<Option<Timestamp>>,
}

/// Which memory comes first. Of two that are the same in that, the one that changed last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The one that changed last.
    Updated,
    /// The one that was made last.
    Created,
    /// The most important one.
    Importance,
}

impl Order {
    /// Whether `a` comes before `b`.
    #[must_use]
    pub fn compare(self, a: &Memory, b: &Memory) -> Ordering {
        let first = match self {
            Self::Updated => Ordering::Equal,
            Self::Created => b.created_at.cmp(&a.created_at),
            Self::Importance => b.importance.cmp(&a.importance),
        };
        first.then_with(|| b.updated_at.cmp(&a.updated_at)).then_with(|| a.memory_id.cmp(&b.memory_id))
    }
}

/// What to do when a new memory says what an old one says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicates {
    /// Refuse it and name the old one.
    Refuse,
    /// Keep both.
    Allow,
}

/// Bytes of new lines that an addition leaves to the next reading, and looks at itself until then.
const UNREAD: u64 = 16 << 10;

/// What [`Store::add_once`] did.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// What is remembered now.
    pub memory: Memory,
    /// The lines of the ledger that do not count, and why.
    pub damage: Vec<Damage>,
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    index: Index<Tables>,
    context: AgentContext,
}

impl Store {
    /// Opens the store whose ledger is at `path`; who acts is told by `context`. Nothing is made before the first change.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn open(path: impl Into<PathBuf>, context: AgentContext) -> Result<Self, MemoryError> {
        let mut index = Index::open(&Ledger::open(path).waiting(WAIT), Tables::default())?;
        index.catch_up()?;
        Ok(Self { index, context })
    }

    /// Takes in what others wrote since.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn refresh(&mut self) -> Result<(), MemoryError> {
        self.index.catch_up()?;
        Ok(())
    }

    /// The ledger's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.index.ledger().path()
    }

    /// The lines of the ledger that do not count, and why.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn damage(&self) -> Result<Vec<Damage>, MemoryError> {
        Ok(self.index.damage()?)
    }

    /// Moves lines that no program can read into a file beside the ledger, byte for byte. What is JSON stays, and what is
    /// wrong with it is told by [`Store::damage`].
    ///
    /// # Errors
    /// What the ledger says.
    pub fn mend(&mut self) -> Result<Option<Aside>, MemoryError> {
        if !self.path().exists() {
            return Ok(None);
        }
        let mut locked = self.begin()?;
        let moved = locked.set_aside()?;
        drop(locked);
        self.refresh()?;
        Ok(moved)
    }

    pub(crate) fn db(&self) -> &Connection {
        self.index.db()
    }

    /// Every memory that was not removed, the one that changed last first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn list(&self) -> Result<Vec<Memory>, MemoryError> {
        self.first(Order::Updated, usize::MAX, |_| true)
    }

    /// The first `limit` memories in an order that fit. No more of them are read than it takes.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn first(
        &self,
        order: Order,
        limit: usize,
        fits: impl Fn(&Memory) -> bool,
    ) -> Result<Vec<Memory>, MemoryError> {
        let by = match order {
            Order::Updated => "",
            Order::Created => "record ->> '$.created_at' DESC,",
            Order::Importance => "importance DESC,",
        };
        // Sorted by themselves, since the records are long.
        let ordered = format!("SELECT doc FROM memory WHERE active ORDER BY {by} updated DESC, id");
        let mut ordered = self.db().prepare_cached(&ordered)?;
        let mut select = self.db().prepare_cached("SELECT record FROM memory WHERE doc = ?1")?;
        let mut docs = ordered.query([])?;
        let mut found = Vec::new();
        while found.len() < limit {
            let Some(row) = docs.next()? else { break };
            let record: String = select.query_row([row.get::<_, i64>(0)?], |row| row.get(0))?;
            found.extend(Some(serde_json::from_str(&record)?).filter(&fits));
        }
        Ok(found)
    }

    /// How many memories there are that were not removed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn count(&self) -> Result<usize, MemoryError> {
        let count: i64 = self.db().query_row("SELECT memories FROM tally", [], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The one memory whose id begins with `prefix` (with or without `mem_`), removed ones too.
    ///
    /// # Errors
    /// `NotFound`, `Ambiguous`.
    pub fn get(&self, prefix: &str) -> Result<Memory, MemoryError> {
        if prefix.trim().is_empty() {
            return Err(MemoryError::Invalid("the id of a memory is not empty".into()));
        }
        let bare = prefix.strip_prefix("mem_").unwrap_or(prefix);
        let whole = format!("mem_{bare}");
        if let Some(memory) = self.exactly(prefix)?.map_or_else(|| self.exactly(&whole), |memory| Ok(Some(memory)))? {
            return Ok(memory);
        }
        if bare.is_empty() {
            return Err(MemoryError::NotFound(prefix.into()));
        }
        let mut select =
            self.db().prepare_cached("SELECT id FROM memory WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT 6")?;
        let rows = select.query_map((&whole, format!("{whole}\u{10ffff}")), |row| row.get(0))?;
        let mut ids: Vec<String> = rows.collect::<Result<_, _>>()?;
        match (ids.len(), ids.pop()) {
            (1, Some(id)) => self.exactly(&id)?.ok_or(MemoryError::NotFound(id)),
            (_, None) => Err(MemoryError::NotFound(prefix.into())),
            (_, Some(last)) => {
                ids.push(last);
                Err(MemoryError::Ambiguous { prefix: prefix.into(), ids })
            }
        }
    }

    fn exactly(&self, id: &str) -> Result<Option<Memory>, MemoryError> {
        let mut select = self.db().prepare_cached("SELECT active, record FROM memory WHERE id = ?1")?;
        let found = select.query_row([id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).optional()?;
        let memory = |(active, record): (bool, String)| Ok(Memory { active, ..serde_json::from_str(&record)? });
        found.map(memory).transpose()
    }

    /// What happened to a memory, in order.
    ///
    /// # Errors
    /// As [`Store::get`].
    pub fn history(&self, prefix: &str) -> Result<Vec<Event>, MemoryError> {
        let memory = self.get(prefix)?;
        let mut events: Vec<(i128, Event)> = Vec::new();
        for line in self.lines_of(&memory.memory_id)? {
            // Lines that are no events are not in the index.
            let event = Event::parse(&line).ok();
            events.extend(event.and_then(|event| event.time().map(|time| (time, event))));
        }
        events.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        Ok(events.into_iter().map(|(_, event)| event).collect())
    }

    /// The lines of the ledger that are about a memory.
    pub(crate) fn lines_of(&self, memory_id: &str) -> Result<Vec<String>, MemoryError> {
        let mut select = self.db().prepare_cached("SELECT line FROM event WHERE memory = ?1 ORDER BY id, payload")?;
        let rows = select.query_map([memory_id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Where the index is kept.
    #[must_use]
    pub fn index_kept(&self) -> Kept {
        self.index.kept()
    }

    /// Remembers something in the store whose ledger is at `path`, as [`Store::open`] and [`Store::add`] would: for one
    /// addition alone. What is new is left to the next reading, which takes in many at once for little more than one.
    ///
    /// # Errors
    /// As [`Store::open`] and [`Store::add`].
    pub fn add_once(
        path: impl Into<PathBuf>,
        context: AgentContext,
        told: Told,
        duplicates: Duplicates,
    ) -> Result<Added, MemoryError> {
        check(&told)?;
        let path = path.into();
        prepare(&path)?;
        let ledger = Ledger::open(path).waiting(WAIT);
        let mut store = Self { index: Index::open(&ledger, Tables::default())?, context };
        let mut locked = ledger.lock()?;
        let Some((unread, events)) = store.additions_unread(&locked)? else {
            drop(locked);
            store.index.catch_up()?;
            let damage = store.damage()?;
            return Ok(Added { memory: store.add(told, duplicates)?, damage });
        };
        let damage = store.damage()?;
        let content = told.content.clone().ok_or_else(no_content)?;
        if duplicates == Duplicates::Refuse {
            let text = Text::new(&content);
            let unread = events.iter().find_map(|event| text.similar(&event.memory_id, event.content.as_deref()?));
            if let Some(similar) = store.similar(&content)?.or(unread) {
                return Err(MemoryError::Duplicate(similar));
            }
        }
        let event = store.addition(told)?;
        let ticket = locked.write(&[serde_json::to_string(&event)?])?;
        store.index.leave(&unread, &locked);
        drop(locked);
        ticket.sync()?;
        let id = event.memory_id.clone();
        let told = event.time().map(|time| Occurred { time, event, disputed: false });
        Ok(Added { memory: fold(told.into_iter().collect()).ok_or(MemoryError::NotFound(id))?, damage })
    }

    /// What was appended since the index was read, if it is little and made new memories only.
    fn additions_unread(&self, locked: &Locked) -> Result<Option<(Unread, Vec<Event>)>, MemoryError> {
        let Some(unread) = self.index.unread(locked, UNREAD)? else { return Ok(None) };
        let addition = |line: &String| Event::parse(line).ok().filter(|event| event.kind == Kind::Add);
        let events: Option<Vec<Event>> = unread.lines().iter().map(addition).collect();
        Ok(events.map(|events| (unread, events)))
    }

    /// Remembers something. It is on the disk when this returns.
    ///
    /// # Errors
    /// `Invalid`; `Duplicate`, which names the memory that says so already; what the ledger says.
    pub fn add(&mut self, told: Told, duplicates: Duplicates) -> Result<Memory, MemoryError> {
        check(&told)?;
        let content = told.content.as_deref().ok_or_else(no_content)?;
        let locked = self.begin()?;
        if let (Duplicates::Refuse, Some(similar)) = (duplicates, self.similar(content)?) {
            return Err(MemoryError::Duplicate(similar));
        }
        let event = self.addition(told)?;
        self.finish(locked, &event)?;
        self.get(&event.memory_id)
    }

    fn addition(&self, told: Told) -> Result<Event, MemoryError> {
        let id = format!("mem_{}", random_id()?);
        let mut event = Event::new(Kind::Add, new_event_id()?, Timestamp::now(), id);
        event.memory_type = Some("semantic".into());
        self.fill(&mut event, told);
        Ok(event)
    }

    /// Replaces what is told of a memory and keeps the rest.
    ///
    /// # Errors
    /// `NotFound`, `Ambiguous`, `Invalid`; `Moved` when it is not at the expected revision; what the ledger says.
    pub fn edit(&mut self, id: &str, told: Told, reason: &str, expected: Option<u64>) -> Result<Memory, MemoryError> {
        check(&told)?;
        // What is not there is said before anything is made.
        self.get(id)?;
        let locked = self.begin()?;
        let memory = self.at_revision(id, expected)?;
        let mut event = self.change(Kind::Supersede, &memory, reason)?;
        event.content = Some(memory.content);
        self.fill(&mut event, told);
        self.finish(locked, &event)?;
        self.get(&memory.memory_id)
    }

    /// Removes a memory; the ledger keeps its history.
    ///
    /// # Errors
    /// As [`Store::edit`]. One that is removed already is not found.
    pub fn remove(&mut self, id: &str, reason: &str, expected: Option<u64>) -> Result<Memory, MemoryError> {
        self.get(id)?;
        let locked = self.begin()?;
        let memory = self.at_revision(id, expected)?;
        if !memory.active {
            return Err(MemoryError::NotFound(id.into()));
        }
        let event = self.change(Kind::Deprecate, &memory, reason)?;
        self.finish(locked, &event)?;
        self.get(&memory.memory_id)
    }

    /// A memory that says what `content` says.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn similar(&self, content: &str) -> Result<Option<Similar>, MemoryError> {
        let mut same = self.db().prepare_cached("SELECT record FROM memory WHERE same = ?1 AND active ORDER BY id")?;
        let same = same.query_row([fingerprint(content)], |row| row.get::<_, String>(0)).optional()?;
        let candidates = match same {
            Some(record) => vec![serde_json::from_str(&record)?],
            None => self.sharing_long_words(content)?,
        };
        let text = Text::new(content);
        Ok(candidates.into_iter().find_map(|memory| text.similar(&memory.memory_id, &memory.content)))
    }

    /// The memory that says exactly this.
    pub(crate) fn same(&self, content: &str) -> Result<Option<String>, MemoryError> {
        let mut same =
            self.db().prepare_cached("SELECT id, record FROM memory WHERE same = ?1 AND active ORDER BY id")?;
        let text = Text::new(content);
        let mut rows = same.query([fingerprint(content)])?;
        while let Some(row) = rows.next()? {
            let memory: Memory = serde_json::from_str(&row.get::<_, String>(1)?)?;
            if text.likeness(&memory.content) == Some(Likeness::Same) {
                return Ok(Some(memory.memory_id));
            }
        }
        Ok(None)
    }

    /// Takes the lock and knows everything that was written before.
    pub(crate) fn begin(&mut self) -> Result<Locked, MemoryError> {
        prepare(self.index.ledger().path())?;
        let locked = self.index.ledger().lock()?;
        if self.index.kept() == Kept::InMemory {
            // There was no folder for it when the store was opened.
            self.index = Index::open(self.index.ledger(), Tables::default())?;
        }
        self.index.catch_up()?;
        Ok(locked)
    }

    fn at_revision(&self, id: &str, expected: Option<u64>) -> Result<Memory, MemoryError> {
        let memory = self.get(id)?;
        match expected.filter(|expected| *expected != memory.revision) {
            Some(expected) => Err(MemoryError::Moved { id: memory.memory_id, expected, actual: memory.revision }),
            None => Ok(memory),
        }
    }

    fn change(&self, kind: Kind, memory: &Memory, reason: &str) -> Result<Event, MemoryError> {
        let now = Timestamp::now();
        // A clock that went back must not put the change before what it changes.
        let last = memory.updated_at.parse::<Timestamp>().unwrap_or(now);
        let after = last.checked_add(jiff::SignedDuration::from_nanos(1)).unwrap_or(now);
        let mut event = Event::new(kind, new_event_id()?, now.max(after), memory.memory_id.clone());
        event.target_memory_id = Some(memory.memory_id.clone());
        event.base_revision = Some(memory.revision);
        event.reason = Some(reason.to_owned());
        event.agent_ctx = self.acting();
        Ok(event)
    }

    fn acting(&self) -> Value {
        serde_json::to_value(&self.context).unwrap_or_else(|_| json!({}))
    }

    fn fill(&self, event: &mut Event, told: Told) {
        let Told { content, memory_type, category, importance, tags, why, source, machine, expires_at } = told;
        event.content = content.or(event.content.take());
        event.memory_type = memory_type.or(event.memory_type.take());
        event.tags =
            tags.map(|tags| tags.into_iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect());
        (event.why, event.source, event.machine) = (why, source, machine);
        event.expires_at = expires_at.map(|time| time.map(|time| time.to_string()));
        if let Some(category) = category {
            event.metadata["category"] = category.trim().into();
        }
        if let Some(importance) = importance {
            event.metadata["importance"] = importance.into();
        }
        event.agent_ctx = self.acting();
    }

    fn finish(&mut self, locked: Locked, event: &Event) -> Result<(), MemoryError> {
        self.write(locked, &[serde_json::to_string(event)?])
    }

    /// Appends lines and waits for the disk, after letting go of the lock.
    pub(crate) fn write(&mut self, mut locked: Locked, lines: &[String]) -> Result<(), MemoryError> {
        let ticket = locked.write(lines)?;
        self.index.catch_up_own(&locked)?;
        drop(locked);
        // Others write while this one waits for the disk, and share its work.
        ticket.sync()?;
        Ok(())
    }
}

/// Makes what a ledger needs around it: its folder, how git merges it, and the mark that it belongs to the workspace.
fn prepare(ledger: &Path) -> Result<(), MemoryError> {
    let folder = ledger.parent().unwrap_or(Path::new("."));
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| MemoryError::Prepare { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let attributes = folder.join(".gitattributes");
    if !attributes.exists() {
        fs::write(&attributes, "mmry.jsonl merge=union\n*.damaged -text merge=union\n").map_err(failed(&attributes))?;
    }
    let tracked = folder.join("tracked");
    if folder.file_name().is_some_and(|name| name == ".mmry") && !tracked.exists() {
        fs::write(&tracked, "").map_err(failed(&tracked))?;
    }
    Ok(())
}

pub(crate) fn random_id() -> Result<uuid::Uuid, MemoryError> {
    let mut bytes = [0; 16];
    let drawn = rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty());
    match drawn {
        Ok(16) => Ok(uuid::Builder::from_random_bytes(bytes).into_uuid()),
        Ok(_) => Err(MemoryError::Invalid("the system gave too few random bytes".into())),
        Err(error) => Err(MemoryError::Prepare { path: "/dev/urandom".into(), source: error.into() }),
    }
}

fn new_event_id() -> Result<String, MemoryError> {
    Ok(format!("evt_{}", random_id()?))
}

fn no_content() -> MemoryError {
    MemoryError::Invalid("there is no content".into())
}

fn check(told: &Told) -> Result<(), MemoryError> {
    let invalid = |why: &str| Err(MemoryError::Invalid(why.into()));
    match told.content.as_deref() {
        Some(content) if content.trim().is_empty() => return Err(no_content()),
        Some(content) if content.len() > MAX_CONTENT => {
            return invalid(&format!("{} bytes are too long for a memory (at most {MAX_CONTENT})", content.len()));
        }
        Some(_) | None => {}
    }
    match (told.importance, told.memory_type.as_deref()) {
        (Some(importance), _) if !(1..=10).contains(&importance) => invalid("importance is a number from 1 to 10"),
        (_, Some(kind)) if !["episodic", "semantic", "procedural"].contains(&kind) => {
            invalid(&format!("`{kind}` is no type of memory; write episodic, semantic or procedural"))
        }
        _ => Ok(()),
    }
}
