//! `cargo xtask bench eavs`: what the gateway adds, beside a direct connection to the same provider in the same run.
//!
//! Provider, clients and gateway share the machine; the gateway is a process of its own, the rest is in this one. Direct
//! and through runs take turns, and a figure is the median of its turns.
//!
//! - **Latency and first byte** are measured with raw sockets on both ends, which add the least of their own. The
//!   provider thinks for about 20 ms, each time a little more or less, as real ones do for longer: sixteen that think
//!   equally long would ask in step and wait for each other.
//! - **Throughput** is what clients and providers make of it, so both ends are ordinary ones: the scripted provider of
//!   this project, which reads HTTP and JSON as a provider's server does, and `reqwest`. A gateway reads and writes both
//!   once more; what it adds is judged by what that costs where it has to be done anyway. Beside it, without a limit, are
//!   `OpenAI`'s own client for Node, where it is installed, which is what people ask with; and raw sockets, which read
//!   nothing.
//! - **Streams** come from one thread and go to another one, which do little but write and read, so that it is the
//!   gateway that is measured: the delay without it is beside it, and the time of processors that it takes for a chunk.
//!
//! Beside each row is what a proxy of the same library costs that reads nothing and keeps no book: what a gateway can reach.
//!
//! `bench_eavs NAME…` measures only `latency`, `first`, `throughput`, `streams` or `litellm`. `LiteLLM`'s proxy is measured
//! in the same way where it is installed: `python3 -m venv target/litellm && target/litellm/bin/pip install
//! 'litellm[proxy]'`. `OpenAI`'s client is installed by the tests.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench that cannot go on fails, starts what it measures and prints what it finds"
)]

mod bare;
mod latency;
mod litellm;
mod process;
mod raw;
mod sdk;
mod streams;
mod throughput;

use oqto_scripted::{Manner, ModelServer};
use oqto_testkit::figure::Figure;
use oqto_testkit::home::Home;

use process::{Gateway, Providers};
use raw::Way;

/// Beside what a gateway adds: what any proxy of the same library does.
const BARE: &str = "the same through a proxy that reads nothing";

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    if let [name, provider] = asked.as_slice()
        && name == "bare"
    {
        return runtime.block_on(bare::run(provider.parse().unwrap()));
    }
    runtime.block_on(measure(|name| asked.is_empty() || asked.iter().any(|asked| asked == name)));
    runtime.shutdown_background();
}

async fn measure(asks: impl Fn(&str) -> bool) {
    oqto_kit::limits::raise_open_files();
    let raw = raw::provider().await;
    let scripted = ModelServer::start(Manner::Tour).await.unwrap();
    let streams = streams::provider();
    let providers = Providers { raw, scripted: scripted.address(), streams };
    let home = Home::new().unwrap();
    let (gateway, started) = Gateway::start(&home, &providers);
    Figure::new("start until it listens", started.as_secs_f64() * 1000.0, "ms").at_most(50.0);
    Figure::new("memory when idle", gateway.process.rss_mib(), "MiB").at_most(20.0);
    if asks("latency") {
        let added = latency::added(&Way::to(raw), &gateway.way("raw"), latency::AT_ONCE).await;
        for ((percent, base, added), limit) in added.into_iter().zip([0.3, 1.0]) {
            let name = format!("added latency, 16 at once, p{percent}");
            Figure::new(name, added, "ms").beside(base).at_most(limit);
        }
        let (_bare, way) = bare::start(raw);
        for (percent, base, added) in latency::added(&Way::to(raw), &way, latency::AT_ONCE).await {
            Figure::new(format!("{BARE}, p{percent}"), added, "ms").beside(base).told();
        }
    }
    if asks("first") {
        let (base, added) = latency::first_byte(&Way::to(raw), &gateway.way("raw")).await;
        Figure::new("added time to the first streamed byte, p50", added, "ms").beside(base).at_most(0.5);
        let (_bare, way) = bare::start(raw);
        let (base, added) = latency::first_byte(&Way::to(raw), &way).await;
        Figure::new(BARE, added, "ms").beside(base).told();
    }
    if asks("throughput") {
        throughput(&gateway, &providers).await;
    }
    if asks("streams") {
        let before = gateway.process.cpu_seconds();
        let ([base, with], chunks) = streams::delays([&Way::to(streams), &gateway.way("streams")]).await;
        let cpu = (gateway.process.cpu_seconds() - before) * 1e6 / chunks as f64;
        let name = "delay of a chunk, 1,000 streams of 100 a second, p99";
        Figure::new(name, with, "ms").beside(base).at_most(20.0);
        Figure::new("time of processors for a chunk of them", cpu, "us").told();
        Figure::new("memory after 1,000 streams", gateway.process.rss_mib(), "MiB").at_most(120.0);
        let (bare, way) = bare::start(streams);
        let before = bare.cpu_seconds();
        let ([base, with], chunks) = streams::delays([&Way::to(streams), &way]).await;
        Figure::new(BARE, with, "ms").beside(base).told();
        let cpu = (bare.cpu_seconds() - before) * 1e6 / chunks as f64;
        Figure::new("time of processors for a chunk of them", cpu, "us").told();
    }
    if asks("litellm") {
        litellm::measure(&home, &providers).await;
    }
}

async fn throughput(gateway: &Gateway, providers: &Providers) {
    let way = gateway.way("scripted");
    let direct = Way::to(providers.scripted);
    let cpu = |before: f64, count: u32| (gateway.process.cpu_seconds() - before) * 1e6 / f64::from(count);
    let before = gateway.process.cpu_seconds();
    let ([base, with], count) = throughput::ordinary([&direct, &way]).await;
    Figure::new("small requests a second, all on this machine", with, "/s").beside(base).at_least(3000.0);
    let share = |name: &str, with: f64, base: f64| Figure::new(name, with / base * 100.0, "%").beside(100.0);
    share("small requests of those of a direct connection", with, base).at_least(60.0);
    Figure::new("time of processors for one of them", cpu(before, count), "us").told();
    let (bare, bare_way) = bare::start(providers.scripted);
    let ([base, with], _) = throughput::ordinary([&direct, &bare_way]).await;
    share(BARE, with, base).told();
    drop(bare);
    if sdk::is_installed() {
        let [base, with] = sdk::throughput([&direct, &way]);
        share("the same with OpenAI's client for Node", with, base).told();
        Figure::new("requests of that client a second", with, "/s").beside(base).told();
    }
    let before = gateway.process.cpu_seconds();
    let ([base, with], count) = throughput::raw([&Way::to(providers.raw), &gateway.way("raw")]).await;
    Figure::new("small requests between raw sockets a second", with, "/s").beside(base).told();
    Figure::new("time of processors for one of them", cpu(before, count), "us").told();
}
