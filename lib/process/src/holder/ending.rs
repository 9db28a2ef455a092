//! From the child's exit to the last record.
//!
//! The child is collected; what it had written by then is journalled, then its [`Kind::Exit`]. Whatever it left behind
//! is told to end, and killed after the grace. When this process, the subreaper of them all, has no child any more, the
//! tree is gone: what is left in the pipes is journalled, then [`Kind::End`].

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::process::{Signal, WaitOptions, WaitStatus, wait};

use super::child::Child;
use super::ledger::Ledger;
use super::output::{Stream, Took, take};
use crate::procfs::Stat;
use crate::record::{Exit, Kind, StdinEnd};
use crate::tree::{Handle, descendants, own_pid};
use crate::{cgroup, frames};

/// Output read after the child's death before its exit is noted, and again before the end is, however much more a leftover
/// (or a stranger who got hold of the pipe) writes. No pipe holds that much.
const DRAIN: usize = 8 << 20;
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Where the tree is on its way out.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) exit: Option<Exit>,
    /// The tree's last record is written (or owed).
    pub(super) ended_at: Option<Instant>,
    grace: Duration,
    group: Option<PathBuf>,
    exit_noted: bool,
    drained: usize,
    childless: bool,
    ending: Option<Ending>,
    asked: HashSet<(i32, u64)>,
    leftovers: HashSet<(i32, u64)>,
}

#[derive(Debug, Clone, Copy)]
struct Ending {
    /// When to kill (again).
    at: Instant,
    pause: Duration,
}

impl Life {
    pub(super) fn new(grace: Duration, group: Option<PathBuf>) -> Self {
        Self {
            exit: None,
            ended_at: None,
            grace,
            group,
            exit_noted: false,
            drained: 0,
            childless: false,
            ending: None,
            asked: HashSet::new(),
            leftovers: HashSet::new(),
        }
    }

    pub(super) fn phase(&self) -> frames::Phase {
        if self.ended_at.is_some() {
            frames::Phase::Ended
        } else if self.exit.is_some() || self.ending.is_some() {
            frames::Phase::Ending
        } else {
            frames::Phase::Running
        }
    }

    pub(super) fn has_group(&self) -> bool {
        self.group.is_some()
    }

    /// When to come back.
    pub(super) fn deadline(&self) -> Option<Instant> {
        if self.childless { None } else { self.ending.map(|ending| ending.at) }
    }

    /// Tells the whole tree to end, unless it was told before.
    pub(super) fn end(&mut self, now: Instant) {
        if self.ending.is_none() && !self.childless {
            self.ending = Some(Ending { at: now + self.grace, pause: FIRST_PAUSE });
            self.ask_all();
        }
    }

    /// Collects everything of the tree that has ended.
    pub(super) fn reap(&mut self, child: &mut Child, ledger: &mut Ledger, now: Instant) {
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some((pid, status))) if pid.as_raw_nonzero().get() == child.pid => {
                    self.exit = self.exit.or(exit_of(status));
                }
                Ok(Some(_)) | Err(Errno::INTR) => {}
                Ok(None) => break,
                // No children: nothing of the tree is left, for orphans become children of this process.
                Err(_) => {
                    self.bury();
                    break;
                }
            }
        }
        if self.exit.is_some() {
            let unwritten = child.stdin.abandon();
            if unwritten > 0 {
                ledger.put(Kind::StdinClosed { by: StdinEnd::Child, unwritten });
            }
            self.end(now);
        }
        if self.ending.is_some() && !self.childless {
            // What was started while the others were asked has not been asked yet.
            self.ask_all();
        }
    }

    /// Nothing is left of the tree.
    fn bury(&mut self) {
        if let (false, Some(group)) = (std::mem::replace(&mut self.childless, true), &self.group) {
            // It is empty; should the removal fail, an empty group is all that stays.
            let _ = cgroup::end(group);
        }
    }

    /// Whether nothing is left of the tree, whatever of it is still to be journalled.
    pub(super) fn is_buried(&self) -> bool {
        self.childless
    }

    /// Goes as far as it can; true when the tree has ended just now.
    pub(super) fn proceed(&mut self, child: &mut Child, ledger: &mut Ledger, buffer: &mut [u8], now: Instant) -> bool {
        self.kill_when_due(now);
        let Some(exit) = self.exit else { return false };
        if self.ended_at.is_some() {
            return false;
        }
        if !self.exit_noted && self.drain(child, ledger, buffer) {
            ledger.put(Kind::Exit(exit));
            self.exit_noted = true;
            self.drained = 0;
        }
        if !(self.exit_noted && self.childless && self.drain(child, ledger, buffer)) {
            return false;
        }
        ledger.put(Kind::End { leftovers: self.leftovers.len() as u32 });
        (child.out, child.err, child.terminal) = (None, None, None);
        self.ended_at = Some(now);
        true
    }

    /// Journals what the child's streams hold now; false while the journal takes nothing.
    fn drain(&mut self, child: &mut Child, ledger: &mut Ledger, buffer: &mut [u8]) -> bool {
        for stream in [Stream::Out, Stream::Err] {
            loop {
                if !ledger.may_read() {
                    return false;
                }
                let fd = match stream {
                    Stream::Out => &mut child.out,
                    Stream::Err => &mut child.err,
                };
                match take(fd, stream, ledger, buffer) {
                    // A leftover that writes without end must not keep the exit from being noted.
                    Took::Bytes(count) if self.drained < DRAIN => {
                        self.drained += count;
                    }
                    Took::Bytes(_) | Took::Nothing | Took::End => break,
                }
            }
        }
        ledger.may_read()
    }

    fn kill_when_due(&mut self, now: Instant) {
        let Some(ending) = &mut self.ending else {
            return;
        };
        if self.childless || now < ending.at {
            return;
        }
        ending.at = now + ending.pause;
        ending.pause = (ending.pause * 2).min(LONGEST_PAUSE);
        if let Some(group) = &self.group {
            // What is not in the group any more is found by descent.
            let _ = cgroup::kill(group);
        }
        for handle in self.tree() {
            // One that may not be signalled (another user's) stays, and is tried again.
            let _ = handle.signal(Signal::KILL);
        }
    }

    /// Asks every process to end that was not asked before.
    fn ask_all(&mut self) {
        for handle in self.tree() {
            if self.asked.insert((handle.stat.pid, handle.stat.start)) {
                let _ = handle.signal(Signal::TERM);
            }
        }
    }

    /// What is left of the tree now.
    fn tree(&mut self) -> Vec<Handle> {
        // Without a list there is nobody to signal; the next round tries again.
        let tree: Vec<Stat> = descendants(own_pid()).unwrap_or_default();
        let tree: Vec<Handle> = tree.iter().filter_map(Handle::open).collect();
        if self.exit.is_some() {
            self.leftovers.extend(tree.iter().map(|handle| (handle.stat.pid, handle.stat.start)));
        }
        tree
    }
}

fn exit_of(status: WaitStatus) -> Option<Exit> {
    status.exit_status().map(Exit::Code).or_else(|| status.terminating_signal().map(Exit::Signal))
}
