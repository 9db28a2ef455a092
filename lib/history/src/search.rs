//! Searching messages: words and code through one full-text index, best first.
//!
//! The index is a database of its own beside the history (`NAME.search`), so that indexing never holds up an append,
//! and losing it loses nothing. It keeps no text, only which words are where: the text of a hit is read from the
//! history after ranking and cutting.

mod indexer;
#[doc(hidden)]
pub mod probe;
mod query;
mod rank;
mod snippet;
mod text;
mod words;

use std::path::{Path, PathBuf};

use oqto_store::lock::beside;
use oqto_store::open::{attach_read_only, read_only};
use oqto_store::rusqlite::{Connection, OptionalExtension};
use oqto_store::schema::{Migration, Schema};

pub(crate) use indexer::Indexer;
pub(crate) use rank::run;

use crate::convert::all;
use crate::error::HistoryError;
use crate::proto::v1;
use crate::rows::unsigned;
use crate::schema::HISTORY;

/// The index: `hsix`.
static INDEX: Schema = Schema {
    application_id: 0x6873_6978,
    migrations: &[
        Migration { name: "words of messages", sql: include_str!("schema/search_1.sql") },
        Migration { name: "messages by conversation", sql: include_str!("schema/search_2.sql") },
    ],
};

/// The most hits in one answer.
pub const MAX_HITS: u32 = 200;

/// How a query is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SearchMode {
    /// As code where it looks like code.
    #[default]
    Auto,
    /// Every word must occur, in any form and order.
    Natural,
    /// The parts of each word must occur side by side.
    Code,
}

/// A query with its filters. Filters apply before the limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// The words; a trailing `*` matches beginnings.
    pub query: String,
    /// How they are read.
    pub mode: SearchMode,
    /// At most this many hits, up to [`MAX_HITS`]; 0 means 20.
    pub limit: u32,
    /// How many of the best to leave out.
    pub offset: u32,
    /// Only in this workspace.
    pub workspace: Option<String>,
    /// Only of this harness.
    pub harness: Option<String>,
    /// Only by this role.
    pub role: Option<String>,
    /// Only by this model.
    pub model: Option<String>,
    /// At this time or later.
    pub after: Option<i64>,
    /// Before this time.
    pub before: Option<i64>,
    /// Only in this conversation.
    pub conversation: Option<String>,
}

/// A message that was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchHit {
    /// Its conversation.
    pub conversation: String,
    /// Its number there.
    pub seq: u64,
    /// The id of its entry.
    pub entry: String,
    /// The id of the message.
    pub message: String,
    /// Who it is from.
    pub role: String,
    /// When.
    pub ts: i64,
    /// Larger is better; comparable only within one answer.
    pub score: f64,
    /// A piece of its text.
    pub snippet: String,
    /// Where in the piece the words are, in bytes.
    pub highlights: Vec<(u32, u32)>,
    /// The title of the conversation.
    pub title: String,
    /// Its workspace.
    pub workspace: String,
    /// Its harness.
    pub harness: String,
    /// The model that wrote it, or that of its conversation.
    pub model: String,
}

/// The best hits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchPage {
    /// Best first.
    pub hits: Vec<SearchHit>,
    /// How far the index has come; messages after it are missing.
    pub indexed_to: u64,
    /// How far the history has come.
    pub position: u64,
}

/// Where the index of a database is.
pub(crate) fn index_path(database: &Path) -> PathBuf {
    beside(database, ".search")
}

/// Opens the history for searching. Without an index there are no hits, and `indexed_to` says so.
pub(crate) fn open(database: &Path) -> Result<Connection, oqto_store::error::StoreError> {
    let db = read_only(database, &HISTORY)?;
    let index = index_path(database);
    if index.exists() {
        attach_read_only(&db, &index, "search", &INDEX)?;
    }
    Ok(db)
}

/// The position that the index has come to, 0 without an index.
pub(crate) fn indexed_to(db: &Connection) -> Result<u64, HistoryError> {
    if !has_index(db)? {
        return Ok(0);
    }
    let sql = "SELECT state.position FROM search.state JOIN main.identity USING (lineage)";
    Ok(db.prepare_cached(sql)?.query_row([], |row| unsigned(row, 0)).optional()?.unwrap_or(0))
}

fn has_index(db: &Connection) -> Result<bool, HistoryError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_database_list WHERE name = 'search')";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The size of the index, in bytes.
pub(crate) fn index_bytes(database: &Path) -> u64 {
    let index = index_path(database);
    ["", "-wal"].iter().map(|suffix| std::fs::metadata(beside(&index, suffix)).map_or(0, |file| file.len())).sum()
}

impl From<v1::SearchRequest> for SearchQuery {
    fn from(value: v1::SearchRequest) -> Self {
        let mode = match value.mode() {
            v1::SearchMode::Auto => SearchMode::Auto,
            v1::SearchMode::Natural => SearchMode::Natural,
            v1::SearchMode::Code => SearchMode::Code,
        };
        let v1::SearchRequest {
            query,
            mode: _,
            limit,
            offset,
            workspace,
            harness,
            role,
            model,
            after,
            before,
            conversation,
        } = value;
        Self { query, mode, limit, offset, workspace, harness, role, model, after, before, conversation }
    }
}

impl From<SearchQuery> for v1::SearchRequest {
    fn from(value: SearchQuery) -> Self {
        let mode = match value.mode {
            SearchMode::Auto => v1::SearchMode::Auto,
            SearchMode::Natural => v1::SearchMode::Natural,
            SearchMode::Code => v1::SearchMode::Code,
        };
        let SearchQuery { query, mode: _, limit, offset, workspace, harness, role, model, after, before, conversation } =
            value;
        let mode = mode.into();
        Self { query, mode, limit, offset, workspace, harness, role, model, after, before, conversation }
    }
}

impl From<(u32, u32)> for v1::Range {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end }
    }
}

impl From<v1::Range> for (u32, u32) {
    fn from(value: v1::Range) -> Self {
        (value.start, value.end)
    }
}

macro_rules! same_hit {
    ($from:ty => $to:ty) => {
        impl From<$from> for $to {
            fn from(value: $from) -> Self {
                Self {
                    conversation: value.conversation,
                    seq: value.seq,
                    entry: value.entry,
                    message: value.message,
                    role: value.role,
                    ts: value.ts,
                    score: value.score,
                    snippet: value.snippet,
                    highlights: all(value.highlights),
                    title: value.title,
                    workspace: value.workspace,
                    harness: value.harness,
                    model: value.model,
                }
            }
        }
    };
}

same_hit!(SearchHit => v1::SearchHit);
same_hit!(v1::SearchHit => SearchHit);

impl From<SearchPage> for v1::SearchResponse {
    fn from(value: SearchPage) -> Self {
        Self { hits: all(value.hits), indexed_to: value.indexed_to, position: value.position }
    }
}

impl From<v1::SearchResponse> for SearchPage {
    fn from(value: v1::SearchResponse) -> Self {
        Self { hits: all(value.hits), indexed_to: value.indexed_to, position: value.position }
    }
}
