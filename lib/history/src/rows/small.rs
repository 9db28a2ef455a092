//! The rows with a handful of columns: identity, writers, checkpoints, outcomes.

use bytes::Bytes;
use oqto_store::checksum::{of_row, text};
use oqto_store::rusqlite::types::ValueRef;
use oqto_store::rusqlite::{self, Connection, OptionalExtension, Params, Row, params};

use super::{checksum, unsigned, whole};
use crate::error::HistoryError;

/// The identity of the database and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdentityRow {
    pub(crate) lineage: String,
    /// How many write transactions there were.
    pub(crate) generation: i64,
    /// The position of the last entry that was ever written.
    pub(crate) position: i64,
    pub(crate) created_at: i64,
}

impl IdentityRow {
    pub(crate) fn find(db: &Connection) -> Result<Option<Self>, HistoryError> {
        let sql = "SELECT lineage, generation, position, created_at, crc FROM identity";
        checked(db, sql, [], 4, "the identity of the history", |row| {
            Ok(Self { lineage: row.get(0)?, generation: row.get(1)?, position: row.get(2)?, created_at: row.get(3)? })
        })
    }

    pub(crate) fn get(db: &Connection) -> Result<Self, HistoryError> {
        Self::find(db)?
            .ok_or_else(|| HistoryError::Corrupt("the history has lost its identity; run: hstry verify".into()))
    }

    pub(crate) fn put(&self, db: &Connection) -> Result<(), HistoryError> {
        let crc = of_row([
            text(Some(&self.lineage)),
            ValueRef::Integer(self.generation),
            ValueRef::Integer(self.position),
            ValueRef::Integer(self.created_at),
        ]);
        db.prepare_cached(
            "INSERT INTO identity (one, lineage, generation, position, created_at, crc) VALUES (1, ?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (one) DO UPDATE SET lineage = ?1, generation = ?2, position = ?3, created_at = ?4, crc = ?5",
        )?
        .execute(params![self.lineage, self.generation, self.position, self.created_at, crc])?;
        Ok(())
    }
}

/// The newest epoch of a writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WriterRow {
    pub(crate) id: String,
    pub(crate) epoch: u64,
    pub(crate) claimed_at: i64,
}

impl WriterRow {
    pub(crate) fn find(db: &Connection, id: &str) -> Result<Option<Self>, HistoryError> {
        let sql = "SELECT id, epoch, claimed_at, crc FROM writer WHERE id = ?1";
        checked(db, sql, [id], 3, id, |row| {
            Ok(Self { id: row.get(0)?, epoch: unsigned(row, 1)?, claimed_at: row.get(2)? })
        })
    }

    pub(crate) fn put(&self, db: &Connection) -> Result<(), HistoryError> {
        let epoch = crate::names::number("the epoch", self.epoch)?;
        let crc = of_row([text(Some(&self.id)), ValueRef::Integer(epoch), ValueRef::Integer(self.claimed_at)]);
        db.prepare_cached(
            "INSERT INTO writer (id, epoch, claimed_at, crc) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET epoch = ?2, claimed_at = ?3, crc = ?4",
        )?
        .execute(params![self.id, epoch, self.claimed_at, crc])?;
        Ok(())
    }
}

/// The checkpoint of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CheckpointRow {
    pub(crate) conversation: i64,
    pub(crate) position: u64,
    pub(crate) state: Bytes,
}

impl CheckpointRow {
    pub(crate) fn find(db: &Connection, conversation: i64) -> Result<Option<Self>, HistoryError> {
        let sql = "SELECT conversation, position, state, crc FROM checkpoint WHERE conversation = ?1";
        checked(db, sql, [conversation], 3, "a checkpoint", |row| {
            Ok(Self { conversation: row.get(0)?, position: unsigned(row, 1)?, state: blob(row, 2)? })
        })
    }

    pub(crate) fn put(&self, db: &Connection) -> Result<(), HistoryError> {
        let position = crate::names::number("the position of the checkpoint", self.position)?;
        let crc =
            of_row([ValueRef::Integer(self.conversation), ValueRef::Integer(position), ValueRef::Blob(&self.state)]);
        db.prepare_cached(
            "INSERT INTO checkpoint (conversation, position, state, crc) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (conversation) DO UPDATE SET position = ?2, state = ?3, crc = ?4",
        )?
        .execute(params![self.conversation, position, &self.state[..], crc])?;
        Ok(())
    }
}

/// What a command answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OutcomeRow {
    pub(crate) client_id: String,
    pub(crate) reply: Bytes,
    pub(crate) created_at: i64,
}

impl OutcomeRow {
    pub(crate) fn find(db: &Connection, client_id: &str) -> Result<Option<Self>, HistoryError> {
        let sql = "SELECT client_id, reply, created_at, crc FROM outcome WHERE client_id = ?1";
        checked(db, sql, [client_id], 3, "the outcome of a command", |row| {
            Ok(Self { client_id: row.get(0)?, reply: blob(row, 1)?, created_at: row.get(2)? })
        })
    }

    pub(crate) fn insert(&self, db: &Connection) -> Result<(), HistoryError> {
        let crc =
            of_row([text(Some(&self.client_id)), ValueRef::Blob(&self.reply), ValueRef::Integer(self.created_at)]);
        db.prepare_cached("INSERT INTO outcome (client_id, reply, created_at, crc) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![self.client_id, &self.reply[..], self.created_at, crc])?;
        Ok(())
    }
}

fn blob(row: &Row<'_>, column: usize) -> rusqlite::Result<Bytes> {
    Ok(Bytes::copy_from_slice(row.get_ref(column)?.as_blob()?))
}

/// Reads at most one row of `count` columns and its checksum after them.
fn checked<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    count: usize,
    what: &str,
    values: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>, HistoryError> {
    let decode = |row: &Row<'_>| -> Result<T, HistoryError> {
        whole(|| what.to_owned(), row.get(count)?, checksum(row, 0..count)?)?;
        Ok(values(row)?)
    };
    let row = db.prepare_cached(sql)?.query_row(params, |row| Ok(decode(row))).optional()?;
    row.transpose()
}
