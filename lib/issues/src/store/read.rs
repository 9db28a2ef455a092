//! Reading issues.

use std::collections::{BTreeMap, HashMap};

use oqto_store::ledger::{Position, Verdict};
use oqto_store::rusqlite::{OptionalExtension as _, Row};
use serde::Serialize;
use serde_json::value::RawValue;

use super::Store;
use crate::error::{IssueError, Result};
use crate::event::Event;
use crate::graph::{self, Graph};
use crate::id;
use crate::issue::{Issue, Kind, Link, Status};
use crate::shape;

/// In what order issues are listed; ties by time of creation, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The most urgent first.
    #[default]
    Priority,
    /// The oldest first.
    Created,
    /// The one that changed last, first.
    Updated,
    /// The one that was closed last, first.
    Closed,
    /// By id.
    Id,
    /// By status.
    Status,
}

/// What to list. The default is everything that is not closed.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Only these; none: all but closed ones.
    pub status: Option<Status>,
    /// Closed ones too.
    pub all: bool,
    /// Only this type.
    pub kind: Option<Kind>,
    /// Only this priority.
    pub priority: Option<u8>,
    /// Only with all these labels.
    pub labels: Vec<String>,
    /// Only what this one is to do.
    pub assignee: Option<String>,
    /// Only where title, description, notes or id has this text, whatever its case.
    pub text: Option<String>,
    /// Only what is below this issue (a whole id).
    pub below: Option<String>,
    /// Only made at or after this time, nanoseconds since 1970.
    pub created_after: Option<i64>,
    /// Only made before it.
    pub created_before: Option<i64>,
    /// The order.
    pub sort: Sort,
    /// The other way round.
    pub reverse: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

/// An issue in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// How far it is.
    pub status: Status,
    /// 0 to 4.
    pub priority: u8,
    /// What it is about.
    pub kind: Kind,
    /// One line.
    pub title: String,
    /// Nanoseconds since 1970.
    pub created: i64,
    /// Nanoseconds since 1970 of the last change.
    pub updated: i64,
    closed: Option<i64>,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// Who works on it, and until when, nanoseconds since 1970.
    pub claim: Option<(String, i64)>,
    /// Remarks.
    pub comments: u64,
    /// The interchange form.
    pub line: String,
}

/// How an issue hangs together with others; every list sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Resolved {
    /// The issue above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What stops it now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked_by: Vec<String>,
    /// What it stops while it is open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<String>,
    /// The issues below it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<String>,
    /// See there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
}

/// Everything about one issue.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The issue.
    pub issue: Issue,
    /// What it hangs together with.
    pub resolved: Resolved,
}

/// What can be begun, and what is wrong with the graph.
#[derive(Debug, Clone, Default)]
pub struct Ready {
    /// The most urgent first, then the oldest.
    pub issues: Vec<Entry>,
    /// Issues that wait for each other.
    pub cycles: Vec<Vec<String>>,
    /// Issues that name a blocker that is not there.
    pub missing: Vec<(String, String)>,
}

/// How many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All but deleted ones.
    pub total: u64,
    /// By status.
    pub status: BTreeMap<String, u64>,
    /// By type, of those that are not closed.
    pub kind: BTreeMap<String, u64>,
    /// By priority, of those that are not closed.
    pub priority: BTreeMap<String, u64>,
    /// That can be begun.
    pub ready: u64,
}

const COLUMNS: &str =
    "id, status, priority, kind, created, updated, closed, title, assignee, claim_by, claim_until, comments, line";

fn entry(row: &Row<'_>) -> oqto_store::rusqlite::Result<Entry> {
    let word = |index: usize| row.get::<_, String>(index);
    let claim = row.get::<_, Option<String>>(9)?.zip(row.get::<_, Option<i64>>(10)?);
    Ok(Entry {
        id: row.get(0)?,
        status: word(1)?.parse().unwrap_or(Status::Open),
        priority: row.get(2)?,
        kind: word(3)?.parse().unwrap_or(Kind::Task),
        title: row.get(7)?,
        created: row.get(4)?,
        updated: row.get(5)?,
        closed: row.get(6)?,
        assignee: row.get(8)?,
        claim,
        comments: row.get::<_, i64>(11)?.cast_unsigned(),
        line: row.get(12)?,
    })
}

impl Store {
    /// The whole id of what a person typed: an id, any beginning that only one issue has, or the same without the
    /// prefix.
    ///
    /// # Errors
    /// `NotFound` or `Ambiguous`.
    pub fn resolve(&self, typed: &str) -> Result<String> {
        let typed = typed.trim();
        let known = |id: &str| -> Result<bool> {
            let mut select = self.db().prepare_cached("SELECT 1 FROM issue WHERE id = ?1 AND line IS NOT NULL")?;
            Ok(select.exists([id])?)
        };
        if known(typed)? {
            return Ok(typed.to_owned());
        }
        let (root, rest) = typed.split_once('.').map_or((typed, None), |(root, rest)| (root, Some(rest)));
        let whole = format!("{}-{root}", self.config().prefix);
        for beginning in [root, &whole] {
            match &self.beginning(beginning)?[..] {
                [] => {}
                [id] => {
                    let id = rest.map_or_else(|| id.clone(), |rest| format!("{id}.{rest}"));
                    return if known(&id)? { Ok(id) } else { Err(IssueError::NotFound { id }) };
                }
                several => {
                    return Err(IssueError::Ambiguous { id: typed.to_owned(), candidates: several.to_vec() });
                }
            }
        }
        Err(IssueError::NotFound { id: typed.to_owned() })
    }

    /// Some ids without a number that begin so; an exact one alone.
    fn beginning(&self, text: &str) -> Result<Vec<String>> {
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let mut select = self.db().prepare_cached(
            "SELECT id FROM issue WHERE id >= ?1 AND id < ?1 || char(0x10ffff) AND instr(id, '.') = 0
             AND line IS NOT NULL ORDER BY id LIMIT 5",
        )?;
        let text = text.to_lowercase();
        let found: Vec<String> = select.query_map([&text], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
        Ok(if found.first() == Some(&text) { vec![text] } else { found })
    }

    /// The shortest form of an id that still names only it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn short(&self, id: &str) -> Result<String> {
        let (root, rest) = id.split_at(id.find('.').unwrap_or(id.len()));
        let neighbour = |sql: &str| -> Result<Option<String>> {
            Ok(self.db().prepare_cached(sql)?.query_row([root], |row| row.get(0)).optional()?)
        };
        let before = neighbour("SELECT id FROM issue WHERE id < ?1 AND instr(id, '.') = 0 ORDER BY id DESC LIMIT 1")?;
        let after = neighbour("SELECT id FROM issue WHERE id > ?1 AND instr(id, '.') = 0 ORDER BY id LIMIT 1")?;
        Ok(format!("{}{rest}", id::short(root, [before.as_deref(), after.as_deref()])))
    }

    /// Issues as asked for.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn list(&self, query: &Query) -> Result<Vec<Entry>> {
        let mut which = String::from("line IS NOT NULL AND status IS NOT 'tombstone'");
        match query.status {
            Some(Status::Tombstone) => which = "status = 'tombstone'".into(),
            Some(status) => which.push_str(&format!(" AND status = '{status}'")),
            None if query.all => {}
            None => which = "status IN ('open', 'in_progress', 'blocked') AND line IS NOT NULL".into(),
        }
        let mut select = self.db().prepare(&format!("SELECT {COLUMNS} FROM issue WHERE {which}"))?;
        let below = query.below.as_deref().map(|id| self.below(id)).transpose()?;
        let mut found = Vec::new();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let entry = entry(row)?;
            if query.admits(&entry) && below.as_ref().is_none_or(|below| below.contains(&entry.id)) {
                found.push(entry);
            }
        }
        drop(rows);
        if !query.labels.is_empty() {
            let mut select = self.db().prepare_cached("SELECT 1 FROM label WHERE id = ?1 AND label = ?2")?;
            for label in &query.labels {
                let mut kept = Vec::new();
                for entry in found {
                    if select.exists((&entry.id, label))? {
                        kept.push(entry);
                    }
                }
                found = kept;
            }
        }
        query.arrange(&mut found);
        Ok(found)
    }

    /// The ids below `id`.
    fn below(&self, id: &str) -> Result<std::collections::HashSet<String>> {
        let mut select = self.db().prepare_cached(
            "WITH RECURSIVE below (id) AS (
                 SELECT id FROM edge WHERE target = ?1 AND kind = 'parent_child'
                 UNION SELECT edge.id FROM edge JOIN below ON edge.target = below.id AND edge.kind = 'parent_child'
             ) SELECT id FROM below",
        )?;
        Ok(select.query_map([id], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?)
    }

    /// Everything about one issue (a whole id).
    ///
    /// # Errors
    /// `NotFound`, also for what is known by name only.
    pub fn show(&self, id: &str) -> Result<Detail> {
        let state = shape::load(self.db(), id)?;
        let issue =
            state.and_then(|state| state.issue(id)).ok_or_else(|| IssueError::NotFound { id: id.to_owned() })?;
        let graph = self.graph()?;
        let mut resolved = Resolved {
            blocked_by: graph.stopped_by(id).into_iter().map(str::to_owned).collect(),
            ..Resolved::default()
        };
        let mut select = self.db().prepare_cached(
            "SELECT kind, target, 1 FROM edge WHERE id = ?1 AND kind <> 'blocks'
             UNION ALL SELECT kind, id, 0 FROM edge WHERE target = ?1 ORDER BY 2",
        )?;
        let mut rows = select.query([id])?;
        while let Some(row) = rows.next()? {
            let (link, other, out): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
            match (link.parse()?, out) {
                (Link::ParentChild, true) => resolved.parent = Some(other),
                (Link::ParentChild, false) => resolved.children.push(other),
                (Link::Blocks, _) => resolved.blocks.push(other),
                (Link::Related, _) => resolved.related.push(other),
            }
        }
        Ok(Detail { issue, resolved })
    }

    /// What all issues hang together with, for lists.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn resolved(&self) -> Result<HashMap<String, Resolved>> {
        let graph = self.graph()?;
        let mut all: HashMap<String, Resolved> = HashMap::new();
        let mut select = self.db().prepare_cached("SELECT id, kind, target FROM edge ORDER BY id, kind, target")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (id, link, target): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            match link.parse()? {
                Link::Blocks => all.entry(target).or_default().blocks.push(id),
                Link::ParentChild => {
                    all.entry(target.clone()).or_default().children.push(id.clone());
                    all.entry(id).or_default().parent = Some(target);
                }
                Link::Related => {
                    all.entry(target.clone()).or_default().related.push(id.clone());
                    all.entry(id).or_default().related.push(target);
                }
            }
        }
        for id in graph.waiting() {
            let stopped: Vec<String> = graph.stopped_by(id).into_iter().map(str::to_owned).collect();
            if !stopped.is_empty() {
                all.entry(id.to_owned()).or_default().blocked_by = stopped;
            }
        }
        Ok(all)
    }

    /// Blocks and parents of all issues.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn graph(&self) -> Result<Graph> {
        let mut graph = Graph::default();
        let mut select = self.db().prepare_cached("SELECT id, kind, target FROM edge WHERE kind <> 'related'")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let link: String = row.get(1)?;
            let (id, target): (String, String) = (row.get(0)?, row.get(2)?);
            match link.parse()? {
                Link::Blocks => graph.block(&id, &target),
                Link::ParentChild => graph.parent(&id, &target),
                Link::Related => {}
            }
        }
        drop(rows);
        // Only issues that an edge names matter, and of the others nothing needs to be known.
        let mut select = self.db().prepare_cached(
            "SELECT DISTINCT issue.id, status NOT IN ('closed', 'tombstone') FROM edge
             JOIN issue ON issue.id IN (edge.id, edge.target) WHERE line IS NOT NULL AND edge.kind <> 'related'",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let state = if row.get(1)? { graph::State::Open } else { graph::State::Done };
            graph.issue(&row.get::<_, String>(0)?, state);
        }
        Ok(graph)
    }

    /// What `actor` can begin: open, stopped by nothing, and not claimed by somebody else. What somebody began by a
    /// claim that ran out is open again; what the actor has claimed is shown.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn ready(&self, actor: &str) -> Result<Ready> {
        let graph = self.graph()?;
        let now = (self.source.now)();
        let mut select = self.db().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM issue WHERE line IS NOT NULL AND (status = 'open' AND status IN ('open', 'in_progress', 'blocked')
               AND (claim_until IS NULL OR claim_until <= ?1 OR claim_by = ?2)
             OR status = 'in_progress' AND claim_by IS NOT NULL AND (claim_until <= ?1 OR claim_by = ?2))
             ORDER BY priority, created, id",
        ))?;
        let mut ready = Ready::default();
        let mut rows = select.query((now, actor))?;
        while let Some(row) = rows.next()? {
            let entry = entry(row)?;
            if graph.stopped_by(&entry.id).is_empty() {
                ready.issues.push(entry);
            }
        }
        ready.cycles = graph.cycles();
        ready.missing = graph.missing().into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        Ok(ready)
    }

    /// How many there are.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn counts(&self) -> Result<Counts> {
        let mut counts = Counts::default();
        let mut select = self.db().prepare_cached(
            "SELECT status, kind, priority, count(*) FROM issue WHERE line IS NOT NULL AND status <> 'tombstone'
             GROUP BY 1, 2, 3",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (status, kind, priority): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let number = row.get::<_, i64>(3)?.cast_unsigned();
            counts.total += number;
            if status != Status::Closed.word() {
                *counts.kind.entry(kind).or_default() += number;
                *counts.priority.entry(priority.to_string()).or_default() += number;
            }
            *counts.status.entry(status).or_default() += number;
        }
        counts.ready = self.ready(&self.actor())?.issues.len() as u64;
        Ok(counts)
    }

    /// Events of the log, oldest first, each once; `wanted` says which.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn events(&self, mut wanted: impl FnMut(&Event) -> bool) -> Result<Vec<Event>> {
        let mut found: BTreeMap<(i64, String), Event> = BTreeMap::new();
        self.ledger().read(Position::START, |line| {
            if let Ok(event) = shape::parse(line.text)
                && let Some(at) = crate::time::nanoseconds(&event.timestamp)
                && wanted(&event)
            {
                found.insert((at, event.id.clone()), event);
            }
            Verdict::Good
        })?;
        Ok(found.into_values().collect())
    }
}

impl Query {
    fn admits(&self, entry: &Entry) -> bool {
        let mine = |assignee: &String| entry.assignee.as_ref() == Some(assignee);
        self.kind.is_none_or(|kind| kind == entry.kind)
            && self.priority.is_none_or(|priority| priority == entry.priority)
            && self.assignee.as_ref().is_none_or(mine)
            && self.created_after.is_none_or(|time| entry.created >= time)
            && self.created_before.is_none_or(|time| entry.created < time)
            && self.text.as_ref().is_none_or(|text| entry.has(text))
    }

    fn arrange(&self, found: &mut Vec<Entry>) {
        found.sort_by(|a, b| {
            let first = match self.sort {
                Sort::Priority => a.priority.cmp(&b.priority),
                Sort::Created | Sort::Id => std::cmp::Ordering::Equal,
                Sort::Updated => b.updated.cmp(&a.updated),
                Sort::Closed => b.closed.cmp(&a.closed),
                Sort::Status => a.status.cmp(&b.status),
            };
            let second = if self.sort == Sort::Id { a.id.cmp(&b.id) } else { a.created.cmp(&b.created) };
            first.then(second).then_with(|| a.id.cmp(&b.id))
        });
        if self.reverse {
            found.reverse();
        }
        if let Some(limit) = self.limit {
            found.truncate(limit);
        }
    }
}

impl Entry {
    /// Whether id, title, description or notes has `text`, whatever its case.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        #[derive(serde::Deserialize)]
        struct Texts {
            description: Option<String>,
            notes: Option<String>,
        }
        let text = text.to_lowercase();
        let has = |field: &str| field.to_lowercase().contains(&text);
        if has(&self.id) || has(&self.title) {
            return true;
        }
        let texts: Option<Texts> = serde_json::from_str(&self.line).ok();
        texts.is_some_and(|texts| [texts.description, texts.notes].into_iter().flatten().any(|field| has(&field)))
    }

    /// The interchange form with what it hangs together with, its claim and the number of its remarks.
    #[must_use]
    pub fn json(&self, resolved: Option<&Resolved>) -> String {
        let mut text = self.line.clone();
        let more = resolved.and_then(|resolved| serde_json::to_string(resolved).ok()).unwrap_or_default();
        let more = more.trim_matches(['{', '}']);
        text.pop();
        if !more.is_empty() {
            text.push(',');
            text.push_str(more);
        }
        if let Some((by, until)) = &self.claim
            && let Ok(claim) =
                serde_json::to_string(&crate::issue::Claim { by: by.clone(), until: crate::time::written(*until) })
        {
            text.push_str(",\"claim\":");
            text.push_str(&claim);
        }
        if self.comments > 0 {
            text.push_str(&format!(",\"comments\":{}", self.comments));
        }
        text.push('}');
        text
    }

    /// The same as a value to be serialized.
    #[must_use]
    pub fn raw(&self, resolved: Option<&Resolved>) -> Option<Box<RawValue>> {
        RawValue::from_string(self.json(resolved)).ok()
    }
}
