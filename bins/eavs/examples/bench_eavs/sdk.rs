//! `OpenAI`'s own client for Node as the clients, where it is installed: what people and agents ask with.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use oqto_testkit::binaries::checkout;
use oqto_testkit::figure::percentile;

use super::latency::AT_ONCE;
use super::raw::Way;

const TURNS: usize = 3;
const SECONDS: usize = 2;
/// One for each processor of the machine that the figures are for.
const CLIENTS: usize = 2;

fn folder() -> PathBuf {
    checkout().join("target/sdk/node")
}

pub(crate) fn is_installed() -> bool {
    folder().join("node_modules/openai").is_dir()
}

/// Requests a second for each way, the medians of turns that alternate.
pub(crate) fn throughput(ways: [&Way; 2]) -> [f64; 2] {
    let mut rates = [Vec::new(), Vec::new()];
    for _ in 0..TURNS {
        for (way, rates) in ways.iter().zip(&mut rates) {
            rates.push(turn(way));
        }
    }
    rates.map(|mut rates| percentile(&mut rates, 50))
}

fn turn(way: &Way) -> f64 {
    let clients: Vec<_> = (0..CLIENTS).map(|_| client(way).stdout(Stdio::piped()).spawn().unwrap()).collect();
    let rate = |client: std::process::Child| {
        let output = client.wait_with_output().unwrap();
        assert!(output.status.success(), "the client failed");
        String::from_utf8(output.stdout).unwrap().trim().parse::<f64>().unwrap()
    };
    clients.into_iter().map(rate).sum()
}

fn client(way: &Way) -> Command {
    let mut command = Command::new("node");
    command.current_dir(folder()).args(["--input-type=module", "--eval", include_str!("sdk.mjs"), "--"]);
    command.args([format!("http://{}/v1", way.address), way.key.clone(), way.body("hello", "")]);
    command.args([(AT_ONCE / CLIENTS).to_string(), SECONDS.to_string()]);
    command
}
