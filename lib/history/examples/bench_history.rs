//! Measures the history service against raw yardsticks of the same run: fsync for appends, FTS5 for searches.
//!
//! `cargo run --release -p oqto-history --example bench_history [FOLDER] [MESSAGES]` prints one JSON object. The
//! folder decides which disk is measured.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use oqto_history::model::{Append, Claim, Fence, NewConversation, NewEntry};
use oqto_history::search::SearchQuery;
use oqto_history::server::{Config, Listener, Server};
use oqto_history::{Client, HistoryError};
use oqto_store::rusqlite::Connection;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How many messages a conversation has, and how many go in one append while filling.
const CONVERSATION: usize = 50;
const WRITERS: usize = 50;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let parent = args.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let messages: usize = args.next().map_or(Ok(100_000), |text| text.parse())?;
    std::fs::create_dir_all(&parent)?;
    let folder = tempfile::tempdir_in(parent)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let figures = runtime.block_on(measure(folder.path(), messages))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string_pretty(&figures)?)?;
    Ok(())
}

async fn measure(folder: &Path, messages: usize) -> Result<Value, Failure> {
    let stop = CancellationToken::new();
    let socket = folder.join("hstry.sock");
    let server = Server::open(Config::new(folder.join("hstry.db"))).await?;
    let listener = Listener::bind(&socket).await?;
    let service = tokio::spawn(server.serve(listener, stop.clone()));
    let client = Client::connect_unix(&socket).await?;
    let claimed = client.claim(Claim { writer: "bench".into(), ..Claim::default() }).await?;
    let fence = Fence { writer: "bench".into(), epoch: claimed.epoch };
    let fsync = fsync(folder)?;
    let sequential = sequential(&client, &fence).await?;
    let together = together(&socket, &fence).await?;
    let texts: Vec<String> = Texts::new().take(messages).collect();
    let filled = fill(&client, &fence, &texts).await?;
    let raw = raw_index(folder, &texts)?;
    let searches = searches(&client, &raw).await?;
    let stats = client.stats().await?;
    let text_bytes: usize = texts.iter().map(String::len).sum();
    stop.cancel();
    service.await??;
    let database = std::fs::metadata(folder.join("hstry.db"))?.len();
    Ok(json!({
        "fsync_ms": milliseconds(fsync),
        "append_sequential": {
            "median_ms": milliseconds(sequential.0), "p99_ms": milliseconds(sequential.1),
            "over_fsync_ms": milliseconds(sequential.0.saturating_sub(fsync)),
        },
        "append_50_writers": {
            "entries_per_second": together.0, "median_ms": milliseconds(together.1),
            "entries_per_fsync_time": together.0 * fsync.as_secs_f64(),
        },
        "fill": filled,
        "size": {
            "messages": stats.messages, "text_bytes": text_bytes, "database_bytes": database,
            "index_bytes": stats.index_bytes,
            "times_the_text": (database + stats.index_bytes) as f64 / text_bytes as f64,
        },
        "search": searches,
    }))
}

/// The median of writing 4 KiB to the end of a file and waiting for the disk.
fn fsync(folder: &Path) -> Result<Duration, Failure> {
    let mut file = std::fs::File::create(folder.join("yardstick"))?;
    let mut times = Vec::new();
    for _ in 0..300 {
        let start = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_all()?;
        times.push(start.elapsed());
    }
    Ok(quantile(&mut times, 0.5))
}

async fn sequential(client: &Client, fence: &Fence) -> Result<(Duration, Duration), Failure> {
    let id = "ses_sequential";
    client.create(fence, NewConversation { id: id.into(), ..NewConversation::default() }).await?;
    let mut times = Vec::new();
    for number in 0..1000 {
        let append = one(id, number);
        let start = Instant::now();
        client.append(fence, append).await?;
        times.push(start.elapsed());
    }
    Ok((quantile(&mut times, 0.5), quantile(&mut times, 0.99)))
}

/// Entries a second, and the median of one append, with fifty writers that each wait for their own.
async fn together(socket: &Path, fence: &Fence) -> Result<(f64, Duration), Failure> {
    let start = Instant::now();
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let client = Client::connect_unix(socket).await?;
        let fence = fence.clone();
        writers.push(tokio::spawn(async move {
            let id = format!("ses_together_{writer}");
            client.create(&fence, NewConversation { id: id.clone(), ..NewConversation::default() }).await?;
            let mut times = Vec::new();
            for number in 0..200 {
                let start = Instant::now();
                client.append(&fence, one(&id, number)).await?;
                times.push(start.elapsed());
            }
            Ok::<_, HistoryError>(times)
        }));
    }
    let mut times = Vec::new();
    for writer in writers {
        times.extend(writer.await??);
    }
    let rate = times.len() as f64 / start.elapsed().as_secs_f64();
    Ok((rate, quantile(&mut times, 0.5)))
}

fn one(conversation: &str, number: usize) -> Append {
    let text = "a message of about two hundred bytes ".repeat(5);
    Append { conversation: conversation.into(), entries: vec![message(number, &text)], ..Append::default() }
}

fn message(number: usize, text: &str) -> NewEntry {
    let role = if number.is_multiple_of(2) { "user" } else { "assistant" };
    let data = json!({"message": {
        "id": format!("msg_{number:026}"), "role": role, "parts": [{"type": "text", "text": text}],
        "created_at": 1_763_700_000_000_u64,
    }});
    NewEntry {
        id: format!("ent_{number:026}"),
        ts: 1_763_700_000_000,
        event: "message".into(),
        data: Bytes::from(data.to_string()),
    }
}

/// Fills the history and waits for the index.
async fn fill(client: &Client, fence: &Fence, texts: &[String]) -> Result<Value, Failure> {
    let start = Instant::now();
    for (number, texts) in texts.chunks(CONVERSATION).enumerate() {
        let entries = texts.iter().enumerate().map(|(number, text)| message(number, text)).collect();
        let id = format!("ses_{number:06}");
        client.create(fence, NewConversation { id, entries, ..NewConversation::default() }).await?;
    }
    let written = start.elapsed();
    loop {
        let page = client.search(query("rareword0")).await?;
        if page.indexed_to == page.position {
            break;
        }
    }
    let rate = texts.len() as f64 / written.as_secs_f64();
    Ok(json!({
        "messages_per_second": rate, "seconds": written.as_secs_f64(),
        "indexed_after_seconds": (start.elapsed() - written).as_secs_f64(),
    }))
}

/// The same texts in a plain index with the same tokenizer.
#[expect(clippy::disallowed_methods, reason = "the yardstick is bare SQLite")]
fn raw_index(folder: &Path, texts: &[String]) -> Result<Connection, Failure> {
    let mut db = Connection::open(folder.join("raw.db"))?;
    db.execute_batch(
        "PRAGMA journal_mode = wal; PRAGMA synchronous = off;
         CREATE VIRTUAL TABLE raw USING fts5 (text, tokenize = 'porter unicode61 remove_diacritics 2');",
    )?;
    let all = db.transaction()?;
    for text in texts {
        all.prepare_cached("INSERT INTO raw (text) VALUES (?1)")?.execute([text])?;
    }
    all.commit()?;
    Ok(db)
}

async fn searches(client: &Client, raw: &Connection) -> Result<Value, Failure> {
    let mut figures = serde_json::Map::new();
    for (name, words) in [
        ("one_hit", "rareword777"),
        ("some_hits", "sometimes"),
        ("two_words", "common usual"),
        ("half_of_all", "common"),
        ("beginning", "rareword77*"),
    ] {
        let hits: i64 = raw.query_row("SELECT count(*) FROM raw WHERE raw MATCH ?1", [words], |row| row.get(0))?;
        let mut statement = raw.prepare("SELECT rowid FROM raw WHERE raw MATCH ?1 ORDER BY rank LIMIT 20")?;
        let mut raw_times = Vec::new();
        let mut times = Vec::new();
        // Turn by turn, so that both see the same machine.
        for _ in 0..25 {
            let start = Instant::now();
            let rows = statement.query_map([words], |row| row.get::<_, i64>(0))?;
            let found = rows.count();
            raw_times.push(start.elapsed());
            let start = Instant::now();
            let page = client.search(query(words)).await?;
            times.push(start.elapsed());
            if page.hits.len() != found {
                return Err(format!("{words}: {} hits, the yardstick has {found}", page.hits.len()).into());
            }
        }
        let (ours, theirs) = (quantile(&mut times, 0.5), quantile(&mut raw_times, 0.5));
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        figures.insert(
            name.into(),
            json!({"hits": hits, "grpc_ms": milliseconds(ours), "raw_fts5_ms": milliseconds(theirs), "ratio": ratio}),
        );
    }
    let mut times = Vec::new();
    for _ in 0..25 {
        let start = Instant::now();
        client.search(SearchQuery { role: Some("assistant".into()), ..query("common") }).await?;
        times.push(start.elapsed());
    }
    figures.insert("half_of_all_one_role".into(), json!({"grpc_ms": milliseconds(quantile(&mut times, 0.5))}));
    Ok(figures.into())
}

fn query(words: &str) -> SearchQuery {
    SearchQuery { query: words.into(), ..SearchQuery::default() }
}

/// Texts of about 790 bytes: common words often, rare ones seldom, the same in every run.
struct Texts {
    state: u64,
    number: usize,
}

impl Texts {
    fn new() -> Self {
        Self { state: 0x9e37_79b9_7f4a_7c15, number: 0 }
    }

    fn random(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }
}

impl Iterator for Texts {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut text = format!("rareword{} ", self.number);
        for (word, often) in [("common", 52), ("usual", 67), ("sometimes", 2)] {
            if self.random() % 100 < often {
                text.push_str(word);
                text.push(' ');
            }
        }
        while text.len() < 785 {
            // The square of an even number between 0 and 1 makes small ones frequent, as in language.
            let even = (self.random() % 1_000_000) as f64 / 1_000_000.0;
            let word = (even * even * even * 20_000.0) as u64;
            text.push_str(&syllables(word));
            text.push(if self.random().is_multiple_of(12) { '\n' } else { ' ' });
        }
        self.number += 1;
        Some(text)
    }
}

/// A pronounceable word for a number.
fn syllables(mut number: u64) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ko", "ri", "tu", "me", "sa", "lo", "ne", "vi", "da", "pe", "fo", "gu", "ha", "ji", "ze"];
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[(number % 16) as usize]);
        number /= 16;
        if number == 0 {
            return word;
        }
    }
}

fn quantile(times: &mut [Duration], part: f64) -> Duration {
    times.sort_unstable();
    let place = (times.len().saturating_sub(1) as f64 * part) as usize;
    times.get(place).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
