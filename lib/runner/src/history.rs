//! The history service: started on demand, spoken to as one writer with one fencing number.

use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use oqto_history::model::{Append, Checkpoint, Conversation, Outcome};
use oqto_history::model::{
    Appended, Blob, Claim, ConversationPatch, EntryPage, Fence, Fork, ListFilter, MessagePage, NewConversation, Written,
};
use oqto_history::{Client, HistoryError};
use oqto_process::helper::{Look, OnDemand, OnDemandError};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::{LogId, SessionId};
use oqto_protocol::session::SessionInfo;
use serde::{Deserialize, Serialize};

use crate::session::Native;

/// How long a history service may take to answer after it was started.
const START: Duration = Duration::from_secs(10);

/// How the history service is found and, if it does not answer, started.
#[derive(Debug, Clone)]
pub struct ServiceAt {
    /// Its socket.
    pub socket: PathBuf,
    /// Program and arguments that start it; `None`: somebody else does.
    pub start: Option<(PathBuf, Vec<String>)>,
    /// Where its output goes.
    pub log: PathBuf,
}

/// What the list keeps of a session in the history, so that it can be shown without reading its log.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListState {
    /// The row.
    pub row: SessionInfo,
}

/// What the last claim found.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct LastClaim {
    lineage: String,
    epoch: u64,
}

/// The history, as one writer.
#[derive(Debug, Clone)]
pub struct History {
    client: Client,
    fence: Fence,
    service: Option<ServiceAt>,
    restarting: std::sync::Arc<tokio::sync::Mutex<()>>,
}

impl History {
    /// Takes over as `writer` through a client that is connected already.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn claim(client: Client, writer: String) -> Result<Self, HistoryError> {
        Self::claim_knowing(client, writer, None).await.map(|(history, _)| history)
    }

    async fn claim_knowing(
        client: Client,
        writer: String,
        known: Option<LastClaim>,
    ) -> Result<(Self, LastClaim), HistoryError> {
        let known = known.map(|last| (last.lineage, last.epoch));
        let claimed = client.claim(Claim { writer: writer.clone(), adopt: Vec::new(), known }).await?;
        if claimed.restored {
            tracing::warn!("the history is an older copy; its logs have new identities");
        }
        let fence = Fence { writer, epoch: claimed.epoch };
        let history = Self { client, fence, service: None, restarting: std::sync::Arc::default() };
        Ok((history, LastClaim { lineage: claimed.lineage, epoch: claimed.epoch }))
    }

    /// Connects to the service, starting it if it does not answer, and takes over as `writer`. What the last claim found
    /// is kept in `note`: it tells a restored older history from the one that was written.
    ///
    /// # Errors
    /// `unreachable` when it cannot be started; those of the service.
    pub async fn open(service: ServiceAt, writer: String, note: &Path) -> Result<Self, WireError> {
        ensure(&service).await?;
        let client = Client::lazy_unix(&service.socket);
        let known = std::fs::read(note).ok().and_then(|text| serde_json::from_slice(&text).ok());
        let claimed = Self::claim_knowing(client, writer, known).await;
        let (mut history, last) = claimed.map_err(|error| error.to_wire())?;
        let written =
            serde_json::to_vec(&last).map_err(std::io::Error::other).and_then(|text| std::fs::write(note, text));
        if let Err(error) = written {
            tracing::warn!(path = %note.display(), %error, "what the claim found cannot be kept");
        }
        history.service = Some(service);
        Ok(history)
    }

    /// The fencing number.
    #[must_use]
    pub const fn epoch(&self) -> u64 {
        self.fence.epoch
    }

    /// Starts the service again if it is gone; one at a time.
    async fn revive(&self) {
        let Some(service) = &self.service else { return };
        let Ok(_one) = self.restarting.try_lock() else { return };
        if let Err(error) = ensure(service).await {
            tracing::warn!(%error, "the history service cannot be started");
        }
    }

    async fn checked<T>(&self, result: Result<T, HistoryError>) -> Result<T, HistoryError> {
        if let Err(HistoryError::Unavailable(_)) = &result {
            self.revive().await;
        }
        result
    }

    /// Appends.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn append(&self, append: Append) -> Result<Appended, HistoryError> {
        let result = self.client.append(&self.fence, append).await;
        self.checked(result).await
    }

    /// Makes a conversation.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn create(&self, new: NewConversation) -> Result<Written, HistoryError> {
        let result = self.client.create(&self.fence, new).await;
        self.checked(result).await
    }

    /// Copies a conversation.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn fork(&self, fork: Fork) -> Result<Written, HistoryError> {
        let result = self.client.fork(&self.fence, fork).await;
        self.checked(result).await
    }

    /// Deletes a conversation. One that is gone already is no error.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn delete(&self, session: SessionId, outcome: Option<Outcome>) -> Result<(), HistoryError> {
        let result = self.client.delete(&self.fence, &session.to_string(), outcome).await;
        match self.checked(result).await {
            Ok(_) | Err(HistoryError::NotFound(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// One conversation.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn get(&self, session: SessionId) -> Result<Conversation, HistoryError> {
        let result = self.client.get(&session.to_string()).await;
        self.checked(result).await
    }

    /// Entries after a number.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn entries(&self, session: SessionId, after: u64, limit: u32) -> Result<EntryPage, HistoryError> {
        let result = self.client.entries(&session.to_string(), after, limit).await;
        self.checked(result).await
    }

    /// Messages before a number, the latest ones.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn messages(
        &self,
        session: SessionId,
        before: Option<u64>,
        limit: u32,
    ) -> Result<MessagePage, HistoryError> {
        let result = self.client.messages(&session.to_string(), before, limit).await;
        self.checked(result).await
    }

    /// The last checkpoint of a conversation.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn checkpoint(&self, session: SessionId) -> Result<Option<Checkpoint>, HistoryError> {
        let result = self.client.checkpoint(&session.to_string()).await;
        self.checked(result).await
    }

    /// What a command answered.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn outcome(&self, client_id: &str) -> Result<Option<Bytes>, HistoryError> {
        let result = self.client.outcome(client_id).await;
        self.checked(result).await
    }

    /// Keeps what a command about a session has answered. Without effect when its session is gone.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn keep_outcome(&self, session: SessionId, outcome: Outcome) -> Result<(), HistoryError> {
        let append = Append { conversation: session.to_string(), outcome: Some(outcome), ..Append::default() };
        match self.append(append).await {
            Ok(_) | Err(HistoryError::NotFound(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Keeps bytes.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn put_blob(&self, bytes: Bytes) -> Result<Blob, HistoryError> {
        let result = self.client.put_blob(bytes).await;
        self.checked(result).await
    }

    /// Bytes that were kept.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn get_blob(&self, sha256: &str) -> Result<Bytes, HistoryError> {
        let result = self.client.get_blob(sha256).await;
        self.checked(result).await
    }

    /// Searches everything.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn search(
        &self,
        query: oqto_history::search::SearchQuery,
    ) -> Result<oqto_history::search::SearchPage, HistoryError> {
        let result = self.client.search(query).await;
        self.checked(result).await
    }

    /// Every conversation of this writer.
    ///
    /// # Errors
    /// Those of the service.
    pub async fn all(&self) -> Result<Vec<Conversation>, HistoryError> {
        let mut conversations = Vec::new();
        let mut cursor = None;
        loop {
            let filter =
                ListFilter { writer: Some(self.fence.writer.clone()), limit: 1000, cursor, ..ListFilter::default() };
            let result = self.client.list(filter).await;
            let page = self.checked(result).await?;
            conversations.extend(page.conversations);
            match page.next {
                Some(next) => cursor = Some(next),
                None => return Ok(conversations),
            }
        }
    }
}

/// Waits until the service answers, starting it if it does not.
async fn ensure(service: &ServiceAt) -> Result<(), WireError> {
    let start = service.start.as_ref().map(|(program, arguments)| {
        let mut argv = vec![program.display().to_string()];
        argv.extend(arguments.iter().cloned());
        crate::harnesses::helper(argv, std::env::vars().collect())
    });
    let daemon = OnDemand::new(start, &service.log, START);
    let look = || async { Look::of(Client::connect_unix(&service.socket).await, |_| true) };
    daemon.reach(look).await.map(drop).map_err(|error| {
        let why = match &error {
            OnDemandError::Absent(why) => why.to_string(),
            OnDemandError::Start(_) | OnDemandError::Ended { .. } | OnDemandError::Deadline { .. } => error.to_string(),
        };
        WireError::new(ErrorKind::Unreachable, format!("the history service does not answer: {why}"))
            .with_hint(format!("see {}", service.log.display()))
    })
}

/// What the list keeps of a session.
#[must_use]
pub(crate) fn patch(info: &SessionInfo, native: &Native) -> ConversationPatch {
    ConversationPatch {
        title: Some(info.title.clone()),
        workspace: Some(info.workspace.clone()),
        harness: Some(info.harness.clone()),
        model: Some(info.model.clone().unwrap_or_default()),
        provider: Some(info.provider.clone().unwrap_or_default()),
        state: serde_json::to_string(&ListState { row: info.clone() }).ok(),
        native_id: Some(native.id.clone().unwrap_or_default()),
        native_file: Some(native.file.clone().unwrap_or_default()),
        metadata: None,
    }
}

/// The row of a conversation that no actor runs for.
#[must_use]
pub fn row(conversation: &Conversation, runner: &str) -> Option<SessionInfo> {
    let state: ListState = serde_json::from_str(&conversation.state).ok()?;
    let mut row = state.row;
    row.head = conversation.head;
    runner.clone_into(&mut row.runner);
    Some(row)
}

/// The log of a conversation.
///
/// # Errors
/// `corrupt` when it is not one of ours.
pub fn log_of(conversation: &Conversation) -> Result<LogId, WireError> {
    conversation.log.parse().map_err(|error| {
        WireError::new(
            ErrorKind::Corrupt,
            format!("the log of {} has the id {}: {error}", conversation.id, conversation.log),
        )
    })
}
