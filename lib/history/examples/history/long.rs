//! A long conversation: opening it at its end, reading all of it, and deleting a very long one while others append.

use std::path::Path;
use std::time::Instant;

use oqto_history::Client;
use oqto_history::model::{Append, Claim, Fence, NewConversation, NewEntry};
use oqto_history::server::{Config, Listener, Server};
use oqto_store::rusqlite::Connection;
use oqto_testkit::figure::{Figure, percentile};
use tokio_util::sync::CancellationToken;

use crate::{Outcome, Texts, fsync, message, milliseconds, one};

/// Messages of the conversation that is read, and of the one that is deleted.
const READ: usize = 10_000;
const DELETED: usize = 50_000;
/// What a page asks for first, and what a page of the past holds.
const TAIL: u64 = 400;
const PAGE: u32 = 500;

/// In a history of its own.
pub(crate) async fn measure(folder: &Path) -> Outcome {
    let stop = CancellationToken::new();
    let server = Server::open(Config::new(folder.join("hstry.db"))).await?;
    let listener = Listener::bind(&folder.join("hstry.sock")).await?;
    let service = tokio::spawn(server.serve(listener, stop.clone()));
    let client = Client::connect_unix(&folder.join("hstry.sock")).await?;
    let claimed = client.claim(Claim { writer: "bench".into(), ..Claim::default() }).await?;
    let fence = Fence { writer: "bench".into(), epoch: claimed.epoch };
    reading(&client, &fence, folder).await?;
    deletion(&client, &fence, folder).await?;
    stop.cancel();
    Ok(service.await??)
}

async fn reading(client: &Client, fence: &Fence, folder: &Path) -> Outcome {
    let head = write(client, fence, "ses_long", READ).await?;
    let (mut ends, mut wholes, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..15 {
        let start = Instant::now();
        client.checkpoint("ses_long").await?;
        let found = client.entries("ses_long", head - TAIL, PAGE).await?.entries.len();
        ends.push(milliseconds(start.elapsed()));
        let start = Instant::now();
        let read = whole(client, "ses_long").await?;
        wholes.push(milliseconds(start.elapsed()));
        if (found as u64, read) != (TAIL, READ) {
            return Err(format!("{found} and {read} entries were read").into());
        }
        let start = Instant::now();
        select(folder, "ses_long")?;
        bare.push(milliseconds(start.elapsed()));
    }
    let bare = percentile(&mut bare, 50);
    Figure::new("the last 400 of 10,000 messages over gRPC (p50)", percentile(&mut ends, 50), "ms").at_most(10.0);
    Figure::new("all of 10,000 messages over gRPC, in pages (p50)", percentile(&mut wholes, 50), "ms")
        .beside(bare)
        .at_most(250.0);
    Ok(())
}

/// Appends to one conversation while a very long one is deleted.
async fn deletion(client: &Client, fence: &Fence, folder: &Path) -> Outcome {
    write(client, fence, "ses_very_long", DELETED).await?;
    client.create(fence, NewConversation { id: "ses_others".into(), ..NewConversation::default() }).await?;
    let fsync = milliseconds(fsync(folder)?);
    let start = Instant::now();
    client.delete(fence, "ses_very_long", None).await?;
    let deleted = milliseconds(start.elapsed());
    let mut times = Vec::new();
    for number in 0..1000 {
        let append = one("ses_others", number);
        let start = Instant::now();
        client.append(fence, append).await?;
        times.push(milliseconds(start.elapsed()));
    }
    let said = "a conversation of 50,000 messages deleted";
    Figure::new(said, deleted, "ms").beside(fsync).at_most(50.0);
    Figure::new("append while that is cleared up (p99)", percentile(&mut times, 99), "ms").beside(fsync).at_most(25.0);
    Ok(())
}

async fn write(client: &Client, fence: &Fence, id: &str, messages: usize) -> Outcome<u64> {
    client.create(fence, NewConversation { id: id.into(), ..NewConversation::default() }).await?;
    let mut head = 0;
    let texts: Vec<String> = Texts::new().take(messages).collect();
    for (place, texts) in texts.chunks(PAGE as usize).enumerate() {
        let number = |within| place * PAGE as usize + within;
        let entries: Vec<NewEntry> =
            texts.iter().enumerate().map(|(within, text)| message(number(within), text)).collect();
        let append = Append { conversation: id.into(), entries, ..Append::default() };
        head = client.append(fence, append).await?.head;
    }
    Ok(head)
}

async fn whole(client: &Client, id: &str) -> Outcome<usize> {
    let (mut after, mut read) = (0, 0);
    loop {
        let page = client.entries(id, after, PAGE).await?;
        read += page.entries.len();
        match page.entries.last() {
            Some(last) => after = last.seq,
            None => return Ok(read),
        }
    }
}

/// The same rows out of the file by bare SQLite.
#[expect(clippy::disallowed_methods, reason = "the yardstick is bare SQLite")]
fn select(folder: &Path, id: &str) -> Outcome<usize> {
    let db = Connection::open(folder.join("hstry.db"))?;
    let sql = "SELECT data FROM entry WHERE conversation = (SELECT key FROM conversation WHERE id = ?1) ORDER BY seq";
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([id])?;
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        bytes += row.get_ref(0)?.as_blob()?.len();
    }
    Ok(bytes)
}
