//! The reader of queries by itself, over an index with a few words and no message: for those that try any input on it.

use std::path::Path;

use oqto_store::open::{Durability, attach_read_only, read_only, read_write};
use oqto_store::rusqlite::Connection;

use super::{INDEX, SearchMode, SearchQuery, query};
use crate::error::HistoryError;

/// Words that beginnings are completed to.
const WRITTEN: &[&str] = &["protocol", "protocols", "prototype", "websocket"];

/// An index to ask.
#[derive(Debug)]
pub struct Probe {
    db: Connection,
}

impl Probe {
    /// Makes the index in a folder, which must exist.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn new(folder: &Path) -> Result<Self, HistoryError> {
        let path = folder.join("probe.search");
        let made = read_write(&path, &INDEX, Durability::Rebuildable)?;
        for word in WRITTEN {
            made.execute("INSERT OR IGNORE INTO word (text) VALUES (?1)", [word])?;
        }
        drop(made);
        let db = read_only(&path, &INDEX)?;
        attach_read_only(&db, &path, "search", &INDEX)?;
        Ok(Self { db })
    }

    /// Reads a query and asks the index; gives the words that a snippet would show, each with whether it is a beginning.
    ///
    /// # Errors
    /// `Invalid` for one that is too long, `EmptyQuery` for one without a word. Anything else is a fault of the reader:
    /// what it makes of a query must be one of the index.
    pub fn ask(&self, text: &str, mode: SearchMode) -> Result<Vec<(String, bool)>, HistoryError> {
        let asked = SearchQuery { query: text.to_owned(), mode, ..SearchQuery::default() };
        let read = query::parse(&self.db, &asked)?;
        let sql = "SELECT count(*) FROM search.words WHERE words MATCH ?1";
        let _none: i64 = self.db.prepare_cached(sql)?.query_row([&read.expression], |row| row.get(0))?;
        Ok(read.shown)
    }
}
