//! What an issue says.

use serde_json::{Value, json};

use super::Plan;
use crate::error::{IssueError, Result};
use crate::event::Change;
use crate::issue::{Issue, Link, Status};
use crate::store::wanted::{Patch, check_priority, check_text, check_title, check_word};
use crate::{id, time};

impl Plan<'_> {
    pub(in crate::store) fn update(&mut self, typed: &str, patch: &Patch) -> Result<String> {
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
            check_text(field, wanted.as_ref().and_then(Option::as_deref))?;
            if let Some(wanted) = wanted.as_ref().filter(|wanted| *wanted != there) {
                changes.push(Change::set(field, wanted).from(there));
            }
        }
        for label in &patch.add_labels {
            check_word("label", label)?;
        }
        let add: Vec<Value> = patch.add_labels.iter().filter(|l| !issue.labels.contains(l)).map(|l| json!(l)).collect();
        let is_gone = |label: &&String| {
            patch.remove_labels.contains(label) || patch.clear_labels && !patch.add_labels.contains(label)
        };
        let gone: Vec<Value> = issue.labels.iter().filter(is_gone).map(|l| json!(l)).collect();
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

    pub(in crate::store) fn close(&mut self, issue: &Issue, reason: Option<&str>) -> Result<()> {
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

    pub(in crate::store) fn reopen(&mut self, issue: &Issue) -> Result<()> {
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

    pub(in crate::store) fn delete(&mut self, issue: &Issue, reason: Option<&str>) -> Result<()> {
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

    pub(in crate::store) fn comment(&mut self, typed: &str, text: &str) -> Result<String> {
        let issue = self.live(typed)?;
        if text.trim().is_empty() {
            return Err(IssueError::invalid("a remark has a text"));
        }
        check_text("remark", Some(text))?;
        let remark = json!({
            "id": format!("cmt_{}", id::letters(&self.store.source)?), "author": self.store.actor(),
            "text": text, "created_at": time::written((self.store.source.now)()),
        });
        self.event(&issue.id, "commented", vec![Change::add("comments", [remark])])?;
        Ok(issue.id)
    }
}
