//! Who is told: subscribers, who get every line in one order, and the list of sessions.

use bytes::Bytes;
use oqto_protocol::MAX_LINE_BYTES;
use oqto_protocol::entry::LogEvent;
use oqto_protocol::frame::{Frame, live_line};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::message::Part;
use oqto_protocol::raw::RawJson;
use oqto_protocol::session::{SessionInfo, Snapshot};
use oqto_wire::queue::Outgoing as Lines;

use super::Joined;
use super::outbox::Draft;
use super::state::Session;

/// Entries kept in memory for subscribers that are just behind.
const RECENT_ENTRIES: usize = 512;
/// Bytes of them.
const RECENT_BYTES: usize = 4 << 20;

/// How much of a text is left in a snapshot that is too long for a line, in bytes, tried in this order.
const SHORTENED: [usize; 3] = [64 << 10, 1 << 10, 0];

/// Leaves at most so many bytes of every text of the queue and of the questions.
fn shorten(mut snapshot: Snapshot, most: usize) -> Snapshot {
    let cut = |text: &mut String| {
        if text.len() > most {
            text.truncate(text.floor_char_boundary(most));
            text.push('…');
        }
    };
    let texts = snapshot.queue.iter_mut().flat_map(|prompt| &mut prompt.parts);
    texts.for_each(|part| {
        if let Part::Text { text } = part {
            cut(text);
        }
    });
    for request in &mut snapshot.inputs {
        cut(&mut request.title);
        [&mut request.message, &mut request.placeholder, &mut request.prefill].into_iter().flatten().for_each(cut);
        request.options.iter_mut().for_each(cut);
    }
    snapshot
}

impl Session {
    pub(super) fn publish_entry(&mut self, draft: &Draft, event: &LogEvent, data: &RawJson) {
        self.visible.apply_entry(draft.seq, draft.ts, event);
        let frame = Frame {
            channel: Some(oqto_protocol::frame::Channel::Agent),
            session: Some(self.id),
            seq: Some(draft.seq),
            ts: Some(draft.ts),
            event: Some(event.name().to_owned()),
            data: Some(data.clone()),
            ..Frame::default()
        };
        let Ok(line) = frame.to_line() else { return };
        let line = Bytes::from(line);
        self.recent_bytes += line.len();
        self.recent.push_back((draft.seq, line.clone()));
        while self.recent.len() > RECENT_ENTRIES || self.recent_bytes > RECENT_BYTES {
            let Some((_, old)) = self.recent.pop_front() else { break };
            self.recent_bytes -= old.len();
        }
        self.broadcast(&line);
    }

    pub(super) fn publish_live(&mut self, ts: u64, event: &LiveEvent) {
        self.visible.apply_live(ts, event);
        if self.subscribers.is_empty() {
            return;
        }
        match live_line(self.id, ts, event) {
            Ok(line) if line.len() <= MAX_LINE_BYTES => self.broadcast(&Bytes::from(line)),
            // What no line holds cannot be told: everybody comes back for a snapshot.
            Ok(_) | Err(_) => self.subscribers.clear(),
        }
    }

    /// The line of a snapshot. Text that is too much for a line is left out or shortened: it comes with its entry, and the
    /// entries of prompts and questions have it whole.
    fn snapshot_line(&self) -> Option<Bytes> {
        let line = |snapshot| live_line(self.id, self.ctx.now(), &LiveEvent::Snapshot(Box::new(snapshot))).ok();
        let fits = |line: &Vec<u8>| line.len() <= MAX_LINE_BYTES;
        let whole = line(self.visible.clone()).filter(fits);
        let quiet = || Snapshot { streaming: None, tools: Vec::new(), ..self.visible.clone() };
        let fitting = whole.or_else(|| line(quiet()).filter(fits));
        let shortened = || SHORTENED.iter().find_map(|most| line(shorten(quiet(), *most)).filter(fits));
        fitting.or_else(shortened).map(Bytes::from)
    }

    /// To everybody who keeps up. Who does not is let go: its task comes back with the number it has.
    fn broadcast(&mut self, line: &Bytes) {
        self.subscribers.retain(|lines| lines.try_send(line.clone()).is_ok());
    }

    /// A subscriber wants to be one of those who are told.
    pub(super) fn join(&mut self, after: u64, lines: Lines) -> Joined {
        if after == self.visible.seq {
            return match self.snapshot_line() {
                Some(line) => {
                    self.subscribers.push(lines);
                    Joined::Live(line)
                }
                None => Joined::Behind(self.visible.seq),
            };
        }
        let from_memory = self.recent.front().is_some_and(|(first, _)| *first <= after + 1);
        if from_memory && after < self.visible.seq {
            return Joined::Entries(self.recent.iter().filter(|(seq, _)| *seq > after).cloned().collect());
        }
        Joined::Behind(self.visible.seq)
    }

    /// The row of the list.
    pub(super) fn info(&self) -> SessionInfo {
        self.info_of(&self.visible)
    }

    pub(super) fn info_of(&self, fold: &Snapshot) -> SessionInfo {
        SessionInfo {
            id: self.id,
            runner: self.ctx.name.clone(),
            title: fold.title.clone(),
            workspace: fold.workspace.clone(),
            harness: fold.harness.clone(),
            state: fold.state,
            model: fold.model.clone(),
            provider: fold.provider.clone(),
            head: fold.seq,
            created_at: fold.created_at,
            updated_at: fold.updated_at,
            last_turn: fold.last_turn,
            open_inputs: u32::try_from(fold.inputs.len()).unwrap_or(u32::MAX),
            parent: fold.parent,
        }
    }

    /// The row as it will be once everything on its way is durable.
    pub(super) fn info_ahead(&self) -> SessionInfo {
        self.info_of(&self.ahead)
    }

    pub(super) fn publish_info(&self) {
        if !self.done {
            self.ctx.registry.update(self.info());
        }
    }
}
