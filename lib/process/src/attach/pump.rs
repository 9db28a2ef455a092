//! The two tasks of an attachment: one writes requests, one reads replies. Neither waits for who uses the attachment.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{mpsc, watch};

use super::connect::{WINDOW, read_reply};
use super::handle::Shared;
use super::records::{Item, StreamError};
use crate::frames::{Reply, Request, Stall};
use crate::record::{Decoder, HEADER_LEN, Kind, Record};

/// Writes requests until nobody can make any more. Dropping the socket's half then tells the holder.
pub(super) async fn write_requests(mut write: OwnedWriteHalf, mut queued: mpsc::Receiver<Vec<u8>>) {
    while let Some(frame) = queued.recv().await {
        if write.write_all(&frame).await.is_err() {
            // The reader sees the same end, and says so to everyone.
            return;
        }
    }
}

/// Reads replies: records to [`Records`](super::Records), answers to who asked.
pub(super) struct Reader {
    shared: Arc<Shared>,
    items: mpsc::UnboundedSender<Item>,
    stall: watch::Sender<Option<Stall>>,
    requests: mpsc::WeakSender<Vec<u8>>,
    decoder: Decoder,
    /// Bytes of the record being received that were paid back already.
    advanced: usize,
}

impl Reader {
    pub(super) fn new(
        shared: Arc<Shared>,
        items: mpsc::UnboundedSender<Item>,
        stall: watch::Sender<Option<Stall>>,
        requests: mpsc::WeakSender<Vec<u8>>,
        from: u64,
    ) -> Self {
        Self { shared, items, stall, requests, decoder: Decoder::new(from), advanced: 0 }
    }

    pub(super) async fn run(mut self, read: &mut BufReader<OwnedReadHalf>) {
        let end = loop {
            match read_reply(read).await {
                Ok(reply) => {
                    if let Some(end) = self.take(reply).await {
                        break end;
                    }
                }
                Err(error) => break Item::End(Err(self.broken(error))),
            }
        };
        self.shared.detach();
        // Nobody may be listening any more.
        let _ = self.items.send(end);
    }

    /// Takes one reply; an item when it is the last.
    async fn take(&mut self, reply: Reply) -> Option<Item> {
        match reply {
            Reply::Chunk(bytes) => return self.take_chunk(&bytes).await,
            Reply::Done { id, body } => self.shared.settle(id, Ok(body)),
            Reply::Failed { id, failure } => self.shared.settle(id, Err(failure)),
            Reply::Stalled(stall) => drop(self.stall.send_replace(stall)),
            Reply::Fenced { epoch } => return Some(Item::End(Err(StreamError::Fenced { epoch }))),
            Reply::Released => return Some(Item::End(Ok(()))),
            Reply::Attached { .. } | Reply::Refused { .. } => {
                return Some(Item::End(Err(self.broken(io::ErrorKind::InvalidData.into()))));
            }
        }
        None
    }

    async fn take_chunk(&mut self, bytes: &[u8]) -> Option<Item> {
        self.decoder.push(bytes);
        loop {
            match self.decoder.next_record() {
                Ok(Some(record)) => {
                    let cost = cost(&record).saturating_sub(std::mem::take(&mut self.advanced));
                    let _ = self.items.send(Item::Record(record, cost));
                }
                Ok(None) => break,
                Err(error) => {
                    let error = io::Error::new(io::ErrorKind::InvalidData, error);
                    return Some(Item::End(Err(self.broken(error))));
                }
            }
        }
        self.pay_back_partial().await;
        None
    }

    /// A record larger than the window could never arrive if its bytes were paid back only when it is used.
    async fn pay_back_partial(&mut self) {
        let unpaid = self.decoder.partial().saturating_sub(self.advanced);
        if unpaid < WINDOW as usize / 2 {
            return;
        }
        if let Some(requests) = self.requests.upgrade() {
            self.advanced += unpaid;
            let _ = requests.send(Request::Credit { bytes: unpaid as u32 }.encode()).await;
        }
    }

    fn broken(&self, source: io::Error) -> StreamError {
        StreamError::Lost { dir: self.shared.dir.clone(), source }
    }
}

/// Bytes of `record` on the wire.
fn cost(record: &Record) -> usize {
    HEADER_LEN
        + match &record.kind {
            Kind::Out(bytes) | Kind::Err(bytes) => bytes.len(),
            Kind::In { send_id, bytes } => 2 + send_id.len() + bytes.len(),
            Kind::Start { .. } | Kind::Resize { .. } | Kind::Signal { .. } | Kind::End { .. } => 4,
            Kind::StdinClosed { .. } => 9,
            Kind::Exit(_) => 5,
            Kind::OutClosed | Kind::ErrClosed | Kind::KillTree => 0,
        }
}
