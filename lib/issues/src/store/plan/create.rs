//! New issues.

use std::collections::BTreeMap;

use serde_json::json;

use super::Plan;
use super::links::parent_blocks;
use crate::error::{IssueError, Result};
use crate::event::Change;
use crate::id;
use crate::issue::{Link, Status};
use crate::store::wanted::{NewIssue, check_priority, check_text, check_title, check_word};

impl Plan<'_> {
    pub(in crate::store) fn create(&mut self, new: &[NewIssue]) -> Result<Vec<String>> {
        let mut parents = BTreeMap::new();
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
                parents.insert(id, parent);
            }
        }
        let blocks = |plan: &mut Self, blocker: &str, blocked: &str| {
            if parents.get(blocked).is_some_and(|parent| parent == blocker) {
                return Err(parent_blocks(blocker, blocked));
            }
            plan.edge_event(blocked, Link::Blocks, blocker)
        };
        // After all of them have ids, so that a batch may speak of what comes later in it.
        for (index, issue) in new.iter().enumerate() {
            let id = self.fresh[index].clone();
            for typed in &issue.blocked_by {
                let blocker = self.refer(typed)?;
                blocks(self, &blocker, &id)?;
            }
            for typed in &issue.blocks {
                let blocked = self.refer(typed)?;
                blocks(self, &id, &blocked)?;
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
        check_text("description", issue.description.as_deref())?;
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
            return id::mint_child(parent, next, &self.store.source);
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
}
