//! Following a log: what is there after a number, then every new entry, in one order and without a gap.
//!
//! Nothing is broadcast: a follower is told that the log has grown and reads on from its own number, at its own pace.

use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::history::History;
use crate::convert::all;
use crate::error::HistoryError;
use crate::model::EntryPage;
use crate::proto::v1;
use crate::reader::Reader;

/// Pages that wait for a slow follower.
const AHEAD: usize = 2;

pub(super) type TailStream = ReceiverStream<Result<v1::TailResponse, Status>>;

impl History {
    pub(super) fn follow(&self, conversation: String, after: u64) -> TailStream {
        let (pages, stream) = mpsc::channel(AHEAD);
        let head = self.heads.follow(&conversation);
        let follower = Follower { reader: self.reader.clone(), conversation, after, pages };
        tokio::spawn(follower.run(head, self.stopping()));
        ReceiverStream::new(stream)
    }
}

struct Follower {
    reader: Reader,
    conversation: String,
    after: u64,
    pages: mpsc::Sender<Result<v1::TailResponse, Status>>,
}

impl Follower {
    async fn run(self, mut head: watch::Receiver<u64>, stop: CancellationToken) {
        let outcome = tokio::select! {
            outcome = self.read_on(&mut head) => outcome,
            () = self.pages.closed() => return,
            () = stop.cancelled() => Err(HistoryError::Unavailable("the history service is going down".into())),
        };
        if let Err(error) = outcome {
            let _ = self.pages.send(Err(error.to_status())).await;
        }
    }

    async fn read_on(&self, head: &mut watch::Receiver<u64>) -> Result<(), HistoryError> {
        let mut state = Position { after: self.after, log: None };
        loop {
            head.mark_unchanged();
            let page = self.reader.entries(&self.conversation, state.after, 0).await?;
            state.check(&self.conversation, &page)?;
            let at_end = page.entries.last().is_none_or(|entry| entry.seq >= page.head);
            let first = state.log.replace(page.log.clone()).is_none();
            if let Some(last) = page.entries.last() {
                state.after = last.seq;
            }
            if first || !page.entries.is_empty() {
                let page = v1::TailResponse { log: page.log, head: page.head, entries: all(page.entries) };
                if self.pages.send(Ok(page)).await.is_err() {
                    return Ok(());
                }
            }
            if at_end && head.changed().await.is_err() {
                // The conversation was deleted: reading it once more says so.
                self.reader.get(&self.conversation).await?;
                return Err(HistoryError::Unavailable("the history service is going down".into()));
            }
        }
    }
}

struct Position {
    after: u64,
    log: Option<String>,
}

impl Position {
    /// A follower that is past the end, or in another log, must start anew.
    fn check(&self, conversation: &str, page: &EntryPage) -> Result<(), HistoryError> {
        let same = self.log.as_ref().is_none_or(|log| *log == page.log);
        if same && self.after <= page.head {
            return Ok(());
        }
        let text = format!("the log of {conversation} ends at {} and there is nothing after {}", page.head, self.after);
        Err(HistoryError::LogReplaced(text))
    }
}
