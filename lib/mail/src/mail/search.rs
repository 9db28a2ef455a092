//! Finding mail by its words.

use oqto_store::rusqlite::Connection;
use serde::Serialize;

use super::inbox::preview;
use crate::clock::Stamp;
use crate::error::MailError;
use crate::name::fold;
use crate::party::{self, Actor};
use crate::store::Store;

/// A mail that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// The first mail of its thread.
    pub thread: String,
    /// Who sent it.
    pub from: String,
    /// Who got it.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// What stands around the words that were found.
    pub snippet: String,
    /// When it was sent.
    pub sent_at: Stamp,
}

/// Characters around a word that was found.
const AROUND: usize = 60;

impl Store {
    /// Mails that the actor sent or got in which every word occurs, the newest first. In scripts that part words the
    /// beginning of one is enough; in others a word is found anywhere.
    ///
    /// # Errors
    /// `Invalid` for a query without words, or a failure of the database.
    pub fn search(&self, actor: &Actor, query: &str, limit: u32) -> Result<Vec<Hit>, MailError> {
        let words = words(query);
        if words.is_empty() {
            return Err(MailError::Invalid(format!("`{query}` has no word to search for")));
        }
        self.read(|db, _| {
            let me = party::find(db, &actor.name)?.map_or(0, |party| party.id);
            find(db, me, &words, limit)
        })
    }
}

fn words(query: &str) -> Vec<String> {
    query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether words of this script stand apart, so that the index knows them.
fn stands_apart(word: &str) -> bool {
    !word.chars().any(|c| {
        matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0xa4cf | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff)
    })
}

fn find(db: &Connection, me: i64, words: &[String], limit: u32) -> Result<Vec<Hit>, MailError> {
    let (apart, anywhere): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| stands_apart(word));
    let indexed: String = apart.iter().map(|word| format!("\"{word}\"* ")).collect();
    let indexed = indexed.trim_end();
    let chosen = if indexed.is_empty() {
        "?2 = ''"
    } else {
        "n IN (SELECT rowid FROM letter_words WHERE letter_words MATCH ?2)"
    };
    let mut statement = db.prepare_cached(&format!(
        "SELECT n, letter.id, thread, party.name, subject, body, sent_at FROM letter JOIN party ON party.id = sender
         WHERE (sender = ?1 OR n IN (SELECT letter FROM delivery WHERE party = ?1)) AND {chosen} ORDER BY n DESC"
    ))?;
    let mut rows = statement.query((me, indexed))?;
    let mut hits = Vec::new();
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    while let Some(row) = rows.next()? {
        let (subject, body): (String, String) = (row.get(4)?, row.get(5)?);
        if !anywhere.is_empty() {
            let text = fold(&format!("{subject}\n{body}"));
            if !anywhere.iter().all(|word| text.contains(&fold(word))) {
                continue;
            }
        }
        let snippet = snippet(&body, words);
        let to = recipients(db, row.get(0)?)?;
        let (id, thread, from, sent_at) = (row.get(1)?, row.get(2)?, row.get(3)?, Stamp(row.get(6)?));
        hits.push(Hit { id, thread, from, to, subject, snippet, sent_at });
        if hits.len() >= most {
            break;
        }
    }
    Ok(hits)
}

fn recipients(db: &Connection, n: i64) -> Result<Vec<String>, MailError> {
    let mut statement = db.prepare_cached(
        "SELECT name FROM delivery JOIN party ON party.id = delivery.party WHERE letter = ?1 ORDER BY key",
    )?;
    Ok(statement.query_map([n], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The text around the first word that occurs in it, else its beginning; on one line.
fn snippet(body: &str, words: &[String]) -> String {
    // Character by character, since folding may change how many bytes, and how many characters, a text has.
    let folded: Vec<String> = body.chars().map(|c| fold(c.encode_utf8(&mut [0; 4]))).collect();
    let begins = |place: usize, word: &str| {
        let mut rest = word;
        folded[place..].iter().all(|c| match rest.strip_prefix(c.as_str()) {
            Some(after) if !rest.is_empty() => {
                rest = after;
                true
            }
            Some(_) | None => false,
        });
        rest.is_empty()
    };
    let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let found = (0..folded.len()).find(|place| words.iter().any(|word| begins(*place, word))).unwrap_or(0);
    let from = found.saturating_sub(AROUND);
    let text: String = body.chars().skip(from).take(2 * AROUND + 20).collect();
    if from > 0 { format!("…{}", preview(&text)) } else { preview(&text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_snippet_shows_what_was_found() {
        let body = format!("{} der Zähler läuft über {}", "x ".repeat(100), "y ".repeat(100));
        let snippet = snippet(&body, &["ZÄHL".to_owned()]);
        assert!(snippet.starts_with('…') && snippet.contains("der Zähler läuft"), "{snippet}");
        assert_eq!(super::snippet("kurz", &["nichts".to_owned()]), "kurz");
        assert_eq!(words("a-b \"c\" * 日本語!"), ["a", "b", "c", "日本語"]);
        assert!(stands_apart("über") && !stands_apart("日本語"));
    }
}
