//! Entries and live events into a snapshot.

use oqto_protocol::entry::LogEvent;
use oqto_protocol::frame::Frame;
use oqto_protocol::ids::{LogId, SessionId, derive};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::session::Snapshot;

use crate::alike;

/// The most parts that a message being streamed is drawn with; a delta cannot ask for more.
const MOST_PARTS: usize = 10_001;

/// The most levels of a value that an adapter lets through: a snapshot around it can be read.
const MOST_LEVELS: usize = 100;

/// A snapshot of nothing.
fn nothing() -> Snapshot {
    Snapshot::empty(SessionId::from(derive(&[b"fuzz"])), LogId::from(derive(&[b"fuzz"])))
}

/// Lines with events: what can be decoded can be folded, whatever the order; the snapshot stays bounded, can be sent,
/// and folding it into an empty one gives it back.
///
/// # Panics
/// When it does not hold.
pub fn fold(data: &[u8]) {
    let mut snapshot = nothing();
    for line in data.split(|byte| *byte == b'\n') {
        if let Ok(frame) = Frame::parse(line) {
            event(&mut snapshot, &frame);
        }
    }
    let parts = snapshot.streaming.as_ref().map_or(0, |message| message.parts.len());
    // A snapshot that came as one may be as large as its line.
    assert!(parts <= MOST_PARTS.max(data.len()), "{parts} parts");
    let opened = |line: &[u8]| line.iter().filter(|byte| matches!(byte, b'[' | b'{')).count();
    if data.split(|byte| *byte == b'\n').all(|line| opened(line) <= MOST_LEVELS) {
        is_sent(&snapshot);
    }
}

fn event(snapshot: &mut Snapshot, frame: &Frame) {
    let (Some(name), Some(data)) = (&frame.event, &frame.data) else {
        return;
    };
    let ts = frame.ts.unwrap_or_default();
    match (frame.seq, LogEvent::decode(name, data.get()), LiveEvent::decode(name, data.get())) {
        (Some(seq), Some(Ok(event)), _) => {
            snapshot.apply_entry(seq, ts, &event);
            assert_eq!((snapshot.seq, snapshot.updated_at), (seq, ts));
            let _shown = snapshot.shows(seq);
        }
        (None, Some(Ok(event)), _) => snapshot.close_after(&event),
        (Some(seq), None, None) => snapshot.apply_unknown(seq, ts),
        (_, _, Some(Ok(event))) => snapshot.apply_live(ts, &event),
        (_, _, _) => {}
    }
}

fn is_sent(snapshot: &Snapshot) {
    let event = LiveEvent::Snapshot(Box::new(snapshot.clone()));
    let Ok(written) = event.data() else { unreachable!("a snapshot cannot be written") };
    let read = LiveEvent::decode(event.name(), written.get());
    let Some(Ok(read)) = read else { unreachable!("{} became {read:?}", written.get()) };
    let mut other = nothing();
    other.apply_live(snapshot.updated_at, &read);
    assert!(alike::texts(&format!("{other:?}"), &format!("{snapshot:?}")), "{snapshot:?} became {other:?}");
}
