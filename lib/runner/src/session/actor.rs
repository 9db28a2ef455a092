//! The loop of a session. Each arm is one call; nothing here waits for a person, a harness or the history.

use std::time::{Duration, Instant};

use oqto_protocol::ids::SessionId;
use oqto_protocol::session::Snapshot;
use tokio::sync::mpsc;

use super::process::FromHolder;
use super::recover;
use super::state::{Event, NewSession, Session, Waiter};
use super::{Replier, Request, SessionHandle};
use crate::context::Shared;

/// Requests that may wait for an actor.
const INBOX: usize = 256;
/// Records of a holder that may wait for an actor.
const RECORDS: usize = 256;
/// How long until the same is tried again that was due and did not help.
pub(super) const AGAIN: Duration = Duration::from_millis(250);

struct Channels {
    requests: mpsc::Receiver<Request>,
    events: mpsc::UnboundedReceiver<Event>,
    records: mpsc::Receiver<FromHolder>,
}

/// The actor of a session that is in the history; started if none runs.
pub fn open(ctx: &Shared, id: SessionId) -> SessionHandle {
    ctx.registry.actor_or(id, || {
        let (handle, requests) = handle(id);
        let context = ctx.clone();
        ctx.tasks.spawn(async move {
            let (events, records) = channels();
            let senders = (events.0, records.0);
            let inbox = Channels { requests, events: events.1, records: records.1 };
            match recover::recover(&context, id, senders).await {
                Ok(session) => run(session, inbox).await,
                Err(error) => refuse(&context, id, inbox.requests, &error).await,
            }
        });
        handle
    })
}

/// The actor of a session that has just been written into the history. Its process is started at once; `reply` is
/// answered when that is ready.
pub fn spawn_new(
    ctx: &Shared,
    new: NewSession,
    snapshot: Snapshot,
    reply: Replier,
    client_id: Option<String>,
) -> SessionHandle {
    let id = new.id;
    ctx.registry.actor_or(id, || {
        let (handle, requests) = handle(id);
        let context = ctx.clone();
        ctx.tasks.spawn(async move {
            let (events, records) = channels();
            let mut session = Session::new(context, id, snapshot.log, snapshot, (events.0, records.0));
            session.birth = Some(new.birth);
            session.waiters.push(Waiter::Ready { reply, client_id });
            session.publish_info();
            session.drop_copied_queue();
            session.ensure_process();
            run(session, Channels { requests, events: events.1, records: records.1 }).await;
        });
        handle
    })
}

type EventChannel = (mpsc::UnboundedSender<Event>, mpsc::UnboundedReceiver<Event>);
type RecordChannel = (mpsc::Sender<FromHolder>, mpsc::Receiver<FromHolder>);

fn channels() -> (EventChannel, RecordChannel) {
    (mpsc::unbounded_channel(), mpsc::channel(RECORDS))
}

fn handle(id: SessionId) -> (SessionHandle, mpsc::Receiver<Request>) {
    let (inbox, requests) = mpsc::channel(INBOX);
    (SessionHandle { id, inbox }, requests)
}

async fn run(mut session: Session, mut channels: Channels) {
    let shutdown = session.ctx.shutdown.clone();
    session.pump();
    while !session.done {
        let now = Instant::now();
        let due = session.due(now);
        // What is due is done also while other things never cease to come.
        if due.is_some_and(|at| at <= now) {
            session.do_what_is_due(now);
            session.pump();
            tokio::task::yield_now().await;
            continue;
        }
        let room = session.outbox.len() < session.ctx.limits.outbox_items;
        tokio::select! {
            biased;
            () = shutdown.cancelled() => break,
            Some(event) = channels.events.recv() => session.event(event),
            Some(request) = channels.requests.recv(), if !session.is_catching_up() => session.request(request),
            Some(from) = channels.records.recv(), if room => session.take(from),
            () = until(due) => {}
        }
        session.pump();
    }
    session.ctx.registry.forget_actor(session.id);
}

/// Waits for a moment; for ever without one.
async fn until(due: Option<Instant>) {
    match due {
        Some(at) => tokio::time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}

/// A session that cannot be opened says so to everybody who waits, once.
async fn refuse(
    ctx: &Shared,
    id: SessionId,
    mut requests: mpsc::Receiver<Request>,
    error: &oqto_protocol::error::WireError,
) {
    ctx.registry.forget_actor(id);
    requests.close();
    while let Some(request) = requests.recv().await {
        match request {
            Request::Command { reply, .. } => reply.send(Err(error.clone())),
            // Dropping the reply tells them that the session is gone.
            Request::Head { .. } | Request::Join { .. } | Request::PlanFork { .. } | Request::RecordFork { .. } => {}
        }
    }
}

impl Session {
    fn event(&mut self, event: Event) {
        match event {
            Event::Started(start, result) => self.started(&start, *result),
            Event::Appended(result) => self.appended(result),
            Event::Images(turn, images) => self.pictures_loaded(turn, images),
            Event::SteerImages(prompt, text, images) => {
                self.act_after(&oqto_harness::adapter::Action::Steer { prompt, text, images });
            }
            Event::Parkable(alone) => self.park_if(alone),
            Event::Stopping(purpose, processes) => self.stop_with(purpose, processes),
            Event::Budgeted(change) => self.budget_set(*change),
            Event::Deleted(result) => self.deleted(result),
        }
    }

    /// When something is due next, if nothing else happens. Each part of it is moved by what is done then.
    fn due(&self, now: Instant) -> Option<Instant> {
        let all = [
            self.abort_due(),
            self.adapter_due(now),
            self.process_due(),
            self.questions_due(),
            self.durable_due(),
            self.append_due(),
            self.heartbeat_due(),
            self.parking_due(),
        ];
        all.into_iter().flatten().min()
    }

    fn do_what_is_due(&mut self, now: Instant) {
        self.enforce_abort(now);
        self.wake_adapter(now);
        self.enforce_process(now);
        self.enforce_questions(now);
        self.enforce_durable(now);
        self.heartbeat(now);
        self.consider_parking(now);
    }
}
