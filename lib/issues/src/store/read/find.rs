//! Ids as people type and see them.

use std::collections::HashMap;

use oqto_store::rusqlite::OptionalExtension as _;

use crate::Store;
use crate::error::{IssueError, Result};
use crate::id;

/// From so many ids on, all ids are read in order instead of looking for the neighbours of each.
const MANY: usize = 64;

impl Store {
    /// The whole id of what a person typed: an id, any beginning that only one issue has, or the same without the
    /// prefix.
    ///
    /// # Errors
    /// `NotFound` or `Ambiguous`.
    pub fn resolve(&self, typed: &str) -> Result<String> {
        let typed = typed.trim();
        let missing = |id: &str| IssueError::NotFound { id: id.to_owned() };
        if self.is_known(typed)? {
            return Ok(typed.to_owned());
        }
        let (root, rest) = typed.split_once('.').map_or((typed, None), |(root, rest)| (root, Some(rest)));
        if root.is_empty() {
            return Err(missing(typed));
        }
        let whole = format!("{}-{root}", self.config().prefix);
        for beginning in [root, &whole] {
            match &self.beginning(beginning)?[..] {
                [] => {}
                [id] => {
                    let id = rest.map_or_else(|| id.clone(), |rest| format!("{id}.{rest}"));
                    return if self.is_known(&id)? { Ok(id) } else { Err(missing(&id)) };
                }
                several => {
                    return Err(IssueError::Ambiguous { id: typed.to_owned(), candidates: several.to_vec() });
                }
            }
        }
        Err(missing(typed))
    }

    fn is_known(&self, id: &str) -> Result<bool> {
        let mut select = self.db().prepare_cached("SELECT 1 FROM issue WHERE id = ?1 AND line IS NOT NULL")?;
        Ok(select.exists([id])?)
    }

    /// Some ids without a number that begin so; an exact one alone.
    fn beginning(&self, text: &str) -> Result<Vec<String>> {
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
        let (root, rest) = parts(id);
        let neighbour = |sql: &str| -> Result<Option<String>> {
            Ok(self.db().prepare_cached(sql)?.query_row([root], |row| row.get(0)).optional()?)
        };
        let before = neighbour("SELECT id FROM issue WHERE id < ?1 AND instr(id, '.') = 0 ORDER BY id DESC LIMIT 1")?;
        let after = neighbour("SELECT id FROM issue WHERE id > ?1 AND instr(id, '.') = 0 ORDER BY id LIMIT 1")?;
        Ok(format!("{}{rest}", id::short(root, [before.as_deref(), after.as_deref()])))
    }

    /// The same of many ids, in their order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn shorts<'a>(&self, ids: impl ExactSizeIterator<Item = &'a str>) -> Result<Vec<String>> {
        if ids.len() < MANY {
            return ids.map(|id| self.short(id)).collect();
        }
        let ids: Vec<&str> = ids.collect();
        let mut wanted: HashMap<&str, usize> = ids.iter().map(|id| (parts(id).0, 0)).collect();
        self.measure(&mut wanted)?;
        let short = |id: &&str| {
            let (root, rest) = parts(id);
            let length = wanted.get(root).copied().filter(|length| *length > 0).unwrap_or(root.len());
            format!("{}{rest}", root.get(..length).unwrap_or(root))
        };
        Ok(ids.iter().map(short).collect())
    }

    /// How many bytes of each of these roots tell it from all others.
    fn measure(&self, wanted: &mut HashMap<&str, usize>) -> Result<()> {
        let mut select = self.db().prepare_cached("SELECT id FROM issue WHERE instr(id, '.') = 0 ORDER BY id")?;
        let mut rows = select.query([])?;
        let (mut before, mut here): (Option<String>, Option<String>) = (None, None);
        loop {
            let after: Option<String> = rows.next()?.map(|row| row.get(0)).transpose()?;
            if let Some(root) = &here
                && let Some(length) = wanted.get_mut(root.as_str())
            {
                *length = id::short(root, [before.as_deref(), after.as_deref()]).len();
            }
            if after.is_none() {
                return Ok(());
            }
            before = std::mem::replace(&mut here, after);
        }
    }
}

/// The id without the numbers of children, and those.
fn parts(id: &str) -> (&str, &str) {
    id.split_at(id.find('.').unwrap_or(id.len()))
}
