//! Measures the spine as people run it: an agent that counts, its holder, the runner, the history service, the relay,
//! and a WebSocket client. Every figure stands beside a yardstick that was taken in the same run.
//!
//! `cargo xtask bench spine`

mod spine {
    pub(crate) mod bare;
    pub(crate) mod cold;
    pub(crate) mod crowd;
    pub(crate) mod holder;
    pub(crate) mod latency;
    pub(crate) mod page;
    pub(crate) mod programs;
    pub(crate) mod speed;
    pub(crate) mod stamp;
}

use oqto_e2e::Outcome;
use spine::programs::Programs;

fn main() -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure())
}

async fn measure() -> Outcome {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let wants = |part: &str| part.contains(&wanted);
    let mut programs = Programs::new("")?;
    spine::cold::runner(&mut programs).await?;
    let browser = programs.start_relay().await?;
    if wants("cold") {
        spine::cold::status(&programs).await?;
    }
    if wants("holder") {
        spine::holder::measure(&programs).await?;
    }
    if wants("latency") {
        spine::latency::deltas(&programs, &browser).await?;
        spine::latency::entries(&programs, &browser).await?;
    }
    if wants("speed") {
        spine::speed::deltas(&programs, &browser).await?;
        let mut older = Programs::new("--full")?;
        older.start_runner().await?;
        let browser = older.start_relay().await?;
        spine::speed::whole_messages(&older, &browser).await?;
    }
    if wants("crowd") {
        spine::crowd::measure(&programs, &browser).await?;
    }
    Ok(())
}
