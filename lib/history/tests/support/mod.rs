//! What the tests share: a service in this process over a database in a folder that goes with the test.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use oqto_history::model::{Append, Claim, Fence, NewConversation, NewEntry};
use oqto_history::server::{Config, Server, ServerTask};
use oqto_history::{Client, HistoryError};
use tokio_util::sync::CancellationToken;

/// Long enough for a busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// A service and its client.
pub(crate) struct World {
    pub(crate) folder: Arc<tempfile::TempDir>,
    pub(crate) client: Client,
    pub(crate) fence: Fence,
    pub(crate) clock: Arc<AtomicI64>,
    stop: CancellationToken,
    task: ServerTask,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::start_in(Arc::new(tempfile::tempdir().unwrap())).await
    }

    pub(crate) async fn start_in(folder: Arc<tempfile::TempDir>) -> Self {
        let clock = Arc::new(AtomicI64::new(1_763_700_000_000));
        let mut config = Config::new(folder.path().join("hstry.db"));
        let now = Arc::clone(&clock);
        config.clock = Arc::new(move || now.load(Ordering::SeqCst));
        let stop = CancellationToken::new();
        let (client, task) = Server::open(config).await.unwrap().in_memory(stop.clone()).await.unwrap();
        let fence = claim(&client, "runner").await;
        Self { folder, client, fence, clock, stop, task }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("hstry.db")
    }

    /// Ends the service; the folder stays.
    pub(crate) async fn stop(self) -> Arc<tempfile::TempDir> {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
        self.folder
    }

    /// Ends the service and returns what it ended with.
    pub(crate) async fn outcome(self) -> Result<(), HistoryError> {
        self.task.await.unwrap()
    }

    pub(crate) async fn create(&self, id: &str) {
        let new = NewConversation { id: id.into(), ..NewConversation::default() };
        self.client.create(&self.fence, new).await.unwrap();
    }

    pub(crate) async fn say(&self, conversation: &str, id: &str, role: &str, text: &str) -> u64 {
        let append = append_to(conversation, vec![message(id, role, text)]);
        self.client.append(&self.fence, append).await.unwrap().head
    }
}

pub(crate) async fn claim(client: &Client, writer: &str) -> Fence {
    let claimed = client.claim(Claim { writer: writer.into(), ..Claim::default() }).await.unwrap();
    Fence { writer: writer.into(), epoch: claimed.epoch }
}

pub(crate) fn append_to(conversation: &str, entries: Vec<NewEntry>) -> Append {
    Append { conversation: conversation.into(), entries, ..Append::default() }
}

pub(crate) fn entry(id: &str, event: &str, data: &str) -> NewEntry {
    NewEntry {
        id: id.into(),
        ts: 1_763_700_000_123,
        event: event.into(),
        data: Bytes::copy_from_slice(data.as_bytes()),
    }
}

pub(crate) fn message(id: &str, role: &str, text: &str) -> NewEntry {
    let data = serde_json::json!({"message": {
        "id": format!("msg_{id}"), "role": role, "parts": [{"type": "text", "text": text}], "created_at": 1_763_700_000_123_i64,
    }});
    entry(id, "message", &data.to_string())
}
