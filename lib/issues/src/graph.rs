//! Who waits for whom.
//!
//! An issue waits for what blocks it, and for what blocks any issue above it, except for what lies below that one: an
//! epic may be blocked by its own children without stopping them. What is closed, deleted or not there neither waits nor
//! stops anything.
//!
//! For cycles each issue counts twice: as itself, and as the gate that it and everything below it must pass. What blocks
//! an issue and lies below it stops the issue alone, everything else stops at the gate.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;

/// An issue, or its gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place<K> {
    /// The issue itself.
    Issue(K),
    /// What it and all below it wait for.
    Gate(K),
}

/// A shortest way from a place back to it, as the issues on it (where there are none, the gates), the first again at the
/// end. `next` tells where one can go from a place.
pub(crate) fn way_back<K: Ord + Clone, E>(
    from: &Place<K>,
    mut next: impl FnMut(&Place<K>) -> Result<Vec<Place<K>>, E>,
) -> Result<Option<Vec<K>>, E> {
    let mut came_from: BTreeMap<Place<K>, Place<K>> = BTreeMap::new();
    let mut todo = VecDeque::from([from.clone()]);
    while let Some(here) = todo.pop_front() {
        for there in next(&here)? {
            if there == *from {
                return Ok(Some(told(from, here, &came_from)));
            }
            if !came_from.contains_key(&there) {
                came_from.insert(there.clone(), here.clone());
                todo.push_back(there);
            }
        }
    }
    Ok(None)
}

fn told<K: Ord + Clone>(from: &Place<K>, last: Place<K>, came_from: &BTreeMap<Place<K>, Place<K>>) -> Vec<K> {
    let mut places = vec![last];
    while let Some(before) = places.last().and_then(|place| came_from.get(place)) {
        places.push(before.clone());
    }
    if places.last() != Some(from) {
        places.push(from.clone());
    }
    places.reverse();
    let issues = places.iter().filter_map(|place| match place {
        Place::Issue(id) => Some(id.clone()),
        Place::Gate(_) => None,
    });
    let mut way: Vec<K> = issues.collect();
    if way.is_empty() {
        way.extend(places.iter().map(|(Place::Issue(id) | Place::Gate(id))| id.clone()));
    }
    way.extend(way.first().cloned());
    way
}

/// Whether any way from these places ends in a circle, be it one that none of them is on.
pub(crate) fn leads_into_a_circle<K: Ord + Clone, E>(
    from: impl IntoIterator<Item = Place<K>>,
    mut next: impl FnMut(&Place<K>) -> Result<Vec<Place<K>>, E>,
) -> Result<bool, E> {
    // Whether a place is still on the way that is being walked.
    let mut walked: BTreeMap<Place<K>, bool> = BTreeMap::new();
    let mut way: Vec<(Place<K>, Vec<Place<K>>)> = Vec::new();
    for start in from {
        if walked.contains_key(&start) {
            continue;
        }
        walked.insert(start.clone(), true);
        way.push((start.clone(), next(&start)?));
        while let Some((here, rest)) = way.last_mut() {
            let Some(there) = rest.pop() else {
                walked.insert(here.clone(), false);
                way.pop();
                continue;
            };
            match walked.get(&there) {
                Some(true) => return Ok(true),
                Some(false) => {}
                None => {
                    walked.insert(there.clone(), true);
                    let rest = next(&there)?;
                    way.push((there, rest));
                }
            }
        }
    }
    Ok(false)
}

/// For each number a list of numbers, in one piece.
#[derive(Debug, Default, Clone)]
pub(crate) struct Lists {
    start: Vec<u32>,
    to: Vec<u32>,
}

impl Lists {
    /// The lists of the numbers below `size`, each in the order of the pairs.
    pub(crate) fn of(size: usize, pairs: &[(u32, u32)]) -> Self {
        let mut start = vec![0; size + 1];
        for (from, _) in pairs {
            start[*from as usize + 1] += 1;
        }
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let mut free = start.clone();
        let mut to = vec![0; pairs.len()];
        for (from, there) in pairs {
            let place = &mut free[*from as usize];
            to[*place as usize] = *there;
            *place += 1;
        }
        Self { start, to }
    }

    /// The list of a number.
    pub(crate) fn at(&self, number: u32) -> &[u32] {
        let bound = |index: usize| self.start.get(index).map_or(self.to.len(), |at| *at as usize);
        self.to.get(bound(number as usize)..bound(number as usize + 1)).unwrap_or(&[])
    }
}

/// Blocks and parents of all issues, by number; 0 is no issue.
#[derive(Debug, Default, Clone)]
pub(crate) struct Graph {
    is_open: Vec<bool>,
    parents: Vec<u32>,
    blockers: Lists,
}

impl Graph {
    /// The graph of issues numbered below the length of `is_open`; pairs are (issue, parent) and (issue, blocker). What
    /// an issue waited for that is closed stops nobody.
    pub(crate) fn new(is_open: Vec<bool>, parents: &[(u32, u32)], blocks: &[(u32, u32)]) -> Self {
        let size = is_open.len();
        let mut above = vec![0; size];
        for (id, parent) in parents {
            above[*id as usize] = *parent;
        }
        Self { is_open, parents: above, blockers: Lists::of(size, blocks) }
    }

    /// One more than the greatest number.
    pub(crate) fn size(&self) -> usize {
        self.is_open.len()
    }

    /// The issue above this one, or 0.
    pub(crate) fn parent(&self, id: u32) -> u32 {
        self.parents.get(id as usize).copied().unwrap_or(0)
    }

    /// What blocks it, open or not, without what it inherits.
    pub(crate) fn blockers(&self, id: u32) -> &[u32] {
        self.blockers.at(id)
    }

    /// What stops it now, without what it inherits.
    fn stoppers(&self, id: u32) -> impl Iterator<Item = u32> {
        let own = if self.is_open(id) { self.blockers(id) } else { &[] };
        own.iter().copied().filter(|blocker| self.is_open(*blocker))
    }

    /// Whether it is neither closed nor deleted nor missing.
    pub(crate) fn is_open(&self, id: u32) -> bool {
        self.is_open.get(id as usize).copied().unwrap_or(false)
    }

    /// The issues above, nearest first; ends where they would repeat.
    fn above(&self, id: u32) -> Vec<u32> {
        let mut chain = Vec::new();
        let mut at = self.parent(id);
        while at != 0 && at != id && !chain.contains(&at) {
            chain.push(at);
            at = self.parent(at);
        }
        chain
    }

    /// Whether what blocks `id` stops also what is below it.
    fn is_outside(&self, id: u32, blocker: u32) -> bool {
        blocker != id && !self.above(blocker).contains(&id)
    }

    /// What stops it now: open blockers, its own and those it inherits, each once.
    pub(crate) fn stopped_by(&self, id: u32) -> Vec<u32> {
        let mut found: Vec<u32> = self.stoppers(id).collect();
        if self.parent(id) != 0 {
            for above in self.above(id) {
                found.extend(self.stoppers(above).filter(|blocker| self.is_outside(above, *blocker)));
            }
            found.sort_unstable();
            found.dedup();
        }
        found
    }

    /// Tells where one can go from a place, among open issues.
    fn next(&self, place: Place<u32>, mut tell: impl FnMut(Place<u32>)) {
        let (Place::Issue(id) | Place::Gate(id)) = place;
        let is_issue = matches!(place, Place::Issue(_));
        let stoppers = self.stoppers(id).filter(|blocker| self.is_outside(id, *blocker) != is_issue);
        stoppers.for_each(|id| tell(Place::Issue(id)));
        match (is_issue, self.parent(id)) {
            (true, _) => tell(Place::Gate(id)),
            (false, 0) => {}
            (false, parent) => tell(Place::Gate(parent)),
        }
    }

    /// Cycles among open issues, so that each issue that is in one is in one that is told.
    pub(crate) fn cycles(&self) -> Vec<Vec<u32>> {
        let cyclic = self.left();
        let mut todo = cyclic.clone();
        let mut found = Vec::new();
        for place in 0..todo.len() {
            if !std::mem::take(&mut todo[place]) {
                continue;
            }
            let Ok(way) = way_back(&at(place), |from| {
                let mut next = Vec::new();
                self.next(*from, |place| next.extend(cyclic[index(place) as usize].then_some(place)));
                Ok::<_, Infallible>(next)
            });
            let Some(way) = way else { continue };
            for id in &way {
                todo[2 * *id as usize] = false;
                todo[2 * *id as usize + 1] = false;
            }
            found.push(way);
        }
        found
    }

    /// Places that remain when those are taken away, again and again, from which one can go nowhere or to which one
    /// cannot come; the issue before its gate.
    fn left(&self) -> Vec<bool> {
        let size = self.is_open.len();
        let mut pairs = Vec::new();
        for id in (1..size as u32).filter(|id| !self.blockers(*id).is_empty() || self.parent(*id) != 0) {
            for place in [Place::Issue(id), Place::Gate(id)] {
                if place == Place::Gate(id) || self.is_open(id) {
                    self.next(place, |next| pairs.push((index(place), index(next))));
                }
            }
        }
        let turned: Vec<(u32, u32)> = pairs.iter().map(|(from, to)| (*to, *from)).collect();
        let (out, back) = (Lists::of(2 * size, &pairs), Lists::of(2 * size, &turned));
        let mut left = vec![true; 2 * size];
        peel(&mut left, &out, &back);
        peel(&mut left, &back, &out);
        left
    }
}

fn index(place: Place<u32>) -> u32 {
    match place {
        Place::Issue(id) => 2 * id,
        Place::Gate(id) => 2 * id + 1,
    }
}

fn at(index: usize) -> Place<u32> {
    let id = (index / 2) as u32;
    if index.is_multiple_of(2) { Place::Issue(id) } else { Place::Gate(id) }
}

/// Takes away what has nothing left to go to.
fn peel(left: &mut [bool], out: &Lists, back: &Lists) {
    let mut degree: Vec<usize> =
        (0..left.len()).map(|at| out.at(at as u32).iter().filter(|to| left[**to as usize]).count()).collect();
    let mut todo: Vec<u32> =
        (0..left.len() as u32).filter(|at| left[*at as usize] && degree[*at as usize] == 0).collect();
    while let Some(gone) = todo.pop() {
        left[gone as usize] = false;
        for before in back.at(gone) {
            let degree = &mut degree[*before as usize];
            *degree = degree.saturating_sub(1);
            if *degree == 0 && left[*before as usize] {
                todo.push(*before);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Issues 1 to `count`, all open but `done`.
    fn graph(count: usize, done: &[u32], parents: &[(u32, u32)], blocks: &[(u32, u32)]) -> Graph {
        let is_open = (0..=count as u32).map(|id| id != 0 && !done.contains(&id)).collect();
        Graph::new(is_open, parents, blocks)
    }

    #[test]
    fn a_child_waits_for_what_blocks_its_parent() {
        let (epic, child, other) = (1, 2, 3);
        assert_eq!(graph(3, &[], &[(child, epic)], &[(epic, other)]).stopped_by(child), [other]);
        assert_eq!(graph(3, &[other], &[(child, epic)], &[(epic, other)]).stopped_by(child), [0; 0]);
    }

    #[test]
    fn an_epic_blocked_by_its_child_does_not_stop_it() {
        let (epic, one, two) = (1, 2, 3);
        let graph = graph(3, &[], &[(one, epic), (two, epic)], &[(epic, one)]);
        assert_eq!((graph.stopped_by(one).len(), graph.stopped_by(two).len()), (0, 0));
        assert_eq!(graph.stopped_by(epic), [one]);
        assert_eq!(graph.cycles().len(), 0);
    }

    #[test]
    fn cycles_are_found_also_through_parents_and_gates() {
        let none: [Vec<u32>; 0] = [];
        assert_eq!(graph(3, &[], &[], &[(1, 2), (2, 3)]).cycles(), none);
        assert_eq!(graph(3, &[], &[], &[(1, 2), (2, 3), (3, 1)]).cycles(), [[1, 2, 3, 1]]);
        assert_eq!(graph(3, &[2], &[], &[(1, 2), (2, 3), (3, 1)]).cycles(), none, "what is done stops nobody");
        assert_eq!(graph(1, &[], &[], &[(1, 1)]).cycles(), [[1, 1]]);
        assert_eq!(graph(2, &[], &[(1, 2), (2, 1)], &[]).cycles(), [[1, 2, 1]], "parents of each other");
        let (epic, child, x) = (1, 2, 3);
        let through = graph(3, &[], &[(child, epic)], &[(x, child), (epic, x)]).cycles();
        assert_eq!(through, [[x, child, x]], "the child waits for x, which waits for the child");
        let two = graph(6, &[], &[], &[(1, 2), (2, 1), (2, 3), (3, 4), (4, 5), (5, 4), (6, 1)]).cycles();
        assert_eq!(two, [[1, 2, 1], [4, 5, 4]], "3 and 6 are in none");
    }

    #[test]
    fn long_chains_are_no_trouble() {
        let count = 50_000;
        let mut blocks: Vec<(u32, u32)> = (1..count).map(|id| (id, id + 1)).collect();
        assert!(graph(count as usize, &[], &[], &blocks).cycles().is_empty());
        blocks.push((count, 1));
        assert_eq!(graph(count as usize, &[], &[], &blocks).cycles()[0].len(), count as usize + 1);
    }
}
