//! Measures how well and how fast memories are found and kept: `bench_memory [FOLDER] [MEMORIES]`. The folder decides
//! which disk is measured.

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

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let parent = args.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let count: usize = args.next().map_or(Ok(100_000), |text| text.parse())?;
    let folder = tempfile::tempdir_in(parent)?;
    retrieval(folder.path());
    speed(folder.path(), count)
}

/// The share of right answers, beside the better of the two yardsticks.
fn retrieval(folder: &Path) {
    let memories = lines("memories.jsonl");
    let (store, db) = (filled(folder, &memories), bm25(&memories));
    for half in ["tuned", "held-out"] {
        let questions = lines(&format!("questions-{half}.jsonl"));
        let found = measure(&questions, |question| ours(&store, question));
        let by_bm25 = measure(&questions, |question| plain_bm25(&db, question));
        let by_substring = measure(&questions, |question| substring(&memories, question));
        for (what, ours, bm25, substring) in [
            ("recall@1", found.first, by_bm25.first, by_substring.first),
            ("recall@5", found.five, by_bm25.five, by_substring.five),
            ("MRR", found.mrr, by_bm25.mrr, by_substring.mrr),
        ] {
            let name = format!("memory, {half}: {what} (substring {substring:.2}; beside BM25)");
            Figure::new(name, ours, "of 1").beside(bm25).at_least(bm25.max(substring) + 0.05);
        }
    }
}

/// Opening a store, asking once, as a fresh process does; and adding, beside one fsync.
fn speed(folder: &Path, count: usize) -> Result<(), Failure> {
    let path = folder.join("many/mmry.jsonl");
    write_many(&path, count)?;
    let start = Instant::now();
    Store::open(&path, AgentContext::default())?;
    Figure::new(format!("memory: indexing {count} from nothing"), start.elapsed().as_secs_f64(), "s").at_most(60.0);
    let mut times = Vec::new();
    for question in lines("questions-tuned.jsonl") {
        let start = Instant::now();
        let store = Store::open(&path, AgentContext::default())?;
        store.search(&text(&question, "question"), 10, Timestamp::now())?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let name = format!("memory: open and search in {count}, 95 of 100");
    Figure::new(name, percentile(&mut times, 95), "ms").at_most(15.0);
    let (mut fsyncs, mut adds) = (Vec::new(), Vec::new());
    let mut file = std::fs::File::create(folder.join("yardstick"))?;
    for number in 0..40 {
        let start = Instant::now();
        file.write_all(&[b'x'; 400])?;
        file.sync_data()?;
        fsyncs.push(start.elapsed().as_secs_f64() * 1000.0);
        let content = format!("Added as number {number} while {count} others are there");
        let start = Instant::now();
        let mut store = Store::open(&path, AgentContext::default())?;
        store.add(Told { content: Some(content), ..Told::default() }, Duplicates::Refuse)?;
        adds.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let fsync = percentile(&mut fsyncs, 50);
    let name = format!("memory: open and add, durable, to {count}");
    Figure::new(name, percentile(&mut adds, 50), "ms").beside(fsync).at_most(1.5 * fsync + 4.0);
    Ok(())
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
