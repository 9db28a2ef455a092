//! From the agent's write to the frame in a client.

use std::collections::HashSet;

use oqto_e2e::Outcome;
use oqto_e2e::browser::Browser;
use oqto_protocol::ids::SessionId;
use serde_json::json;

use super::bare::{Fsyncs, through_cats};
use super::figure::{Figure, percentile};
use super::page::{Page, is_entry};
use super::programs::Programs;
use super::stamp::{age_of_last_ms, ages_ms};

const SESSIONS: usize = 50;
/// 50 × 20/s = 1,000 events a second, for ten seconds.
const SCRIPT: &str = "count 200 20/s";
/// Holder, runner and relay stand between the agent and the client.
const HOPS: usize = 3;
const ROUNDS: usize = 8;

pub(crate) async fn deltas(programs: &Programs, browser: &Browser) -> Outcome {
    let mut page = Page::open(browser).await?;
    let sessions = sessions(programs, &mut page).await?;
    prompt_all(&mut page, &sessions, SCRIPT).await?;
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
        for (place, session) in sessions.iter().enumerate() {
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

async fn prompt_all(page: &mut Page, sessions: &[SessionId], text: &str) -> Outcome {
    for session in sessions {
        page.send("prompt", Some(*session), &json!({"text": text})).await?;
    }
    Ok(())
}

async fn end_all(programs: &Programs, page: &mut Page, sessions: &[SessionId]) -> Outcome {
    for session in sessions {
        page.ask("session.stop", Some(*session), &json!({})).await?;
    }
    programs.no_agents().await
}
