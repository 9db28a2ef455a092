//! Ranking: best first, filtered before the limit, and only then is any text read.

use oqto_store::rusqlite::types::Value;
use oqto_store::rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::{MAX_HITS, SearchHit, SearchPage, SearchQuery, has_index, indexed_to, query, snippet, text};
use crate::error::HistoryError;
use crate::read::consistent;
use crate::rows::{ENTRY_COLUMNS, IdentityRow, decode_entry};

/// Hits when the query does not say how many.
const DEFAULT_HITS: u32 = 20;

/// Answers a query.
pub(crate) fn run(db: &mut Connection, search: &SearchQuery) -> Result<SearchPage, HistoryError> {
    consistent(db, |db| {
        let position = u64::try_from(IdentityRow::get(db)?.position).unwrap_or(0);
        let indexed_to = indexed_to(db)?;
        let mut page = SearchPage { hits: Vec::new(), indexed_to, position };
        if !has_index(db)? {
            return Ok(page);
        }
        let query = query::parse(db, search)?;
        let limit = if search.limit == 0 { DEFAULT_HITS } else { search.limit.min(MAX_HITS) };
        let mut offset = search.offset;
        // A message that was just deleted may still be in the index: what it takes away is fetched again.
        while page.hits.len() < limit as usize {
            let wanted = limit - u32::try_from(page.hits.len()).unwrap_or(limit);
            let ranked = best(db, search, &query.expression, wanted, offset)?;
            for (position, rank) in &ranked {
                page.hits.extend(hit(db, *position, *rank, &query.shown)?);
            }
            if ranked.len() < wanted as usize {
                break;
            }
            offset += wanted;
        }
        Ok(page)
    })
}

/// The positions of the best messages, best first.
fn best(
    db: &Connection,
    search: &SearchQuery,
    expression: &str,
    limit: u32,
    offset: u32,
) -> Result<Vec<(i64, f64)>, HistoryError> {
    let mut filters = Filters::default();
    filters.add("doc.role = (SELECT id FROM search.name WHERE text = ?)", search.role.as_deref());
    filters.add("doc.model = (SELECT id FROM search.name WHERE text = ?)", search.model.as_deref());
    filters.number("doc.ts >= ?", search.after);
    filters.number("doc.ts < ?", search.before);
    filters.add(in_conversations("id = ?"), search.conversation.as_deref());
    filters.add(in_conversations("workspace = ?"), search.workspace.as_deref());
    filters.add(in_conversations("harness = ?"), search.harness.as_deref());
    let join = if filters.conditions.is_empty() { "" } else { "JOIN search.doc ON doc.position = words.rowid" };
    let conditions: String = filters.conditions.iter().map(|condition| format!(" AND {condition}")).collect();
    let sql = format!(
        "SELECT words.rowid, words.rank FROM search.words {join} WHERE words MATCH ?{conditions}
         ORDER BY words.rank LIMIT ? OFFSET ?"
    );
    let mut values = vec![Value::Text(expression.to_owned())];
    values.extend(filters.values);
    values.extend([Value::Integer(limit.into()), Value::Integer(offset.into())]);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn in_conversations(condition: &str) -> String {
    format!("doc.conversation IN (SELECT key FROM main.conversation WHERE {condition})")
}

#[derive(Default)]
struct Filters {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Filters {
    fn add(&mut self, condition: impl Into<String>, value: Option<&str>) {
        if let Some(value) = value {
            self.conditions.push(condition.into());
            self.values.push(Value::Text(value.to_owned()));
        }
    }

    fn number(&mut self, condition: &str, value: Option<i64>) {
        if let Some(value) = value {
            self.conditions.push(condition.to_owned());
            self.values.push(Value::Integer(value));
        }
    }
}

/// Reads what a hit shows; `None` where the message is gone.
fn hit(db: &Connection, position: i64, rank: f64, shown: &[(String, bool)]) -> Result<Option<SearchHit>, HistoryError> {
    let sql = format!("SELECT {ENTRY_COLUMNS} FROM main.entry WHERE position = ?1");
    let found = db
        .prepare_cached(&sql)?
        .query_row([position], |row| Ok((row.get::<_, i64>(1)?, decode_entry(row))))
        .optional()?;
    let Some((key, entry)) = found else { return Ok(None) };
    let entry = entry?;
    let sql = "SELECT id, title, workspace, harness, model FROM main.conversation WHERE key = ?1 AND log <> ''";
    let found = db.prepare_cached(sql)?.query_row([key], |row| {
        Ok(SearchHit {
            conversation: row.get(0)?,
            title: row.get(1)?,
            workspace: row.get(2)?,
            harness: row.get(3)?,
            model: row.get(4)?,
            ..SearchHit::default()
        })
    });
    let Some(mut hit) = found.optional()? else { return Ok(None) };
    if let Some(message) = text::message(&entry.data) {
        let snippet::Snippet { text, highlights } = snippet::cut(&message.text(), shown);
        hit.snippet = text;
        hit.highlights = highlights;
        hit.message = message.id.into_owned();
        hit.role = message.role.into_owned();
        if let Some(model) = message.model {
            hit.model = model.into_owned();
        }
    }
    Ok(Some(SearchHit { seq: entry.seq, entry: entry.id, ts: entry.ts, score: -rank, ..hit }))
}
