//! Asking an attached holder for something.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use thiserror::Error;
use tokio::sync::{mpsc, oneshot, watch};

use crate::frames::{Call, CallFailure, Request, SentAt, Stall, Status};

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CallError {
    /// The holder said no; its code tells whether trying again helps.
    #[error(transparent)]
    Refused(#[from] CallFailure),
    /// The attachment ended first (the records say why). Whether it was done is in the journal.
    #[error("the attachment to {} has ended", dir.display())]
    Detached {
        /// The holder's directory.
        dir: PathBuf,
    },
    /// The holder answered something else.
    #[error("the holder in {} gave an answer of another kind", dir.display())]
    Answer {
        /// The holder's directory.
        dir: PathBuf,
    },
}

/// Where a send is in the journal.
pub type Sent = SentAt;

type Waiting = HashMap<u32, oneshot::Sender<Result<Vec<u8>, CallFailure>>>;

/// What the handles and the reader of one attachment share.
#[derive(Debug)]
pub(super) struct Shared {
    /// Calls that wait for their answer; `None` when no answer can come any more.
    pub(super) calls: Mutex<Option<Waiting>>,
    pub(super) dir: PathBuf,
}

impl Shared {
    /// Gives `answer` to the call it belongs to.
    pub(super) fn settle(&self, id: u32, answer: Result<Vec<u8>, CallFailure>) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = calls.as_mut().and_then(|calls| calls.remove(&id)) {
            // Who asked may have stopped waiting.
            let _ = waiting.send(answer);
        }
    }

    /// Ends every call, and those to come.
    pub(super) fn detach(&self) {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// An attachment's sending side. Clones are the same attachment; it ends when the last of them and the
/// [`Records`](super::Records) are dropped. The holder and its child go on.
#[derive(Debug, Clone)]
pub struct Holder {
    requests: mpsc::Sender<Vec<u8>>,
    shared: Arc<Shared>,
    stall: watch::Receiver<Option<Stall>>,
    next: Arc<AtomicU32>,
    version: u16,
}

impl Holder {
    pub(super) fn new(
        requests: mpsc::Sender<Vec<u8>>,
        shared: Arc<Shared>,
        stall: watch::Receiver<Option<Stall>>,
        version: u16,
    ) -> Self {
        Self { requests, shared, stall, next: Arc::new(AtomicU32::new(1)), version }
    }

    /// Has `bytes` journalled and then written to the child, once for one `send_id` (1 to 256 bytes) of this holder's
    /// life (of its last 1024 sends). That the child's state includes it is told by its record, not by this answer. Dropping the future does not
    /// take the send back.
    ///
    /// # Errors
    ///
    /// The child's input has ended, too much waits for it, or the journal is full.
    pub async fn send(&self, send_id: &str, bytes: Vec<u8>) -> Result<Sent, CallError> {
        let body = self.call(Call::Send { send_id: send_id.to_owned(), bytes }).await?;
        self.parse(&body)
    }

    /// Ends the child's standard input after everything that was sent; on a terminal, types the end of input.
    ///
    /// # Errors
    ///
    /// Only that the attachment has ended.
    pub async fn close_stdin(&self) -> Result<(), CallError> {
        self.call(Call::CloseStdin).await.map(drop)
    }

    /// Sends `signal` (a number such as 15) to the child itself.
    ///
    /// # Errors
    ///
    /// The child has ended, or there is no such signal.
    pub async fn signal(&self, signal: i32) -> Result<(), CallError> {
        self.call(Call::Signal { signal }).await.map(drop)
    }

    /// Has the whole tree told to end (SIGTERM) and killed after the grace. Returns at once; the last record tells when
    /// nothing is left.
    ///
    /// # Errors
    ///
    /// Only that the attachment has ended.
    pub async fn kill_tree(&self) -> Result<(), CallError> {
        self.call(Call::KillTree).await.map(drop)
    }

    /// Changes the terminal's size.
    ///
    /// # Errors
    ///
    /// The child has no terminal.
    pub async fn resize(&self, rows: u16, cols: u16) -> Result<(), CallError> {
        self.call(Call::Resize { rows, cols }).await.map(drop)
    }

    /// Says that records below `below` are not needed again. Whole segments of them are removed.
    ///
    /// # Errors
    ///
    /// A file cannot be removed.
    pub async fn trim(&self, below: u64) -> Result<(), CallError> {
        self.call(Call::Trim { below }).await.map(drop)
    }

    /// How the holder is.
    ///
    /// # Errors
    ///
    /// Only that the attachment has ended.
    pub async fn status(&self) -> Result<Status, CallError> {
        let body = self.call(Call::Status).await?;
        self.parse(&body)
    }

    /// Has the holder remove its directory and end.
    ///
    /// # Errors
    ///
    /// The tree has not ended yet.
    pub async fn release(&self) -> Result<(), CallError> {
        self.call(Call::Release).await.map(drop)
    }

    /// The holder's version of the protocol, which may be older than [`HOLDER_VERSION`](crate::HOLDER_VERSION).
    pub fn version(&self) -> u16 {
        self.version
    }

    /// Why the holder does not read its child now, if so; changes can be waited for.
    pub fn stall(&self) -> watch::Receiver<Option<Stall>> {
        self.stall.clone()
    }

    fn parse<T: serde::de::DeserializeOwned>(&self, body: &[u8]) -> Result<T, CallError> {
        serde_json::from_slice(body).map_err(|_| CallError::Answer { dir: self.shared.dir.clone() })
    }

    async fn call(&self, call: Call) -> Result<Vec<u8>, CallError> {
        let detached = || CallError::Detached { dir: self.shared.dir.clone() };
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (answer, answered) = oneshot::channel();
        match self.shared.calls.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(calls) => drop(calls.insert(id, answer)),
            None => return Err(detached()),
        }
        let frame = Request::Call { id, call }.encode();
        self.requests.send(frame).await.map_err(|_| detached())?;
        answered.await.map_err(|_| detached())?.map_err(CallError::Refused)
    }
}
