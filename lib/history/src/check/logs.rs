//! What must agree between the rows: numbers without a gap, heads, counts, checkpoints, the identity.

use std::collections::HashMap;

use oqto_store::rusqlite::{self, Connection};

use crate::error::HistoryError;

#[derive(Default)]
struct Log {
    entries: i64,
    last: i64,
    messages: i64,
}

/// Everything that does not agree, each as a sentence.
pub(super) fn check(db: &Connection) -> Result<Vec<String>, HistoryError> {
    let mut found = Vec::new();
    let (mut logs, last) = logs(db)?;
    let mut conversations =
        db.prepare("SELECT key, id, head, message_count, checkpoint, log = '' FROM conversation NOT INDEXED")?;
    let mut rows = conversations.query([])?;
    while let Some(row) = rows.next()? {
        let (key, id): (i64, String) = (row.get(0)?, row.get(1)?);
        let log = logs.remove(&key).unwrap_or_default();
        let deleted: bool = row.get(5)?;
        if deleted {
            continue;
        }
        found.extend(compare(&id, &log, row.get(2)?, row.get(3)?));
        found.extend(compare_checkpoint(db, key, &id, row.get(4)?)?);
    }
    found.extend(logs.keys().map(|key| format!("there are entries of conversation {key}, which is missing")));
    found.extend(identity(db, last)?);
    Ok(found)
}

/// What the entries themselves say, by conversation, and the last position.
fn logs(db: &Connection) -> rusqlite::Result<(HashMap<i64, Log>, i64)> {
    let mut logs: HashMap<i64, Log> = HashMap::new();
    let mut last = 0;
    let mut entries = db.prepare("SELECT position, conversation, seq, event = 'message' FROM entry NOT INDEXED")?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        last = row.get::<_, i64>(0)?.max(last);
        let log = logs.entry(row.get(1)?).or_default();
        log.entries += 1;
        log.last = log.last.max(row.get(2)?);
        log.messages += i64::from(row.get::<_, bool>(3)?);
    }
    Ok((logs, last))
}

fn compare(id: &str, log: &Log, head: i64, messages: i64) -> Vec<String> {
    let mut found = Vec::new();
    if log.entries != head || log.last != head {
        found.push(format!("conversation {id} ends at {head}, but has {} entries up to {}", log.entries, log.last));
    }
    if log.messages != messages {
        found.push(format!("conversation {id} counts {messages} messages, but has {}", log.messages));
    }
    found
}

fn compare_checkpoint(db: &Connection, key: i64, id: &str, position: Option<i64>) -> rusqlite::Result<Option<String>> {
    use rusqlite::OptionalExtension;
    let sql = "SELECT position FROM checkpoint WHERE conversation = ?1";
    let kept: Option<i64> = db.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    Ok((kept != position).then(|| format!("the checkpoint of conversation {id} is missing or another one")))
}

fn identity(db: &Connection, last: i64) -> rusqlite::Result<Option<String>> {
    use rusqlite::OptionalExtension;
    let position: Option<i64> = db.query_row("SELECT position FROM identity", [], |row| row.get(0)).optional()?;
    Ok(match position {
        None => Some("the identity of the history is missing".into()),
        Some(position) if position < last => {
            Some(format!("the history says it ends at {position}, but has entry {last}"))
        }
        Some(_) => None,
    })
}
