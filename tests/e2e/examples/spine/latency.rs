//! From the agent's write to the frame in a client.

use std::collections::HashSet;
use std::time::Duration;

use oqto_e2e::Outcome;
use oqto_e2e::browser::Browser;
use oqto_protocol::ids::SessionId;
use oqto_testkit::figure::{Figure, percentile};
use serde_json::json;

use super::bare::{Fsyncs, through_cats};
use super::page::{Page, is_entry};
use super::programs::Programs;
use super::stamp::{age_of_last_ms, ages_ms};

const SESSIONS: usize = 50;
/// 50 × 20/s = 1,000 events a second, for twenty seconds.
const SCRIPT: &str = "count 400 20/s";
/// The agents begin one after the other, so that their events are spread as those of people's agents are and no burst
/// of all at once is measured instead: 50 × 1 ms is the time between two events of one agent.
pub(crate) const BETWEEN_STARTS: Duration = Duration::from_millis(1);
/// Holder, runner and relay stand between the agent and the client.
const HOPS: usize = 3;
const ROUNDS: usize = 20;

pub(crate) async fn deltas(programs: &Programs, browser: &Browser) -> Outcome {
    let mut page = Page::open(browser).await?;
    let sessions = sessions(programs, &mut page).await?;
    let mut starts = tokio::time::interval(BETWEEN_STARTS);
    for session in &sessions {
        starts.tick().await;
        page.send("prompt", Some(*session), &json!({"text": SCRIPT})).await?;
    }
    let (mut ages, mut ended) = (Vec::new(), 0);
    while ended < SESSIONS {
        let line = page.next().await?;
        if line.contains("\"stream.text_delta\"") {
            ages.extend(ages_ms(&line));
        } else if is_entry(&line, "turn.ended") {
            ended += 1;
        }
    }
    end_all(programs, &mut page, &sessions).await?;
    let mut bare = through_cats(programs, SESSIONS, HOPS, SCRIPT).await?;
    let said = |percent| format!("delta from agent to WebSocket client, 50 sessions, 1,000/s (p{percent})");
    Figure::new(said(50), percentile(&mut ages, 50), "ms")
        .beside(percentile(&mut bare, 50))
        .at_most_times_its_yardstick(2.0);
    Figure::new(said(99), percentile(&mut ages, 99), "ms").beside(percentile(&mut bare, 99)).at_most(2.0);
    Ok(())
}

/// A message is an entry: it is shown once it is durable.
pub(crate) async fn entries(programs: &Programs, browser: &Browser) -> Outcome {
    let mut page = Page::open(browser).await?;
    let sessions = sessions(programs, &mut page).await?;
    let mut ages = Vec::new();
    let fsyncs = Fsyncs::start(programs);
    for _ in 0..ROUNDS {
        // Each answers at a time of its own, as people's agents do.
        let mut starts = tokio::time::interval(BETWEEN_STARTS);
        for (place, session) in sessions.iter().enumerate() {
            starts.tick().await;
            let text = format!("count 2 {}/s", 2 + place % 7);
            page.send("prompt", Some(*session), &json!({"text": text})).await?;
        }
        let mut ended = HashSet::new();
        while ended.len() < SESSIONS {
            let line = page.next().await?;
            if is_entry(&line, "message") && line.contains("\"role\":\"assistant\"") {
                ages.extend(age_of_last_ms(&line));
            } else if is_entry(&line, "turn.ended") {
                ended.insert(line.to_string());
            }
        }
    }
    let mut fsyncs = fsyncs.end()?;
    end_all(programs, &mut page, &sessions).await?;
    for percent in [50, 99] {
        let name = format!("entry from agent to WebSocket client, 50 sessions, beside an fsync (p{percent})");
        let fsync = percentile(&mut fsyncs, percent);
        Figure::new(name, percentile(&mut ages, percent), "ms").beside(fsync).at_most(2.0 * fsync + 3.0);
    }
    Ok(())
}

async fn sessions(programs: &Programs, page: &mut Page) -> Outcome<Vec<SessionId>> {
    let mut sessions = Vec::new();
    for _ in 0..SESSIONS {
        let session = page.create(&programs.home.work()).await?;
        page.subscribe(session).await?;
        sessions.push(session);
    }
    Ok(sessions)
}

async fn end_all(programs: &Programs, page: &mut Page, sessions: &[SessionId]) -> Outcome {
    for session in sessions {
        page.ask("session.stop", Some(*session), &json!({})).await?;
    }
    programs.no_agents().await
}
