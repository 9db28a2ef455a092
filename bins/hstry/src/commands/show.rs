//! `hstry show`

use clap::Args;
use oqto_history::model::Entry;
use oqto_kit::{Ctx, Error, Exit, Page, Report, Result, escape};
use oqto_protocol::{error::ErrorKind, raw::RawJson};
use serde::Serialize;

use super::export::{Transcript, conversation_json};
use crate::cli::Place;
use crate::failure::failed;

/// Show a conversation
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The id of the conversation
    id: String,
    /// Only entries after this number
    #[arg(long, value_name = "N", default_value_t = 0)]
    after: u64,
    /// At most this many entries, the newest
    #[arg(long, short, value_name = "N")]
    limit: Option<u64>,
}

/// An entry as JSON shows it.
#[derive(Serialize)]
pub(crate) struct ShownEntry {
    pub(crate) id: String,
    pub(crate) seq: u64,
    pub(crate) ts: i64,
    pub(crate) event: String,
    pub(crate) data: RawJson,
}

impl ShownEntry {
    pub(crate) fn of(entry: &Entry) -> Result<Self> {
        let text = String::from_utf8_lossy(&entry.data).into_owned();
        let data = RawJson::parse(text).map_err(|error| {
            Error::new(ErrorKind::Corrupt, format!("entry {} is not JSON", entry.seq)).because(error)
        })?;
        Ok(Self { id: entry.id.clone(), seq: entry.seq, ts: entry.ts, event: entry.event.clone(), data })
    }
}

#[derive(Serialize)]
struct Shown {
    conversation: serde_json::Value,
    entries: Vec<ShownEntry>,
    #[serde(skip)]
    text: String,
}

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.line(escape::text(&self.text))
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Show) -> Result<Exit> {
    let reader = place.reader(ctx)?;
    let shown = ctx.block_on(async {
        let told = |error| failed(&format!("cannot show {}", escape::line(&args.id)), &error);
        let conversation = reader.get(&args.id).await.map_err(told)?;
        let newest = args.limit.map_or(0, |limit| conversation.head.saturating_sub(limit));
        let mut after = args.after.max(newest);
        let mut transcript = Transcript::new(&conversation);
        let mut entries = Vec::new();
        loop {
            let page = reader.entries(&args.id, after, 0).await.map_err(told)?;
            let Some(last) = page.entries.last() else { break };
            after = last.seq;
            for entry in &page.entries {
                transcript.add(entry);
                entries.push(ShownEntry::of(entry)?);
            }
        }
        Ok(Shown { conversation: conversation_json(&conversation), entries, text: transcript.finish() })
    })?;
    ctx.print(&shown)
}
