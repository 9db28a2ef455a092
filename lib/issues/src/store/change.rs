//! Changing issues: what a change depends on is read under the lock that it is written under, and the change is one line.

use oqto_store::ledger::{LedgerError, Locked, Ticket};

use super::plan::Plan;
use super::wanted::{NewIssue, Patch};
use super::{Store, interchange};
use crate::error::{IssueError, Result};
use crate::event::Event;
use crate::issue::Link;

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

    /// Gives claims up, all or none.
    ///
    /// # Errors
    /// `Claimed` when one is somebody else's, `Invalid` when there is none.
    pub fn release(&mut self, typed: &[String], actor: &str) -> Result<Vec<String>> {
        self.change(|plan| plan.each(typed, |plan, issue| plan.release(issue, actor)))
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
        let moment = self.moment()?;
        let mut plan = Plan::new(self);
        let answer = decide(&mut plan)?;
        let mut events = plan.into_events().into_iter();
        drop(moment);
        if let Some(mut event) = events.next() {
            event.more = events.collect();
            let ticket = self.append(&mut locked, &[event]).map_err(too_large)?;
            interchange::follow(self, &locked)?;
            drop(locked);
            ticket.sync()?;
        }
        Ok(answer)
    }

    /// Appends events, each as a line, and takes them into the index.
    pub(super) fn append(&mut self, locked: &mut Locked, events: &[Event]) -> Result<Ticket> {
        let line = |event| serde_json::to_string(event).map_err(|error| IssueError::invalid(error.to_string()));
        let lines: Vec<String> = events.iter().map(line).collect::<Result<_>>()?;
        let ticket = locked.write(&lines)?;
        self.index.catch_up_own(locked)?;
        Ok(ticket)
    }
}

/// A change is one line, so that it is there whole or not at all; a line has a limit.
fn too_large(error: IssueError) -> IssueError {
    let IssueError::Ledger(LedgerError::TooLong { length, limit, .. }) = error else { return error };
    IssueError::invalid(format!("this is too much at once: {length} bytes of at most {limit}; make it in parts"))
}
