//! What can happen to the bytes of a connection, and a pump that makes it happen.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::watch;

/// Something that happens to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Both directions end at once; what was under way is lost.
    Cut,
    /// This direction goes silent, and the connection stays open: a half-open peer.
    Stop,
    /// What follows in this direction comes later.
    Delay(Duration),
}

/// A fault at a place in one direction of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultAt {
    /// How many bytes pass before it.
    pub position: u64,
    /// What happens then.
    pub fault: Fault,
}

/// The faults of one connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// From the first end (the client) to the second.
    pub up: Vec<FaultAt>,
    /// From the second end (the server) to the first.
    pub down: Vec<FaultAt>,
}

impl Faults {
    /// A cut after `position` bytes from the client.
    pub fn cut_up(position: u64) -> Self {
        Self { up: vec![FaultAt { position, fault: Fault::Cut }], down: Vec::new() }
    }

    /// A cut after `position` bytes from the server.
    pub fn cut_down(position: u64) -> Self {
        Self { up: Vec::new(), down: vec![FaultAt { position, fault: Fault::Cut }] }
    }
}

/// How a direction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// The sender closed it, and everything was passed on.
    Closed,
    /// A fault, or the other side went away.
    Cut,
}

/// Passes bytes on until the end, a fault, or a failure of either side. Waits while `open` says false.
pub(super) async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut faults: Vec<FaultAt>,
    mut open: watch::Receiver<bool>,
) -> Ended {
    faults.sort_by_key(|fault| fault.position);
    let mut faults = VecDeque::from(faults);
    let mut buffer = vec![0; 16 << 10];
    let mut position = 0;
    loop {
        while let Some(due) = faults.pop_front_if(|next| next.position <= position) {
            match due.fault {
                Fault::Cut => return Ended::Cut,
                Fault::Stop => std::future::pending().await,
                Fault::Delay(delay) => tokio::time::sleep(delay).await,
            }
        }
        let room = faults.front().map_or(u64::MAX, |next| next.position - position);
        let room = buffer.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        match pass(&mut from, &mut to, &mut buffer[..room], &mut open).await {
            Ok(0) => return Ended::Closed,
            Ok(passed) => position += passed as u64,
            Err(_) => return Ended::Cut,
        }
    }
}

async fn pass(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    buffer: &mut [u8],
    open: &mut watch::Receiver<bool>,
) -> io::Result<usize> {
    let count = from.read(buffer).await?;
    // An error means that nobody can close the gate any more: it counts as open.
    drop(open.wait_for(|open| *open).await);
    if count == 0 {
        to.shutdown().await?;
    } else {
        to.write_all(&buffer[..count]).await?;
        to.flush().await?;
    }
    Ok(count)
}
