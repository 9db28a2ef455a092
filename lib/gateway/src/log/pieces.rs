//! Where the texts of an answer are: those of the events of a stream, or of a body of JSON.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

use super::redact::is_of_run;
use crate::wire::document::Fields;

/// Objects and lists within each other that are looked into.
const DEEPEST: usize = 24;

/// Fields that a model does not write, and that many events repeat.
const NOT_WRITTEN: [&str; 22] = [
    "id",
    "model",
    "object",
    "type",
    "role",
    "status",
    "provider",
    "item_id",
    "call_id",
    "event_id",
    "response_id",
    "responseId",
    "tool_use_id",
    "modelVersion",
    "system_fingerprint",
    "service_tier",
    "finish_reason",
    "finishReason",
    "native_finish_reason",
    "stop_reason",
    "created_at",
    "obfuscation",
];

/// Fields that say which of several texts a text belongs to.
const WHICH: [&str; 5] = ["index", "output_index", "content_index", "summary_index", "thought"];

/// Fields that repeat a text token by token and byte by byte.
const REPEATS: [&str; 3] = ["logprobs", "logprobsResult", "logprobs_result"];

/// A text of an answer.
pub(super) struct Piece {
    /// Where its JSON is, quotation marks included.
    pub(super) place: Range<usize>,
    pub(super) text: String,
}

/// The texts of an answer, in their order.
#[derive(Default)]
pub(super) struct Pieces {
    pub(super) all: Vec<Piece>,
    /// Those that stand in the same place of one event after the other.
    pub(super) by_place: BTreeMap<String, Vec<usize>>,
    /// Those that only have the same name: texts that a client shows one after the other may have several places.
    pub(super) by_name: BTreeMap<String, Vec<usize>>,
    /// What says again what the texts say.
    pub(super) repeats: Vec<Range<usize>>,
    /// Where the last whole event or value ends: what comes after it was cut.
    pub(super) end: usize,
}

/// Data of an event that stands in these parts of an answer, a line each.
type Lines = Vec<Range<usize>>;

impl Pieces {
    /// Those of an answer; none where it is neither a stream of events nor JSON.
    pub(super) fn of(answer: &str) -> Self {
        let mut pieces = Self { end: answer.len(), ..Self::default() };
        if answer.split(['\n', '\r']).any(|line| line.starts_with("data:")) {
            pieces.events(answer);
        } else if answer.trim_start().starts_with(['{', '[']) {
            pieces.values(answer);
        }
        pieces
    }

    fn events(&mut self, answer: &str) {
        let (events, end) = events(answer);
        let last = events.len().checked_sub(1);
        for (number, (lines, begin)) in events.into_iter().enumerate() {
            let is_open = end.is_none() && Some(number) == last;
            let parts: Vec<&str> = lines.iter().map(|line| answer.get(line.clone()).unwrap_or_default()).collect();
            let data = parts.join("\n");
            match serde_json::from_str::<&RawValue>(&data) {
                Ok(value) => self.walk(value, &Within { data: &data, lines: &lines }, &mut String::new(), "", 0),
                // A stream may end without a blank line; what is no JSON there may be a part of some.
                Err(_) if is_open && data.trim() != "[DONE]" => self.end = begin,
                Err(_) => {}
            }
        }
    }

    /// One value after the other, or a list of them, as far as they are whole.
    fn values(&mut self, answer: &str) {
        let is_list = answer.trim_start().starts_with('[');
        let mut at = 0;
        let mut is_cut = false;
        while let Some(rest) = answer.get(at..) {
            let next =
                rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || (is_list && matches!(c, ',' | '[' | ']')));
            let begin = answer.len() - next.len();
            let mut values = serde_json::Deserializer::from_str(next).into_iter::<&RawValue>();
            match values.next() {
                Some(Ok(value)) => {
                    let length = values.byte_offset();
                    let lines: Lines = std::iter::once(begin..begin + length).collect();
                    self.walk(value, &Within { data: next, lines: &lines }, &mut String::new(), "", 0);
                    at = begin + length;
                }
                Some(Err(_)) => {
                    is_cut = true;
                    break;
                }
                None => break,
            }
        }
        if is_cut {
            // Of one value that is not whole, only the last word is cut.
            self.end = if is_list || at > 0 { at } else { answer.trim_end_matches(is_of_run).len() };
        }
    }

    fn walk(&mut self, value: &RawValue, within: &Within<'_>, path: &mut String, name: &str, depth: usize) {
        if depth > DEEPEST || NOT_WRITTEN.contains(&name) {
            return;
        }
        let text = value.get();
        let length = path.len();
        match text.as_bytes().first() {
            Some(b'"') => {
                let place = within.place(text);
                self.by_place.entry(path.clone()).or_default().push(self.all.len());
                self.by_name.entry(name.to_owned()).or_default().push(self.all.len());
                self.all.push(Piece { place, text: unescaped(text) });
            }
            Some(b'[') => {
                for item in serde_json::from_str::<Vec<&RawValue>>(text).unwrap_or_default() {
                    self.walk(item, within, path, name, depth + 1);
                }
            }
            Some(b'{') => {
                let Ok(Fields(fields)) = serde_json::from_str(text) else { return };
                for (field, value) in fields.iter().filter(|(field, _)| WHICH.contains(&field.as_str())) {
                    path.push_str(&format!("({field} {})", value.get()));
                }
                let own = path.len();
                for (field, value) in fields {
                    if REPEATS.contains(&field.as_str()) && !matches!(value.get(), "null" | "[]") {
                        self.repeats.push(within.place(value.get()));
                        continue;
                    }
                    path.push('/');
                    path.push_str(&field);
                    self.walk(value, within, path, &field, depth + 1);
                    path.truncate(own);
                }
            }
            Some(_) | None => {}
        }
        path.truncate(length);
    }
}

/// The data of an event, and where its lines are in the answer.
struct Within<'a> {
    data: &'a str,
    lines: &'a Lines,
}

impl Within<'_> {
    /// Where a part of the data is. One that goes over several lines, as no text does, ends where it ends.
    fn place(&self, part: &str) -> Range<usize> {
        let begin = part.as_ptr().addr().saturating_sub(self.data.as_ptr().addr());
        self.moved(begin)..self.moved(begin + part.len() - 1) + 1
    }

    fn moved(&self, mut at: usize) -> usize {
        for line in self.lines {
            if at < line.len() {
                return line.start + at;
            }
            at -= (line.len() + 1).min(at);
        }
        self.lines.last().map_or(0, |line| line.end)
    }
}

/// The data of each event and where the event begins, and whether the last event has its blank line: then its end.
fn events(answer: &str) -> (Vec<(Lines, usize)>, Option<usize>) {
    let (mut found, mut lines, mut begin, mut at) = (Vec::new(), Lines::new(), 0, 0);
    while let Some(rest) = answer.get(at..).filter(|rest| !rest.is_empty()) {
        let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes());
        let line = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
        let end = length.map_or(0, |at| if rest.as_bytes().get(at..at + 2) == Some(b"\r\n") { 2 } else { 1 });
        if line.is_empty() {
            if !lines.is_empty() {
                found.push((std::mem::take(&mut lines), begin));
            }
            begin = at + end;
        } else if let Some(data) = line.strip_prefix("data:") {
            let data = data.strip_prefix(' ').unwrap_or(data);
            let from = at + line.len() - data.len();
            lines.push(from..from + data.len());
        }
        at += line.len() + end;
    }
    if begin == answer.len() {
        return (found, Some(begin));
    }
    found.push((lines, begin));
    (found, None)
}

/// What a JSON text says. Half of a character, as some write it into one event and the other half into the next, is one
/// that is not known.
fn unescaped(json: &str) -> String {
    serde_json::from_str(json).unwrap_or_else(|_| serde_json::from_str(&without_halves(json)).unwrap_or_default())
}

fn without_halves(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let bytes = escape.as_bytes();
        let is_half = matches!(bytes, [_, b'u', b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', _, _, ..]);
        let length = if is_half { 6 } else { 1 + escape.chars().nth(1).map_or(0, char::len_utf8) };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        out.push_str(if is_half { "\\ufffd" } else { escape });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(answer: &str) -> Vec<(&str, String)> {
        let pieces = Pieces::of(answer);
        pieces.all.iter().map(|piece| (answer.get(piece.place.clone()).unwrap(), piece.text.clone())).collect()
    }

    #[test]
    fn texts_are_found_in_every_framing() {
        let events =
            "event: x\r\ndata: {\"a\":\r\ndata:  [\"b\\n\",1]}\r\n\r\n: c\r\n\r\ndata:\"\"\r\rdata: [DONE]\n\n";
        assert_eq!(shown(events), [("\"b\\n\"", "b\n".to_owned()), ("\"\"", String::new())]);
        assert_eq!(Pieces::of(events).end, events.len());
        assert_eq!(shown("[{\"a\":\"é\"}\n,\n{\"a\":\"c\"}]").len(), 2);
        assert_eq!(shown("{\"a\":\"é\"}\n{\"a\":\"c\"}\n").len(), 2);
        assert_eq!(shown("<html>data: \"x\"").len(), 0);
        assert_eq!(shown("{\"a\":\"x\\ud83dy\\\\ud83d\"}")[0].1, "x\u{fffd}y\\ud83d");
    }

    #[test]
    fn what_was_cut_is_known() {
        let end = |answer: &str| answer.get(Pieces::of(answer).end..).unwrap().to_owned();
        assert_eq!(end("data: {\"a\":1}\n\nevent: x\ndata: {\"a\":\"cut"), "event: x\ndata: {\"a\":\"cut");
        assert_eq!(end("data: {\"a\":1}\n\ndata: {\"a\":2}"), "", "only the blank line is missing");
        assert_eq!(end("data: {\"a\":1}\n\ndata: [DONE]\n"), "");
        assert_eq!(end("data: 1\n\nda"), "da");
        assert_eq!(end("[{\"a\":1},{\"a\":\"cut"), ",{\"a\":\"cut");
        assert_eq!(end("[{\"a\":1}]\n"), "");
        assert_eq!(end("{\"a\":\"is cut"), "cut", "nothing is whole");
        assert_eq!(end("[{\"a\":\"is cut"), "[{\"a\":\"is cut");
    }

    #[test]
    fn texts_of_one_place_belong_together() {
        let events = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}},{\"index\":1,\"delta\":{\"content\":\"b\"}}]}\n\n\
            data: {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"c\"},\"index\":1,\"logprobs\":{\"t\":\"c\"}}]}\n\n";
        let pieces = Pieces::of(events);
        let places: Vec<_> = pieces.by_place.values().cloned().collect();
        assert_eq!(places, [vec![0], vec![1, 2]]);
        assert_eq!(pieces.by_name.get("content"), Some(&vec![0, 1, 2]));
        assert_eq!(
            pieces.repeats.iter().map(|range| events.get(range.clone()).unwrap()).collect::<Vec<_>>(),
            ["{\"t\":\"c\"}"]
        );
    }
}
