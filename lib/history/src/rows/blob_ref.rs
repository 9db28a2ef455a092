//! Which blobs a conversation names: derived from its entries, and the reason to keep a blob.

use oqto_store::checksum::{of_row, text};
use oqto_store::rusqlite::types::ValueRef;
use oqto_store::rusqlite::{Connection, OptionalExtension};

use super::whole;
use crate::error::HistoryError;

/// How a blob is named in an entry: a member of this name whose value is the checksum.
const NAME: &[u8] = b"\"sha256\"";
/// Hexadecimal digits of a SHA-256.
const DIGITS: usize = 64;

/// The blobs that the payload of an entry names. What only looks like a name keeps a blob, and loses none.
pub(crate) fn named_in(data: &[u8]) -> impl Iterator<Item = &str> {
    memchr::memmem::find_iter(data, NAME).filter_map(|at| {
        let rest = data.get(at + NAME.len()..)?.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        let digits = rest.strip_prefix(b"\"")?.get(..DIGITS)?;
        let hexadecimal = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        digits.iter().all(hexadecimal).then(|| std::str::from_utf8(digits).ok()).flatten()
    })
}

/// Notes the blobs that an entry names.
pub(crate) fn note(db: &Connection, conversation: i64, data: &[u8]) -> Result<(), HistoryError> {
    for sha256 in named_in(data) {
        let crc = of_row([text(Some(sha256)), ValueRef::Integer(conversation)]);
        db.prepare_cached("INSERT OR IGNORE INTO blob_ref (sha256, conversation, crc) VALUES (?1, ?2, ?3)")?
            .execute((sha256, conversation, crc))?;
    }
    Ok(())
}

/// Takes out what a conversation names; gives it. A damaged note is left for `verify` to find.
pub(crate) fn take(db: &Connection, conversation: i64) -> Result<Vec<String>, HistoryError> {
    let mut statement = db.prepare_cached("SELECT sha256, crc FROM blob_ref WHERE conversation = ?1")?;
    let mut rows = statement.query([conversation])?;
    let mut taken = Vec::new();
    while let Some(row) = rows.next()? {
        let sha256: String = row.get(0)?;
        let crc = of_row([text(Some(&sha256)), ValueRef::Integer(conversation)]);
        whole(|| format!("the note on blob {sha256}"), row.get(1)?, crc)?;
        taken.push(sha256);
    }
    drop(rows);
    db.prepare_cached("DELETE FROM blob_ref WHERE conversation = ?1")?.execute([conversation])?;
    Ok(taken)
}

/// Whether any conversation names a blob.
pub(crate) fn is_named(db: &Connection, sha256: &str) -> Result<bool, HistoryError> {
    let sql = "SELECT 1 FROM blob_ref WHERE sha256 = ?1 LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row([sha256], |_| Ok(())).optional()?.is_some())
}

/// Notes the blobs of every entry, where that was never done.
pub(crate) fn note_all(db: &Connection) -> Result<(), HistoryError> {
    let due: bool = db.query_row("SELECT count(*) > 0 FROM blob_scan", [], |row| row.get(0))?;
    if !due {
        return Ok(());
    }
    let mut statement = db.prepare("SELECT conversation, data FROM entry")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Ok(data) = row.get_ref(1)?.as_blob() {
            note(db, row.get(0)?, data)?;
        }
    }
    db.execute("DELETE FROM blob_scan", [])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_wherever_they_stand_and_nothing_else_is_one() {
        let (a, b) = ("a".repeat(64), "0123456789abcdef".repeat(4));
        let data = format!(
            r#"{{"message":{{"parts":[{{"media":{{"sha256":"{a}"}}}},{{"sha256" : "{b}","bytes":3}}]}},"sha256":7}}"#
        );
        assert_eq!(named_in(data.as_bytes()).collect::<Vec<_>>(), [a.as_str(), b.as_str()]);
        for none in
            [r#"{"sha256":"abc"}"#.to_owned(), format!(r#"{{"sha256":"{}"}}"#, "A".repeat(64)), "\"sha256\"".into()]
        {
            assert_eq!(named_in(none.as_bytes()).count(), 0, "{none}");
        }
    }
}
