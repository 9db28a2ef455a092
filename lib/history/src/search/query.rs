//! What a person types becomes a query of the index. The index's own syntax never gets through.

use oqto_store::rusqlite::Connection;

use super::words::{expand, has_word};
use super::{SearchMode, SearchQuery};
use crate::error::HistoryError;

/// The longest query, in bytes, and the most words of it that are looked for.
const MAX_QUERY: usize = 1000;
const MAX_WORDS: usize = 32;
/// How many written words a beginning may stand for, and from which length on they are looked up.
const MAX_COMPLETIONS: usize = 50;
const MIN_BEGINNING: usize = 4;

/// A query as it is asked of the index, and the words that a snippet shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    /// In the syntax of the index.
    pub(crate) expression: String,
    /// In small letters, with whether each is only a beginning.
    pub(crate) shown: Vec<(String, bool)>,
}

/// Reads a query.
pub(crate) fn parse(db: &Connection, query: &SearchQuery) -> Result<Query, HistoryError> {
    if query.query.len() > MAX_QUERY {
        return Err(HistoryError::Invalid(format!("the query is longer than {MAX_QUERY} bytes")));
    }
    let side_by_side = match query.mode {
        SearchMode::Natural => false,
        SearchMode::Code => true,
        SearchMode::Auto => looks_like_code(&query.query),
    };
    let mut terms = Vec::new();
    let mut shown = Vec::new();
    for word in query.query.split_whitespace().take(MAX_WORDS) {
        let (word, beginning) = word.strip_suffix('*').map_or((word, false), |word| (word, true));
        if !has_word(word) {
            continue;
        }
        terms.extend(term(db, word, beginning, side_by_side)?);
        let pieces: Vec<&str> =
            word.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
        let last = pieces.len().saturating_sub(1);
        shown
            .extend(pieces.iter().enumerate().map(|(index, piece)| (piece.to_lowercase(), beginning && index == last)));
    }
    if terms.is_empty() {
        return Err(HistoryError::EmptyQuery("the query holds no word to search for".into()));
    }
    Ok(Query { expression: terms.join(" AND "), shown })
}

/// Whether a query is a piece of code: a path, a name with underscores or in camel case, `a::b`, `a->b`, `a.b`.
fn looks_like_code(query: &str) -> bool {
    query.split_whitespace().any(|word| {
        let inner = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let joined = inner.contains(['/', '\\', '_', '.', ':']) || inner.contains("->");
        let mut expanded = String::new();
        expand(inner, &mut expanded);
        joined || expanded != inner && inner.is_ascii()
    })
}

/// The terms of one word: a phrase; in natural language, its pieces each for themselves.
fn term(db: &Connection, word: &str, beginning: bool, side_by_side: bool) -> Result<Vec<String>, HistoryError> {
    if side_by_side || !word.contains('-') {
        return Ok(vec![phrase(db, word, beginning)?]);
    }
    let pieces: Vec<&str> = word.split('-').filter(|piece| has_word(piece)).collect();
    let last = pieces.len().saturating_sub(1);
    pieces.iter().enumerate().map(|(index, piece)| phrase(db, piece, beginning && index == last)).collect()
}

fn phrase(db: &Connection, word: &str, beginning: bool) -> Result<String, HistoryError> {
    if !beginning {
        let mut text = String::new();
        expand(word, &mut text);
        return Ok(quoted(&text));
    }
    // The last piece stays whole: its parts would stand after the word that it is the beginning of.
    let cut =
        word.rfind(|letter: char| !letter.is_alphanumeric()).map_or(0, |place| place + letter_length(word, place));
    let (before, last) = word.split_at(cut);
    let mut text = String::new();
    expand(before, &mut text);
    let mut choices = vec![format!("{}*", quoted(&format!("{text}{last}")))];
    for completion in completions(db, last)? {
        choices.push(quoted(&format!("{text}{completion}")));
    }
    Ok(if choices.len() == 1 { choices.remove(0) } else { format!("({})", choices.join(" OR ")) })
}

fn letter_length(word: &str, place: usize) -> usize {
    word[place..].chars().next().map_or(0, char::len_utf8)
}

/// Written words with this beginning: their stems may be shorter than it.
fn completions(db: &Connection, beginning: &str) -> Result<Vec<String>, HistoryError> {
    if beginning.len() < MIN_BEGINNING || !beginning.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(Vec::new());
    }
    let beginning = beginning.to_ascii_lowercase();
    let end = format!("{beginning}\u{7f}");
    let sql = format!("SELECT text FROM search.word WHERE text >= ?1 AND text < ?2 LIMIT {MAX_COMPLETIONS}");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((beginning, end), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn quoted(text: &str) -> String {
    let clean: String = text.chars().map(|letter| if letter == '\0' { ' ' } else { letter }).collect();
    format!("\"{}\"", clean.replace('"', " "))
}
