//! The row of a conversation.

use oqto_store::checksum::{of_row, text};
use oqto_store::rusqlite::types::ValueRef;
use oqto_store::rusqlite::{self, Connection, OptionalExtension, Row, params};

use super::{checksum, optional_unsigned, signed, unsigned, whole};
use crate::error::HistoryError;
use crate::model::Conversation;
use crate::schema;

/// A conversation with what only the tables know of it.
#[derive(Debug, Clone)]
pub(crate) struct ConversationRow {
    /// The row's own number, 0 before it was inserted.
    pub(crate) key: i64,
    /// What everybody may see.
    pub(crate) value: Conversation,
    /// The position of its checkpoint, where it has one.
    pub(crate) checkpoint: Option<u64>,
}

impl ConversationRow {
    /// `SELECT` with the columns that [`ConversationRow::decode`] expects, without a condition.
    pub(crate) fn select() -> String {
        format!("SELECT {}, crc FROM conversation", schema::CONVERSATION.join(", "))
    }

    /// Reads one by its id; one that was deleted is not there.
    pub(crate) fn find(db: &Connection, id: &str) -> Result<Option<Self>, HistoryError> {
        let sql = Self::select() + " WHERE id = ?1 AND log <> ''";
        let row = db.prepare_cached(&sql)?.query_row([id], |row| Ok(Self::decode(row))).optional()?;
        row.transpose()
    }

    /// One that was deleted, and of which something is left.
    pub(crate) fn deleted(db: &Connection) -> Result<Option<Self>, HistoryError> {
        let sql = Self::select() + " WHERE log = '' ORDER BY key LIMIT 1";
        let row = db.prepare_cached(&sql)?.query_row([], |row| Ok(Self::decode(row))).optional()?;
        row.transpose()
    }

    /// Whether it was deleted.
    pub(crate) fn is_deleted(&self) -> bool {
        self.value.log.is_empty()
    }

    /// Reads one by its id; its absence is an error.
    pub(crate) fn get(db: &Connection, id: &str) -> Result<Self, HistoryError> {
        Self::find(db, id)?.ok_or_else(|| HistoryError::no_conversation(id))
    }

    /// Decodes a row and checks its checksum.
    pub(crate) fn decode(row: &Row<'_>) -> Result<Self, HistoryError> {
        let count = schema::CONVERSATION.len();
        let computed = checksum(row, 0..count)?;
        let found = Self::values(row);
        let named =
            || found.as_ref().map_or_else(|_| "a conversation".into(), |row| format!("conversation {}", row.value.id));
        whole(named, row.get(count)?, computed)?;
        Ok(found?)
    }

    /// Decodes a row without looking at its checksum.
    pub(crate) fn values(row: &Row<'_>) -> rusqlite::Result<Self> {
        let value = Conversation {
            id: row.get(1)?,
            log: row.get(2)?,
            writer: row.get(3)?,
            title: row.get(4)?,
            workspace: row.get(5)?,
            harness: row.get(6)?,
            model: row.get(7)?,
            provider: row.get(8)?,
            state: row.get(9)?,
            parent: row.get(10)?,
            parent_seq: optional_unsigned(row, 11)?,
            native_id: row.get(12)?,
            native_file: row.get(13)?,
            created_at: row.get(14)?,
            updated_at: row.get(15)?,
            head: unsigned(row, 16)?,
            message_count: unsigned(row, 17)?,
            metadata: row.get(18)?,
        };
        Ok(Self { key: row.get(0)?, value, checkpoint: optional_unsigned(row, 19)? })
    }

    /// Adds a row under the key that it has.
    pub(crate) fn insert_as(&self, db: &Connection) -> Result<(), HistoryError> {
        let columns = schema::CONVERSATION;
        let marks: Vec<String> = (1..=columns.len() + 1).map(|number| format!("?{number}")).collect();
        let sql = format!("INSERT INTO conversation ({}, crc) VALUES ({})", columns.join(", "), marks.join(", "));
        self.execute(db, &sql)
    }

    /// Adds a new row; its key is set.
    pub(crate) fn insert(&mut self, db: &Connection) -> Result<(), HistoryError> {
        let last: i64 = db
            .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'conversation'")?
            .query_row([], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        self.key = last + 1;
        self.insert_as(db)
    }

    /// Writes every column of the row anew.
    pub(crate) fn update(&self, db: &Connection) -> Result<(), HistoryError> {
        let columns: Vec<String> =
            schema::CONVERSATION.iter().enumerate().map(|(index, name)| format!("{name} = ?{}", index + 1)).collect();
        let sql =
            format!("UPDATE conversation SET {}, crc = ?{} WHERE key = ?1", columns.join(", "), columns.len() + 1);
        self.execute(db, &sql)
    }

    fn execute(&self, db: &Connection, sql: &str) -> Result<(), HistoryError> {
        let value = &self.value;
        db.prepare_cached(sql)?.execute(params![
            self.key,
            value.id,
            value.log,
            value.writer,
            value.title,
            value.workspace,
            value.harness,
            value.model,
            value.provider,
            value.state,
            value.parent,
            value.parent_seq.map(signed),
            value.native_id,
            value.native_file,
            value.created_at,
            value.updated_at,
            signed(value.head),
            signed(value.message_count),
            value.metadata,
            self.checkpoint.map(signed),
            self.crc(),
        ])?;
        Ok(())
    }

    fn crc(&self) -> u32 {
        let value = &self.value;
        let number = |value: Option<u64>| value.map_or(ValueRef::Null, |value| ValueRef::Integer(signed(value)));
        of_row([
            ValueRef::Integer(self.key),
            text(Some(&value.id)),
            text(Some(&value.log)),
            text(Some(&value.writer)),
            text(Some(&value.title)),
            text(Some(&value.workspace)),
            text(Some(&value.harness)),
            text(Some(&value.model)),
            text(Some(&value.provider)),
            text(Some(&value.state)),
            text(value.parent.as_deref()),
            number(value.parent_seq),
            text(value.native_id.as_deref()),
            text(value.native_file.as_deref()),
            ValueRef::Integer(value.created_at),
            ValueRef::Integer(value.updated_at),
            number(Some(value.head)),
            number(Some(value.message_count)),
            text(Some(&value.metadata)),
            number(self.checkpoint),
        ])
    }
}
