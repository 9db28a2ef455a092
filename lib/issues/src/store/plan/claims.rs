//! Who works on what.

use serde_json::Value;

use super::Plan;
use crate::error::{IssueError, Result};
use crate::event::Change;
use crate::issue::{Claim, Issue, Status};
use crate::time;

impl Plan<'_> {
    pub(in crate::store) fn claim(&mut self, typed: &str, actor: &str, lease: i64) -> Result<String> {
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

    pub(in crate::store) fn release(&mut self, issue: &Issue, actor: &str) -> Result<()> {
        self.refuse_others(issue, actor, (self.store.source.now)())?;
        if issue.claim.is_none() {
            return Err(IssueError::invalid(format!("{} is not claimed", issue.id)));
        }
        let mut changes = vec![Change::set("claim", &Value::Null)];
        if issue.status == Status::InProgress {
            changes.push(Change::set("status", &Status::Open).from(&issue.status));
        }
        self.event(&issue.id, "released", changes)
    }
}
