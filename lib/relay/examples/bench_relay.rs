//! Measures the relay as people run it: the program `oqto`, real sockets, a runner that only echoes and floods.

mod bench {
    pub(crate) mod forwarder;
    pub(crate) mod program;
    pub(crate) mod runner;
    pub(crate) mod socket;
}

use bench::program::{Serving, start_time};
use bench::socket::{Bare, Page};
use bench::{forwarder, runner};
use oqto_testkit::figure::{Figure, percentile};
use std::error::Error;
use std::net::SocketAddr;
use std::time::Instant;

/// Pages that are open and idle.
const IDLE_PAGES: u32 = 1000;
/// Events of a flood.
const EVENTS: u32 = 300_000;
/// Requests of a latency measurement.
const ROUNDS: usize = 3000;

fn main() -> Result<(), Box<dyn Error>> {
    oqto_kit::limits::raise_open_files();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure())
}

async fn measure() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let socket = folder.path().join("runner.sock");
    runner::start(&socket)?;
    let yardstick = forwarder::start(&socket)?;
    help().await?;
    let serving = Serving::start(folder.path()).await?;
    Figure::new("oqto serve ready", serving.ready_ms, "ms").at_most(150.0);
    idle(&serving).await?;
    latency(&serving, yardstick).await?;
    flood(&serving, yardstick).await?;
    serving.end().await
}

async fn help() -> Result<(), Box<dyn Error>> {
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..40 {
        ours.push(start_time("oqto", &["--help"]).await?);
        bare.push(start_time("true", &[]).await?);
    }
    let (ours, bare) = (percentile(&mut ours, 50), percentile(&mut bare, 50));
    let beyond = "oqto --help, beyond starting `true` (p50)";
    Figure::new(beyond, ours - bare, "ms").beside(bare).at_most(5.0);
    Ok(())
}

/// Memory of the server for pages that are open, have used their pipe once, and do nothing.
async fn idle(serving: &Serving) -> Result<(), Box<dyn Error>> {
    let mut pages = vec![Page::open(serving).await?];
    let before = serving.memory_kib()?;
    for _ in 0..IDLE_PAGES {
        let mut page = Page::open(serving).await?;
        page.ask(r#"{"id":"1","cmd":"echo"}"#).await?;
        pages.push(page);
    }
    let grown = u32::try_from(serving.memory_kib()?.saturating_sub(before))?;
    let each = f64::from(grown) / f64::from(IDLE_PAGES);
    Figure::new("memory of an idle page with its pipe (1,000 open)", each, "KiB").at_most(64.0);
    Ok(())
}

/// A request and its reply, beside the same through a process that only copies bytes.
async fn latency(serving: &Serving, yardstick: SocketAddr) -> Result<(), Box<dyn Error>> {
    let mut page = Page::open(serving).await?;
    let mut bare = Bare::open(yardstick).await?;
    let (mut relayed, mut direct) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let request = format!(r#"{{"id":"{round}","cmd":"echo"}}"#);
        let start = Instant::now();
        page.ask(&request).await?;
        relayed.push(start.elapsed().as_secs_f64() * 1000.0);
        let start = Instant::now();
        bare.ask(&request).await?;
        direct.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let (ours, bare) = (percentile(&mut relayed, 50), percentile(&mut direct, 50));
    Figure::new("request and reply through the relay (p50)", ours, "ms").beside(bare).at_most(2.0 * bare);
    let (ours, bare) = (percentile(&mut relayed, 99), percentile(&mut direct, 99));
    let limit = f64::max(2.0, 2.0 * bare);
    Figure::new("request and reply through the relay (p99)", ours, "ms").beside(bare).at_most(limit);
    Ok(())
}

/// Events a second to one page, beside the same through a process that only copies bytes.
async fn flood(serving: &Serving, yardstick: SocketAddr) -> Result<(), Box<dyn Error>> {
    let mut page = Page::open(serving).await?;
    let mut bare = Bare::open(yardstick).await?;
    let request = format!(r#"{{"id":"1","cmd":"flood","params":{EVENTS}}}"#);
    let start = Instant::now();
    page.ask(&request).await?;
    let relayed = f64::from(EVENTS) / start.elapsed().as_secs_f64();
    let start = Instant::now();
    bare.ask(&request).await?;
    let direct = f64::from(EVENTS) / start.elapsed().as_secs_f64();
    let name = "events through the relay to one page";
    Figure::new(name, relayed, "1/s").beside(direct).at_least(50_000.0);
    Ok(())
}
