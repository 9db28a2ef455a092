//! Finding memories: by words, their forms, what they mean, and across typing errors.
//!
//! Each word of the question fetches the newest memories that have it, its stem or its meaning from the index. The best
//! of them are then judged by their own terms: rare words count more, the word itself more than a form of it, and what
//! answers more of the question comes first. Importance and age decide between equals.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::error::MemoryError;
use crate::memory::Memory;
use crate::store::Store;
use crate::words::{Word, is_empty_word, spelled, words};

/// The most memories that one word of the question fetches: it bounds a search among very many.
const FETCHED: i64 = 1500;

/// How many memories are judged by their own terms.
const JUDGED: usize = 200;

/// What a match is worth, against the word itself.
const STEM: f64 = 0.92;
const MEANING: f64 = 0.55;
const TYPO: f64 = 0.75;

/// A memory that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// How well it answers, comparable between stores.
    pub score: f64,
    /// The memory.
    #[serde(flatten)]
    pub memory: Memory,
}

/// What a memory says.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Said {
    pub(crate) memory_id: String,
    pub(crate) content: String,
}

/// One word of the question and what stands for it, with its worth.
#[derive(Debug)]
struct Sought {
    terms: BTreeMap<String, f64>,
    weight: f64,
}

impl Store {
    /// The best `limit` memories for a question, best first; the same ones in the same order every time. What expired
    /// before `now` is left out.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, question: &str, limit: usize, now: Timestamp) -> Result<Vec<Hit>, MemoryError> {
        // One look at the index for all of its queries: each would take and leave its locks otherwise.
        let _look = self.db().unchecked_transaction()?;
        let mut sought = self.sought(question)?;
        let candidates = self.candidates(&mut sought)?;
        let mut judged = Vec::new();
        let mut select = self
            .db()
            .prepare_cached("SELECT id, importance, updated, expires, terms FROM memory WHERE doc = ?1 AND active")?;
        for doc in candidates {
            let row = select.query_row([doc], |row| {
                let prior = Prior { importance: row.get(1)?, updated: row.get(2)?, expires: row.get(3)? };
                Ok((row.get::<_, String>(0)?, prior, row.get::<_, String>(4)?))
            });
            let (id, prior, terms) = row?;
            if !prior.is_expired(now) {
                judged.push((judge(&sought, &terms) * prior.weight(now), id, doc));
            }
        }
        judged.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        judged.truncate(limit);
        let mut select = self.db().prepare_cached("SELECT record FROM memory WHERE doc = ?1")?;
        let mut hits = Vec::new();
        for (score, _, doc) in judged {
            let record: String = select.query_row([doc], |row| row.get(0))?;
            hits.push(Hit { score, memory: serde_json::from_str(&record)? });
        }
        Ok(hits)
    }

    fn sought(&self, question: &str) -> Result<Vec<Sought>, MemoryError> {
        let all = words(question);
        let telling: Vec<&Word> =
            all.iter().filter(|word| !is_empty_word(&word.word) || !word.meanings.is_empty()).collect();
        let chosen = if telling.is_empty() { all.iter().collect() } else { telling };
        let mut seen = BTreeSet::new();
        let mut sought = Vec::new();
        for word in chosen.into_iter().filter(|word| seen.insert(word.word.clone())) {
            let mut terms = BTreeMap::from([(format!("s{}", word.stem), STEM)]);
            terms.extend(word.meanings.iter().map(|meaning| (format!("c{meaning}"), MEANING)));
            if !self.knows(&word.word)? {
                for (near, worth) in self.near(&word.word)? {
                    terms.entry(format!("w{near}")).or_insert(worth);
                }
            }
            terms.insert(format!("w{}", word.word), 1.0);
            sought.push(Sought { terms, weight: 0.0 });
        }
        Ok(sought)
    }

    fn knows(&self, word: &str) -> Result<bool, MemoryError> {
        Ok(self.db().prepare_cached("SELECT 1 FROM vocabulary WHERE word = ?1")?.exists([word])?)
    }

    /// Known words that differ from this one by a typing error or by their end.
    fn near(&self, word: &str) -> Result<Vec<(String, f64)>, MemoryError> {
        let letters: Vec<char> = word.chars().collect();
        let (Some(first), true) = (letters.first(), letters.len() >= 4) else { return Ok(Vec::new()) };
        let mut near = BTreeMap::new();
        // An error in the first letter is found by the second one.
        let firsts: BTreeSet<char> = [*first, letters[1]].into();
        let mut select =
            self.db().prepare_cached("SELECT word FROM spelling WHERE first = ?1 AND letters BETWEEN ?2 AND ?3")?;
        for first in firsts.into_iter().filter(|_| !word.bytes().any(|byte| byte.is_ascii_digit())) {
            let length = letters.len() as i64;
            let bounds = (first.to_string(), length - 2, length + 2);
            for known in select.query_map(bounds, |row| row.get::<_, String>(0))? {
                let known = known?;
                if let Some(worth) = misspelt(&letters, &known) {
                    near.insert(known, worth);
                }
            }
        }
        for known in self.sharing_a_beginning(word)? {
            near.entry(known).or_insert(MEANING);
        }
        let mut near: Vec<(String, f64)> = near.into_iter().collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        near.truncate(6);
        Ok(near)
    }

    /// Known words that begin with this one, or that this one begins with, of five letters and more.
    fn sharing_a_beginning(&self, word: &str) -> Result<Vec<String>, MemoryError> {
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(5).collect();
        let mut known = Vec::new();
        for end in &ends {
            if self.knows(&word[..*end])? {
                known.push(word[..*end].to_owned());
            }
        }
        if word.chars().count() >= 5 {
            let mut select = self
                .db()
                .prepare_cached("SELECT word FROM vocabulary WHERE word BETWEEN ?1 AND ?2 ORDER BY word LIMIT 32")?;
            let rows = select.query_map((word, format!("{word}\u{10ffff}")), |row| row.get::<_, String>(0))?;
            known.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(known)
    }

    /// The memories worth judging, and how rare each word is.
    fn candidates(&self, sought: &mut [Sought]) -> Result<Vec<i64>, MemoryError> {
        let count: i64 = self.db().query_row("SELECT memories FROM tally", [], |row| row.get(0))?;
        let mut scores: BTreeMap<i64, f64> = BTreeMap::new();
        for word in sought.iter_mut() {
            let docs = self.fetch(&any_of(word), FETCHED)?;
            word.weight = rarity(count, docs.len());
            for doc in docs {
                *scores.entry(doc).or_default() += word.weight;
            }
        }
        if sought.len() > 1 {
            // Where every word is common, the memories that have all of them need not be among the newest.
            let all: Vec<String> = sought.iter().map(|word| format!("({})", any_of(word))).collect();
            let total: f64 = sought.iter().map(|word| word.weight).sum();
            for doc in self.fetch(&all.join(" AND "), JUDGED as i64)? {
                scores.insert(doc, total);
            }
        }
        let mut best: Vec<(i64, f64)> = scores.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
        Ok(best.into_iter().take(JUDGED).map(|(doc, _)| doc).collect())
    }

    fn fetch(&self, query: &str, most: i64) -> Result<Vec<i64>, MemoryError> {
        let mut select =
            self.db().prepare_cached("SELECT rowid FROM found WHERE found MATCH ?1 ORDER BY rowid DESC LIMIT ?2")?;
        let rows = select.query_map((query, most), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Memories that share the longest words of a text and all of its numbers: whatever says nearly the same is among
    /// them.
    pub(crate) fn sharing_long_words(&self, text: &str) -> Result<Vec<Said>, MemoryError> {
        let mut all: Vec<String> = spelled(text);
        all.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        all.dedup();
        let quoted = |words: Vec<&String>, by: &str| {
            words.into_iter().map(|word| format!("\"w{word}\"")).collect::<Vec<_>>().join(by)
        };
        // Another number makes another fact, and few memories share all of their numbers.
        let numbers = quoted(all.iter().filter(|word| is_number(word)).collect(), " AND ");
        all.truncate(all.len() / 5 + 2);
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let _look = self.db().unchecked_transaction()?;
        let mut docs = if numbers.is_empty() { None } else { Some(self.fetch(&numbers, JUDGED as i64 + 1)?) };
        if docs.as_ref().is_none_or(|docs| docs.len() > JUDGED) {
            let any = format!("({})", quoted(all.iter().collect(), " OR "));
            let query = if numbers.is_empty() { any } else { format!("{numbers} AND {any}") };
            docs = Some(self.fetch(&query, JUDGED as i64)?);
        }
        let mut memories = Vec::new();
        let mut select = self.db().prepare_cached("SELECT record FROM memory WHERE doc = ?1 AND active")?;
        for doc in docs.unwrap_or_default() {
            memories.push(serde_json::from_str(&select.query_row([doc], |row| row.get::<_, String>(0))?)?);
        }
        Ok(memories)
    }
}

/// A word of digits alone is one however a text is taken apart.
fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn any_of(word: &Sought) -> String {
    // Terms hold letters and digits only, so that quotes are enough.
    word.terms.keys().map(|term| format!("\"{term}\"")).collect::<Vec<_>>().join(" OR ")
}

fn rarity(count: i64, having: usize) -> f64 {
    let (count, having) = (count as f64, having as f64);
    (1.0 + ((count - having).max(0.0) + 0.5) / (having + 0.5)).ln()
}

/// How much of the question a memory's terms answer, from 0 to about 1.
fn judge(sought: &[Sought], terms: &str) -> f64 {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut length = 0_u32;
    for term in terms.split(' ') {
        *counts.entry(term).or_default() += 1;
        length += u32::from(term.starts_with('w'));
    }
    let norm = 0.7 + 0.3 * f64::from(length) / 35.0;
    let (mut got, mut all) = (0.0, 0.0);
    for word in sought {
        let weight = word.weight.max(0.2);
        let matches =
            word.terms.iter().filter_map(|(term, worth)| counts.get(term.as_str()).map(|count| (worth, *count)));
        let best = matches.map(|(worth, count)| worth * saturated(count, norm)).fold(0.0, f64::max);
        got += weight * best;
        all += weight;
    }
    if all > 0.0 { got / all } else { 0.0 }
}

/// The first occurrence counts most.
fn saturated(count: u32, norm: f64) -> f64 {
    let count = f64::from(count);
    count * 1.9 / (count + 0.9 * norm)
}

/// What decides between memories that answer equally well.
struct Prior {
    importance: u8,
    updated: String,
    expires: Option<String>,
}

impl Prior {
    fn is_expired(&self, now: Timestamp) -> bool {
        let ends = self.expires.as_deref().and_then(|text| text.parse::<Timestamp>().ok());
        ends.is_some_and(|ends| ends <= now)
    }

    fn weight(&self, now: Timestamp) -> f64 {
        let importance = 1.0 + 0.015 * (f64::from(self.importance) - 5.0);
        let age = self.updated.parse::<Timestamp>().map(|then| now.duration_since(then).as_secs_f64() / 86_400.0);
        let recency = 1.0 + 0.04 * (-age.unwrap_or(365.0).max(0.0) / 120.0).exp();
        importance * recency
    }
}

/// What a known word is worth for another one that is a typing error away.
fn misspelt(letters: &[char], known: &str) -> Option<f64> {
    let other: Vec<char> = known.chars().collect();
    let allowed = if letters.len() >= 8 { 2 } else { 1 };
    let steps = (other.len() >= 4).then(|| distance(letters, &other)).filter(|steps| *steps <= allowed)?;
    Some(TYPO * (1.0 - steps as f64 / (letters.len() as f64 * 2.0)))
}

/// Letters to insert, leave out, change or swap with their neighbour.
fn distance(one: &[char], other: &[char]) -> usize {
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut steps = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                steps = steps.min(before[j - 1] + 1);
            }
            row.push(steps);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_step_is_one_letter_or_two_swapped() {
        let steps =
            |one: &str, other: &str| distance(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>());
        assert_eq!(steps("refudn", "refund"), 1);
        assert_eq!(steps("webook", "webhook"), 1);
        assert_eq!(steps("flacky", "flaky"), 1);
        assert_eq!(steps("hafen", "häfen"), 1);
        assert_eq!(steps("same", "same"), 0);
    }

    #[test]
    fn rare_words_count_more() {
        assert!(rarity(1000, 1) > rarity(1000, 10));
        assert!(rarity(1000, 10) > rarity(1000, 900));
        assert!(rarity(1, 1).is_finite());
    }
}
