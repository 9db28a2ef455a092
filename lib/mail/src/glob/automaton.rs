//! Patterns as automata, and what two of them share.

use std::collections::{HashMap, VecDeque};

use super::charset::CharSet;
use super::parse::{Item, Segment};

/// What an edge consumes.
#[derive(Debug, Clone)]
enum Label {
    Slash,
    /// Most of a pattern are plain characters.
    Is(char),
    Of(CharSet),
}

impl Label {
    fn fits(&self, c: char) -> bool {
        match self {
            Self::Slash => c == '/',
            Self::Is(own) => c == *own,
            Self::Of(set) => set.contains(c),
        }
    }
}

#[derive(Debug, Clone, Default)]
struct State {
    edges: Vec<(Label, usize)>,
    /// A state that is reached without consuming anything.
    silent: Option<usize>,
    accepts: bool,
}

/// A nondeterministic automaton over the characters of a path. State 0 is the beginning.
#[derive(Debug, Clone)]
pub(super) struct Automaton {
    states: Vec<State>,
}

impl Automaton {
    pub(super) fn of(segments: &[Segment]) -> Self {
        let mut automaton = Self { states: vec![State::default()] };
        let mut at = 0;
        for (place, segment) in segments.iter().enumerate() {
            let is_last = place + 1 == segments.len();
            at = match segment {
                Segment::AnyDepth if is_last => automaton.everything_below(at),
                Segment::AnyDepth => automaton.any_segments(at),
                Segment::Items(items) => automaton.segment(at, items, is_last),
            };
        }
        automaton
    }

    fn state(&mut self) -> usize {
        self.states.push(State::default());
        self.states.len() - 1
    }

    fn edge(&mut self, from: usize, label: Label, to: usize) {
        self.states[from].edges.push((label, to));
    }

    /// Zero or more segments, each with the slash after it.
    fn any_segments(&mut self, at: usize) -> usize {
        let (inside, next) = (self.state(), self.state());
        self.edge(at, Label::Of(CharSet::any()), inside);
        self.edge(inside, Label::Of(CharSet::any()), inside);
        self.edge(inside, Label::Slash, at);
        self.states[at].silent = Some(next);
        next
    }

    /// One or more segments up to the end.
    fn everything_below(&mut self, at: usize) -> usize {
        let inside = self.state();
        self.edge(at, Label::Of(CharSet::any()), inside);
        self.edge(inside, Label::Of(CharSet::any()), inside);
        self.edge(inside, Label::Slash, at);
        self.states[inside].accepts = true;
        inside
    }

    fn one_of(&mut self, at: usize, label: Label) -> usize {
        let next = self.state();
        self.edge(at, label, next);
        next
    }

    fn segment(&mut self, mut at: usize, items: &[Item], is_last: bool) -> usize {
        for item in items {
            match item {
                Item::Is(c) => at = self.one_of(at, Label::Is(*c)),
                Item::Of(set) => at = self.one_of(at, Label::Of(set.clone())),
                Item::Star => self.edge(at, Label::Of(CharSet::any()), at),
            }
        }
        let is_plain = items.iter().all(|item| matches!(item, Item::Is(_)));
        if is_last {
            self.states[at].accepts = true;
        }
        if is_last && !is_plain {
            return at;
        }
        let next = self.state();
        self.edge(at, Label::Slash, next);
        // What a path names may be a folder: it covers what is in it.
        if is_last { self.everything_below(next) } else { next }
    }

    /// A state and the one that is reached from it silently. No chain is longer: `**` never follows `**`.
    fn with_silent(&self, state: usize) -> impl Iterator<Item = usize> {
        std::iter::once(state).chain(self.states[state].silent)
    }

    /// Whether it accepts a path.
    pub(super) fn matches(&self, path: &str) -> bool {
        let mut now: Vec<usize> = self.with_silent(0).collect();
        for c in path.chars() {
            let mut next = Vec::new();
            for (label, to) in now.iter().flat_map(|state| &self.states[*state].edges) {
                if label.fits(c) && !next.contains(to) {
                    next.extend(self.with_silent(*to).filter(|state| !next.contains(state)).collect::<Vec<_>>());
                }
            }
            now = next;
        }
        now.iter().any(|state| self.states[*state].accepts)
    }
}

/// How far the segment that is being written is a name: not empty, not `.` and not `..`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum NameSoFar {
    Empty,
    Dot,
    DotDot,
    Name,
}

impl NameSoFar {
    fn and(self, c: char) -> Option<Self> {
        match (self, c) {
            (Self::Name, '/') => Some(Self::Empty),
            (Self::Empty | Self::Dot | Self::DotDot, '/') => None,
            (Self::Empty, '.') => Some(Self::Dot),
            (Self::Dot, '.') => Some(Self::DotDot),
            (Self::Empty | Self::Dot | Self::DotDot | Self::Name, _) => Some(Self::Name),
        }
    }
}

type Pair = (usize, usize, NameSoFar);

/// A shortest path that both accept, if there is one: a walk through the product of both and of what a path is.
pub(super) fn shared(one: &Automaton, other: &Automaton) -> Option<String> {
    let start = (0, 0, NameSoFar::Empty);
    let mut came_from: HashMap<Pair, Option<(Pair, char)>> = HashMap::from([(start, None)]);
    let mut queue = VecDeque::from([start]);
    while let Some(pair @ (a, b, name)) = queue.pop_front() {
        let accepted = |automaton: &Automaton, state| automaton.with_silent(state).any(|s| automaton.states[s].accepts);
        if name == NameSoFar::Name && accepted(one, a) && accepted(other, b) {
            return Some(written(&came_from, pair));
        }
        for (c, to_a, to_b) in steps(one, a, other, b) {
            let Some(name) = name.and(c) else { continue };
            let next = (to_a, to_b, name);
            came_from.entry(next).or_insert_with(|| {
                queue.push_back(next);
                Some((pair, c))
            });
        }
    }
    None
}

/// What both can consume, and where that leads.
fn steps(one: &Automaton, a: usize, other: &Automaton, b: usize) -> Vec<(char, usize, usize)> {
    let mut steps = Vec::new();
    for (label_a, to_a) in one.with_silent(a).flat_map(|state| &one.states[state].edges) {
        for (label_b, to_b) in other.with_silent(b).flat_map(|state| &other.states[state].edges) {
            match (label_a, label_b) {
                (Label::Slash, Label::Slash) => steps.push(('/', *to_a, *to_b)),
                (Label::Is(c), label) | (label, Label::Is(c)) => {
                    if label.fits(*c) {
                        steps.push((*c, *to_a, *to_b));
                    }
                }
                (Label::Of(set_a), Label::Of(set_b)) => {
                    steps.extend(set_a.common(set_b).map(|c| (c, *to_a, *to_b)));
                }
                (Label::Slash, Label::Of(_)) | (Label::Of(_), Label::Slash) => {}
            }
        }
    }
    steps
}

fn written(came_from: &HashMap<Pair, Option<(Pair, char)>>, mut at: Pair) -> String {
    let mut path = Vec::new();
    while let Some(Some((before, c))) = came_from.get(&at) {
        path.push(*c);
        at = *before;
    }
    path.iter().rev().collect()
}
