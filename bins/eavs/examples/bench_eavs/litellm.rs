//! `LiteLLM`'s proxy between the same providers, where it is installed.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use oqto_testkit::binaries::checkout;
use oqto_testkit::figure::Figure;
use oqto_testkit::home::Home;

use super::process::{Process, Providers};
use super::raw::Way;
use super::{latency, throughput};

const KEY: &str = "sk-bench";
/// It takes its time to start.
const PATIENCE: Duration = Duration::from_secs(120);

/// Nothing where it is not installed.
pub(crate) async fn measure(home: &Home, providers: &Providers) {
    let program = checkout().join("target/litellm/bin/litellm");
    if !program.is_file() {
        return;
    }
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let begun = Instant::now();
    let process = Process::start(&mut command(program, home, providers, port));
    let way = |name: &str| Way { address: ([127, 0, 0, 1], port).into(), key: KEY.to_owned(), model: name.to_owned() };
    while !answers(&way("raw")).await {
        assert!(begun.elapsed() < PATIENCE, "LiteLLM does not answer");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let said = |name: &str, value: f64, unit| Figure::new(format!("LiteLLM: {name}"), value, unit);
    said("start until it answers", begun.elapsed().as_secs_f64() * 1000.0, "ms").told();
    let direct = Way::to(providers.raw);
    for at_once in [1, latency::AT_ONCE] {
        for (percent, base, added) in latency::added(&direct, &way("raw"), at_once).await {
            said(&format!("added latency, {at_once} at once, p{percent}"), added, "ms").beside(base).told();
        }
    }
    let (base, added) = latency::first_byte(&direct, &way("raw")).await;
    said("added time to the first streamed byte, p50", added, "ms").beside(base).told();
    said("small requests a second", throughput::alone(&way("scripted")).await, "/s").told();
    said("memory", process.rss_mib(), "MiB").told();
}

fn command(program: PathBuf, home: &Home, providers: &Providers, port: u16) -> Command {
    let models: String = providers
        .all()
        .iter()
        .map(|(name, address)| {
            let place = format!("{{model: openai/m, api_base: 'http://{address}/v1', api_key: k}}");
            format!("  - {{model_name: {name}, litellm_params: {place}}}\n")
        })
        .collect();
    let config = home.root().join("litellm.yaml");
    std::fs::write(&config, format!("model_list:\n{models}general_settings: {{master_key: {KEY}}}\n")).unwrap();
    let mut command = Command::new(program);
    command.arg("--config").arg(config).args(["--host", "127.0.0.1", "--port", &port.to_string()]);
    command.env_clear().env("HOME", home.home()).env("PATH", "/usr/bin:/bin").env("LITELLM_TELEMETRY", "False");
    command.env("LITELLM_LOCAL_MODEL_COST_MAP", "True").stdout(Stdio::null()).stderr(Stdio::null());
    command
}

async fn answers(way: &Way) -> bool {
    let url = format!("http://{}/v1/chat/completions", way.address);
    let request = reqwest::Client::new().post(url).bearer_auth(&way.key).header("content-type", "application/json");
    request.body(way.body("hello", "")).send().await.is_ok_and(|answer| answer.status().is_success())
}
