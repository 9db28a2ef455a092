//! A subscriber: the entries it does not have, one snapshot, then live events, in one order without gap or overlap. A
//! task a subscriber pages the past, so that reading 10,000 messages never holds the session up; at head the session's
//! actor takes over. A subscriber that falls behind loses only live deltas: it gets the entries it missed and a new
//! snapshot as soon as it can take more.

use std::time::Duration;

use bytes::Bytes;
use oqto_protocol::command::{Subscribe, Subscribed};
use oqto_protocol::entry::LogEntry;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::Frame;
use oqto_protocol::ids::SessionId;
use oqto_protocol::raw::RawJson;
use oqto_protocol::system::{SubscriptionEnded, SystemEvent};
use oqto_wire::queue::{Closed, Limits, Outgoing, queue};
use tokio::sync::oneshot;

use crate::context::Shared;
use crate::session::{Head, Joined, Request, SessionHandle, open};

/// Entries of one page of the past.
const PAGE: u32 = 500;
/// What may wait between the session and the connection.
const WAITING: Limits = Limits { lines: 4096, bytes: 2 << 20 };

/// Where a subscription begins. Whoever has nothing that counts begins as near the end as it asks to.
#[must_use]
pub fn begin(head: Head, asked: &Subscribe) -> Subscribed {
    let known_log = asked.log.is_none_or(|log| log == head.log);
    let from_the_end = asked.tail.map_or(0, |tail| head.seq.saturating_sub(tail));
    let goes_on = asked.after.filter(|after| known_log && *after <= head.seq && *after >= from_the_end);
    let reset = goes_on.is_none() && (asked.after.is_some() || !known_log);
    Subscribed { log: head.log, head: head.seq, from: goes_on.unwrap_or(from_the_end), reset }
}

/// Sends everything after `from`, until the connection or the session ends.
pub async fn run(ctx: Shared, session: SessionHandle, from: u64, to: Outgoing) {
    let id = session.id;
    match follow(&ctx, session, from, &to).await {
        Ok(()) | Err(Stop::Connection) => {}
        Err(Stop::Session(error)) => {
            let event = SystemEvent::SubscriptionEnded(SubscriptionEnded { error });
            if let Ok(mut frame) = Frame::system(ctx.now(), &event) {
                frame.session = Some(id);
                if let Ok(line) = frame.to_line() {
                    // The connection may be gone as well.
                    let _closed = to.send(Bytes::from(line)).await;
                }
            }
        }
    }
}

enum Stop {
    Connection,
    Session(WireError),
}

impl From<Closed> for Stop {
    fn from(_: Closed) -> Self {
        Self::Connection
    }
}

impl From<WireError> for Stop {
    fn from(error: WireError) -> Self {
        Self::Session(error)
    }
}

async fn follow(ctx: &Shared, mut session: SessionHandle, from: u64, to: &Outgoing) -> Result<(), Stop> {
    let mut have = from;
    let log = match session.head().await {
        Ok(head) => head.log,
        Err(_) => reach(ctx, session.id).await?.1.log,
    };
    loop {
        let (lines, mut live) = queue(WAITING);
        let (reply, joined) = oneshot::channel();
        let asked = session.ask(Request::Join { after: have, lines, reply }).await;
        let joined = match asked {
            Ok(()) => joined.await.ok(),
            Err(_) => None,
        };
        match joined {
            Some(Joined::Live(snapshot)) => {
                to.send(snapshot).await?;
                let mut lines = Vec::new();
                while live.take(&mut lines).await {
                    crate::joining::join(&mut lines);
                    for line in lines.drain(..) {
                        let seq = seq_of(&line);
                        to.send(line).await?;
                        have = seq.unwrap_or(have);
                    }
                }
            }
            Some(Joined::Entries(entries)) => {
                for (seq, line) in entries {
                    to.send(line).await?;
                    have = seq;
                }
            }
            Some(Joined::Behind(head)) => have = past(ctx, session.id, have, head, to).await?,
            None => session = again(ctx, session.id, log).await?,
        }
        if ctx.shutdown.is_cancelled() {
            return Ok(());
        }
    }
}

/// The actor has ended: if the session is still there with the same log, the next one goes on.
async fn again(ctx: &Shared, id: SessionId, log: oqto_protocol::ids::LogId) -> Result<SessionHandle, Stop> {
    let (session, head) = reach(ctx, id).await?;
    if head.log == log {
        return Ok(session);
    }
    let replaced = WireError::new(ErrorKind::Conflict, "the history of this session was replaced");
    Err(replaced.with_hint("subscribe again").into())
}

/// The actor of a session and where its log stands. While the history is away that takes as long as it is.
///
/// # Errors
/// `not_found` once the session is gone; what cannot change by waiting; `unavailable` when the runner ends.
pub async fn reach(ctx: &Shared, id: SessionId) -> Result<(SessionHandle, Head), WireError> {
    let mut pause = Duration::from_millis(20);
    loop {
        if ctx.registry.get(id).is_none() {
            return Err(WireError::not_found("session", id).with_hint("`session.list` lists them"));
        }
        let session = open(ctx, id);
        match session.head().await {
            Ok(head) => return Ok((session, head)),
            Err(error) if !error.retryable || ctx.shutdown.is_cancelled() => return Err(error),
            Err(_) => tokio::time::sleep(pause).await,
        }
        pause = (pause * 2).min(Duration::from_secs(1));
    }
}

async fn past(ctx: &Shared, id: SessionId, mut have: u64, head: u64, to: &Outgoing) -> Result<u64, Stop> {
    while have < head {
        let page = match ctx.history.entries(id, have, PAGE).await {
            Ok(page) => page,
            Err(error) if error.retryable() && !ctx.shutdown.is_cancelled() => {
                // The history is away; the subscriber waits with the session.
                tokio::time::sleep(Duration::from_millis(250)).await;
                continue;
            }
            Err(error) => return Err(error.to_wire().into()),
        };
        if page.entries.is_empty() {
            return Ok(have);
        }
        for entry in page.entries.into_iter().take_while(|entry| entry.seq <= head) {
            have = entry.seq;
            to.send(line(id, &entry).map_err(Stop::Session)?).await?;
        }
    }
    Ok(have)
}

/// An entry of the history as a line.
///
/// # Errors
/// `corrupt` when it is not what a runner wrote.
pub fn line(session: SessionId, entry: &oqto_history::model::Entry) -> Result<Bytes, WireError> {
    let corrupt = |why: String| WireError::new(ErrorKind::Corrupt, format!("entry {} of {session}: {why}", entry.seq));
    let text = String::from_utf8(entry.data.to_vec()).map_err(|error| corrupt(error.to_string()))?;
    let entry = LogEntry {
        id: entry.id.parse().map_err(|error: oqto_protocol::ids::IdError| corrupt(error.to_string()))?,
        seq: entry.seq,
        ts: u64::try_from(entry.ts).unwrap_or_default(),
        event: entry.event.clone(),
        data: RawJson::parse(text).map_err(|error| corrupt(error.to_string()))?,
    };
    let line = Frame::entry(session, &entry).to_line().map_err(|error| corrupt(error.to_string()))?;
    Ok(Bytes::from(line))
}

/// The number of a durable event's line, without decoding it: frames of ours begin with channel, session, seq.
fn seq_of(line: &[u8]) -> Option<u64> {
    const SEQ: &[u8] = b",\"seq\":";
    let head = &line[..line.len().min(96)];
    let digits = &head[memchr::memmem::find(head, SEQ)? + SEQ.len()..];
    let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::ids::LogId;

    #[test]
    fn an_entrys_number_is_found_and_a_live_event_has_none() {
        let (session, event) = (SessionId::mint(), oqto_protocol::live::LiveEvent::AgentIdle(Default::default()));
        let frame = Frame {
            seq: Some(4_294_967_296),
            session: Some(session),
            ts: Some(1),
            event: Some("x".into()),
            ..Frame::default()
        };
        let frame = Frame { channel: Some(oqto_protocol::frame::Channel::Agent), ..frame };
        assert_eq!(seq_of(&frame.to_line().unwrap()), Some(4_294_967_296));
        assert_eq!(seq_of(&oqto_protocol::frame::live_line(session, 1, &event).unwrap()), None);
    }

    #[test]
    fn a_number_past_head_or_another_log_starts_from_nothing() {
        let head = Head { log: LogId::mint(), seq: 10 };
        let same = Subscribe { log: Some(head.log), after: Some(7), tail: None };
        assert_eq!(begin(head, &same), Subscribed { log: head.log, head: 10, from: 7, reset: false });
        let past = Subscribe { log: Some(head.log), after: Some(11), tail: None };
        assert_eq!(begin(head, &past), Subscribed { log: head.log, head: 10, from: 0, reset: true });
        let other = Subscribe { log: Some(LogId::mint()), after: Some(7), tail: None };
        assert!(begin(head, &other).reset);
        let tail = Subscribe { log: None, after: None, tail: Some(4) };
        assert_eq!(begin(head, &tail).from, 6);
    }

    #[test]
    fn with_a_tail_a_void_or_distant_number_starts_near_the_end() {
        let head = Head { log: LogId::mint(), seq: 10_000 };
        let ask = |log, after| begin(head, &Subscribe { log: Some(log), after: Some(after), tail: Some(400) });
        let starts = Subscribed { log: head.log, head: 10_000, from: 9_600, reset: true };
        assert_eq!(ask(head.log, 10_001), starts, "past head");
        assert_eq!(ask(LogId::mint(), 9_900), starts, "another log");
        assert_eq!(ask(head.log, 9_599), starts, "too far back");
        assert_eq!(ask(head.log, 9_600), Subscribed { reset: false, ..starts });
        assert_eq!(ask(head.log, 10_000), Subscribed { from: 10_000, reset: false, ..starts });
    }
}
