//! What waits for what.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Plan;
use crate::error::{IssueError, Result};
use crate::event::{Change, Event};
use crate::graph::{Place, leads_into_a_circle, way_back};
use crate::issue::Link;
use crate::store::Store;
use crate::time;

/// A parent is done when its children are: it would wait for itself.
pub(super) fn parent_blocks(parent: &str, child: &str) -> IssueError {
    IssueError::invalid(format!("{parent} is the parent of {child}; it cannot block it too"))
}

impl Plan<'_> {
    pub(in crate::store) fn link(&mut self, typed: &str, link: Link, others: &[String]) -> Result<String> {
        let issue = self.live(typed)?;
        for other in others {
            let other = self.live(other)?.id;
            if other == issue.id {
                return Err(IssueError::Cycle { cycle: vec![other.clone(), other] });
            }
            let has =
                |kind: Link| issue.dependencies.iter().any(|there| there.link == kind && there.depends_on_id == other);
            if link == Link::Blocks && has(Link::ParentChild) {
                return Err(parent_blocks(&other, &issue.id));
            }
            if !has(link) {
                self.edge_event(&issue.id, link, &other)?;
            }
        }
        if link != Link::Related {
            self.refuse_cycles()?;
        }
        Ok(issue.id)
    }

    pub(in crate::store) fn unlink(&mut self, typed: &str, link: Link, others: &[String]) -> Result<String> {
        let issue = self.issue(typed)?;
        let mut gone = Vec::new();
        for other in others {
            // A blocker that is not there can be let go of too.
            let other = self.store.resolve(other).unwrap_or_else(|_| other.clone());
            let there = issue.dependencies.iter().find(|there| there.link == link && there.depends_on_id == other);
            let there =
                there.ok_or_else(|| IssueError::NotFound { id: format!("{other} among what {} names", issue.id) })?;
            gone.push(json!(there));
        }
        self.event(&issue.id, "dep_removed", vec![Change::remove("dependencies", gone)])?;
        Ok(issue.id)
    }

    pub(super) fn dependency(&self, id: &str, link: Link, other: &str) -> Value {
        let at = time::written((self.store.source.now)());
        let mut made = json!({"issue_id": id, "depends_on_id": other, "type": link, "created_at": at});
        if let Some(user) = &self.store.who.user_id {
            made["created_by"] = json!(user);
        }
        made
    }

    /// Adds an edge to the event that was made last, which is of the same issue.
    pub(super) fn edge(&mut self, id: &str, link: Link, other: &str) {
        let change = Change::add("dependencies", [self.dependency(id, link, other)]);
        if let Some(event) = self.events.last_mut() {
            event.changes.push(change);
        }
    }

    pub(super) fn edge_event(&mut self, id: &str, link: Link, other: &str) -> Result<()> {
        let change = Change::add("dependencies", [self.dependency(id, link, other)]);
        self.event(id, "dep_added", vec![change])
    }

    /// Refuses what was planned if issues would wait for each other, be they open or not.
    pub(super) fn refuse_cycles(&self) -> Result<()> {
        let after = After::new(self.store, &self.events);
        let places = |id: &String| [Place::Issue(id.clone()), Place::Gate(id.clone())];
        let touched: Vec<Place<String>> = after.touched.iter().flat_map(places).collect();
        let next = |place: &Place<String>| after.next(place);
        // Circles that were there before are no reason to refuse.
        if leads_into_a_circle(touched.iter().cloned(), next)? {
            for place in &touched {
                if let Some(cycle) = way_back(place, next)? {
                    return Err(IssueError::Cycle { cycle });
                }
            }
        }
        Ok(())
    }
}

/// What waits for what after the change, as far as it is asked for.
struct After<'a> {
    store: &'a Store,
    /// Issues that have new edges.
    touched: Vec<String>,
    blocks: BTreeMap<String, Vec<String>>,
    parents: BTreeMap<String, Option<String>>,
    known: RefCell<BTreeMap<String, Around>>,
}

/// What blocks an issue, and what is above it.
#[derive(Clone, Default)]
struct Around {
    blockers: Vec<String>,
    parent: Option<String>,
}

impl<'a> After<'a> {
    fn new(store: &'a Store, events: &[Event]) -> Self {
        let mut after = Self {
            store,
            touched: Vec::new(),
            blocks: BTreeMap::new(),
            parents: BTreeMap::new(),
            known: RefCell::default(),
        };
        for event in events {
            let removed = event.changes.iter().flat_map(|change| &change.remove);
            let mut removed = removed.filter_map(|value| edge(&event.issue_id, value));
            if removed.any(|(_, link, _)| link == Link::ParentChild) {
                after.parents.insert(event.issue_id.clone(), None);
            }
            let added = event.changes.iter().flat_map(|change| &change.add);
            for (id, link, target) in added.filter_map(|value| edge(&event.issue_id, value)) {
                match link {
                    Link::Blocks => after.blocks.entry(id.clone()).or_default().push(target),
                    Link::ParentChild => drop(after.parents.insert(id.clone(), Some(target))),
                    Link::Related => continue,
                }
                after.touched.push(id);
            }
        }
        after
    }

    fn around(&self, id: &str) -> Result<Around> {
        if let Some(known) = self.known.borrow().get(id) {
            return Ok(known.clone());
        }
        let mut around = Around::default();
        let mut select = self.store.db().prepare_cached(
            "SELECT link, other.id FROM issue JOIN edge ON edge.n = issue.n AND link < 2
             JOIN issue AS other ON other.n = target WHERE issue.id = ?1",
        )?;
        let mut rows = select.query([id])?;
        while let Some(row) = rows.next()? {
            let (link, other): (i64, String) = (row.get(0)?, row.get(1)?);
            if link == Link::Blocks.code() { around.blockers.push(other) } else { around.parent = Some(other) }
        }
        around.blockers.extend(self.blocks.get(id).into_iter().flatten().cloned());
        if let Some(parent) = self.parents.get(id) {
            around.parent.clone_from(parent);
        }
        self.known.borrow_mut().insert(id.to_owned(), around.clone());
        Ok(around)
    }

    fn is_below(&self, id: &str, above: &str) -> Result<bool> {
        let (mut seen, mut at) = (Vec::new(), id.to_owned());
        while let Some(parent) = self.around(&at)?.parent {
            if parent == above {
                return Ok(true);
            }
            if seen.contains(&parent) {
                break;
            }
            seen.push(parent.clone());
            at = parent;
        }
        Ok(false)
    }

    fn next(&self, place: &Place<String>) -> Result<Vec<Place<String>>> {
        let (Place::Issue(id) | Place::Gate(id)) = place;
        let is_issue = matches!(place, Place::Issue(_));
        let around = self.around(id)?;
        let mut next = Vec::new();
        for blocker in around.blockers {
            if (blocker == *id || self.is_below(&blocker, id)?) == is_issue {
                next.push(Place::Issue(blocker));
            }
        }
        if is_issue {
            next.push(Place::Gate(id.clone()));
        } else {
            next.extend(around.parent.map(Place::Gate));
        }
        Ok(next)
    }
}

fn edge(id: &str, value: &Value) -> Option<(String, Link, String)> {
    let link = value["type"].as_str()?.parse().ok()?;
    Some((id.to_owned(), link, value["depends_on_id"].as_str()?.to_owned()))
}
