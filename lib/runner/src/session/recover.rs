//! Going on: from the log, the last checkpoint, and what holders have journalled since. Reading again gives the same
//! entries with the same ids; those that are in the log already are recognised and not written twice.

use std::path::{Path, PathBuf};

use oqto_history::model::Checkpoint;
use oqto_process::HolderState;
use oqto_protocol::entry::{CloseReason, ForkOrigin, LogEvent, TurnEnd};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::{EntryId, SessionId};
use oqto_protocol::message::Part;
use oqto_protocol::session::{SessionState, Snapshot};
use tokio::sync::mpsc;

use super::holding::{attached, holder_dir, launch_file, remove, sweep};
use super::process::{FromHolder, Process, Up};
use super::state::{Event, Saved, Session, Turn};
use crate::context::Shared;
use crate::folding::{self, ReadEntry};
use crate::harnesses::Installation;
use crate::history::log_of;

/// Opens a session from the history and whatever its holders say.
///
/// # Errors
/// `not_found` for an unknown session; `corrupt` for a log that is not one; those of the history.
pub(super) async fn recover(
    ctx: &Shared,
    id: SessionId,
    senders: (mpsc::UnboundedSender<Event>, mpsc::Sender<FromHolder>),
) -> Result<Session, WireError> {
    let conversation = ctx.history.get(id).await.map_err(|error| error.to_wire())?;
    let log = log_of(&conversation)?;
    let checkpoint = ctx.history.checkpoint(id).await.map_err(|error| error.to_wire())?;
    let saved = checkpoint.as_ref().and_then(|checkpoint| read(checkpoint, &conversation.log, conversation.head));
    let position = checkpoint.map_or(0, |checkpoint| checkpoint.position);
    let snapshot = saved.as_ref().map_or_else(|| Snapshot::empty(id, log), |saved| saved.snapshot.clone());
    let mut session = Session::new(ctx.clone(), id, log, snapshot, senders);
    if let Some(saved) = &saved {
        session.native = saved.native.clone();
        session.last_start.clone_from(&saved.start);
        session.restart_wanted = saved.restart_wanted;
        session.has_messages = saved.has_messages;
        session.user_messages.clone_from(&saved.user_messages);
    }
    fold_log(&mut session).await?;
    let origin = conversation.parent.as_deref().and_then(|parent| parent.parse().ok()).zip(conversation.parent_seq);
    if let Some((parent, seq)) = origin {
        let parent = Some(ForkOrigin { session: parent, seq });
        session.ahead.parent = parent;
        session.visible.parent = parent;
    }
    restore_turn(&mut session, saved.as_ref().and_then(|saved| saved.sent)).await?;
    let opening_lost = session.turn.as_ref().filter(|turn| turn.parts.is_empty()).map(|turn| turn.id);
    take_up_holder(&mut session, saved, position).await;
    if let Some(turn) = opening_lost {
        let said = WireError::new(ErrorKind::Corrupt, "the prompt of this turn was not kept");
        session.end_turn(turn, TurnEnd::Crashed, Some(said), None);
    }
    // A runner that ended between the gateway's word and the log's leaves the two apart: the log's counts.
    if matches!(&session.process, Process::Up(up) if up.holder.is_some()) {
        session.renew_budget();
    }
    session.publish_info();
    Ok(session)
}

/// A checkpoint of this log; one that is ahead of it (an older copy was restored) or of another one does not count.
fn read(checkpoint: &Checkpoint, log: &str, head: u64) -> Option<Saved> {
    let saved: Saved = serde_json::from_slice(&checkpoint.state)
        .inspect_err(|error| tracing::warn!(%error, "a checkpoint cannot be read; the log is read instead"))
        .ok()?;
    (saved.snapshot.log.to_string() == log && saved.snapshot.seq <= head).then_some(saved)
}

/// Folds what the log has beyond the checkpoint.
async fn fold_log(session: &mut Session) -> Result<(), WireError> {
    let (history, id, after) = (session.ctx.history.clone(), session.id, session.ahead.seq);
    folding::read(&history, id, after, |read| session.fold(read)).await?;
    session.ahead.capabilities =
        crate::harnesses::capabilities(&session.ahead.harness, session.native.version.as_deref());
    session.visible.clone_from(&session.ahead);
    Ok(())
}

impl Session {
    fn fold(&mut self, ReadEntry { entry, ts, event }: ReadEntry) {
        match event {
            Some(event) => {
                self.ahead.apply_entry(entry.seq, ts, &event);
                self.note_message(entry.seq, &event);
                self.note_binding(&event);
            }
            None => self.ahead.apply_unknown(entry.seq, ts),
        }
        self.known.extend(entry.id.parse::<EntryId>());
    }
}

/// The turn that the log says is running, with the words that opened it.
async fn restore_turn(session: &mut Session, sent: Option<oqto_protocol::ids::TurnId>) -> Result<(), WireError> {
    let Some(running) = session.ahead.turn.clone() else { return Ok(()) };
    let parts = opening_words(session, running.message).await?;
    let pictures = crate::media::has_pictures(&parts);
    let nothing_to_send = parts.is_empty();
    session.turn = Some(Turn {
        id: running.turn,
        started_at: running.started_at,
        parts,
        durable: true,
        images: (!pictures).then(Vec::new),
        // Without its words it cannot be sent; it is ended below.
        sent: sent == Some(running.turn) || nothing_to_send,
        abort: None,
    });
    session.load_pictures();
    Ok(())
}

async fn opening_words(session: &Session, message: oqto_protocol::ids::MessageId) -> Result<Vec<Part>, WireError> {
    let mut before = None;
    loop {
        let page = session.ctx.history.messages(session.id, before, 100).await.map_err(|error| error.to_wire())?;
        for entry in page.entries.iter().rev() {
            if let Some(LogEvent::Message(found)) = folding::decoded(session.id, entry)?
                && found.message.id == message
            {
                return Ok(found.message.parts);
            }
        }
        match page.entries.first().filter(|_| page.more) {
            Some(first) => before = Some(first.seq),
            None => return Ok(Vec::new()),
        }
    }
}

/// What stands behind the session now.
async fn take_up_holder(session: &mut Session, saved: Option<Saved>, position: u64) {
    let last = session.last_start.clone();
    let mut current = None;
    for start in starts(&session.ctx.holders_of(session.id)) {
        let over = saved.as_ref().is_some_and(|saved| saved.adapter.is_none());
        let stale = match &last {
            Some(last) => start < *last || (start == *last && over),
            None => false,
        };
        if stale {
            clear(&holder_dir(&session.ctx, session.id, &start)).await;
        } else if let Some(older) = current.replace(start) {
            // Only the newest start can be in use; an older one was never acknowledged.
            clear(&holder_dir(&session.ctx, session.id, &older)).await;
        }
    }
    match current {
        Some(start) => {
            let same = last.as_deref() == Some(start.as_str());
            let bound = same && saved.as_ref().is_some_and(|saved| saved.bound);
            let (adapter, from) = match (same, saved.and_then(|saved| saved.adapter)) {
                (true, Some(adapter)) => (Some(adapter), position),
                (_, _) => (None, 0),
            };
            session.last_start = Some(start.clone());
            take_up(session, &start, adapter, bound, from).await;
        }
        None => nothing_is_there(session),
    }
}

/// The starts that have left a directory, oldest first (their names sort by time).
fn starts(holders: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(holders) else { return Vec::new() };
    let mut starts: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    starts.sort();
    starts
}

async fn take_up(session: &mut Session, start: &str, adapter: Option<String>, bound: bool, from: u64) {
    let dir = holder_dir(&session.ctx, session.id, start);
    let prepared = installation(&dir).and_then(|installation| {
        let adapter = installation.adapter(session.id, start, adapter.as_deref())?;
        Ok((installation, adapter))
    });
    let (installation, adapter) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            tracing::warn!(session = %session.id, %error, "what a holder was started for is not known");
            clear(&dir).await;
            return nothing_is_there(session);
        }
    };
    match oqto_process::inspect(&dir) {
        Ok(HolderState::Running(_) | HolderState::Exited(_)) => {
            match oqto_process::attach(&dir, session.ctx.epoch, from).await {
                Ok((holder, records)) => {
                    let next = holder.status().await.map_or(from, |status| status.next);
                    let up = attached(
                        &session.ctx,
                        start,
                        dir,
                        holder,
                        records,
                        adapter,
                        installation,
                        session.records.clone(),
                    );
                    return resume_at(session, up, bound, from, next);
                }
                Err(error) => tracing::warn!(session = %session.id, %error, "a holder cannot be attached to"),
            }
        }
        Ok(HolderState::Dead(_) | HolderState::Absent) => {}
        Err(error) => tracing::warn!(session = %session.id, %error, "a holder cannot be judged"),
    }
    read_dead(session, start, dir, adapter, installation, from);
}

fn resume_at(session: &mut Session, mut up: Up, bound: bool, from: u64, next: u64) {
    up.next_index = from;
    up.replay_until = next;
    up.bound = bound;
    let caught_up = from >= next;
    session.process = Process::Up(Box::new(up));
    if caught_up {
        session.caught_up();
    }
}

/// Nobody holds the child any more: the journal is read to its end, and what was open is closed.
fn read_dead(
    session: &mut Session,
    start: &str,
    dir: PathBuf,
    adapter: Box<dyn oqto_harness::adapter::Adapter>,
    installation: Installation,
    from: u64,
) {
    let (sends, _nobody) = mpsc::unbounded_channel();
    session.process = Process::Up(Box::new(Up {
        start: start.to_owned(),
        dir,
        holder: None,
        sends,
        adapter,
        installation,
        next_index: from,
        since: std::time::Instant::now(),
        bound: true,
        ending: None,
        replay_until: u64::MAX,
        deferred: Vec::new(),
        sent_ids: std::collections::HashSet::new(),
        exit: oqto_harness::adapter::Exit::default(),
    }));
    session.holder_lost(start);
}

/// No process is there. A log that says otherwise is told the truth.
fn nothing_is_there(session: &mut Session) {
    let gone = "the agent's process is gone: the machine was restarted, or its holder was lost";
    if let Some(turn) = session.turn.as_ref().map(|turn| turn.id) {
        session.end_turn(turn, TurnEnd::Crashed, Some(WireError::new(ErrorKind::HarnessFailed, gone)), None);
    }
    let closed = matches!(session.ahead.state, SessionState::Asleep | SessionState::Stopped | SessionState::Failed);
    if !closed {
        session.close(CloseReason::Crashed, Some(gone.to_owned()));
    }
}

fn installation(dir: &Path) -> Result<Installation, WireError> {
    let note = launch_file(dir);
    let text = std::fs::read(&note)
        .map_err(|error| WireError::new(ErrorKind::NotFound, format!("cannot read {}: {error}", note.display())))?;
    serde_json::from_slice(&text)
        .map_err(|error| WireError::new(ErrorKind::Corrupt, format!("{}: {error}", note.display())))
}

/// Ends whatever is left of a start that nobody needs, and removes its directory.
async fn clear(dir: &Path) {
    let dir = dir.to_path_buf();
    let cleared = tokio::task::spawn_blocking(move || {
        sweep(&dir);
        remove(&dir);
        if let Err(error) = std::fs::remove_file(launch_file(&dir))
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(dir = %dir.display(), %error, "its note cannot be removed");
        }
    });
    if let Err(error) = cleared.await {
        tracing::error!(%error, "clearing an old start failed");
    }
}
