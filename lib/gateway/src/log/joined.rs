//! Secrets that a model wrote in parts, one event of a stream after the other.

use std::collections::BTreeMap;

use oqto_kit::secret::HIDDEN;

use super::pieces::{Piece, Pieces};
use super::redact::secrets;

/// What stands in the place of what says again what the texts say.
const LEFT_OUT: &str = "\"[left out]\"";

/// An answer without the secrets that its texts have where they are joined, and whether its end, of which only a part is
/// there, was left out.
///
/// Texts are joined that stand in the same place of events, and again those that have the same name. What of an answer has
/// no secret stays as it came. Needs a few times the memory of the answer, and time in proportion to it.
pub(super) fn without_joined_secrets(answer: &str) -> (String, bool) {
    let Pieces { all, by_place, by_name, repeats, end } = Pieces::of(answer);
    let mut hidden: Vec<Vec<Hidden>> = all.iter().map(|_| Vec::new()).collect();
    for together in by_place.values().chain(by_name.values()) {
        find(&all, together, &mut hidden);
    }
    let mut changes: BTreeMap<usize, (usize, String)> =
        repeats.into_iter().map(|place| (place.start, (place.end, LEFT_OUT.to_owned()))).collect();
    for (piece, hidden) in all.iter().zip(hidden).filter(|(_, hidden)| !hidden.is_empty()) {
        let text = serde_json::Value::from(without(&piece.text, hidden)).to_string();
        changes.insert(piece.place.start, (piece.place.end, text));
    }
    let mut out = String::with_capacity(end);
    let mut at = 0;
    for (begin, (after, text)) in changes {
        out.push_str(answer.get(at..begin).unwrap_or_default());
        out.push_str(&text);
        at = after;
    }
    out.push_str(answer.get(at..end).unwrap_or_default());
    (out, end < answer.len())
}

/// A part of a text that belongs to a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hidden {
    from: usize,
    to: usize,
    /// Whether the secret begins with it.
    begins: bool,
}

/// Notes which parts of texts that belong together are secrets.
fn find(all: &[Piece], together: &[usize], hidden: &mut [Vec<Hidden>]) {
    let text = |index: &usize| all.get(*index).map_or("", |piece| piece.text.as_str());
    let joined: String = together.iter().map(text).collect();
    let found = secrets(&joined);
    let mut left = found.iter().peekable();
    let mut begin = 0;
    for index in together {
        let end = begin + text(index).len();
        while let Some(secret) = left.peek().filter(|secret| secret.start < end) {
            let (from, to) = (secret.start.max(begin) - begin, secret.end.min(end) - begin);
            if let Some(hidden) = hidden.get_mut(*index).filter(|_| from < to) {
                hidden.push(Hidden { from, to, begins: secret.start >= begin });
            }
            if secret.end > end {
                break;
            }
            left.next();
        }
        begin = end;
    }
}

/// A text without its hidden parts. A secret is marked where it begins.
fn without(text: &str, mut hidden: Vec<Hidden>) -> String {
    hidden.sort_unstable();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for Hidden { from, to, begins } in hidden {
        shown.push_str(text.get(at..from).unwrap_or_default());
        if begins && from >= at {
            shown.push_str(HIDDEN);
        }
        at = at.max(to);
    }
    shown.push_str(text.get(at..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests;
