//! Finds damage: SQLite's own check of the structure, and the checksum of every row.

use rusqlite::{Connection, types::ValueRef};

use crate::checksum;
use crate::error::StoreError;

/// A table whose rows carry a checksum.
#[derive(Debug, Clone, Copy)]
pub struct CheckedTable {
    /// Its name.
    pub name: &'static str,
    /// The column that tells rows apart, for reports.
    pub key: &'static str,
    /// The columns that the checksum covers, in its order.
    pub columns: &'static [&'static str],
}

/// The column that holds the checksum, in every checked table.
pub const CHECKSUM_COLUMN: &str = "crc";

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// A row does not have its checksum, or cannot be decoded.
    Row {
        /// The table.
        table: &'static str,
        /// Its row id.
        rowid: i64,
        /// What names it, as far as that can be read.
        key: String,
    },
    /// The rows of a table cannot be read to the end.
    Unreadable {
        /// The table.
        table: &'static str,
        /// The last row id that could be read, 0 for none.
        after: i64,
        /// What SQLite said.
        reason: String,
    },
    /// SQLite's own check found this.
    Structure(String),
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Row { table, rowid, key } => write!(f, "{table} row {rowid} ({key}) does not have its checksum"),
            Self::Unreadable { table, after, reason } => {
                write!(f, "{table} cannot be read after row {after}: {reason}")
            }
            Self::Structure(text) => write!(f, "structure: {text}"),
        }
    }
}

/// What a check looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows whose checksum was computed again.
    pub rows: u64,
    /// What is damaged; empty when all is well.
    pub damage: Vec<Damage>,
}

/// Checks the structure and every row of the given tables.
///
/// # Errors
/// Only where nothing at all can be read; damage is in the report.
pub fn verify(db: &Connection, tables: &[CheckedTable]) -> Result<Report, StoreError> {
    let mut report = Report::default();
    // The map of the file could end in a signal where the file is truncated; plain reads end in an error.
    db.pragma_update(None, "mmap_size", 0)?;
    for table in tables {
        check_rows(db, table, &mut report);
    }
    for text in structure(db) {
        report.damage.push(Damage::Structure(text));
    }
    Ok(report)
}

/// What `integrity_check` and `foreign_key_check` have to say, without the final "ok".
fn structure(db: &Connection) -> Vec<String> {
    let mut found = texts(db, "PRAGMA integrity_check(1000)", |row| row.get(0));
    found.extend(texts(db, "PRAGMA foreign_key_check", |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        let rowid: Option<i64> = row.get(1)?;
        Ok(format!("{table} row {} refers to a missing row of {parent}", rowid.unwrap_or(0)))
    }));
    found.retain(|text| text != "ok");
    found
}

fn texts(db: &Connection, sql: &str, text: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<String>) -> Vec<String> {
    let read = || -> rusqlite::Result<Vec<String>> {
        let mut statement = db.prepare(sql)?;
        let rows = statement.query_map([], text)?;
        Ok(rows.map(|row| row.unwrap_or_else(|error| error.to_string())).collect())
    };
    read().unwrap_or_else(|error| vec![error.to_string()])
}

fn check_rows(db: &Connection, table: &CheckedTable, report: &mut Report) {
    let mut after = i64::MIN;
    if let Err(error) = try_rows(db, table, report, &mut after) {
        let after = if after == i64::MIN { 0 } else { after };
        report.damage.push(Damage::Unreadable { table: table.name, after, reason: error.to_string() });
    }
}

fn try_rows(db: &Connection, table: &CheckedTable, report: &mut Report, last: &mut i64) -> rusqlite::Result<()> {
    let sql = format!(
        "SELECT rowid, {key}, {crc}, {columns} FROM {name} NOT INDEXED",
        key = table.key,
        crc = CHECKSUM_COLUMN,
        columns = table.columns.join(", "),
        name = table.name,
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let rowid: i64 = row.get(0)?;
        *last = rowid;
        report.rows += 1;
        if !row_is_whole(row, table.columns.len())? {
            let key = printable(row.get_ref(1)?);
            report.damage.push(Damage::Row { table: table.name, rowid, key });
        }
    }
    Ok(())
}

/// Whether a row `rowid, key, crc, columns…` has the checksum of its columns.
fn row_is_whole(row: &rusqlite::Row<'_>, columns: usize) -> rusqlite::Result<bool> {
    let values = (3..3 + columns).map(|column| row.get_ref(column)).collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(row.get_ref(2)? == ValueRef::Integer(i64::from(checksum::of_row(values))))
}

fn printable(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "null".into(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).escape_default().to_string(),
    }
}
