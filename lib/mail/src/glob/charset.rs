//! Sets of the characters that a path's segment may have.

use std::borrow::Cow;

/// Sorted, disjoint, inclusive ranges of code points; without `/` and NUL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CharSet(Cow<'static, [(u32, u32)]>);

/// Everything that may stand in a segment.
static UNIVERSE: [(u32, u32); 3] = [(1, '/' as u32 - 1), ('/' as u32 + 1, 0xd7ff), (0xe000, char::MAX as u32)];

impl CharSet {
    /// Every character.
    pub(super) fn any() -> Self {
        Self(Cow::Borrowed(&UNIVERSE))
    }

    /// One character.
    #[cfg(test)]
    fn one(c: char) -> Self {
        Self::of(vec![(c, c)])
    }

    /// These ranges, both ends included.
    pub(super) fn of(ranges: Vec<(char, char)>) -> Self {
        let mut ranges: Vec<(u32, u32)> = ranges.into_iter().map(|(a, b)| (u32::from(a), u32::from(b))).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for (from, to) in ranges {
            match merged.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self(overlaps(&merged, &UNIVERSE).collect())
    }

    /// Every other character.
    pub(super) fn negated(&self) -> Self {
        let mut gaps = Vec::new();
        let mut next = 0;
        for &(from, to) in self.0.iter() {
            if next < from {
                gaps.push((next, from - 1));
            }
            next = to + 1;
        }
        gaps.push((next, u32::from(char::MAX)));
        Self(overlaps(&gaps, &UNIVERSE).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn contains(&self, c: char) -> bool {
        let c = u32::from(c);
        self.0.iter().any(|&(from, to)| (from..=to).contains(&c))
    }

    /// Characters of both: `.`, where both have it, and one that is not `.`, a readable one where there is one.
    pub(super) fn common(&self, other: &Self) -> impl Iterator<Item = char> {
        let dot = (self.contains('.') && other.contains('.')).then_some('.');
        let readable = ('a'..='z').chain('0'..='9').find(|c| self.contains(*c) && other.contains(*c));
        let any = || {
            let shared = overlaps(&self.0, &other.0).flat_map(|(from, to)| [from, from + u32::from(from < to)]);
            shared.filter_map(char::from_u32).find(|c| *c != '.')
        };
        dot.into_iter().chain(readable.or_else(any))
    }
}

/// What two lists of ranges share.
fn overlaps(one: &[(u32, u32)], other: &[(u32, u32)]) -> impl Iterator<Item = (u32, u32)> {
    one.iter()
        .flat_map(move |a| other.iter().map(move |b| (a.0.max(b.0), a.1.min(b.1))))
        .filter(|(from, to)| from <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_and_their_complements() {
        let vowels = CharSet::of(vec![('e', 'e'), ('a', 'a'), ('i', 'i'), ('h', 'j')]);
        assert_eq!(vowels, CharSet::of(vec![('a', 'a'), ('e', 'e'), ('h', 'j')]));
        let rest = vowels.negated();
        assert!(vowels.contains('i') && !rest.contains('i') && rest.contains('b') && !rest.contains('/'));
        assert_eq!(rest.negated(), vowels);
        assert!(vowels.common(&rest).next().is_none() && CharSet::any().negated().is_empty());
        assert!(CharSet::one('/').is_empty());
    }

    #[test]
    fn what_two_sets_share_is_found() {
        let any = CharSet::any();
        assert_eq!(any.common(&any).collect::<String>(), ".a");
        assert_eq!(any.common(&CharSet::one('.')).collect::<String>(), ".");
        assert_eq!(CharSet::of(vec![('.', '/')]).common(&any).collect::<String>(), ".");
        assert_eq!(CharSet::of(vec![('日', '本')]).common(&any).collect::<String>(), "日");
        assert_eq!(CharSet::of(vec![('-', '.')]).common(&any).collect::<String>(), ".-");
    }
}
