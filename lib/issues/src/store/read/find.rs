//! Ids as people type and see them.

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
        let mut segments = typed.split('.');
        let root = segments.next().unwrap_or_default();
        let mut id = self.only(typed, self.roots(root)?)?;
        for segment in segments {
            id = self.only(typed, self.children(&id, segment)?)?;
        }
        if self.is_known(&id)? { Ok(id) } else { Err(missing(typed)) }
    }

    fn only(&self, typed: &str, mut found: Vec<String>) -> Result<String> {
        match (found.pop(), found.is_empty()) {
            (None, _) => Err(IssueError::NotFound { id: typed.to_owned() }),
            (Some(id), true) => Ok(id),
            (Some(last), false) => {
                found.push(last);
                Err(IssueError::Ambiguous { id: typed.to_owned(), candidates: found })
            }
        }
    }

    /// Some ids that are no children and begin so, with or without the prefix of this store.
    fn roots(&self, typed: &str) -> Result<Vec<String>> {
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        match self.beginning(typed)? {
            none if none.is_empty() => self.beginning(&format!("{}-{typed}", self.config().prefix)),
            found => Ok(found),
        }
    }

    /// The children of `parent` whose number, or number and letters, begin so.
    fn children(&self, parent: &str, typed: &str) -> Result<Vec<String>> {
        let exact = format!("{parent}.{typed}");
        if typed.is_empty() || self.is_known(&exact)? {
            return Ok(if typed.is_empty() { Vec::new() } else { vec![exact] });
        }
        let start = if typed.contains('-') { exact } else { format!("{exact}-") };
        let mut select = self.db().prepare_cached(
            "SELECT id FROM issue WHERE id >= ?1 AND id < ?1 || char(0x10ffff) AND line IS NOT NULL ORDER BY id",
        )?;
        let mut rows = select.query([start.to_lowercase()])?;
        let mut found: Vec<String> = Vec::new();
        while let Some(row) = rows.next()? {
            let id = row.get_ref(0)?.as_str().unwrap_or_default();
            let below = id.get(parent.len() + 1..).unwrap_or_default();
            let child = &id[..id.len() - below.find('.').map_or(0, |dot| below.len() - dot)];
            if found.last().is_none_or(|last| last != child) {
                found.push(child.to_owned());
            }
        }
        Ok(found)
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
        let (root, _) = parts(id);
        let neighbour = |sql: &str| -> Result<Option<String>> {
            Ok(self.db().prepare_cached(sql)?.query_row([root], |row| row.get(0)).optional()?)
        };
        let before = neighbour("SELECT id FROM issue WHERE id < ?1 AND instr(id, '.') = 0 ORDER BY id DESC LIMIT 1")?;
        let after = neighbour("SELECT id FROM issue WHERE id > ?1 AND instr(id, '.') = 0 ORDER BY id LIMIT 1")?;
        self.shortened(id, id::short(root, [before.as_deref(), after.as_deref()]).len())
    }

    /// The id with so many bytes of its root, and of its children the numbers that are theirs alone.
    fn shortened(&self, id: &str, length: usize) -> Result<String> {
        let (root, rest) = parts(id);
        let mut short = root.get(..length).unwrap_or(root).to_owned();
        let mut end = root.len();
        for segment in rest.split('.').skip(1) {
            let number = segment.split_once('-').map_or(segment, |(number, _)| number);
            let alone = number.len() < segment.len() && self.is_alone(&id[..end + 1 + number.len()])?;
            short.push('.');
            short.push_str(if alone { number } else { segment });
            end += 1 + segment.len();
        }
        Ok(short)
    }

    /// Whether one child only has this number.
    fn is_alone(&self, numbered: &str) -> Result<bool> {
        let mut select = self.db().prepare_cached(
            "SELECT min(id), max(id), EXISTS (SELECT 1 FROM issue WHERE id = ?1) FROM issue
             WHERE id >= ?1 || '-' AND id < ?1 || '.'",
        )?;
        let (first, last, is_id): (Option<String>, Option<String>, bool) =
            select.query_row([numbered], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let child = |id: &'_ Option<String>| {
            let rest = id.as_deref().and_then(|id| id.get(numbered.len()..)).unwrap_or_default();
            rest.split('.').next().unwrap_or_default().to_owned()
        };
        Ok(!is_id && child(&first) == child(&last))
    }

    /// The same of many ids, in their order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn shorts<'a>(&self, ids: impl ExactSizeIterator<Item = &'a str>) -> Result<Vec<String>> {
        let _moment = self.moment()?;
        if ids.len() < MANY {
            return ids.map(|id| self.short(id)).collect();
        }
        let ids: Vec<&str> = ids.collect();
        let mut places: Vec<usize> = (0..ids.len()).collect();
        places.sort_by_cached_key(|place| parts(ids[*place]).0);
        let mut lengths = vec![usize::MAX; ids.len()];
        self.measure(&ids, &places, &mut lengths)?;
        ids.iter().zip(lengths).map(|(id, length)| self.shortened(id, length)).collect()
    }

    /// How many bytes of the root of each id tell it from all others; `places` are those of the ids in the order of their
    /// roots.
    fn measure(&self, ids: &[&str], places: &[usize], lengths: &mut [usize]) -> Result<()> {
        let mut select = self.db().prepare_cached("SELECT id FROM issue WHERE instr(id, '.') = 0 ORDER BY id")?;
        let mut rows = select.query([])?;
        let mut places = places.iter().copied().peekable();
        let (mut before, mut here, mut after) = (None, None, Some(String::new()));
        while places.peek().is_some() {
            // The three take turns, so that none is made anew.
            let mut next =
                std::mem::replace(&mut before, std::mem::replace(&mut here, after.take())).unwrap_or_default();
            if let Some(row) = rows.next()? {
                next.clear();
                next.push_str(row.get_ref(0)?.as_str().unwrap_or_default());
                after = Some(next);
            } else if here.is_none() {
                break;
            }
            let Some(root) = &here else { continue };
            while let Some(place) = places.next_if(|place| parts(ids[*place]).0 <= root.as_str()) {
                if parts(ids[place]).0 == root {
                    let neighbours = [&before, &after].map(|id| id.as_deref().filter(|id| !id.is_empty()));
                    lengths[place] = id::short(root, neighbours).len();
                }
            }
        }
        Ok(())
    }
}

/// The id without the numbers of children, and those.
fn parts(id: &str) -> (&str, &str) {
    id.split_at(id.find('.').unwrap_or(id.len()))
}
