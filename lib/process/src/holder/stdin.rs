//! Bytes on their way to the child. They are in the journal already and read from there, so what waits costs no memory.

use std::collections::VecDeque;
use std::fs::File;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::FileExt;
use std::path::Path;

use rustix::io::Errno;

use crate::journal::{Spot, segment_path};

/// What a terminal reads as the end of its input.
const END_OF_INPUT: [u8; 1] = [4];

/// The child's standard input, and what waits for it.
#[derive(Debug)]
pub(super) struct Stdin {
    fd: Option<OwnedFd>,
    is_terminal: bool,
    queue: VecDeque<Piece>,
    waiting: u64,
    close_after: bool,
    open: Option<(u64, File)>,
}

/// Bytes of one send in the journal.
#[derive(Debug, Clone, Copy)]
struct Piece {
    segment: u64,
    offset: u64,
    left: u64,
}

/// How far a flush came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flushed {
    /// Nothing waits.
    Empty,
    /// The child does not take more now.
    Waiting,
    /// The child takes nothing any more; so many bytes were never written.
    Broken {
        /// Bytes.
        unwritten: u64,
    },
}

impl Stdin {
    pub(super) fn pipe(fd: Option<OwnedFd>) -> Self {
        Self { fd, is_terminal: false, queue: VecDeque::new(), waiting: 0, close_after: false, open: None }
    }

    pub(super) fn terminal(fd: Option<OwnedFd>) -> Self {
        Self { is_terminal: true, ..Self::pipe(fd) }
    }

    /// Whether more may be sent.
    pub(super) fn takes_more(&self) -> bool {
        self.fd.is_some() && !self.close_after
    }

    /// Bytes that wait.
    pub(super) fn waiting(&self) -> u64 {
        self.waiting
    }

    /// The segment from which the oldest waiting bytes are still to be read.
    pub(super) fn oldest_segment(&self) -> Option<u64> {
        self.queue.front().map(|piece| piece.segment)
    }

    /// The descriptor to wait on, while something waits.
    pub(super) fn wants_write(&self) -> Option<BorrowedFd<'_>> {
        if self.queue.is_empty() && !self.close_after { None } else { self.fd.as_ref().map(AsFd::as_fd) }
    }

    /// Has the last `length` bytes before `spot`'s end written to the child.
    pub(super) fn push(&mut self, spot: Spot, length: usize) {
        let left = length as u64;
        if left > 0 {
            self.queue.push_back(Piece { segment: spot.segment, offset: spot.end - left, left });
            self.waiting += left;
        }
    }

    /// Ends the child's input once everything that waits is written.
    pub(super) fn close_when_empty(&mut self) {
        self.close_after = true;
    }

    /// Gives up: returns the bytes that were never written.
    pub(super) fn abandon(&mut self) -> u64 {
        self.fd = None;
        self.open = None;
        self.queue.clear();
        self.close_after = false;
        std::mem::take(&mut self.waiting)
    }

    /// Writes what the child takes now, with `buffer` as scratch space.
    pub(super) fn flush(&mut self, dir: &Path, buffer: &mut [u8]) -> Flushed {
        loop {
            match self.step(dir, buffer) {
                Ok(true) => {}
                Ok(false) => return Flushed::Empty,
                Err(Errno::AGAIN) => return Flushed::Waiting,
                Err(Errno::INTR) => {}
                Err(_) => {
                    return Flushed::Broken { unwritten: self.abandon() };
                }
            }
        }
    }

    /// Writes one piece's next bytes; false when nothing is left to do.
    fn step(&mut self, dir: &Path, buffer: &mut [u8]) -> Result<bool, Errno> {
        let Some(fd) = &self.fd else { return Ok(false) };
        let Some(piece) = self.queue.front_mut() else {
            if self.close_after {
                if self.is_terminal {
                    rustix::io::write(fd, &END_OF_INPUT)?;
                }
                self.fd = None;
                self.close_after = false;
            }
            return Ok(false);
        };
        let count = piece.left.min(buffer.len() as u64) as usize;
        let file = opened(&mut self.open, dir, piece.segment)?;
        file.read_exact_at(&mut buffer[..count], piece.offset).map_err(|_| Errno::IO)?;
        let written = rustix::io::write(fd, &buffer[..count])? as u64;
        piece.offset += written;
        piece.left -= written;
        self.waiting -= written;
        if piece.left == 0 {
            self.queue.pop_front();
        }
        Ok(true)
    }
}

/// The segment's file, kept open while it is the same one.
fn opened<'a>(open: &'a mut Option<(u64, File)>, dir: &Path, segment: u64) -> Result<&'a File, Errno> {
    if open.as_ref().is_none_or(|(first, _)| *first != segment) {
        let file = File::open(segment_path(dir, segment)).map_err(|_| Errno::IO)?;
        *open = Some((segment, file));
    }
    open.as_ref().map(|(_, file)| file).ok_or(Errno::IO)
}
