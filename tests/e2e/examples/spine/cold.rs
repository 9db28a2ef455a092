//! Cold starts.

use std::process::Stdio;
use std::time::Instant;

use oqto_e2e::Outcome;
use oqto_e2e::process::command;
use oqto_testkit::figure::{Figure, percentile};

use super::programs::Programs;

const ROUNDS: usize = 9;

/// The runner, while the history service runs. Leaves the last one running.
pub(crate) async fn runner(programs: &mut Programs) -> Outcome {
    // The first one starts the history service.
    programs.start_runner().await?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        programs.end_runner().await?;
        times.push(programs.start_runner().await?);
    }
    let bare = bare_start(programs).await?;
    Figure::new("runner ready, history service running (p50)", percentile(&mut times, 50), "ms")
        .beside(bare)
        .at_most(60.0);
    Ok(())
}

/// `oqtoctl status` against a server that runs.
pub(crate) async fn status(programs: &Programs) -> Outcome {
    let mut times = Vec::new();
    for _ in 0..ROUNDS * 3 {
        let mut status = programs.program("oqtoctl")?;
        let start = Instant::now();
        let ended = status.arg("status").stdout(Stdio::null()).stderr(Stdio::null()).status().await?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        if !ended.success() {
            return Err(format!("oqtoctl status: {ended}").into());
        }
    }
    let bare = bare_start(programs).await?;
    Figure::new("oqtoctl status (p50)", percentile(&mut times, 50), "ms").beside(bare).at_most(15.0);
    Ok(())
}

/// What it takes to start a program that does nothing.
async fn bare_start(programs: &Programs) -> Outcome<f64> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS * 3 {
        let mut nothing = command(&programs.home, "/bin/true");
        let start = Instant::now();
        nothing.status().await?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(percentile(&mut times, 50))
}
