//! Lists of issues.

use std::collections::HashSet;

use oqto_store::rusqlite::types::Value;

use super::entry::{COLUMNS, Entry, Query};
use crate::Store;
use crate::error::Result;
use crate::issue::{Link, Status};
use crate::shape;

impl Store {
    /// Issues as asked for. Their texts stay in the index, see [`Store::each_line`].
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn list(&self, query: &Query) -> Result<Vec<Entry>> {
        let (first, last) = match query.status {
            Some(Status::Tombstone) => (shape::DELETED, shape::DELETED),
            Some(Status::Closed) => (shape::CLOSED, shape::CLOSED),
            Some(Status::Open | Status::InProgress | Status::Blocked) => (shape::OPEN, shape::OPEN),
            None if query.all => (shape::OPEN, shape::CLOSED),
            None => (shape::OPEN, shape::OPEN),
        };
        let mut which = String::from("done BETWEEN ?1 AND ?2");
        let mut values = vec![Value::Integer(first), Value::Integer(last)];
        if let Some(status) = query.status {
            values.push(Value::Integer(status.code()));
            which.push_str(&format!(" AND status = ?{}", values.len()));
        }
        for label in &query.labels {
            values.push(Value::Text(label.clone()));
            which.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM label WHERE label.n = issue.n AND label = ?{})",
                values.len()
            ));
        }
        let text = query.text.as_ref().map(|text| text.to_lowercase());
        // Only who looks for a text reads the texts.
        let line = if text.is_some() { "line" } else { "NULL" };
        let below = query.below.as_deref().map(|id| self.below(id)).transpose()?;
        let mut select = self.db().prepare_cached(&format!("SELECT {COLUMNS}, {line} FROM issue WHERE {which}"))?;
        let mut rows = select.query(oqto_store::rusqlite::params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = Entry::read(row)?;
            let line = row.get_ref(13)?.as_str().unwrap_or_default();
            if query.admits(&entry)
                && below.as_ref().is_none_or(|below| below.contains(&entry.n))
                && text.as_ref().is_none_or(|text| has(&entry, line, text))
            {
                found.push(entry);
            }
        }
        query.arrange(&mut found);
        Ok(found)
    }

    /// Tells of each of these issues its interchange form, in their order.
    ///
    /// # Errors
    /// When the index cannot be read, and those of `tell`.
    pub fn each_line<E: From<crate::IssueError>>(
        &self,
        entries: &[Entry],
        mut tell: impl FnMut(&Entry, &str) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let failed = crate::IssueError::from;
        let _moment = self.moment()?;
        let mut select = self.db().prepare_cached("SELECT line FROM issue WHERE n = ?1").map_err(failed)?;
        for entry in entries {
            let mut rows = select.query([entry.n]).map_err(failed)?;
            let Some(row) = rows.next().map_err(failed)? else { continue };
            let line = row.get_ref(0).map_err(failed)?.as_str().unwrap_or_default();
            tell(entry, line)?;
        }
        Ok(())
    }

    /// The numbers of what is below `id`.
    fn below(&self, id: &str) -> Result<HashSet<i64>> {
        let mut select = self.db().prepare_cached(
            "WITH RECURSIVE below (n) AS (
                 SELECT edge.n FROM edge JOIN issue ON issue.n = target WHERE issue.id = ?1 AND link = ?2
                 UNION SELECT edge.n FROM edge JOIN below ON target = below.n AND link = ?2
             ) SELECT n FROM below",
        )?;
        let rows = select.query_map((id, Link::ParentChild.code()), |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}

/// Whether id, title, description or notes has `text`, which is in lower case.
fn has(entry: &Entry, line: &str, text: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Texts {
        description: Option<String>,
        notes: Option<String>,
    }
    let has = |field: &str| field.to_lowercase().contains(text);
    if has(&entry.id) || has(&entry.title) {
        return true;
    }
    let texts: Option<Texts> = serde_json::from_str(line).ok();
    texts.is_some_and(|texts| [texts.description, texts.notes].into_iter().flatten().any(|field| has(&field)))
}
