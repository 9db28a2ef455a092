//! What one version of a file has that another lacks. Files only ever grow, so that nothing anybody wrote is lost.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde::Deserialize;

/// How a file is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Events: their order says nothing, each line counts by itself.
    Events,
    /// States of things with an `id` and `updated_at`: the state that changed last counts.
    States,
    /// A small file that is taken as a whole.
    Whole,
}

/// How the file at this path is joined; nothing for a file that is not ours to carry.
#[must_use]
pub fn form(path: &Path) -> Option<Form> {
    let folder = path.parent()?.to_str()?;
    let name = path.file_name()?.to_str()?;
    match (folder, name) {
        (".trx", "issues.jsonl") => Some(Form::States),
        (".trx", "config.toml" | ".gitattributes") | (".mmry", ".gitattributes" | "tracked") => Some(Form::Whole),
        (".trx" | ".mmry", name) if name.ends_with(".jsonl") && !name.starts_with('.') => Some(Form::Events),
        (_, _) => None,
    }
}

/// Why two versions cannot be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unjoinable {
    /// There are zero bytes in it.
    #[error("it is not text")]
    NotText,
    /// No line of it is a JSON object.
    #[error("it has no line that is a JSON object, so it is something else")]
    NotLines,
}

/// The lines that `other` has and `base` lacks, in the order of `other`, each once. Conflict markers, lines that are not
/// UTF-8, and a last line that somebody is still writing stay where they are.
///
/// # Errors
/// One of them is no file of lines.
pub fn lacking<'o>(base: &[u8], other: &'o [u8], form: Form) -> Result<Vec<&'o str>, Unjoinable> {
    let (base, other) = (lines(base)?, lines(other)?);
    let mut known: HashSet<&str> = base.iter().copied().collect();
    let mut missing: Vec<&'o str> = other.into_iter().filter(|line| known.insert(line)).collect();
    if form == Form::States {
        let states = newest(&base);
        let newer = newest(&missing);
        missing.retain(|line| match state(line) {
            Some(state) => {
                let is_last = newer.get(&state.id).is_none_or(|(_, text)| text == line);
                is_last && states.get(&state.id).is_none_or(|(at, text)| (*at, *text) < (state.updated_at, *line))
            }
            None => true,
        });
    }
    Ok(missing)
}

/// `base` with these lines after it.
#[must_use]
pub fn joined(base: &[u8], lines: &[&str]) -> Vec<u8> {
    let mut whole = base.to_vec();
    if !whole.is_empty() && !whole.ends_with(b"\n") {
        whole.push(b'\n');
    }
    for line in lines {
        whole.extend_from_slice(line.as_bytes());
        whole.push(b'\n');
    }
    whole
}

fn lines(content: &[u8]) -> Result<Vec<&str>, Unjoinable> {
    if content.contains(&0) {
        return Err(Unjoinable::NotText);
    }
    let mut pieces: Vec<&[u8]> = content.split(|byte| *byte == b'\n').collect();
    // What follows the last line end is nothing, or half a line unless it is a whole value.
    if pieces.last().is_some_and(|last| !is_object(last)) {
        pieces.pop();
    }
    let lines: Vec<&str> = pieces.into_iter().filter_map(line).collect();
    if lines.is_empty() || lines.iter().any(|line| is_object(line.as_bytes())) {
        Ok(lines)
    } else {
        Err(Unjoinable::NotLines)
    }
}

/// The text of a line that counts.
fn line(piece: &[u8]) -> Option<&str> {
    let text = str::from_utf8(piece.strip_suffix(b"\r").unwrap_or(piece)).ok()?;
    let is_marker = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| text.starts_with(mark));
    (!text.trim().is_empty() && !is_marker).then_some(text)
}

fn is_object(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

struct State {
    id: String,
    updated_at: jiff::Timestamp,
}

fn state(line: &str) -> Option<State> {
    #[derive(Deserialize)]
    struct Written {
        id: String,
        updated_at: String,
    }
    let Written { id, updated_at } = serde_json::from_str(line).ok()?;
    Some(State { id, updated_at: updated_at.parse().ok()? })
}

/// The line of each id that changed last; of equals the greater text, so that both sides choose the same.
fn newest<'l>(lines: &[&'l str]) -> BTreeMap<String, (jiff::Timestamp, &'l str)> {
    let mut newest: BTreeMap<String, (jiff::Timestamp, &str)> = BTreeMap::new();
    for line in lines {
        let Some(State { id, updated_at }) = state(line) else { continue };
        let there = newest.entry(id).or_insert((updated_at, line));
        *there = (*there).max((updated_at, line));
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events(base: &str, other: &str) -> Vec<String> {
        let lines = lacking(base.as_bytes(), other.as_bytes(), Form::Events).expect("lines");
        lines.into_iter().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn only_our_files_are_carried() {
        let carried = |path: &str| form(Path::new(path));
        assert_eq!(carried(".trx/events.jsonl"), Some(Form::Events));
        assert_eq!(carried(".trx/issues.jsonl"), Some(Form::States));
        assert_eq!(carried(".mmry/mmry.jsonl"), Some(Form::Events));
        assert_eq!(carried(".trx/config.toml"), Some(Form::Whole));
        assert_eq!(carried(".trx/.gitattributes"), Some(Form::Whole));
        for other in [".trx/.index/events.jsonl", ".trx/notes.md", "src/a.jsonl", ".trx", ".trx/events.jsonl.new-12"] {
            assert_eq!(carried(other), None, "{other}");
        }
    }

    #[test]
    fn lines_are_taken_once_and_markers_and_torn_tails_stay() {
        assert_eq!(events("{\"a\":1}\n", "{\"a\":1}\n{\"b\":2}\n{\"b\":2}\n"), ["{\"b\":2}"]);
        let merged = "<<<<<<< HEAD\n{\"b\":2}\n=======\n{\"c\":3}\n>>>>>>> x\n";
        assert_eq!(events("{\"a\":1}", merged), ["{\"b\":2}", "{\"c\":3}"]);
        assert_eq!(events("", "{\"a\":1}\n{\"b\":"), ["{\"a\":1}"]);
        assert_eq!(events("", "{\"a\":1}\r\n{\"b\":2}"), ["{\"a\":1}", "{\"b\":2}"]);
        assert_eq!(events("{\"a\":1}\n", "{\"a\":1}\nof a newer version\n"), ["of a newer version"]);
    }

    #[test]
    fn what_is_no_ledger_is_not_joined() {
        assert_eq!(lacking(b"", b"\0", Form::Events), Err(Unjoinable::NotText));
        let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:12\n";
        assert_eq!(lacking(pointer, b"{}\n", Form::Events), Err(Unjoinable::NotLines));
    }

    #[test]
    fn of_states_the_one_that_changed_last_counts() {
        let line = |id: &str, at: u8, text: &str| {
            format!("{{\"id\":\"{id}\",\"updated_at\":\"2026-01-01T00:00:0{at}Z\",\"t\":\"{text}\"}}")
        };
        let base = [line("a", 3, "x"), line("b", 1, "x"), line("c", 1, "x")].join("\n");
        let other =
            [line("a", 2, "x"), line("b", 2, "x"), line("b", 4, "x"), line("d", 1, "x"), line("c", 1, "y")].join("\n");
        let found = lacking(base.as_bytes(), other.as_bytes(), Form::States).expect("lines");
        assert_eq!(found, [line("b", 4, "x"), line("d", 1, "x"), line("c", 1, "y")]);
        let back = lacking(other.as_bytes(), base.as_bytes(), Form::States).expect("lines");
        assert_eq!(back, [line("a", 3, "x")]);
    }

    proptest! {
        #[test]
        fn both_ways_end_with_the_same_lines(a in "([a-c]\n){0,6}", b in "([a-e]\n){0,6}") {
            let wrap = |text: &str| text.lines().map(|line| format!("{{\"l\":\"{line}\"}}\n")).collect::<String>();
            let (a, b) = (wrap(&a), wrap(&b));
            let from_b = lacking(a.as_bytes(), b.as_bytes(), Form::Events).expect("lines");
            let from_a = lacking(b.as_bytes(), a.as_bytes(), Form::Events).expect("lines");
            let set = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text").lines().map(ToOwned::to_owned).collect::<HashSet<_>>();
            let (one, two) = (set(joined(a.as_bytes(), &from_b)), set(joined(b.as_bytes(), &from_a)));
            prop_assert_eq!(&one, &two);
            prop_assert!(a.lines().chain(b.lines()).all(|line| one.contains(line)));
        }

        #[test]
        fn any_bytes_are_joined_or_refused(a in proptest::collection::vec(any::<u8>(), 0..60), b in proptest::collection::vec(any::<u8>(), 0..60)) {
            for form in [Form::Events, Form::States] {
                let _ = lacking(&a, &b, form);
            }
        }
    }
}
