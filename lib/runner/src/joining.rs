//! Deltas of one message that wait behind a busy pipe become one. Nothing waits in order to be joined: what is joined
//! was waiting already.
//!
//! Lines are joined as the text they are. Frames of ours are written in one order of fields, so everything between the
//! time and the offset says which message and part a delta belongs to, and what follows is its text to the end of the
//! line. A line of any other shape stays as it is.

use bytes::Bytes;
use memchr::memmem;

/// The longest line that is made by joining, in bytes.
const MAX_LINE: usize = 64 << 10;

const EVENT: &[u8] = b",\"event\":\"stream.";
const OFFSET: &[u8] = b",\"offset\":";
const DELTA: &[u8] = b",\"delta\":\"";
const END: &[u8] = b"\"}}";
/// Ids, names and numbers before the text of a delta take no more than this.
const HEAD: usize = 320;

/// A delta, taken apart.
struct Delta<'a> {
    /// Event, message and part: the same for deltas that follow each other.
    place: &'a [u8],
    /// The text, as it is escaped.
    text: &'a [u8],
}

fn delta(line: &[u8]) -> Option<Delta<'_>> {
    let head = &line[..line.len().min(HEAD)];
    let event = memmem::find(head, EVENT)?;
    let offset = event + memmem::find(&head[event..], OFFSET)?;
    let text = offset + memmem::find(&head[offset..], DELTA)? + DELTA.len();
    let number = &head[offset + OFFSET.len()..text - DELTA.len()];
    let fits = number.iter().all(u8::is_ascii_digit) && line.len() >= text + END.len() && line.ends_with(END);
    let text = fits.then(|| &line[text..line.len() - END.len()])?;
    is_one_string(text).then_some(Delta { place: &line[event..offset], text })
}

/// Whether this is the inside of one string, and not the beginning of one and the end of another.
fn is_one_string(text: &[u8]) -> bool {
    memchr::memchr_iter(b'"', text).all(|quote| {
        let escapes = text[..quote].iter().rev().take_while(|byte| **byte == b'\\').count();
        escapes % 2 == 1
    })
}

/// Joins what follows each other and belongs together, in place.
pub(crate) fn join(lines: &mut Vec<Bytes>) {
    if lines.len() < 2 {
        return;
    }
    let mut joined: Vec<Bytes> = Vec::with_capacity(lines.len());
    let mut open: Option<(Bytes, Vec<u8>)> = None;
    for line in lines.drain(..) {
        let Some(next) = delta(&line) else {
            joined.extend(open.take().map(close));
            joined.push(line);
            continue;
        };
        match &mut open {
            Some((first, text)) if continues(first, text, &next) => text.extend_from_slice(next.text),
            Some(_) | None => {
                joined.extend(open.take().map(close));
                open = Some((line, Vec::new()));
            }
        }
    }
    joined.extend(open.take().map(close));
    *lines = joined;
}

fn continues(first: &Bytes, more: &[u8], next: &Delta<'_>) -> bool {
    first.len() + more.len() + next.text.len() <= MAX_LINE
        && delta(first).is_some_and(|first| first.place == next.place)
}

fn close((first, more): (Bytes, Vec<u8>)) -> Bytes {
    if more.is_empty() {
        return first;
    }
    let mut line = Vec::with_capacity(first.len() + more.len());
    line.extend_from_slice(&first[..first.len() - END.len()]);
    line.extend_from_slice(&more);
    line.extend_from_slice(END);
    line.into()
}

#[cfg(test)]
mod tests {
    use oqto_protocol::frame::{Frame, live_line};
    use oqto_protocol::ids::{LogId, MessageId, SessionId};
    use oqto_protocol::live::{Empty, LiveEvent, MessageStart, TextDelta, ToolCallDelta};
    use oqto_protocol::message::Role;
    use oqto_protocol::session::Snapshot;
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Said {
        Text(u32, String),
        Thinking(u32, String),
        Call(String),
        Idle,
    }

    fn said() -> impl Strategy<Value = Said> {
        let text = prop_oneof![any::<String>(), Just("\"}}".to_owned()), Just(",\"delta\":\"\\".to_owned())];
        prop_oneof![
            6 => (0..2u32, text.clone()).prop_map(|(part, text)| Said::Text(part, text)),
            2 => (0..2u32, text.clone()).prop_map(|(part, text)| Said::Thinking(part, text)),
            1 => text.prop_map(Said::Call),
            1 => Just(Said::Idle),
        ]
    }

    /// The lines of a message in which this was said, each delta at the end of its part.
    fn lines(session: SessionId, said: Vec<Said>) -> Vec<Bytes> {
        let message_id = MessageId::mint();
        let mut ends = std::collections::BTreeMap::<u32, u64>::new();
        let mut at = |part: u32, text: &str| {
            let end = ends.entry(part).or_default();
            let offset = *end;
            *end += text.encode_utf16().count() as u64;
            offset
        };
        let start = MessageStart { message_id, role: Role::Assistant, turn: None, model: None, provider: None };
        let mut events = vec![LiveEvent::MessageStart(start)];
        events.extend(said.into_iter().map(|said| match said {
            Said::Text(part, delta) => {
                LiveEvent::TextDelta(TextDelta { message_id, part, offset: at(part, &delta), delta })
            }
            Said::Thinking(part, delta) => {
                let part = part + 2;
                LiveEvent::ThinkingDelta(TextDelta { message_id, part, offset: at(part, &delta), delta })
            }
            Said::Call(delta) => {
                let offset = at(4, &delta);
                let name = |name: &str| (offset == 0).then(|| name.to_owned());
                let (tool_call_id, name) = (name("call"), name("bash"));
                LiveEvent::ToolCallDelta(ToolCallDelta { message_id, part: 4, offset, delta, tool_call_id, name })
            }
            Said::Idle => LiveEvent::AgentIdle(Empty {}),
        }));
        events.iter().map(|event| live_line(session, 7, event).unwrap().into()).collect()
    }

    fn fold(session: SessionId, log: LogId, lines: &[Bytes]) -> Snapshot {
        let mut fold = Snapshot::empty(session, log);
        for line in lines {
            let frame = Frame::parse(line).unwrap();
            let data = frame.data.as_ref().map_or("{}", |data| data.get());
            fold.apply_live(
                frame.ts.unwrap(),
                &LiveEvent::decode(frame.event.as_deref().unwrap(), data).unwrap().unwrap(),
            );
        }
        fold
    }

    proptest! {
        #[test]
        fn joined_or_not_a_reader_folds_the_same(said in prop::collection::vec(said(), 0..40)) {
            let (session, log) = (SessionId::mint(), LogId::mint());
            let separate = lines(session, said);
            let mut joined = separate.clone();
            join(&mut joined);
            prop_assert!(joined.len() <= separate.len());
            prop_assert_eq!(fold(session, log, &joined), fold(session, log, &separate));
        }
    }

    #[test]
    fn deltas_of_one_part_become_one_line_and_others_stay() {
        let session = SessionId::mint();
        let text = |text: &str| Said::Text(0, text.into());
        let mut some = lines(session, vec![text("a \""), text("b\\"), text("ü"), Said::Idle, text("d")]);
        let alone = some[1..2].to_vec();
        join(&mut some);
        assert_eq!(some.len(), 4);
        let frame = Frame::parse(&some[1]).unwrap();
        let delta: TextDelta = frame.data.unwrap().decode().unwrap();
        assert_eq!((delta.offset, delta.delta.as_str()), (0, "a \"b\\ü"));
        let mut one = alone.clone();
        join(&mut one);
        assert_eq!(one, alone);
    }
}
