//! The wire's lines: framing, frames, routing.

use oqto_protocol::frame::{Frame, FrameError, Routing};
use oqto_protocol::ids::SessionId;
use oqto_wire::Received;
use oqto_wire::framing::{Splitter, split};

use crate::{pieces, text};

/// What comes out of the framing, to be compared.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    Whole(Vec<u8>),
    TooLong(usize),
}

fn seen(received: &Received) -> Line {
    match received {
        Received::Line(bytes) => Line::Whole(bytes.to_vec()),
        Received::Refused(FrameError::TooLong(length)) => Line::TooLong(*length),
        Received::Refused(other) => unreachable!("the framing does not look inside a line: {other}"),
    }
}

/// What the lines are, said in the simplest way.
fn expected(bytes: &[u8], limit: usize) -> Vec<Line> {
    let lines = bytes.split(|byte| *byte == b'\n');
    let judged = lines.map(|line| match line.len() {
        length if length > limit => Some(Line::TooLong(length)),
        _ if line.trim_ascii().is_empty() => None,
        _ => Some(Line::Whole(line.to_vec())),
    });
    judged.flatten().collect()
}

/// The first byte is the limit, the next four are lengths of pieces. Any cut gives the same lines, those of the
/// definition, and never more than the limit and one piece is held.
///
/// # Panics
/// When it does not hold.
pub fn framing(data: &[u8]) {
    let Some(([limit, cuts @ ..], bytes)) = data.split_first_chunk::<5>() else {
        return;
    };
    let limit = usize::from(*limit);
    let expected = expected(bytes, limit);
    for cuts in [&[][..], &[1], cuts] {
        let lines = split(pieces(bytes, cuts), limit);
        assert_eq!(lines.iter().map(seen).collect::<Vec<_>>(), expected, "cut by {cuts:?}");
    }
    let mut splitter = Splitter::new(limit);
    for piece in pieces(bytes, cuts) {
        splitter.push(piece);
        assert!(splitter.held() <= limit + piece.len(), "a refused line is held");
        while splitter.next_line().is_some() {}
        assert!(splitter.held() <= limit, "{} bytes are held of a line of at most {limit}", splitter.held());
    }
}

/// A line: what is a frame is one object, routes by the same fields, and comes back from its own line as it was.
///
/// # Panics
/// When it does not hold.
pub fn frame(line: &[u8]) {
    let routing = Routing::parse(line);
    if routing.is_ok() {
        assert_eq!(line.trim_ascii_start().first(), Some(&b'{'), "routed although it is no object");
    }
    let Ok(frame) = Frame::parse(line) else {
        return;
    };
    let routing = match routing {
        Ok(routing) => routing,
        Err(error) => unreachable!("a frame that cannot be routed: {error}"),
    };
    assert_eq!(routing.channel, frame.channel);
    assert_eq!(routing.id.as_deref(), frame.id.as_deref());
    assert_eq!(routing.runner.as_deref(), frame.runner.as_deref());
    assert_eq!(routing.cmd.as_deref(), frame.cmd.as_deref());
    assert_eq!(routing.event.as_deref(), frame.event.as_deref());
    assert_eq!(routing.session.map(|session| session.parse::<SessionId>().ok()), frame.session.map(Some));
    comes_back(line, &frame);
}

fn comes_back(line: &[u8], frame: &Frame) {
    let written = frame.to_line().unwrap_or_default();
    let again = Frame::parse(&written);
    let same = again.as_ref().is_ok_and(|again| again == frame);
    assert!(same, "{} became {again:?}", text(&written));
    if !line.contains(&b'\n') {
        assert!(!written.contains(&b'\n'), "a line that is two");
    }
}
