//! The child's output on its way into the journal.

use std::os::fd::OwnedFd;

use rustix::io::Errno;

use super::ledger::Ledger;
use crate::record::{Body, Kind, MAX_OUTPUT};

/// One of the child's two outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Out,
    Err,
}

/// What one read brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Took {
    /// So many bytes; there may be more.
    Bytes(usize),
    /// Nothing is there now.
    Nothing,
    /// The stream has ended, now or before.
    End,
}

impl Stream {
    fn body(self, bytes: &[u8]) -> Body<'_> {
        match self {
            Self::Out => Body::Out(bytes),
            Self::Err => Body::Err(bytes),
        }
    }

    fn kind(self, bytes: Vec<u8>) -> Kind {
        match self {
            Self::Out => Kind::Out(bytes),
            Self::Err => Kind::Err(bytes),
        }
    }

    fn closed(self) -> Kind {
        match self {
            Self::Out => Kind::OutClosed,
            Self::Err => Kind::ErrClosed,
        }
    }
}

/// Reads once and journals what came.
pub(super) fn take(fd: &mut Option<OwnedFd>, stream: Stream, ledger: &mut Ledger, buffer: &mut [u8]) -> Took {
    let Some(open) = fd else { return Took::End };
    let limit = buffer.len().min(MAX_OUTPUT);
    match rustix::io::read(open, &mut buffer[..limit]) {
        Ok(0) => {}
        Ok(count) => {
            let bytes = &buffer[..count];
            ledger.put_output(stream.body(bytes), || stream.kind(bytes.to_vec()));
            return Took::Bytes(count);
        }
        Err(Errno::AGAIN | Errno::INTR) => return Took::Nothing,
        // A terminal whose other side is closed says EIO; whatever else it is, nothing more will come.
        Err(_) => {}
    }
    *fd = None;
    ledger.put(stream.closed());
    Took::End
}
