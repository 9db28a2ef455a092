//! Who waits for whom.
//!
//! An issue waits for what blocks it, and for what blocks any issue above it, except for what lies below that one: an
//! epic may be blocked by its own children without stopping them. A blocker that is closed, deleted or not there does
//! not stop anything.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// An issue as the graph knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not closed.
    Open,
    /// Closed.
    Done,
}

/// Blocks and parents of all issues.
#[derive(Debug, Default, Clone)]
pub struct Graph {
    states: HashMap<String, State>,
    blockers: HashMap<String, BTreeSet<String>>,
    parents: HashMap<String, String>,
}

impl Graph {
    /// Adds an issue.
    pub fn issue(&mut self, id: &str, state: State) {
        self.states.insert(id.to_owned(), state);
    }

    /// `id` waits for `blocker`.
    pub fn block(&mut self, id: &str, blocker: &str) {
        self.blockers.entry(id.to_owned()).or_default().insert(blocker.to_owned());
    }

    /// `parent` is above `id`.
    pub fn parent(&mut self, id: &str, parent: &str) {
        self.parents.insert(id.to_owned(), parent.to_owned());
    }

    /// The issues above `id`, nearest first; ends where they would repeat.
    fn above<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let mut chain: Vec<&str> = Vec::new();
        let mut at = id;
        while let Some(parent) = self.parents.get(at) {
            if parent == id || chain.contains(&parent.as_str()) {
                break;
            }
            chain.push(parent);
            at = parent;
        }
        chain
    }

    /// What `id` waits for, open or not: its own blockers and those it inherits.
    #[must_use]
    pub fn waits_for<'a>(&'a self, id: &'a str) -> BTreeSet<&'a str> {
        let mut found: BTreeSet<&str> = self.blockers.get(id).into_iter().flatten().map(String::as_str).collect();
        for above in self.above(id) {
            for blocker in self.blockers.get(above).into_iter().flatten() {
                if blocker != above && !self.above(blocker).contains(&above) {
                    found.insert(blocker);
                }
            }
        }
        found
    }

    /// The issues that may wait for something.
    pub fn waiting(&self) -> impl Iterator<Item = &str> {
        self.blockers.keys().chain(self.parents.keys()).map(String::as_str)
    }

    /// What stops `id` now.
    #[must_use]
    pub fn stopped_by<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        if self.blockers.is_empty() {
            return Vec::new();
        }
        self.waits_for(id).into_iter().filter(|blocker| self.states.get(*blocker) == Some(&State::Open)).collect()
    }

    /// Blockers that are not there.
    #[must_use]
    pub fn missing(&self) -> BTreeSet<(&str, &str)> {
        let all =
            self.blockers.iter().flat_map(|(id, blockers)| blockers.iter().map(move |b| (id.as_str(), b.as_str())));
        all.filter(|(id, blocker)| self.states.contains_key(*id) && !self.states.contains_key(*blocker)).collect()
    }

    /// A way from `id` back to itself, beginning and ending with it, in what it waits for or in its parents.
    #[must_use]
    pub fn cycle_at(&self, id: &str) -> Option<Vec<String>> {
        let mut chain = vec![id.to_owned()];
        let mut at = id;
        while let Some(parent) = self.parents.get(at) {
            let seen = chain.contains(parent);
            chain.push(parent.clone());
            if parent == id {
                return Some(chain);
            }
            if seen {
                break;
            }
            at = parent;
        }
        let mut came_from: HashMap<&str, &str> = HashMap::new();
        let mut todo = vec![id];
        while let Some(here) = todo.pop() {
            for next in self.waits_for(here) {
                if next == id {
                    return Some(way(id, here, &came_from));
                }
                if !came_from.contains_key(next) {
                    came_from.insert(next, here);
                    todo.push(next);
                }
            }
        }
        None
    }

    /// A cycle that a new edge at `id` closed: at `id` or at what is below it and inherits the edge.
    #[must_use]
    pub fn cycle_near(&self, id: &str) -> Option<Vec<String>> {
        let below = self.parents.keys().filter(|other| self.above(other).contains(&id));
        std::iter::once(id).chain(below.map(String::as_str)).find_map(|id| self.cycle_at(id))
    }

    /// Every cycle among open issues once, in order.
    #[must_use]
    pub fn cycles(&self) -> Vec<Vec<String>> {
        let open: BTreeMap<&str, ()> =
            self.blockers.keys().chain(self.parents.keys()).map(|id| (id.as_str(), ())).collect();
        let mut told: HashSet<String> = HashSet::new();
        let mut found = Vec::new();
        for id in open.into_keys() {
            if told.contains(id) || self.states.get(id) != Some(&State::Open) {
                continue;
            }
            if let Some(cycle) = self.cycle_at(id) {
                told.extend(cycle.iter().cloned());
                found.push(cycle);
            }
        }
        found
    }
}

fn way(id: &str, last: &str, came_from: &HashMap<&str, &str>) -> Vec<String> {
    let mut back = vec![id.to_owned()];
    let mut at = last;
    while at != id {
        back.push(at.to_owned());
        match came_from.get(at) {
            Some(before) => at = before,
            None => break,
        }
    }
    back.push(id.to_owned());
    back.reverse();
    back
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(ids: &[&str]) -> Graph {
        let mut graph = Graph::default();
        for id in ids {
            graph.issue(id, State::Open);
        }
        graph
    }

    #[test]
    fn a_child_waits_for_what_blocks_its_parent() {
        let mut graph = graph(&["epic", "child", "other"]);
        graph.parent("child", "epic");
        graph.block("epic", "other");
        assert_eq!(graph.stopped_by("child"), ["other"]);
        graph.issue("other", State::Done);
        assert!(graph.stopped_by("child").is_empty());
    }

    #[test]
    fn an_epic_blocked_by_its_child_does_not_stop_it() {
        let mut graph = graph(&["epic", "one", "two"]);
        graph.parent("one", "epic");
        graph.parent("two", "epic");
        graph.block("epic", "one");
        assert_eq!((graph.stopped_by("one").len(), graph.stopped_by("two").len()), (0, 0));
        assert_eq!(graph.stopped_by("epic"), ["one"]);
        assert_eq!(graph.cycles().len(), 0);
    }

    #[test]
    fn cycles_are_found_also_through_parents() {
        let mut graph = graph(&["a", "b", "c", "epic"]);
        graph.block("a", "b");
        graph.block("b", "c");
        assert_eq!(graph.cycle_near("a"), None);
        graph.block("c", "a");
        assert_eq!(graph.cycle_near("a"), Some(["a", "b", "c", "a"].map(str::to_owned).to_vec()));
        let mut graph = self::graph(&["epic", "child", "x"]);
        graph.parent("child", "epic");
        graph.block("x", "child");
        graph.block("epic", "x");
        assert!(graph.cycle_near("epic").is_some(), "the child waits for x, which waits for the child");
        let mut graph = self::graph(&["a", "b"]);
        graph.block("a", "a");
        assert_eq!(graph.cycles().len(), 1);
        graph.parent("a", "b");
        graph.parent("b", "a");
        assert!(graph.cycle_at("b").is_some());
    }
}
