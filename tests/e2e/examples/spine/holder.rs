//! The holder alone: what it weighs, and what it adds.

use std::process::Stdio;
use std::time::Duration;

use oqto_e2e::Outcome;
use oqto_e2e::process::command;
use oqto_process::{HolderSpec, Kind};
use oqto_testkit::binaries;
use oqto_testkit::figure::{Figure, percentile};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use super::programs::{Programs, memory_kib};
use super::stamp::ages_ms;

const SCRIPT: &str = "count 1000 500/s";

pub(crate) async fn measure(programs: &Programs) -> Outcome {
    let (mut held, kib) = held(programs).await?;
    let mut piped = piped(programs).await?;
    let (held, piped) = (percentile(&mut held, 50), percentile(&mut piped, 50));
    Figure::new("memory of a holder whose child has written for seconds", kib, "KiB").at_most(3.0 * 1024.0);
    Figure::new("delta through a holder, beyond a pipe (p50)", held - piped, "ms").beside(piped).at_most(0.2);
    Ok(())
}

fn prompt() -> Vec<u8> {
    (json!({"id": "p", "type": "prompt", "message": SCRIPT}).to_string() + "\n").into_bytes()
}

async fn held(programs: &Programs) -> Outcome<(Vec<f64>, f64)> {
    let dir = programs.home.root().join("held");
    let argv = vec![binaries::bin("fake_pi")?.display().to_string()];
    let mut spec = HolderSpec::new(&dir, "oqto-bench-holder", argv, programs.home.work());
    spec.env = vec![("HOME".into(), programs.home.home().display().to_string())];
    let meta = oqto_process::start(&binaries::bin("oqto-hold")?, &spec).await?;
    let (holder, mut records) = oqto_process::attach(&dir, 1, 0).await?;
    holder.send("prompt", prompt()).await?;
    let (mut ages, mut partial) = (Vec::new(), String::new());
    while let Some(record) = tokio::time::timeout(Duration::from_secs(30), records.next()).await? {
        let Kind::Out(bytes) = record?.kind else { continue };
        partial.push_str(&String::from_utf8_lossy(&bytes));
        while let Some((line, rest)) = partial.split_once('\n') {
            ages.extend(ages_ms(line));
            partial = rest.to_owned();
        }
        if ages.len() >= 1000 {
            break;
        }
    }
    let kib = memory_kib(meta.holder_pid, "VmRSS")?;
    holder.kill_tree().await?;
    while let Some(Ok(record)) = tokio::time::timeout(Duration::from_secs(30), records.next()).await? {
        if matches!(record.kind, Kind::End { .. }) {
            break;
        }
    }
    holder.release().await?;
    Ok((ages, kib))
}

async fn piped(programs: &Programs) -> Outcome<Vec<f64>> {
    let mut agent = command(&programs.home, binaries::bin("fake_pi")?);
    let mut agent = agent.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    agent.stdin.as_mut().ok_or("no stdin")?.write_all(&prompt()).await?;
    let mut lines = BufReader::new(agent.stdout.take().ok_or("no stdout")?).lines();
    let mut ages = Vec::new();
    while let Some(line) = lines.next_line().await?.filter(|line| !line.contains("\"agent_settled\"")) {
        ages.extend(ages_ms(&line));
    }
    agent.kill().await?;
    Ok(ages)
}
