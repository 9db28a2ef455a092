//! One issue.

use super::Resolved;
use crate::Store;
use crate::error::{IssueError, Result};
use crate::issue::{Issue, Link};
use crate::shape;

/// Everything about one issue.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The issue.
    pub issue: Issue,
    /// What it hangs together with.
    pub resolved: Resolved,
}

impl Store {
    /// Everything about one issue (a whole id).
    ///
    /// # Errors
    /// `NotFound`, also for what is known by name only.
    pub fn show(&self, id: &str) -> Result<Detail> {
        let _moment = self.moment()?;
        let issue = self.issue(id)?;
        let Some(n) = shape::number(self.db(), id)? else {
            return Err(IssueError::NotFound { id: id.to_owned() });
        };
        let mut resolved = Resolved { blocked_by: self.stopped_by(n)?, ..Resolved::default() };
        let mut select = self.db().prepare_cached(
            "SELECT link, id, 1 FROM edge JOIN issue ON issue.n = target WHERE edge.n = ?1 AND link <> 0
             UNION ALL SELECT link, id, 0 FROM edge JOIN issue ON issue.n = edge.n WHERE target = ?1 AND counts = 1
             ORDER BY 2",
        )?;
        let mut rows = select.query([n])?;
        while let Some(row) = rows.next()? {
            let (link, other, is_ours): (i64, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
            match Link::of_code(link) {
                Some(Link::ParentChild) if is_ours => resolved.parent = Some(other),
                Some(Link::ParentChild) => resolved.children.push(other),
                Some(Link::Blocks) => resolved.blocks.push(other),
                Some(Link::Related) => resolved.related.push(other),
                None => {}
            }
        }
        resolved.related.dedup();
        Ok(Detail { issue, resolved })
    }

    /// An issue (a whole id) by itself.
    ///
    /// # Errors
    /// `NotFound`, also for what is known by name only.
    pub fn issue(&self, id: &str) -> Result<Issue> {
        let state = shape::load(self.db(), id)?;
        state.and_then(|state| state.issue(id)).ok_or_else(|| IssueError::NotFound { id: id.to_owned() })
    }

    /// As [`Graph::stopped_by`](crate::graph::Graph::stopped_by), of one issue without looking at all of them.
    fn stopped_by(&self, n: i64) -> Result<Vec<String>> {
        let mut select = self.db().prepare_cached(
            "SELECT target, id FROM edge JOIN issue ON issue.n = target WHERE edge.n = ?1 AND link = 0 AND counts = 1
             AND done = 0",
        )?;
        let mut found = Vec::new();
        for above in std::iter::once(n).chain(self.above(n)?) {
            let rows = select.query_map([above], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for row in rows {
                let (blocker, id): (i64, String) = row?;
                if above == n || (blocker != above && !self.above(blocker)?.contains(&above)) {
                    found.push(id);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The numbers of the issues above one, nearest first; ends where they would repeat.
    fn above(&self, n: i64) -> Result<Vec<i64>> {
        let mut select = self.db().prepare_cached("SELECT target FROM edge WHERE n = ?1 AND link = 1")?;
        let (mut chain, mut at) = (Vec::new(), n);
        loop {
            let mut rows = select.query([at])?;
            let Some(row) = rows.next()? else { return Ok(chain) };
            at = row.get(0)?;
            if at == n || chain.contains(&at) {
                return Ok(chain);
            }
            chain.push(at);
        }
    }
}
