//! The yardsticks: the same agents through pipes that do nothing, and the disk alone.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use oqto_e2e::Outcome;
use oqto_e2e::process::command;
use oqto_testkit::binaries;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdout};
use tokio::sync::mpsc;

use super::latency::BETWEEN_STARTS;
use super::programs::Programs;
use super::stamp::ages_ms;

/// Seldom enough not to be what is measured.
const BETWEEN_FSYNCS: Duration = Duration::from_millis(20);

/// Latencies of agents that play `script` through so many `cat`s each, in milliseconds.
pub(crate) async fn through_cats(programs: &Programs, agents: usize, hops: usize, script: &str) -> Outcome<Vec<f64>> {
    let (samples, mut sampled) = mpsc::unbounded_channel();
    let mut children = Vec::new();
    let mut starts = tokio::time::interval(BETWEEN_STARTS);
    let mut prompts = Vec::new();
    for _ in 0..agents {
        let mut agent = command(&programs.home, binaries::bin("fake_pi")?);
        let mut agent = agent.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        prompts.push(agent.stdin.take().ok_or("no stdin")?);
        let mut out = agent.stdout.take().ok_or("no stdout")?;
        children.push(agent);
        for _ in 0..hops {
            let (cat, next) = hop(programs, out).await?;
            children.push(cat);
            out = next;
        }
        tokio::spawn(read(out, samples.clone()));
    }
    drop(samples);
    let prompt = json!({"id": "p", "type": "prompt", "message": script}).to_string() + "\n";
    for stdin in &mut prompts {
        starts.tick().await;
        stdin.write_all(prompt.as_bytes()).await?;
    }
    let mut all = Vec::new();
    while let Some(more) = sampled.recv().await {
        all.extend::<Vec<f64>>(more);
    }
    for mut child in children {
        child.kill().await?;
    }
    Ok(all)
}

async fn hop(programs: &Programs, from: ChildStdout) -> Outcome<(Child, ChildStdout)> {
    let from: Stdio = from.try_into()?;
    let mut cat = command(&programs.home, "/bin/cat").stdin(from).stdout(Stdio::piped()).spawn()?;
    let out = cat.stdout.take().ok_or("no stdout")?;
    Ok((cat, out))
}

async fn read(out: ChildStdout, samples: mpsc::UnboundedSender<Vec<f64>>) {
    let mut lines = BufReader::new(out).lines();
    let mut ages = Vec::new();
    while let Ok(Some(line)) = lines.next_line().await {
        ages.extend(ages_ms(&line));
        if line.contains("\"agent_settled\"") {
            break;
        }
    }
    // The bench ends when every reader has.
    let _ended = samples.send(ages);
}

/// Writes 4 KiB again and again where the history lies, each time waiting for the disk, while something else is measured.
pub(crate) struct Fsyncs {
    over: Arc<AtomicBool>,
    thread: JoinHandle<io::Result<Vec<f64>>>,
}

impl Fsyncs {
    pub(crate) fn start(programs: &Programs) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (path, told) = (programs.home.data().join("fsync"), Arc::clone(&over));
        Self { over, thread: std::thread::spawn(move || fsyncs(&path, &told)) }
    }

    /// The times, in milliseconds.
    pub(crate) fn end(self) -> Outcome<Vec<f64>> {
        self.over.store(true, Ordering::Relaxed);
        Ok(self.thread.join().map_err(|_| "the fsync thread panicked")??)
    }
}

fn fsyncs(path: &Path, over: &AtomicBool) -> io::Result<Vec<f64>> {
    let mut file = std::fs::File::create(path)?;
    let mut times = Vec::new();
    while !over.load(Ordering::Relaxed) {
        file.write_all(&[7; 4096])?;
        let start = Instant::now();
        file.sync_data()?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        std::thread::park_timeout(BETWEEN_FSYNCS);
    }
    std::fs::remove_file(path)?;
    Ok(times)
}
