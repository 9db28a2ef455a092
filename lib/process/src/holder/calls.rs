//! What clients ask for.

use std::collections::{HashMap, VecDeque};
use std::os::fd::AsFd;
use std::rc::Rc;
use std::time::Instant;

use rustix::process::Signal;

use super::child::size;
use super::events::Server;
use crate::frames::{
    Call, CallFailure, FailureCode, Phase, ProcessName, Refusal, Reply, Request, SentAt, Status, json,
};
use crate::journal;
use crate::record::{Kind, MAX_SEND, MAX_SEND_ID, StdinEnd};
use crate::tree::{Handle, descendants, own_pid};
use crate::{HOLDER_VERSION, procfs};

/// Sends whose ids are remembered.
const REMEMBERED: usize = 1024;
/// Sends may wait for the child up to this many bytes; a single one may be larger.
const MAX_WAITING: u64 = MAX_SEND as u64;
/// Processes a status names.
const NAMED: usize = 64;

/// The ids of the last sends.
#[derive(Debug, Default)]
pub(super) struct SendIds {
    order: VecDeque<Rc<str>>,
    index: HashMap<Rc<str>, u64>,
}

impl SendIds {
    fn get(&self, id: &str) -> Option<u64> {
        self.index.get(id).copied()
    }

    fn insert(&mut self, id: String, index: u64) {
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.index.remove(&oldest);
        }
        let id: Rc<str> = id.into();
        self.order.push_back(Rc::clone(&id));
        self.index.insert(id, index);
    }
}

type Answer = Result<Vec<u8>, CallFailure>;

fn refuse<T>(code: FailureCode, message: impl Into<String>) -> Result<T, CallFailure> {
    Err(CallFailure { code, message: message.into() })
}

const DONE: &[u8] = b"null";

impl Server {
    /// Answers one request of client `at`.
    pub(super) fn serve_request(&mut self, at: usize, request: Request, now: Instant) {
        match request {
            Request::Attach { version: _, epoch, from, credit } => self.attach(at, epoch, from, credit, now),
            Request::Credit { bytes } => self.clients[at].grant(bytes),
            Request::Call { id, call } => {
                let attached = self.clients[at].is_attached();
                if attached || call == Call::Status {
                    let reply = match self.serve_call(call, now) {
                        Ok(body) => Reply::Done { id, body },
                        Err(failure) => Reply::Failed { id, failure },
                    };
                    self.clients[at].answer(&reply);
                    if self.released {
                        self.clients[at].dismiss(&Reply::Released, now);
                    }
                } else {
                    self.clients[at].dismiss(&Reply::Refused { refusal: Refusal::NotAttached }, now);
                }
            }
        }
    }

    fn attach(&mut self, at: usize, epoch: u64, from: u64, credit: u32, now: Instant) {
        match self.try_attach(at, epoch, from, credit, now) {
            Ok(()) => {}
            Err(refusal) => self.clients[at].dismiss(&Reply::Refused { refusal }, now),
        }
    }

    fn try_attach(&mut self, at: usize, epoch: u64, from: u64, credit: u32, now: Instant) -> Result<(), Refusal> {
        if epoch < self.epoch {
            return Err(Refusal::Epoch { current: self.epoch });
        }
        let journal = self.ledger.journal();
        let (first, next) = (journal.first_index(), journal.next_index());
        let gone = Refusal::Position { first, next };
        if from < first || from > next {
            return Err(gone);
        }
        let segment = journal.segment_of(from).ok_or(gone)?;
        let offset = journal::offset_of(journal.dir(), segment, from).map_err(|_| gone)?;
        self.epoch = epoch;
        for (other, client) in self.clients.iter_mut().enumerate() {
            if other != at && client.is_attached() {
                client.dismiss(&Reply::Fenced { epoch }, now);
            }
        }
        let client = &mut self.clients[at];
        if client.attach(self.ledger.journal(), segment, offset, credit).is_err() {
            return Err(gone);
        }
        client.answer(&Reply::Attached { version: HOLDER_VERSION, first, next });
        if let Some(stall) = self.ledger.stall() {
            client.answer(&Reply::Stalled(Some(stall)));
        }
        Ok(())
    }

    fn serve_call(&mut self, call: Call, now: Instant) -> Answer {
        match call {
            Call::Send { send_id, bytes } => self.send(send_id, &bytes),
            Call::CloseStdin => self.close_stdin(),
            Call::Signal { signal } => self.signal(signal),
            Call::KillTree => self.kill_tree(now),
            Call::Resize { rows, cols } => self.resize(rows, cols),
            Call::Trim { below } => self.trim(below, now),
            Call::Status => Ok(json(&self.status())),
            Call::Release => self.release(),
        }
    }

    fn send(&mut self, send_id: String, bytes: &[u8]) -> Answer {
        if let Some(index) = self.sent.get(&send_id) {
            return Ok(json(&SentAt { index, already: true }));
        }
        if send_id.is_empty() || send_id.len() > MAX_SEND_ID || bytes.len() > MAX_SEND {
            return refuse(FailureCode::Invalid, "a send has an id of 1 to 256 bytes and at most 64 MiB");
        }
        if self.life.phase() == Phase::Ended || !self.child.stdin.takes_more() {
            return refuse(FailureCode::StdinClosed, "the child's standard input has ended");
        }
        let waiting = self.child.stdin.waiting();
        if waiting > 0 && waiting + bytes.len() as u64 > MAX_WAITING {
            return refuse(FailureCode::Busy, format!("{waiting} bytes wait for the child already"));
        }
        if !self.ledger.has_room_for(bytes.len()) {
            return refuse(FailureCode::NoSpace, "the journal is full");
        }
        let spot = match self.ledger.put_send(&send_id, bytes) {
            Ok(spot) => spot,
            Err(trouble) => return refuse(FailureCode::NoSpace, trouble),
        };
        self.sent.insert(send_id, spot.index);
        self.child.stdin.push(spot, bytes.len());
        self.flush_stdin();
        Ok(json(&SentAt { index: spot.index, already: false }))
    }

    fn close_stdin(&mut self) -> Answer {
        if self.child.stdin.takes_more() {
            self.ledger.put(Kind::StdinClosed { by: StdinEnd::Client, unwritten: 0 });
            self.child.stdin.close_when_empty();
            self.flush_stdin();
        }
        Ok(DONE.to_vec())
    }

    fn signal(&mut self, number: i32) -> Answer {
        let Some(signal) = Signal::from_named_raw(number) else {
            return refuse(FailureCode::Invalid, format!("{number} is no signal"));
        };
        let child = procfs::stat(self.child.pid).filter(|stat| self.life.exit.is_none() && !stat.is_zombie());
        let Some(handle) = child.as_ref().and_then(Handle::open) else {
            return refuse(FailureCode::State, "the child has ended");
        };
        self.ledger.put(Kind::Signal { signal: number });
        match handle.signal(signal) {
            Ok(()) => Ok(DONE.to_vec()),
            Err(error) => refuse(FailureCode::System, error.to_string()),
        }
    }

    fn kill_tree(&mut self, now: Instant) -> Answer {
        if self.life.phase() == Phase::Running {
            self.ledger.put(Kind::KillTree);
        }
        self.life.end(now);
        Ok(DONE.to_vec())
    }

    fn resize(&mut self, rows: u16, cols: u16) -> Answer {
        let Some(terminal) = &self.child.terminal else {
            return refuse(FailureCode::State, "the child has no terminal");
        };
        self.ledger.put(Kind::Resize { rows, cols });
        match rustix::termios::tcsetwinsize(terminal.as_fd(), size(rows, cols)) {
            Ok(()) => Ok(DONE.to_vec()),
            Err(error) => refuse(FailureCode::System, format!("terminal: {error}")),
        }
    }

    /// Never removes what a client still reads, or what still waits for the child.
    fn trim(&mut self, below: u64, now: Instant) -> Answer {
        let journal = self.ledger.journal();
        let read = self.clients.iter().filter_map(|client| client.needs(journal));
        let below = read.chain(self.child.stdin.oldest_segment()).fold(below, u64::min);
        match self.ledger.trim(below, now) {
            Ok(()) => Ok(DONE.to_vec()),
            Err(trouble) => refuse(FailureCode::System, trouble),
        }
    }

    fn status(&self) -> Status {
        let journal = self.ledger.journal();
        let tree = descendants(own_pid()).unwrap_or_default();
        let others = tree.into_iter().filter(|stat| stat.pid != self.child.pid).take(NAMED);
        Status {
            phase: self.life.phase(),
            exit: self.life.exit,
            first: journal.first_index(),
            next: journal.next_index(),
            journal_bytes: journal.bytes(),
            journal_limit: self.journal_limit,
            stall: self.ledger.stall(),
            stdin_waiting: self.child.stdin.waiting(),
            epoch: self.epoch,
            cgroup: self.life.has_group(),
            others: others.map(|stat| ProcessName { pid: stat.pid, name: stat.name }).collect(),
        }
    }

    fn release(&mut self) -> Answer {
        if self.life.phase() != Phase::Ended {
            return refuse(FailureCode::State, "the child's tree has not ended");
        }
        match std::fs::remove_dir_all(&self.dir) {
            Ok(()) => {
                self.released = true;
                Ok(DONE.to_vec())
            }
            Err(error) => refuse(FailureCode::System, format!("{}: {error}", self.dir.display())),
        }
    }
}
