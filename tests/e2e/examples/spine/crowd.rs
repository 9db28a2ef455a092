//! Many readers of one busy session.

use std::collections::BTreeMap;

use oqto_e2e::Outcome;
use oqto_e2e::browser::Browser;
use oqto_protocol::ids::SessionId;
use oqto_testkit::figure::Figure;
use serde_json::{Value, json};

use super::page::{Page, is_entry};
use super::programs::Programs;

const READERS: u32 = 200;
const SCRIPT: &str = "count 500 100/s";

pub(crate) async fn measure(programs: &Programs, browser: &Browser) -> Outcome {
    let mut writer = Page::open(browser).await?;
    let session = writer.create(&programs.home.work()).await?;
    writer.subscribe(session).await?;
    let before = programs.memory_kib("oqto", "RssAnon")?;
    let before_runner = programs.memory_kib("oqto-runner", "RssAnon")?;
    let mut readers = Vec::new();
    for _ in 0..READERS {
        let mut page = Page::open(browser).await?;
        page.subscribe(session).await?;
        readers.push(tokio::spawn(read(page)));
    }
    writer.send("prompt", Some(session), &json!({"text": SCRIPT})).await?;
    let told = read(writer).await?;
    let mut differing = 0;
    for reader in readers {
        if reader.await?? != told {
            differing += 1;
        }
    }
    let each = |now: f64, before: f64| (now - before) / f64::from(READERS);
    let relay = each(programs.memory_kib("oqto", "RssAnon")?, before);
    let runner = each(programs.memory_kib("oqto-runner", "RssAnon")?, before_runner);
    Figure::new("readers of one busy session, of 200, that ended with another log or text", f64::from(differing), "")
        .at_most(0.0);
    Figure::new("memory of one of 200 readers in the relay", relay, "KiB").at_most(64.0);
    Figure::new("memory of one of 200 readers in the runner", runner, "KiB").at_most(64.0);
    end(browser, session).await
}

async fn end(browser: &Browser, session: SessionId) -> Outcome {
    let mut page = Page::open(browser).await?;
    page.ask("session.stop", Some(session), &json!({})).await.map(drop)
}

/// What a reader knows at the end: every entry by its number, and whether the text that it was shown is the text that
/// was kept.
#[derive(Debug, PartialEq)]
struct Told {
    entries: BTreeMap<u64, String>,
    shown_is_kept: bool,
}

async fn read(mut page: Page) -> Outcome<Told> {
    let (mut entries, mut shown) = (BTreeMap::new(), String::new());
    let mut kept = String::new();
    loop {
        let line = page.next().await?;
        let frame: Value = serde_json::from_str(&line)?;
        if let Some(seq) = frame["seq"].as_u64() {
            // Joined readers begin at different numbers; what they have is compared from the prompt on.
            entries.insert(seq, frame["data"].to_string());
        }
        match frame["event"].as_str().unwrap_or_default() {
            "stream.text_delta" => shown.push_str(frame["data"]["delta"].as_str().unwrap_or_default()),
            "session.snapshot" => {
                let parts = frame["data"]["streaming"]["parts"].as_array().cloned().unwrap_or_default();
                shown = parts.iter().filter_map(|part| part["text"].as_str()).collect();
            }
            "message" if frame["data"]["message"]["role"] == "assistant" => {
                kept = frame["data"]["message"]["parts"][0]["text"].as_str().unwrap_or_default().to_owned();
            }
            _ => {}
        }
        if is_entry(&line, "turn.ended") {
            return Ok(Told { entries, shown_is_kept: shown == kept });
        }
    }
}
