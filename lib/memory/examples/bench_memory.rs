//! Measures how well and how fast memories are found and kept, in the library and by `agntz` as a process:
//!
//! `cargo xtask bench memory` builds the program as it is shipped and runs this. A folder as the argument decides which disk
//! is measured.

#[path = "bench_memory/commands.rs"]
mod commands;
#[path = "../tests/retrieval/quality.rs"]
mod quality;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;
use oqto_memory::{Duplicates, Store, Told};
use oqto_protocol::agent_context::AgentContext;
use oqto_testkit::figure::{Figure, percentile};
use quality::{bm25, filled, lines, measure, ours, plain_bm25, substring, text};

type Failure = Box<dyn std::error::Error>;

/// Additions and searches of one size.
const ROUNDS: usize = 40;

fn main() -> Result<(), Failure> {
    let parent = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    std::fs::create_dir_all(&parent)?;
    let folder = tempfile::tempdir_in(parent)?;
    retrieval(folder.path());
    for count in [10_000, 100_000] {
        let path = folder.path().join(format!("many-{count}/.mmry/mmry.jsonl"));
        write_many(&path, count)?;
        speed(folder.path(), &path, count)?;
    }
    commands::measure(folder.path(), &folder.path().join("many-100000"))
}

/// The share of right answers, beside the better of the two yardsticks.
fn retrieval(folder: &Path) {
    let memories = lines("memories.jsonl");
    let (store, db) = (filled(folder, &memories), bm25(&memories));
    for set in ["tuned", "held-out", "blind", "fresh"] {
        let questions = lines(&format!("questions-{set}.jsonl"));
        let found = measure(&questions, |question| ours(&store, question));
        let by_bm25 = measure(&questions, |question| plain_bm25(&db, question));
        let by_substring = measure(&questions, |question| substring(&memories, question));
        for (what, ours, bm25, substring) in [
            ("recall@1", found.first, by_bm25.first, by_substring.first),
            ("recall@5", found.five, by_bm25.five, by_substring.five),
            ("MRR", found.mrr, by_bm25.mrr, by_substring.mrr),
        ] {
            let name = format!("memory, {set}: {what} (substring {substring:.2}; beside BM25)");
            Figure::new(name, ours, "of 1").beside(bm25).at_least(bm25.max(substring) + 0.05);
        }
    }
}

/// Opening a store, asking once, as a fresh process does; and adding, beside one fsync.
fn speed(folder: &Path, path: &Path, count: usize) -> Result<(), Failure> {
    let start = Instant::now();
    Store::open(path, AgentContext::default())?;
    let name = format!("memory: first opening of {count} lines that others wrote");
    Figure::new(name, start.elapsed().as_secs_f64(), "s").at_most(count as f64 / 2000.0);
    let mut opens = Vec::new();
    let mut times = Vec::new();
    for question in lines("questions-tuned.jsonl") {
        let start = Instant::now();
        let store = Store::open(path, AgentContext::default())?;
        opens.push(start.elapsed().as_secs_f64() * 1000.0);
        store.search(&text(&question, "question"), 10, Timestamp::now())?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    Figure::new(format!("memory: opening {count} again"), percentile(&mut opens, 50), "ms").at_most(3.0);
    let name = format!("memory: open and search in {count}, 95 of 100");
    Figure::new(name, percentile(&mut times, 95), "ms").at_most(15.0);
    let mut adds = Vec::new();
    for number in 0..ROUNDS {
        let content = format!("Added as number {number} while {count} others are there");
        let start = Instant::now();
        let mut store = Store::open(path, AgentContext::default())?;
        store.add(Told { content: Some(content), ..Told::default() }, Duplicates::Refuse)?;
        adds.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let fsync = fsync(folder)?;
    let name = format!("memory: open and add, durable, to {count}");
    Figure::new(name, percentile(&mut adds, 50), "ms").beside(fsync).at_most(1.5 * fsync + 4.0);
    Ok(())
}

/// Milliseconds of appending a line and waiting for the disk.
fn fsync(folder: &Path) -> Result<f64, Failure> {
    let mut file = std::fs::File::create(folder.join("yardstick"))?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        file.write_all(&[b'x'; 400])?;
        file.sync_data()?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(percentile(&mut times, 50))
}

/// A ledger as another program may have written it: the memories of the test set with other numbers.
fn write_many(path: &Path, count: usize) -> Result<(), Failure> {
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let memories = lines("memories.jsonl");
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for (number, memory) in (0..count).zip(memories.iter().cycle()) {
        let content = format!("{} Seen in run{number} of part{}.", text(memory, "content"), number / 97);
        let line = serde_json::json!({
            "schema_version": 1, "id": format!("evt_{number:08}"), "ts": "2026-06-04T18:56:56.220093997Z",
            "type": "memory.add", "memory_id": format!("mem_{number:08}"), "content": content,
            "metadata": {"category": memory["category"]}, "agent_ctx": {},
        });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(())
}
