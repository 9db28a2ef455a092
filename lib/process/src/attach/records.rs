//! The records of an attached holder, as they come.

use std::io;
use std::path::PathBuf;

use thiserror::Error;
use tokio::sync::mpsc;

use super::connect::WINDOW;
use crate::frames::Request;
use crate::record::Record;

/// Why no further record comes.
#[derive(Debug, Error)]
pub enum StreamError {
    /// Another client attached with this epoch. The holder goes on for it.
    #[error("epoch {epoch} has taken over")]
    Fenced {
        /// The other's epoch.
        epoch: u64,
    },
    /// The holder is gone without having been released, or sent something that is not its journal. What it still
    /// journalled can be read with [`journal::read`](crate::journal::read).
    #[error("the holder in {} was lost", dir.display())]
    Lost {
        /// Its directory.
        dir: PathBuf,
        /// What was seen of it.
        #[source]
        source: io::Error,
    },
}

/// From the reading task.
#[derive(Debug)]
pub(super) enum Item {
    /// A record and the credit that using it frees.
    Record(Record, usize),
    End(Result<(), StreamError>),
}

/// An attachment's receiving side: each record once, in order, from the one that was asked for.
#[derive(Debug)]
pub struct Records {
    items: mpsc::UnboundedReceiver<Item>,
    requests: mpsc::Sender<Vec<u8>>,
    head: u64,
    /// Credit not yet given back.
    freed: u32,
}

impl Records {
    pub(super) fn new(items: mpsc::UnboundedReceiver<Item>, requests: mpsc::Sender<Vec<u8>>, head: u64) -> Self {
        Self { items, requests, head, freed: 0 }
    }

    /// The number the next record had when this attachment began: records below it are what had happened before.
    pub fn head(&self) -> u64 {
        self.head
    }

    /// The next record. `None` after the holder was released, and after an error. May be dropped while it waits
    /// without losing a record.
    ///
    /// # Errors
    ///
    /// Once: another client took over, or the holder was lost.
    pub async fn next(&mut self) -> Option<Result<Record, StreamError>> {
        if self.owes_credit()
            && let Ok(permit) = self.requests.reserve().await
        {
            permit.send(Request::Credit { bytes: std::mem::take(&mut self.freed) }.encode());
        }
        let item = self.items.recv().await?;
        self.open(item)
    }

    /// The next record if it has arrived already; `None` when nothing has, or nothing more will.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub fn try_next(&mut self) -> Option<Result<Record, StreamError>> {
        if self.owes_credit()
            && let Ok(permit) = self.requests.try_reserve()
        {
            permit.send(Request::Credit { bytes: std::mem::take(&mut self.freed) }.encode());
        }
        let item = self.items.try_recv().ok()?;
        self.open(item)
    }

    fn open(&mut self, item: Item) -> Option<Result<Record, StreamError>> {
        match item {
            Item::Record(record, freed) => {
                self.freed += freed as u32;
                Some(Ok(record))
            }
            Item::End(Ok(())) => None,
            Item::End(Err(error)) => Some(Err(error)),
        }
    }

    /// Whether half of the window has been used, and the holder should be allowed more.
    fn owes_credit(&self) -> bool {
        self.freed >= WINDOW / 2
    }
}
