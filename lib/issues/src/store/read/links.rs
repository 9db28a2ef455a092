//! How all issues hang together, for lists of many.

use serde::Serialize;

use super::entry::{Entry, write};
use crate::Store;
use crate::error::Result;
use crate::graph::{Graph, Lists};
use crate::issue::Link;
use crate::shape;

/// How an issue hangs together with others; every list sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Resolved {
    /// The issue above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What stops it now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked_by: Vec<String>,
    /// Open issues that wait for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<String>,
    /// The issues below it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<String>,
    /// See there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
}

impl Resolved {
    /// Its fields, each after a comma.
    pub(super) fn write_json(&self, out: &mut Vec<u8>) {
        if let Some(parent) = &self.parent {
            out.extend_from_slice(b",\"parent\":");
            write(parent, out);
        }
        let lists = [
            (&b",\"blocked_by\":"[..], &self.blocked_by),
            (b",\"blocks\":", &self.blocks),
            (b",\"children\":", &self.children),
            (b",\"related\":", &self.related),
        ];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            out.extend_from_slice(name);
            write(list, out);
        }
    }
}

/// How all issues hang together, by their numbers in the index, so that a hundred thousand are small.
#[derive(Debug)]
pub struct Web {
    pub(super) graph: Graph,
    blocks: Lists,
    children: Lists,
    related: Lists,
}

/// The same with the ids, which are one text.
#[derive(Debug)]
pub struct Links {
    web: Web,
    /// Where the id of each issue ends in `text`; it begins where that of the one before ends.
    ends: Vec<u32>,
    text: String,
}

impl Store {
    /// How all issues hang together.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn links(&self) -> Result<Links> {
        let _moment = self.moment()?;
        self.named(self.web()?)
    }

    /// The same from what was read already.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn named(&self, web: Web) -> Result<Links> {
        let (ends, text) = self.names(web.graph.size())?;
        Ok(Links { web, ends, text })
    }

    /// What every issue waited for is there too, also of those that are closed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn all_links(&self) -> Result<Links> {
        let _moment = self.moment()?;
        self.named(self.web_of("SELECT n, link, target FROM edge")?)
    }

    pub(super) fn web(&self) -> Result<Web> {
        self.web_of("SELECT n, link, target FROM edge WHERE counts = 1 ORDER BY link, n, target")
    }

    fn web_of(&self, edges: &str) -> Result<Web> {
        let size: i64 =
            self.db().prepare_cached("SELECT coalesce(max(n), 0) FROM issue")?.query_row([], |r| r.get(0))?;
        let size = usize::try_from(size).unwrap_or(0) + 1;
        let mut pairs: [Vec<(u32, u32)>; 3] = Default::default();
        let mut select = self.db().prepare_cached(edges)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let link: u8 = row.get(1)?;
            if let Some(pairs) = pairs.get_mut(usize::from(link)) {
                pairs.push((row.get(0)?, row.get(2)?));
            }
        }
        drop(rows);
        let [blocks, parents, mut related] = pairs;
        let turned = |pairs: &[(u32, u32)]| pairs.iter().map(|(from, to)| (*to, *from)).collect::<Vec<_>>();
        related.extend(turned(&related));
        Ok(Web {
            graph: Graph::new(self.open_ones(size)?, &parents, &blocks),
            blocks: Lists::of(size, &turned(&blocks)),
            children: Lists::of(size, &turned(&parents)),
            related: Lists::of(size, &related),
        })
    }

    fn open_ones(&self, size: usize) -> Result<Vec<bool>> {
        let mut is_open = vec![false; size];
        let mut select = self.db().prepare_cached("SELECT n FROM issue WHERE done = ?1")?;
        let mut rows = select.query([shape::OPEN])?;
        while let Some(row) = rows.next()? {
            if let Some(open) = is_open.get_mut(row.get::<_, u32>(0)? as usize) {
                *open = true;
            }
        }
        Ok(is_open)
    }

    /// The ids in the order of their numbers.
    fn names(&self, size: usize) -> Result<(Vec<u32>, String)> {
        let (mut places, mut unordered) = (vec![(0, 0); size], String::with_capacity(size * 13));
        let mut select = self.db().prepare_cached("SELECT n, id FROM issue ORDER BY id")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get_ref(1)?.as_str().unwrap_or_default();
            if let Some(place) = places.get_mut(row.get::<_, u32>(0)? as usize) {
                *place = (unordered.len(), unordered.len() + id.len());
            }
            unordered.push_str(id);
        }
        let (mut ends, mut text) = (Vec::with_capacity(size), String::with_capacity(unordered.len()));
        for (start, end) in places {
            text.push_str(unordered.get(start..end).unwrap_or_default());
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Ok((ends, text))
    }
}

impl Links {
    fn name(&self, n: u32) -> &str {
        let end = |n: usize| self.ends.get(n).map_or(0, |end| *end as usize);
        let start = (n as usize).checked_sub(1).map_or(0, end);
        self.text.get(start..end(n as usize)).unwrap_or_default()
    }

    fn names(&self, list: &[u32]) -> Vec<String> {
        let mut names: Vec<String> = list.iter().map(|n| self.name(*n).to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// How an issue hangs together with others.
    #[must_use]
    pub fn of(&self, entry: &Entry) -> Resolved {
        let n = number(entry);
        let parent = self.web.graph.parent(n);
        Resolved {
            parent: (parent != 0).then(|| self.name(parent).to_owned()),
            blocked_by: self.names(&self.web.graph.stopped_by(n)),
            blocks: self.names(self.web.blocks.at(n)),
            children: self.names(self.web.children.at(n)),
            related: self.names(self.web.related.at(n)),
        }
    }

    /// What blocks an issue, open or not.
    #[must_use]
    pub fn waits_for(&self, entry: &Entry) -> Vec<String> {
        self.names(self.web.graph.blockers(number(entry)))
    }

    /// Issues that wait for each other.
    #[must_use]
    pub fn cycles(&self) -> Vec<Vec<String>> {
        let named = |cycle: Vec<u32>| cycle.into_iter().map(|n| self.name(n).to_owned()).collect();
        self.web.graph.cycles().into_iter().map(named).collect()
    }
}

fn number(entry: &Entry) -> u32 {
    u32::try_from(entry.n).unwrap_or(0)
}

/// The number of a link in the index as a place in a list; see [`Link::code`].
const _: () = assert!(Link::Blocks.code() == 0 && Link::ParentChild.code() == 1 && Link::Related.code() == 2);
