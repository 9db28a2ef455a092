//! Changing issues: what a change depends on is read under the lock that it is written under.

use std::collections::{BTreeMap, HashMap};

use oqto_store::ledger::Locked;
use serde_json::{Value, json};

use super::{Store, interchange};
use crate::error::{IssueError, Result};
use crate::event::{Change, Event};
use crate::graph::State as Reached;
use crate::id;
use crate::issue::{Claim, Issue, Kind, Link, Status};
use crate::{shape, time};

/// Bytes of the longest title.
const TITLE: usize = 500;

/// A new issue.
#[derive(Debug, Clone)]
pub struct NewIssue {
    /// One line.
    pub title: String,
    /// What it is about.
    pub kind: Kind,
    /// 0 to 4.
    pub priority: u8,
    /// Any text.
    pub description: Option<String>,
    /// The issue above it, as typed, or `#N`: the Nth of the same batch, from 1.
    pub parent: Option<String>,
    /// What it waits for, likewise.
    pub blocked_by: Vec<String>,
    /// What waits for it, likewise.
    pub blocks: Vec<String>,
    /// Its labels.
    pub labels: Vec<String>,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// Another prefix than the store's.
    pub prefix: Option<String>,
}

impl NewIssue {
    /// A task of usual priority.
    pub fn titled(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            kind: Kind::Task,
            priority: 2,
            description: None,
            parent: None,
            blocked_by: Vec::new(),
            blocks: Vec::new(),
            labels: Vec::new(),
            assignee: None,
            prefix: None,
        }
    }
}

/// What to change; `Some(None)` clears.
#[derive(Debug, Clone, Default)]
pub struct Patch {
    /// Not closed and not deleted; see [`Store::close`].
    pub status: Option<Status>,
    /// 0 to 4.
    pub priority: Option<u8>,
    /// What it is about.
    pub kind: Option<Kind>,
    /// One line.
    pub title: Option<String>,
    /// Any text.
    pub description: Option<Option<String>>,
    /// Any text.
    pub notes: Option<Option<String>>,
    /// Who is to do it.
    pub assignee: Option<Option<String>>,
    /// The issue above it, as typed.
    pub parent: Option<Option<String>>,
    /// Labels it has from now on.
    pub add_labels: Vec<String>,
    /// Labels it has no more.
    pub remove_labels: Vec<String>,
}

/// The change that is being made: what is in the store, and the events so far.
struct Plan<'a> {
    store: &'a Store,
    events: Vec<Event>,
    /// New issues by id, so that a batch can speak of itself.
    fresh: Vec<String>,
    latest: HashMap<String, i64>,
    children: BTreeMap<String, u64>,
}

impl Store {
    /// Makes an issue, and returns its id.
    ///
    /// # Errors
    /// `Invalid`, `NotFound` for a parent or a blocker, `Cycle`, and those of files.
    pub fn create(&mut self, new: NewIssue) -> Result<String> {
        let mut ids = self.create_many(&[new])?;
        ids.pop().ok_or_else(|| IssueError::invalid("nothing was made"))
    }

    /// Makes all of these issues or none.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create_many(&mut self, new: &[NewIssue]) -> Result<Vec<String>> {
        self.change(|plan| plan.create(new))
    }

    /// What [`Store::create_many`] would refuse, without making anything.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn try_create_many(&mut self, new: &[NewIssue]) -> Result<()> {
        Plan::new(self).create(new).map(drop)
    }

    /// Changes fields.
    ///
    /// # Errors
    /// `NotFound`, `Invalid`, `Cycle`, and those of files.
    pub fn update(&mut self, typed: &str, patch: &Patch) -> Result<String> {
        self.change(|plan| plan.update(typed, patch))
    }

    /// Closes issues, all or none. Closing what is closed changes nothing.
    ///
    /// # Errors
    /// `NotFound`, and those of files.
    pub fn close(&mut self, typed: &[String], reason: Option<&str>) -> Result<Vec<String>> {
        self.change(|plan| plan.each(typed, |plan, issue| plan.close(issue, reason)))
    }

    /// Opens closed or deleted issues again.
    ///
    /// # Errors
    /// `NotFound`, and those of files.
    pub fn reopen(&mut self, typed: &[String]) -> Result<Vec<String>> {
        self.change(|plan| plan.each(typed, Plan::reopen))
    }

    /// Deletes issues; their history stays, and [`Store::reopen`] brings them back.
    ///
    /// # Errors
    /// `NotFound`, and those of files.
    pub fn delete(&mut self, typed: &[String], reason: Option<&str>) -> Result<Vec<String>> {
        self.change(|plan| plan.each(typed, |plan, issue| plan.delete(issue, reason)))
    }

    /// Says that `actor` works on it for `lease` nanoseconds. Saying it again prolongs it.
    ///
    /// # Errors
    /// `Claimed` while somebody else has it; `Invalid` when it is closed.
    pub fn claim(&mut self, typed: &str, actor: &str, lease: i64) -> Result<String> {
        self.change(|plan| plan.claim(typed, actor, lease))
    }

    /// Gives a claim up.
    ///
    /// # Errors
    /// `Claimed` when it is somebody else's, `Invalid` when there is none.
    pub fn release(&mut self, typed: &str, actor: &str) -> Result<String> {
        self.change(|plan| plan.release(typed, actor))
    }

    /// `typed` hangs together with each of `others` from now on.
    ///
    /// # Errors
    /// `NotFound`, `Cycle`, `Invalid`.
    pub fn link(&mut self, typed: &str, link: Link, others: &[String]) -> Result<String> {
        self.change(|plan| plan.link(typed, link, others))
    }

    /// And no more.
    ///
    /// # Errors
    /// `NotFound`, also when it does not.
    pub fn unlink(&mut self, typed: &str, link: Link, others: &[String]) -> Result<String> {
        self.change(|plan| plan.unlink(typed, link, others))
    }

    /// Adds a remark.
    ///
    /// # Errors
    /// `NotFound`, `Invalid` when it is empty.
    pub fn comment(&mut self, typed: &str, text: &str) -> Result<String> {
        self.change(|plan| plan.comment(typed, text))
    }

    /// One change: lock, read, decide, one append; then the disk, without the lock.
    fn change<T>(&mut self, decide: impl FnOnce(&mut Plan<'_>) -> Result<T>) -> Result<T> {
        let mut locked = self.ledger.lock()?;
        self.take_in_locked(&mut locked)?;
        let mut plan = Plan::new(self);
        let answer = decide(&mut plan)?;
        let events = plan.events;
        if !events.is_empty() {
            let ticket = self.append(&mut locked, &events)?;
            interchange::follow(self, &locked)?;
            drop(locked);
            ticket.sync()?;
        }
        Ok(answer)
    }

    /// Appends events and takes them into the index.
    pub(super) fn append(&mut self, locked: &mut Locked, events: &[Event]) -> Result<oqto_store::ledger::Ticket> {
        let line = |event| serde_json::to_string(event).map_err(|error| IssueError::invalid(error.to_string()));
        let lines: Vec<String> = events.iter().map(line).collect::<Result<_>>()?;
        let ticket = locked.write(&lines)?;
        self.index.catch_up_own(locked)?;
        Ok(ticket)
    }
}

impl<'a> Plan<'a> {
    fn new(store: &'a Store) -> Self {
        Self { store, events: Vec::new(), fresh: Vec::new(), latest: HashMap::new(), children: BTreeMap::new() }
    }

    /// A time after everything that is known of the issue, so that clocks that disagree cannot lose a change.
    fn now(&mut self, id: &str) -> Result<i64> {
        let known = match self.latest.get(id) {
            Some(at) => *at,
            None => shape::load(self.store.db(), id)?.map_or(0, |state| state.last()),
        };
        let now = (self.store.source.now)().max(known.saturating_add(1));
        self.latest.insert(id.to_owned(), now);
        Ok(now)
    }

    fn event(&mut self, id: &str, action: &str, mut changes: Vec<Change>) -> Result<()> {
        let who = &self.store.who;
        let sessions: Vec<Value> =
            [&who.platform_session_id, &who.harness_session_id].into_iter().flatten().map(|id| json!(id)).collect();
        if !sessions.is_empty() {
            changes.push(Change::add("sessions", sessions));
        }
        let event = Event {
            id: format!("evt_{}", id::letters(&self.store.source)?),
            issue_id: id.to_owned(),
            action: action.to_owned(),
            timestamp: time::written(self.now(id)?),
            changes,
            ..Event::default()
        };
        self.events.push(event.signed(&self.store.who));
        Ok(())
    }

    fn issue(&self, typed: &str) -> Result<Issue> {
        let id = self.store.resolve(typed)?;
        let state = shape::load(self.store.db(), &id)?;
        state.and_then(|state| state.issue(&id)).ok_or(IssueError::NotFound { id })
    }

    /// An issue that is not deleted.
    fn live(&self, typed: &str) -> Result<Issue> {
        let issue = self.issue(typed)?;
        if issue.status == Status::Tombstone {
            return Err(IssueError::invalid(format!("{} is deleted; reopen it first", issue.id)));
        }
        Ok(issue)
    }

    fn each(&mut self, typed: &[String], mut act: impl FnMut(&mut Self, &Issue) -> Result<()>) -> Result<Vec<String>> {
        let mut ids = Vec::new();
        for typed in typed {
            let issue = self.issue(typed)?;
            if !ids.contains(&issue.id) {
                act(self, &issue)?;
                ids.push(issue.id);
            }
        }
        Ok(ids)
    }

    fn create(&mut self, new: &[NewIssue]) -> Result<Vec<String>> {
        for (number, issue) in new.iter().enumerate() {
            let parent = issue.parent.as_deref().map(|typed| self.refer(typed)).transpose()?;
            let id = self.new_id(issue, parent.as_deref())?;
            self.fresh.push(id.clone());
            let numbered = |error| {
                if let (IssueError::Invalid { what }, true) = (&error, new.len() > 1) {
                    return IssueError::invalid(format!("issue {}: {what}", number + 1));
                }
                error
            };
            let changes = self.new_fields(issue).map_err(numbered)?;
            self.event(&id, "created", changes)?;
            if let Some(parent) = parent {
                self.edge(&id, Link::ParentChild, &parent);
            }
        }
        // After all of them have ids, so that a batch may speak of what comes later in it.
        for (index, issue) in new.iter().enumerate() {
            let id = self.fresh[index].clone();
            for typed in &issue.blocked_by {
                let blocker = self.refer(typed)?;
                self.edge_event(&id, Link::Blocks, &blocker)?;
            }
            for typed in &issue.blocks {
                let blocked = self.refer(typed)?;
                self.edge_event(&blocked, Link::Blocks, &id)?;
            }
        }
        if new.iter().any(|issue| !(issue.blocked_by.is_empty() && issue.blocks.is_empty())) {
            self.refuse_cycles()?;
        }
        Ok(self.fresh.clone())
    }

    /// An issue of the store, or `#N` of the batch.
    fn refer(&self, typed: &str) -> Result<String> {
        if let Some(number) = typed.strip_prefix('#') {
            let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let id = index.and_then(|index| self.fresh.get(index)).cloned();
            return id
                .ok_or_else(|| IssueError::invalid(format!("{typed} is not an issue before this one in the batch")));
        }
        self.live(typed).map(|issue| issue.id)
    }

    fn new_fields(&mut self, issue: &NewIssue) -> Result<Vec<Change>> {
        check_title(&issue.title)?;
        check_priority(issue.priority)?;
        let mut changes = vec![
            Change::set("title", &issue.title),
            Change::set("status", &Status::Open),
            Change::set("priority", &issue.priority),
            Change::set("issue_type", &issue.kind),
        ];
        if let Some(description) = issue.description.as_ref().filter(|text| !text.is_empty()) {
            changes.push(Change::set("description", description));
        }
        if let Some(assignee) = &issue.assignee {
            check_word("assignee", assignee)?;
            changes.push(Change::set("assignee", assignee));
        }
        if let Some(user) = &self.store.who.user_id {
            changes.push(Change::set("created_by", user));
        }
        if !issue.labels.is_empty() {
            for label in &issue.labels {
                check_word("label", label)?;
            }
            changes.push(Change::add("labels", issue.labels.iter().map(|label| json!(label))));
        }
        Ok(changes)
    }

    fn new_id(&mut self, issue: &NewIssue, parent: Option<&str>) -> Result<String> {
        if let Some(parent) = parent {
            let next = match self.children.get(parent) {
                Some(last) => last + 1,
                None => self.last_child(parent)? + 1,
            };
            self.children.insert(parent.to_owned(), next);
            return Ok(format!("{parent}.{next}"));
        }
        let prefix = issue.prefix.as_deref().unwrap_or(&self.store.config.prefix);
        id::check_prefix(prefix)?;
        loop {
            let id = id::mint(prefix, &self.store.source)?;
            let mut select = self.store.db().prepare_cached("SELECT 1 FROM issue WHERE id = ?1")?;
            if !select.exists([&id])? && !self.fresh.contains(&id) {
                return Ok(id);
            }
        }
    }

    /// The greatest number below `parent` that was ever used.
    fn last_child(&self, parent: &str) -> Result<u64> {
        let mut select =
            self.store.db().prepare_cached("SELECT id FROM issue WHERE id > ?1 || '.' AND id < ?1 || '/'")?;
        let mut rows = select.query([parent])?;
        let mut last = 0;
        while let Some(row) = rows.next()? {
            let child: String = row.get(0)?;
            if let Some((above, number)) = id::parent_of(&child)
                && above == parent
            {
                last = last.max(number);
            }
        }
        Ok(last)
    }

    fn update(&mut self, typed: &str, patch: &Patch) -> Result<String> {
        let issue = self.live(typed)?;
        let mut changes = Vec::new();
        if let Some(title) = patch.title.as_ref().filter(|title| **title != issue.title) {
            check_title(title)?;
            changes.push(Change::set("title", title).from(&issue.title));
        }
        if let Some(priority) = patch.priority.filter(|priority| *priority != issue.priority) {
            check_priority(priority)?;
            changes.push(Change::set("priority", &priority).from(&issue.priority));
        }
        if let Some(kind) = patch.kind.filter(|kind| *kind != issue.kind) {
            changes.push(Change::set("issue_type", &kind).from(&issue.kind));
        }
        if let Some(Some(assignee)) = &patch.assignee {
            check_word("assignee", assignee)?;
        }
        let texts = [
            ("description", &patch.description, &issue.description),
            ("notes", &patch.notes, &issue.notes),
            ("assignee", &patch.assignee, &issue.assignee),
        ];
        for (field, wanted, there) in texts {
            if let Some(wanted) = wanted.as_ref().filter(|wanted| *wanted != there) {
                changes.push(Change::set(field, wanted).from(there));
            }
        }
        for label in &patch.add_labels {
            check_word("label", label)?;
        }
        let add: Vec<Value> = patch.add_labels.iter().filter(|l| !issue.labels.contains(l)).map(|l| json!(l)).collect();
        let gone: Vec<Value> =
            patch.remove_labels.iter().filter(|l| issue.labels.contains(l)).map(|l| json!(l)).collect();
        if !add.is_empty() {
            changes.push(Change::add("labels", add));
        }
        if !gone.is_empty() {
            changes.push(Change::remove("labels", gone));
        }
        if let Some(parent) = &patch.parent {
            changes.extend(self.reparent(&issue, parent.as_deref())?);
        }
        match patch.status.filter(|status| *status != issue.status) {
            None => {}
            Some(Status::Closed) => self.close(&issue, None)?,
            Some(Status::Tombstone) => self.delete(&issue, None)?,
            Some(status @ (Status::Open | Status::InProgress | Status::Blocked)) => {
                changes.push(Change::set("status", &status).from(&issue.status));
            }
        }
        if !changes.is_empty() {
            let reopened = issue.status == Status::Closed && changes.iter().any(|change| change.field == "status");
            self.event(&issue.id, if reopened { "reopened" } else { "updated" }, changes)?;
        }
        if patch.parent.is_some() {
            self.refuse_cycles()?;
        }
        Ok(issue.id)
    }

    fn reparent(&mut self, issue: &Issue, parent: Option<&str>) -> Result<Vec<Change>> {
        let there = issue.dependencies.iter().filter(|there| there.link == Link::ParentChild);
        let mut changes: Vec<Change> = there.map(|there| Change::remove("dependencies", [json!(there)])).collect();
        if let Some(parent) = parent {
            let parent = self.live(parent)?.id;
            if parent == issue.id {
                return Err(IssueError::Cycle { cycle: vec![parent.clone(), parent] });
            }
            changes.retain(|change| change.remove.iter().all(|there| there["depends_on_id"] != parent.as_str()));
            changes.push(Change::add("dependencies", [self.dependency(&issue.id, Link::ParentChild, &parent)]));
        }
        Ok(changes)
    }

    fn close(&mut self, issue: &Issue, reason: Option<&str>) -> Result<()> {
        match issue.status {
            Status::Closed => return Ok(()),
            Status::Tombstone => return Err(IssueError::invalid(format!("{} is deleted", issue.id))),
            Status::Open | Status::InProgress | Status::Blocked => {}
        }
        let now = time::written((self.store.source.now)());
        let mut changes = vec![
            Change::set("status", &Status::Closed).from(&issue.status),
            Change::set("closed_at", &now),
            Change::set("close_reason", &reason),
        ];
        if issue.claim.is_some() {
            changes.push(Change::set("claim", &Value::Null));
        }
        self.event(&issue.id, "closed", changes)
    }

    fn reopen(&mut self, issue: &Issue) -> Result<()> {
        let action = match issue.status {
            Status::Closed => "reopened",
            Status::Tombstone => "restored",
            Status::Open | Status::InProgress | Status::Blocked => return Ok(()),
        };
        let nothing = Value::Null;
        let fields: &[&str] =
            &["closed_at", "close_reason", "deleted_at", "deleted_by", "delete_reason", "original_type"];
        let cleared = fields.iter().map(|field| Change::set(field, &nothing));
        let status = Change::set("status", &Status::Open).from(&issue.status);
        self.event(&issue.id, action, std::iter::once(status).chain(cleared).collect())
    }

    fn delete(&mut self, issue: &Issue, reason: Option<&str>) -> Result<()> {
        if issue.status == Status::Tombstone {
            return Ok(());
        }
        let now = time::written((self.store.source.now)());
        let changes = vec![
            Change::set("status", &Status::Tombstone).from(&issue.status),
            Change::set("deleted_at", &now),
            Change::set("deleted_by", &self.store.actor()),
            Change::set("delete_reason", &reason),
            Change::set("original_type", &issue.kind),
        ];
        self.event(&issue.id, "deleted", changes)
    }

    fn claim(&mut self, typed: &str, actor: &str, lease: i64) -> Result<String> {
        let issue = self.live(typed)?;
        if issue.status == Status::Closed {
            return Err(IssueError::invalid(format!("{} is closed", issue.id)));
        }
        let now = (self.store.source.now)();
        self.refuse_others(&issue, actor, now)?;
        let claim = Claim { by: actor.to_owned(), until: time::written(now.saturating_add(lease)) };
        let mut changes = vec![Change::set("claim", &claim)];
        if issue.status != Status::InProgress {
            changes.push(Change::set("status", &Status::InProgress).from(&issue.status));
        }
        self.event(&issue.id, "claimed", changes)?;
        Ok(issue.id)
    }

    fn refuse_others(&self, issue: &Issue, actor: &str, now: i64) -> Result<()> {
        match &issue.claim {
            Some(claim) if claim.by != actor && time::nanoseconds(&claim.until).is_some_and(|until| until > now) => {
                Err(IssueError::Claimed { id: issue.id.clone(), by: claim.by.clone(), until: claim.until.clone() })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn release(&mut self, typed: &str, actor: &str) -> Result<String> {
        let issue = self.live(typed)?;
        self.refuse_others(&issue, actor, (self.store.source.now)())?;
        if issue.claim.is_none() {
            return Err(IssueError::invalid(format!("{} is not claimed", issue.id)));
        }
        let mut changes = vec![Change::set("claim", &Value::Null)];
        if issue.status == Status::InProgress {
            changes.push(Change::set("status", &Status::Open).from(&issue.status));
        }
        self.event(&issue.id, "released", changes)?;
        Ok(issue.id)
    }

    fn link(&mut self, typed: &str, link: Link, others: &[String]) -> Result<String> {
        let issue = self.live(typed)?;
        for other in others {
            let other = self.live(other)?.id;
            if other == issue.id {
                return Err(IssueError::Cycle { cycle: vec![other.clone(), other] });
            }
            let has =
                |kind: Link| issue.dependencies.iter().any(|there| there.link == kind && there.depends_on_id == other);
            if link == Link::Blocks && has(Link::ParentChild) {
                return Err(IssueError::invalid(format!(
                    "{other} is the parent of {}; it cannot block it too",
                    issue.id
                )));
            }
            if !has(link) {
                self.edge_event(&issue.id, link, &other)?;
            }
        }
        if link != Link::Related {
            self.refuse_cycles()?;
        }
        Ok(issue.id)
    }

    fn unlink(&mut self, typed: &str, link: Link, others: &[String]) -> Result<String> {
        let issue = self.issue(typed)?;
        let mut gone = Vec::new();
        for other in others {
            // A blocker that is not there can be let go of too.
            let other = self.store.resolve(other).unwrap_or_else(|_| other.clone());
            let there = issue.dependencies.iter().find(|there| there.link == link && there.depends_on_id == other);
            let there =
                there.ok_or_else(|| IssueError::NotFound { id: format!("{other} among what {} names", issue.id) })?;
            gone.push(json!(there));
        }
        self.event(&issue.id, "dep_removed", vec![Change::remove("dependencies", gone)])?;
        Ok(issue.id)
    }

    fn comment(&mut self, typed: &str, text: &str) -> Result<String> {
        let issue = self.live(typed)?;
        if text.trim().is_empty() {
            return Err(IssueError::invalid("a remark has a text"));
        }
        let remark = json!({
            "id": format!("cmt_{}", id::letters(&self.store.source)?), "author": self.store.actor(),
            "text": text, "created_at": time::written((self.store.source.now)()),
        });
        self.event(&issue.id, "commented", vec![Change::add("comments", [remark])])?;
        Ok(issue.id)
    }

    fn dependency(&self, id: &str, link: Link, other: &str) -> Value {
        let at = time::written((self.store.source.now)());
        let mut made = json!({"issue_id": id, "depends_on_id": other, "type": link, "created_at": at});
        if let Some(user) = &self.store.who.user_id {
            made["created_by"] = json!(user);
        }
        made
    }

    /// Adds an edge to the event that was made last, which is of the same issue.
    fn edge(&mut self, id: &str, link: Link, other: &str) {
        let change = Change::add("dependencies", [self.dependency(id, link, other)]);
        if let Some(event) = self.events.last_mut() {
            event.changes.push(change);
        }
    }

    fn edge_event(&mut self, id: &str, link: Link, other: &str) -> Result<()> {
        let change = Change::add("dependencies", [self.dependency(id, link, other)]);
        self.event(id, "dep_added", vec![change])
    }

    /// Refuses what was planned if issues would wait for each other.
    fn refuse_cycles(&self) -> Result<()> {
        let mut graph = self.store.graph()?;
        let mut touched = Vec::new();
        for event in &self.events {
            graph.issue(&event.issue_id, Reached::Open);
            for new in event.changes.iter().flat_map(|change| &change.add) {
                let Some(other) = new["depends_on_id"].as_str() else { continue };
                match new["type"].as_str().map(str::parse) {
                    Some(Ok(Link::Blocks)) => graph.block(&event.issue_id, other),
                    Some(Ok(Link::ParentChild)) => graph.parent(&event.issue_id, other),
                    Some(Ok(Link::Related) | Err(_)) | None => continue,
                }
                touched.push(event.issue_id.as_str());
            }
        }
        match touched.into_iter().find_map(|id| graph.cycle_near(id)) {
            Some(cycle) => Err(IssueError::Cycle { cycle }),
            None => Ok(()),
        }
    }
}

fn check_title(title: &str) -> Result<()> {
    if title.trim().is_empty() {
        return Err(IssueError::invalid("a title is not empty"));
    }
    if title.chars().any(char::is_control) {
        return Err(IssueError::invalid(
            "a title is one line without control characters; put the rest in the description",
        ));
    }
    if title.len() > TITLE {
        return Err(IssueError::invalid(format!("a title has at most {TITLE} bytes, this one {}", title.len())));
    }
    Ok(())
}

fn check_priority(priority: u8) -> Result<()> {
    if priority > 4 {
        return Err(IssueError::invalid(format!("{priority} is no priority: 0 (critical) to 4 (some day)")));
    }
    Ok(())
}

fn check_word(what: &str, word: &str) -> Result<()> {
    if word.trim().is_empty() || word.len() > 100 || word.chars().any(char::is_control) {
        return Err(IssueError::invalid(format!("{word:?} is no {what}: 1 to 100 bytes on one line")));
    }
    Ok(())
}
