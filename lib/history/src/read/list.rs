//! Listing conversations, the newest change first, page by page.

use oqto_store::rusqlite::types::Value;
use oqto_store::rusqlite::{Connection, params_from_iter};

use crate::error::HistoryError;
use crate::model::{ConversationPage, ListFilter};
use crate::rows::ConversationRow;

/// The longest page.
const MAX_LIMIT: u32 = 1000;

/// A page of the conversations that a filter lets through.
pub(crate) fn list(db: &Connection, filter: &ListFilter) -> Result<ConversationPage, HistoryError> {
    let limit = if filter.limit == 0 { 100 } else { filter.limit.min(MAX_LIMIT) };
    let mut conditions = Conditions::default();
    conditions.parts.push("log <> ''");
    conditions.text("workspace = ?", filter.workspace.as_deref());
    conditions.text("harness = ?", filter.harness.as_deref());
    conditions.text("writer = ?", filter.writer.as_deref());
    conditions.text("model = ?", filter.model.as_deref());
    conditions.text("parent = ?", filter.parent.as_deref());
    conditions.number("updated_at >= ?", filter.after);
    conditions.number("updated_at < ?", filter.before);
    if let Some(cursor) = &filter.cursor {
        let (updated_at, key) = read_cursor(cursor)?;
        conditions.parts.push("(updated_at, key) < (?, ?)");
        conditions.values.extend([Value::Integer(updated_at), Value::Integer(key)]);
    }
    conditions.values.push(Value::Integer(i64::from(limit) + 1));
    let sql =
        format!("{} WHERE {} ORDER BY updated_at DESC, key DESC LIMIT ?", ConversationRow::select(), conditions.sql());
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(conditions.values), |row| Ok(ConversationRow::decode(row)))?;
    let mut rows: Vec<ConversationRow> = rows.map(|row| row?).collect::<Result<_, HistoryError>>()?;
    let next = if rows.len() > limit as usize {
        rows.truncate(limit as usize);
        rows.last().map(|row| format!("{}.{}", row.value.updated_at, row.key))
    } else {
        None
    };
    Ok(ConversationPage { conversations: rows.into_iter().map(|row| row.value).collect(), next })
}

#[derive(Default)]
struct Conditions {
    parts: Vec<&'static str>,
    values: Vec<Value>,
}

impl Conditions {
    fn text(&mut self, part: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.parts.push(part);
            self.values.push(Value::Text(value.to_owned()));
        }
    }

    fn number(&mut self, part: &'static str, value: Option<i64>) {
        if let Some(value) = value {
            self.parts.push(part);
            self.values.push(Value::Integer(value));
        }
    }

    fn sql(&self) -> String {
        self.parts.join(" AND ")
    }
}

fn read_cursor(cursor: &str) -> Result<(i64, i64), HistoryError> {
    let invalid = || HistoryError::Invalid(format!("`{cursor}` is not a cursor of a page before"));
    let (updated_at, key) = cursor.split_once('.').ok_or_else(invalid)?;
    Ok((updated_at.parse().map_err(|_| invalid())?, key.parse().map_err(|_| invalid())?))
}
