//! Measures the history service against raw yardsticks of the same run: fsync for appends, FTS5 for searches.
//!
//! `cargo run --release -p oqto-history --example bench_history [FOLDER] [MESSAGES]` prints a line a figure. The folder
//! decides which disk is measured.

mod history {
    pub(crate) mod long;
}

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use history::long;
use oqto_history::model::{Append, Claim, Fence, NewConversation, NewEntry};
use oqto_history::search::SearchQuery;
use oqto_history::server::{Config, Listener, Server};
use oqto_history::{Client, HistoryError};
use oqto_store::rusqlite::Connection;
use oqto_testkit::figure::{Figure, percentile};
use serde_json::json;
use tokio_util::sync::CancellationToken;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How many messages a conversation has, and how many go in one append while filling.
const CONVERSATION: usize = 50;
const WRITERS: usize = 50;
/// Of each writer.
const APPENDS: usize = 200;

fn main() -> Outcome {
    let mut args = std::env::args().skip(1);
    let parent = args.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let messages: usize = args.next().map_or(Ok(100_000), |text| text.parse())?;
    std::fs::create_dir_all(&parent)?;
    let folder = tempfile::tempdir_in(parent)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(folder.path(), messages))
}

async fn measure(folder: &Path, messages: usize) -> Outcome {
    let stop = CancellationToken::new();
    let socket = folder.join("hstry.sock");
    let server = Server::open(Config::new(folder.join("hstry.db"))).await?;
    let listener = Listener::bind(&socket).await?;
    let service = tokio::spawn(server.serve(listener, stop.clone()));
    let client = Client::connect_unix(&socket).await?;
    let claimed = client.claim(Claim { writer: "bench".into(), ..Claim::default() }).await?;
    let fence = Fence { writer: "bench".into(), epoch: claimed.epoch };
    appends(&client, &socket, folder, &fence).await?;
    let texts: Vec<String> = Texts::new().take(messages).collect();
    fill(&client, &fence, &texts).await?;
    let raw = raw_index(folder, &texts)?;
    searches(&client, &raw).await?;
    drop(raw);
    let stats = client.stats().await?;
    let text_bytes: usize = texts.iter().map(String::len).sum();
    stop.cancel();
    service.await??;
    let database = std::fs::metadata(folder.join("hstry.db"))?.len();
    let (size, text) = ((database + stats.index_bytes) as f64 / 1e6, text_bytes as f64 / 1e6);
    Figure::new("database and index, beside the text in them", size, "MB")
        .beside(text)
        .at_most_times_its_yardstick(3.0);
    long::measure(&folder.join("long")).await
}

async fn appends(client: &Client, socket: &Path, folder: &Path, fence: &Fence) -> Outcome {
    let fsync = milliseconds(fsync(folder)?);
    let mut times = sequential(client, fence).await?;
    for percent in [50, 99] {
        let took = percentile(&mut times, percent);
        // The slowest of a hundred appends stands beside the median fsync too: it may wait for two.
        let limit = if percent == 50 { fsync + 1.0 } else { 2.0 * fsync + 3.0 };
        Figure::new(format!("append acknowledged, one writer (p{percent})"), took, "ms").beside(fsync).at_most(limit);
    }
    let each_second = together(socket, fence).await?;
    // Twenty entries in the time of one fsync, but no more than 5,000 a second are asked for.
    let wanted = (20.0 * 1000.0 / fsync).min(5000.0);
    let alone = 1000.0 / fsync;
    Figure::new("appends a second of 50 writers, beside fsyncs a second", each_second, "1/s")
        .beside(alone)
        .at_least(wanted);
    Ok(())
}

/// The median of writing 4 KiB to the end of a file and waiting for the disk.
fn fsync(folder: &Path) -> Outcome<Duration> {
    let mut file = std::fs::File::create(folder.join("yardstick"))?;
    let mut times = Vec::new();
    for _ in 0..300 {
        let start = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_all()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

async fn sequential(client: &Client, fence: &Fence) -> Outcome<Vec<f64>> {
    let id = "ses_sequential";
    client.create(fence, NewConversation { id: id.into(), ..NewConversation::default() }).await?;
    let mut times = Vec::new();
    for number in 0..1000 {
        let append = one(id, number);
        let start = Instant::now();
        client.append(fence, append).await?;
        times.push(milliseconds(start.elapsed()));
    }
    Ok(times)
}

/// Entries a second of fifty writers that each wait for their own.
async fn together(socket: &Path, fence: &Fence) -> Outcome<f64> {
    let start = Instant::now();
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let client = Client::connect_unix(socket).await?;
        let fence = fence.clone();
        writers.push(tokio::spawn(async move {
            let id = format!("ses_together_{writer}");
            client.create(&fence, NewConversation { id: id.clone(), ..NewConversation::default() }).await?;
            for number in 0..APPENDS {
                client.append(&fence, one(&id, number)).await?;
            }
            Ok::<_, HistoryError>(())
        }));
    }
    for writer in writers {
        writer.await??;
    }
    let all = (WRITERS * APPENDS) as f64;
    Ok(all / start.elapsed().as_secs_f64())
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
async fn fill(client: &Client, fence: &Fence, texts: &[String]) -> Outcome {
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
    Figure::new("messages a second of an import", rate, "1/s").at_least(5000.0);
    let behind = (start.elapsed() - written).as_secs_f64();
    Figure::new(format!("until {} messages at once can be found", texts.len()), behind, "s").at_most(60.0);
    Ok(())
}

/// The same texts in a plain index with the same tokenizer.
#[expect(clippy::disallowed_methods, reason = "the yardstick is bare SQLite")]
fn raw_index(folder: &Path, texts: &[String]) -> Outcome<Connection> {
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

async fn searches(client: &Client, raw: &Connection) -> Outcome {
    for (name, words) in [
        ("one word", "rareword777"),
        ("a rare word", "sometimes"),
        ("two words", "common usual"),
        ("a common word", "common"),
        ("a beginning", "rareword77*"),
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
            raw_times.push(milliseconds(start.elapsed()));
            let start = Instant::now();
            let page = client.search(query(words)).await?;
            times.push(milliseconds(start.elapsed()));
            if page.hits.len() != found {
                return Err(format!("{words}: {} hits, the yardstick has {found}", page.hits.len()).into());
            }
        }
        let (ours, theirs) = (percentile(&mut times, 50), percentile(&mut raw_times, 50));
        let figure = Figure::new(format!("search over gRPC, {name}: {hits} hits (p50)"), ours, "ms").beside(theirs);
        // What is found in no time is measured by the clock, what costs by what FTS5 alone needs for it.
        if theirs < 2.0 { figure.at_most(3.0) } else { figure.at_most_times_its_yardstick(1.5) }
    }
    Ok(())
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

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
