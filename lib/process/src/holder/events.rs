//! The holder's loop.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};

use super::calls::SendIds;
use super::child::Child;
use super::connection::Connection;
use super::ending::Life;
use super::ledger::Ledger;
use super::output::{Stream, take};
use super::signals::{self, Told};
use super::stdin::Flushed;
use crate::frames::{FRAME_HEADER, Phase, Refusal, Reply, Stall};
use crate::meta::{self, Meta};
use crate::record::{Kind, MAX_OUTPUT, StdinEnd};
use crate::spec::HolderSpec;
use crate::tree::timespec;

/// Connections at a time; more wait to be accepted.
const MAX_CLIENTS: usize = 16;
/// Beyond this nobody waits for a tree to end.
const LONGEST_GRACE: Duration = Duration::from_hours(1);
/// How often a holder looks whether it can still be reached.
const LOOK: Duration = Duration::from_secs(10);
const META_RETRY: Duration = Duration::from_secs(1);

/// Everything a holder has.
pub(super) struct Server {
    pub(super) dir: PathBuf,
    pub(super) meta: Meta,
    pub(super) journal_limit: u64,
    pub(super) ledger: Ledger,
    pub(super) child: Child,
    pub(super) life: Life,
    pub(super) clients: Vec<Connection>,
    pub(super) epoch: u64,
    pub(super) sent: SendIds,
    pub(super) released: bool,
    linger: Duration,
    /// When to write the description again, which could not be written.
    meta_retry: Option<Instant>,
    quit_when_ended: bool,
    /// When to look again whether the directory is still there.
    look_at: Instant,
    /// The directory was removed: nobody can ever attach again.
    abandoned: bool,
    said_stall: Option<Stall>,
    listener: UnixListener,
    signals: OwnedFd,
    buffer: Vec<u8>,
}

/// What a descriptor in the poll set belongs to.
#[derive(Debug, Clone, Copy)]
enum Source {
    Signals,
    Listener,
    Out,
    Err,
    Stdin,
    Client(usize),
}

impl Server {
    pub(super) fn new(
        spec: &HolderSpec,
        meta: Meta,
        ledger: Ledger,
        child: Child,
        listener: UnixListener,
        signals: OwnedFd,
    ) -> Self {
        let grace = Duration::from_millis(spec.grace_ms).min(LONGEST_GRACE);
        let life = Life::new(grace, meta.cgroup.clone());
        Self {
            dir: spec.dir.clone(),
            meta,
            journal_limit: spec.journal_limit,
            ledger,
            child,
            life,
            clients: Vec::new(),
            epoch: 0,
            sent: SendIds::default(),
            released: false,
            linger: Duration::from_millis(spec.linger_ms),
            meta_retry: None,
            quit_when_ended: false,
            look_at: Instant::now() + LOOK,
            abandoned: false,
            said_stall: None,
            listener,
            signals,
            buffer: vec![0; MAX_OUTPUT + FRAME_HEADER],
        }
    }

    /// Until it is released, told to end, or forgotten.
    pub(super) fn run(mut self) -> io::Result<()> {
        loop {
            let ready = self.wait()?;
            let now = Instant::now();
            for (source, events) in ready {
                self.serve_source(source, events, now);
            }
            self.settle(now);
            if self.is_over(now) {
                return Ok(());
            }
        }
    }

    fn is_over(&self, now: Instant) -> bool {
        if self.released {
            return self.clients.is_empty();
        }
        if self.abandoned && self.life.is_buried() {
            return true;
        }
        let Some(ended) = self.life.ended_at else {
            return false;
        };
        (self.quit_when_ended || now.saturating_duration_since(ended) >= self.linger) && self.meta_retry.is_none()
    }

    fn wait(&self) -> io::Result<Vec<(Source, PollFlags)>> {
        let (mut sources, mut fds) = (Vec::with_capacity(8), Vec::with_capacity(8));
        let mut add = |source, fd, flags| {
            sources.push(source);
            fds.push(PollFd::from_borrowed_fd(fd, flags));
        };
        add(Source::Signals, self.signals.as_fd(), PollFlags::IN);
        if self.clients.len() < MAX_CLIENTS && !self.released {
            add(Source::Listener, self.listener.as_fd(), PollFlags::IN);
        }
        if self.ledger.may_read() {
            for (source, fd) in [(Source::Out, &self.child.out), (Source::Err, &self.child.err)] {
                if let Some(fd) = fd {
                    add(source, fd.as_fd(), PollFlags::IN);
                }
            }
        }
        if let Some(fd) = self.child.stdin.wants_write() {
            add(Source::Stdin, fd, PollFlags::OUT);
        }
        for (at, client) in self.clients.iter().enumerate() {
            let mut flags = PollFlags::empty();
            flags.set(PollFlags::IN, client.wants_read());
            flags.set(PollFlags::OUT, client.wants_write(self.ledger.journal()));
            add(Source::Client(at), client.stream().as_fd(), flags);
        }
        let timeout = self.deadline().map(|at| timespec(at.saturating_duration_since(Instant::now())));
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        }
        let events = fds.iter().map(PollFd::revents);
        Ok(sources.into_iter().zip(events).filter(|(_, events)| !events.is_empty()).collect())
    }

    /// When the loop has something to do without being woken.
    fn deadline(&self) -> Option<Instant> {
        let clients = self.clients.iter().filter_map(Connection::deadline);
        let linger = self.life.ended_at.and_then(|at| at.checked_add(self.linger));
        let others = [self.ledger.retry_at(), self.life.deadline(), self.meta_retry, linger, Some(self.look_at)];
        clients.chain(others.into_iter().flatten()).min()
    }

    fn serve_source(&mut self, source: Source, events: PollFlags, now: Instant) {
        match source {
            Source::Signals => self.obey(now),
            Source::Listener => self.accept(now),
            Source::Out => {
                take(&mut self.child.out, Stream::Out, &mut self.ledger, &mut self.buffer);
            }
            Source::Err => {
                take(&mut self.child.err, Stream::Err, &mut self.ledger, &mut self.buffer);
            }
            Source::Stdin => self.flush_stdin(),
            Source::Client(at) => self.serve_client(at, events, now),
        }
    }

    fn obey(&mut self, now: Instant) {
        while let Some(told) = signals::next(&self.signals) {
            match told {
                Told::ChildEnded => self.life.reap(&mut self.child, &mut self.ledger, now),
                Told::End => {
                    self.quit_when_ended = true;
                    self.life.end(now);
                }
                Told::Nothing => {}
            }
        }
    }

    fn accept(&mut self, now: Instant) {
        let Ok((stream, _)) = self.listener.accept() else {
            return;
        };
        let is_friend = is_friend(&stream);
        let Ok(mut client) = Connection::new(stream, now) else {
            return;
        };
        if !is_friend {
            client.dismiss(&Reply::Refused { refusal: Refusal::Peer }, now);
        }
        self.clients.push(client);
    }

    fn serve_client(&mut self, at: usize, events: PollFlags, now: Instant) {
        let gone = events.intersects(PollFlags::HUP | PollFlags::ERR) && !events.contains(PollFlags::IN);
        if gone || (events.contains(PollFlags::IN) && !self.clients[at].fill(&mut self.buffer)) {
            return self.clients[at].close();
        }
        loop {
            match self.clients[at].request() {
                Ok(Some(request)) => self.serve_request(at, request, now),
                Ok(None) => return,
                Err(_) => return self.clients[at].close(),
            }
        }
    }

    /// Writes to the child what it takes.
    pub(super) fn flush_stdin(&mut self) {
        match self.child.stdin.flush(&self.dir, &mut self.buffer) {
            Flushed::Empty | Flushed::Waiting => {}
            Flushed::Broken { unwritten } => self.ledger.put(Kind::StdinClosed { by: StdinEnd::Child, unwritten }),
        }
    }

    /// What follows from what just happened.
    fn settle(&mut self, now: Instant) {
        self.look_around(now);
        self.ledger.retry(now);
        if self.life.proceed(&mut self.child, &mut self.ledger, &mut self.buffer, now) {
            self.meta.exit = self.life.exit;
            self.meta_retry = Some(now);
        }
        self.save_meta(now);
        self.say_stall();
        for client in &mut self.clients {
            client.pump(self.ledger.journal(), &mut self.buffer);
            if client.deadline().is_some_and(|until| now >= until) {
                client.close();
            }
        }
        self.clients.retain(|client| !client.is_closed());
    }

    /// A holder whose socket is gone (its directory was removed by somebody else) can be reached by nobody any more. It
    /// ends its tree rather than keep it for ever.
    fn look_around(&mut self, now: Instant) {
        if now < self.look_at || self.released {
            return;
        }
        self.look_at = now + LOOK;
        let look = self.dir.join(meta::SOCKET).symlink_metadata();
        if look.is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            self.abandoned = true;
            self.life.end(now);
        }
    }

    fn save_meta(&mut self, now: Instant) {
        if self.released {
            self.meta_retry = None;
        }
        if self.meta_retry.is_some_and(|at| now >= at) {
            self.meta_retry = meta::save(&self.dir, &self.meta).is_err().then(|| now + META_RETRY);
        }
    }

    fn say_stall(&mut self) {
        let stall = if self.life.phase() == Phase::Ended { None } else { self.ledger.stall() };
        if stall != self.said_stall {
            for client in self.clients.iter_mut().filter(|client| client.is_attached()) {
                client.answer(&Reply::Stalled(stall.clone()));
            }
            self.said_stall = stall;
        }
    }
}

/// Whether the other end is this user, or the one who may do everything anyway.
fn is_friend(stream: &UnixStream) -> bool {
    let own = rustix::process::geteuid();
    rustix::net::sockopt::socket_peercred(stream).is_ok_and(|peer| peer.uid == own || peer.uid.is_root())
}
