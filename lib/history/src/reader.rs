//! The read-only view of the database file, with or without a service that writes to it.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use oqto_store::open::read_only;
use oqto_store::readers::Readers;
use oqto_store::rusqlite::Connection;

use crate::blobs::Blobs;
use crate::error::HistoryError;
use crate::model::{Checkpoint, Conversation, ConversationPage, EntryPage, ListFilter, MessagePage, Stats};
use crate::read;
use crate::schema::HISTORY;
use crate::search::{self, SearchPage, SearchQuery};

/// Connections for questions, and as many again for searches, so that a long search makes nobody wait.
const CONNECTIONS: usize = 3;

/// A handle on the file. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Reader {
    database: PathBuf,
    questions: Readers,
    searches: Readers,
}

impl Reader {
    /// Opens an existing database.
    ///
    /// # Errors
    /// `NotFound`, `NewerVersion`, `Corrupt` or `Io`.
    pub fn open(database: &Path) -> Result<Self, HistoryError> {
        let open = || read_only(database, &HISTORY);
        let questions = Readers::start(database, CONNECTIONS, open)?;
        let searches = Readers::start(database, CONNECTIONS, || search::open(database))?;
        Ok(Self { database: database.to_path_buf(), questions, searches })
    }

    /// One conversation.
    ///
    /// # Errors
    /// `NotFound`, or a failure of the database.
    pub async fn get(&self, id: &str) -> Result<Conversation, HistoryError> {
        let id = id.to_owned();
        self.ask(move |db| read::conversation(db, &id)).await
    }

    /// A page of conversations, the newest change first.
    ///
    /// # Errors
    /// `Invalid` for a cursor that is none, or a failure of the database.
    pub async fn list(&self, filter: ListFilter) -> Result<ConversationPage, HistoryError> {
        self.ask(move |db| read::list(db, &filter)).await
    }

    /// The entries after a number; at most `limit`, 0 means 200.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt`, or a failure of the database.
    pub async fn entries(&self, id: &str, after: u64, limit: u32) -> Result<EntryPage, HistoryError> {
        let id = id.to_owned();
        self.ask(move |db| read::entries(db, &id, after, limit)).await
    }

    /// The messages before a number (`None`: the newest); at most `limit`, 0 means 50.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt`, or a failure of the database.
    pub async fn messages(&self, id: &str, before: Option<u64>, limit: u32) -> Result<MessagePage, HistoryError> {
        let id = id.to_owned();
        self.ask(move |db| read::messages(db, &id, before, limit)).await
    }

    /// The checkpoint of a conversation, where it has one.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt`, or a failure of the database.
    pub async fn checkpoint(&self, id: &str) -> Result<Option<Checkpoint>, HistoryError> {
        let id = id.to_owned();
        self.ask(move |db| read::checkpoint(db, &id)).await
    }

    /// What a command answered, where it was answered.
    ///
    /// # Errors
    /// `Corrupt`, or a failure of the database.
    pub async fn outcome(&self, client_id: &str) -> Result<Option<Bytes>, HistoryError> {
        let client_id = client_id.to_owned();
        self.ask(move |db| read::outcome(db, &client_id)).await
    }

    /// Figures.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn stats(&self) -> Result<Stats, HistoryError> {
        let mut stats = self.ask(read::stats).await?;
        stats.indexed_to = self.searches.run(|db| search::indexed_to(db)).await?;
        stats.database_bytes = size(&self.database, "") + size(&self.database, "-wal");
        stats.index_bytes = search::index_bytes(&self.database);
        stats.blob_bytes = Blobs::beside(&self.database).all().iter().map(|blob| blob.bytes).sum();
        Ok(stats)
    }

    /// Messages, best first.
    ///
    /// # Errors
    /// `EmptyQuery`, or a failure of the database.
    pub async fn search(&self, query: SearchQuery) -> Result<SearchPage, HistoryError> {
        self.searches.run(move |db| search::run(db, &query)).await
    }

    /// Answers what was asked, and closes the file.
    pub(crate) async fn close(&self) {
        self.questions.close().await;
        self.searches.close().await;
    }

    /// The database file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.database
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, HistoryError> + Send + 'static,
    ) -> Result<T, HistoryError> {
        self.questions.run(move |db| read::consistent(db, question)).await
    }
}

fn size(database: &Path, suffix: &str) -> u64 {
    std::fs::metadata(oqto_store::lock::beside(database, suffix)).map_or(0, |file| file.len())
}
