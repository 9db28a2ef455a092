//! What can be begun.

use super::entry::{COLUMNS, Entry};
use super::links::Web;
use crate::Store;
use crate::error::Result;
use crate::issue::Status;
use crate::shape;

/// What can be begun, and what is wrong with the graph.
#[derive(Debug)]
pub struct Ready {
    /// The most urgent first, then the oldest.
    pub issues: Vec<Entry>,
    /// Issues that wait for each other.
    pub cycles: Vec<Vec<String>>,
    /// Issues that name a blocker that is not there.
    pub missing: Vec<(String, String)>,
    /// How all issues hang together, see [`Store::named`].
    pub web: Web,
}

impl Store {
    /// What `actor` can begin: open, stopped by nothing, and not claimed by somebody else. What somebody began by a
    /// claim that ran out is open again; what the actor has claimed is shown.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn ready(&self, actor: &str) -> Result<Ready> {
        let _moment = self.moment()?;
        let web = self.web()?;
        let now = (self.source.now)();
        let mut select = self
            .db()
            .prepare_cached(&format!("SELECT {COLUMNS} FROM issue WHERE done = ?1 ORDER BY priority, created, id",))?;
        let mut issues = Vec::new();
        let mut rows = select.query([shape::OPEN])?;
        while let Some(row) = rows.next()? {
            let n: u32 = row.get(0)?;
            if !web.graph.stopped_by(n).is_empty() {
                continue;
            }
            let entry = Entry::read(row)?;
            let is_free = entry.claim.as_ref().is_none_or(|(by, until)| *until <= now || by == actor);
            match entry.status {
                Status::Open if is_free => issues.push(entry),
                Status::InProgress if is_free && entry.claim.is_some() => issues.push(entry),
                Status::Open | Status::InProgress | Status::Blocked | Status::Closed | Status::Tombstone => {}
            }
        }
        Ok(Ready { issues, cycles: self.cycles(&web)?, missing: self.missing()?, web })
    }

    fn cycles(&self, web: &Web) -> Result<Vec<Vec<String>>> {
        let mut select = self.db().prepare_cached("SELECT id FROM issue WHERE n = ?1")?;
        let mut name = |n: u32| -> Result<String> { Ok(select.query_row([n], |row| row.get(0))?) };
        let cycles = web.graph.cycles().into_iter();
        cycles.map(|cycle| cycle.into_iter().map(&mut name).collect()).collect()
    }

    /// Issues that name a blocker that is not there, with it.
    fn missing(&self) -> Result<Vec<(String, String)>> {
        let mut select = self.db().prepare_cached(
            "SELECT issue.id, named.id FROM issue AS named JOIN edge ON edge.target = named.n AND link = 0
             JOIN issue ON issue.n = edge.n WHERE named.done = ?1 ORDER BY 1, 2",
        )?;
        let rows = select.query_map([shape::NAMED], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
