//! The issues of a drawing.

use std::collections::BTreeMap;

use oqto_kit::Result;

use crate::store::{Links, Query, Sort};
use crate::{Status, Store};

/// An issue in a drawing.
pub(super) struct Node {
    pub(super) short: String,
    pub(super) title: String,
    pub(super) status: Status,
    pub(super) parent: Option<String>,
    pub(super) children: Vec<String>,
    /// Its own blockers, open or not.
    pub(super) waits: Vec<String>,
}

/// By id.
pub(super) type Nodes = BTreeMap<String, Node>;

/// The issues as asked for.
pub(super) fn nodes(store: &Store, links: &Links, all: bool) -> Result<Nodes> {
    let entries = store.list(&Query { all, sort: Sort::Id, ..Query::default() })?;
    let shorts = store.shorts(entries.iter().map(|entry| entry.id.as_str()))?;
    let nodes = entries.into_iter().zip(shorts).map(|(entry, short)| {
        let resolved = links.of(&entry);
        let (parent, children, waits) = (resolved.parent, resolved.children, links.waits_for(&entry));
        (entry.id, Node { short, title: entry.title, status: entry.status, parent, children, waits })
    });
    Ok(nodes.collect())
}
