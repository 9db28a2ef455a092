//! The Pi adapter over any journal of one child.

use oqto_harness::adapter::{Action, Adapter as _, Answer, Exit, Input, Outgoing, Output};
use oqto_harness::pi::{Generation, Pi};
use oqto_protocol::entry::LogEvent;
use oqto_protocol::fold;
use oqto_protocol::ids::{InputId, LogId, PromptId, SessionId, TurnId, derive};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::session::Snapshot;

use crate::{alike, pieces, text};

/// Bytes before the payload of a step: its kind, how many milliseconds later, the payload's length (little endian).
pub const STEP_HEADER: usize = 4;
/// When every journal begins, Unix milliseconds.
const BEGINNING: u64 = 1_763_700_000_000;

/// What happens next, as a byte of the input says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Happens {
    Stdout,
    Stderr,
    /// Something was sent: its id up to the first newline, then its bytes.
    Sent,
    /// An action is asked for, and what encodes it comes back as sent.
    Acts,
    /// What the adapter asked to send comes back as sent.
    Echoes,
    Exits,
}

impl Happens {
    const fn of(byte: u8) -> Self {
        match byte % 16 {
            0 => Self::Stderr,
            1 => Self::Sent,
            2 | 3 => Self::Acts,
            4 | 5 => Self::Echoes,
            6 => Self::Exits,
            _ => Self::Stdout,
        }
    }
}

/// The byte that says that a payload is output of the child.
pub const STDOUT: u8 = 15;
/// The byte that says that a payload was sent.
pub const SENT: u8 = 1;
/// The byte that says that the child is gone.
pub const EXIT: u8 = 6;

/// A step of the input.
struct Step<'a> {
    kind: u8,
    later: u8,
    payload: &'a [u8],
}

fn steps(mut data: &[u8]) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    while let Some(([kind, later, low, high], rest)) = data.split_first_chunk::<STEP_HEADER>() {
        let (payload, rest) = rest.split_at(usize::from(u16::from_le_bytes([*low, *high])).min(rest.len()));
        steps.push(Step { kind: *kind, later: *later, payload });
        data = rest;
    }
    steps
}

/// A record as the adapter reads it.
#[derive(Debug, Clone)]
enum Record {
    Stdout(Vec<u8>),
    Stderr(Vec<u8>),
    Sent(Outgoing),
    Exited(Exit),
}

impl Record {
    fn input(&self) -> Input<'_> {
        match self {
            Self::Stdout(bytes) => Input::Stdout(bytes),
            Self::Stderr(bytes) => Input::Stderr(bytes),
            Self::Sent(out) => Input::Sent { id: &out.id, bytes: &out.bytes },
            Self::Exited(exit) => Input::Exited(*exit),
        }
    }
}

fn session() -> SessionId {
    SessionId::from(derive(&[b"fuzz"]))
}

/// The first byte is the generation, the next four are lengths of pieces, then come steps. Reading never panics, its
/// outputs can be sent and folded, lines are lines; reading the same records cut otherwise, through a checkpoint after
/// each record where there is one, gives the same outputs.
///
/// # Panics
/// When it does not hold.
pub fn records(data: &[u8]) {
    let Some(([generation, cuts @ ..], rest)) = data.split_first_chunk::<5>() else {
        return;
    };
    let generation = if generation % 2 == 0 { Generation::Full } else { Generation::Delta };
    let mut live = Live::new(generation);
    for step in steps(rest) {
        live.step(&step);
    }
    live.again(generation, cuts);
}

/// A checkpoint, then the records of a child: a damaged one is refused or gone on from, without a panic.
///
/// # Panics
/// When it does not hold.
pub fn checkpoint(data: &[u8]) {
    let Ok(mut pi) = Pi::restore(session(), Generation::Delta, data) else {
        return;
    };
    let _kept = (pi.checkpoint(), pi.capabilities(), pi.deadline(), pi.wake());
    let mut out = Vec::new();
    let lines: [&[u8]; 4] = [
        b"{\"type\":\"agent_start\"}\n",
        b"{\"type\":\"message_update\",\"assistantMessageEvent\":{\"type\":\"text_delta\",\"delta\":\"x\"}}\n",
        b"{\"type\":\"agent_end\",\"messages\":[]}\n",
        b"{\"type\":\"agent_settled\"}\n",
    ];
    for (index, line) in (1 << 20..).zip(lines) {
        pi.read(index, BEGINNING, Input::Stdout(line), &mut out);
    }
    pi.read(1 << 21, BEGINNING, Input::Exited(Exit::default()), &mut out);
    out.iter().for_each(can_be_sent);
}

/// A child being read for the first time.
struct Live {
    pi: Pi,
    ts: u64,
    journal: Vec<(u64, Record)>,
    outputs: Vec<Output>,
    to_send: Vec<Outgoing>,
    open: Vec<InputId>,
    snapshot: Snapshot,
}

impl Live {
    fn new(generation: Generation) -> Self {
        Self {
            pi: Pi::new(session(), generation),
            ts: BEGINNING,
            journal: Vec::new(),
            outputs: Vec::new(),
            to_send: Vec::new(),
            open: Vec::new(),
            snapshot: Snapshot::empty(session(), LogId::from(derive(&[b"fuzz"]))),
        }
    }

    fn step(&mut self, step: &Step<'_>) {
        self.ts += u64::from(step.later) * 16;
        match Happens::of(step.kind) {
            Happens::Stdout => self.read(Record::Stdout(step.payload.to_vec())),
            Happens::Stderr => self.read(Record::Stderr(step.payload.to_vec())),
            Happens::Sent => {
                let place = step.payload.iter().position(|byte| *byte == b'\n').unwrap_or(step.payload.len());
                let (id, bytes) = step.payload.split_at(place);
                let bytes = bytes.get(1..).unwrap_or_default().to_vec();
                self.read(Record::Sent(Outgoing { id: text(id).into_owned(), bytes }));
            }
            Happens::Acts => self.acts(step.payload),
            Happens::Echoes => {
                self.to_send.extend(
                    self.pi.deadline().is_some_and(|at| at <= self.ts).then(|| self.pi.wake()).into_iter().flatten(),
                );
                for out in std::mem::take(&mut self.to_send) {
                    self.read(Record::Sent(out));
                }
            }
            Happens::Exits => {
                let code = step.payload.first().map(|code| i32::from(*code));
                self.read(Record::Exited(Exit { code, signal: None }));
            }
        }
    }

    fn acts(&mut self, payload: &[u8]) {
        let (which, rest) = payload.split_first().unwrap_or((&0, &[]));
        let action = self.action(*which, &text(rest));
        for out in self.pi.encode(&action).unwrap_or_default() {
            is_one_line(&out);
            self.read(Record::Sent(out));
        }
    }

    fn action(&self, which: u8, words: &str) -> Action {
        let (key, text) = (format!("k{}", which / 16), words.to_owned());
        let turn = TurnId::from(derive(&[b"turn", &[which / 16]]));
        let prompt = PromptId::from(derive(&[b"prompt", &[which / 16]]));
        let input = self.open.last().copied().unwrap_or_else(|| InputId::from(derive(&[b"none"])));
        match which % 16 {
            0 => Action::Boot,
            1..=4 => Action::Prompt { turn, text, images: Vec::new() },
            5 | 6 => Action::Steer { prompt, text, images: Vec::new() },
            7 | 8 => Action::Abort { turn },
            9 => Action::Respond { input, answer: Answer::Value(text) },
            10 => Action::Respond { input, answer: Answer::Cancelled },
            11 => Action::Compact { key, instructions: Some(text) },
            12 => Action::Rename { key, title: text },
            13 => Action::Models { key },
            14 => Action::Stats { key },
            _ => Action::Rewind { key, user_messages_back: u32::from(which / 16) },
        }
    }

    fn read(&mut self, record: Record) {
        let before = self.outputs.len();
        let index = self.journal.len() as u64;
        self.pi.read(index, self.ts, record.input(), &mut self.outputs);
        self.journal.push((self.ts, record));
        for output in &self.outputs[before..] {
            can_be_sent(output);
            match output {
                Output::Send(out) => self.to_send.push(out.clone()),
                Output::Entry(event) => {
                    self.snapshot.apply_entry(index, self.ts, event);
                    if let LogEvent::InputRequested(asked) = event {
                        self.open.push(asked.request.id);
                    }
                }
                Output::Live(event) => self.snapshot.apply_live(self.ts, event),
                Output::Bound { model, .. } => {
                    let _split = model.as_deref().map(fold::split_model);
                }
                Output::PromptAccepted { .. }
                | Output::SteerDelivered { .. }
                | Output::SteerReturned { .. }
                | Output::Settled { .. }
                | Output::Reply { .. }
                | Output::NeedsRestart
                | Output::Exited { .. } => {}
            }
        }
        self.ends_once(before);
    }

    /// Nothing is said after the end of the child.
    fn ends_once(&self, before: usize) {
        let end = self.outputs.iter().position(|output| matches!(output, Output::Exited { .. }));
        assert!(
            end.is_none_or(|end| end + 1 == self.outputs.len()),
            "said after the end: {:?}",
            &self.outputs[before..]
        );
    }

    /// Reads the journal again, cut otherwise and through checkpoints.
    fn again(&self, generation: Generation, cuts: &[u8]) {
        let mut pi = Pi::new(session(), generation);
        let mut outputs = Vec::new();
        for (index, (ts, record)) in (0..).zip(&self.journal) {
            for piece in cut(record, cuts) {
                pi.read(index, *ts, piece.input(), &mut outputs);
            }
            if let Some(kept) = pi.checkpoint() {
                pi = match Pi::restore(session(), generation, &kept) {
                    Ok(pi) => pi,
                    Err(error) => unreachable!("its own checkpoint: {error:?}"),
                };
            }
        }
        let same = |(left, right): (&Output, &Output)| alike::texts(&format!("{left:?}"), &format!("{right:?}"));
        let differs = self.outputs.iter().zip(&outputs).position(|pair| !same(pair));
        assert_eq!(differs.map(|at| (&self.outputs[at], &outputs[at])), None);
        assert_eq!(self.outputs.len(), outputs.len(), "read again, it says more or less");
    }
}

/// Output that ends no line or one with its last byte may be cut anywhere: ids count what one record completes.
fn cut(record: &Record, cuts: &[u8]) -> Vec<Record> {
    match record {
        Record::Stdout(bytes) if !bytes[..bytes.len().saturating_sub(1)].contains(&b'\n') => {
            pieces(bytes, cuts).into_iter().map(|piece| Record::Stdout(piece.to_vec())).collect()
        }
        Record::Stdout(_) | Record::Stderr(_) | Record::Sent(_) | Record::Exited(_) => vec![record.clone()],
    }
}

fn is_one_line(out: &Outgoing) {
    let lines = out.bytes.iter().filter(|byte| **byte == b'\n').count();
    assert!(lines == 1 && out.bytes.ends_with(b"\n"), "{out:?} is not one line");
}

/// What the adapter says can be read by who gets it.
fn can_be_sent(output: &Output) {
    match output {
        Output::Entry(event) => {
            let data = event.data().map(|data| LogEvent::decode(event.name(), data.get()));
            assert!(matches!(data, Ok(Some(Ok(_)))), "{event:?} became {data:?}");
        }
        Output::Live(event) => {
            let data = event.data().map(|data| LiveEvent::decode(event.name(), data.get()));
            assert!(matches!(data, Ok(Some(Ok(_)))), "{event:?} became {data:?}");
        }
        Output::Send(out) => is_one_line(out),
        Output::Bound { .. }
        | Output::PromptAccepted { .. }
        | Output::SteerDelivered { .. }
        | Output::SteerReturned { .. }
        | Output::Settled { .. }
        | Output::Reply { .. }
        | Output::NeedsRestart
        | Output::Exited { .. } => {}
    }
}
