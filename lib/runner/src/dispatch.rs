//! Commands that are not one session's own: making, listing, forking, reading, searching.

mod making;
mod workspace;

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use oqto_history::model::{Fork as ForkRequest, ForkRange, NewConversation, NewEntry, Outcome};
use oqto_protocol::command::{
    BlobChunk, BlobGet, Budget, Command, Fork, Forked, GetMessages, Messages, NumberedMessage, RunnerDetails, Search,
    SearchHit, SearchResults, SessionCreate, SessionList, SessionReply, Sessions, Stats, Trust, WorkspaceTrust,
};
use oqto_protocol::entry::{ForkOrigin, LogEvent, SessionCreated};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::{EntryId, LogId, SessionId};
use oqto_protocol::live::Empty;
use oqto_protocol::session::{SessionInfo, SessionState, Snapshot};
use oqto_protocol::system::PeerInfo;
use tokio::sync::oneshot;

use self::making::made;
use self::workspace::workspace;
use crate::context::Shared;
use crate::folding::{self, ReadEntry};
use crate::gateway::Gateway;
use crate::harnesses::{PI, capabilities};
use crate::history::log_of;
use crate::session::no_gateway;
use crate::session::{Answer, Birth, NewSession, Replier, Request, SessionHandle, answer, open, spawn_new};

/// The most bytes of one `blob.get`.
const BLOB_CHUNK: usize = 4 << 20;

/// Runs a command to its answer. A key that was answered before gets that answer again.
///
/// # Errors
/// Those of the command.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other command has its place elsewhere")]
pub async fn run(ctx: &Shared, session: Option<SessionId>, command: Command, peer: Option<PeerInfo>) -> Answer {
    if let Some(known) = known_outcome(ctx, &command).await? {
        return Ok(known);
    }
    if command.needs_session() || (matches!(command, Command::GetModels(_)) && session.is_some()) {
        let id = session.ok_or_else(|| missing_session(&command))?;
        return for_session(ctx, id, command, peer).await;
    }
    match command {
        Command::SessionCreate(params) => create(ctx, params).await,
        Command::SessionList(filter) => list(ctx, &filter),
        Command::SessionsWatch(_) => list(ctx, &SessionList { limit: Some(10_000), ..SessionList::default() }),
        Command::GetModels(params) => models(ctx, &params).await,
        Command::WorkspaceTrust(params) => trust(ctx, &params),
        Command::RunnerInfo(_) => details(ctx).await,
        Command::Search(params) => search(ctx, params).await,
        Command::BlobGet(params) => blob(ctx, &params).await,
        other => Err(WireError::new(ErrorKind::Internal, format!("`{}` has no place here", other.name()))),
    }
}

/// What a command with this key has answered before, if it has.
///
/// # Errors
/// `invalid_params` for a key that is none; those of the history.
pub async fn known_outcome(ctx: &Shared, command: &Command) -> Result<Option<oqto_protocol::raw::RawJson>, WireError> {
    let Some(key) = command.client_id() else { return Ok(None) };
    check_key(key)?;
    let known = ctx.history.outcome(key).await.map_err(|error| error.to_wire())?;
    let Some(known) = known.map(|known| known_answer(&known)).transpose()? else { return Ok(None) };
    // A session that could not be started was taken back, and its outcome with it.
    let made = matches!(command, Command::SessionCreate(_) | Command::Fork(_));
    if made && known.decode::<SessionReply>().is_ok_and(|reply| ctx.registry.get(reply.session.id).is_none()) {
        return Ok(None);
    }
    Ok(Some(known))
}

fn check_key(key: &str) -> Result<(), WireError> {
    let fine = !key.is_empty() && key.len() <= 200;
    fine.then_some(()).ok_or_else(|| WireError::new(ErrorKind::InvalidParams, "a client_id has 1 to 200 bytes"))
}

fn known_answer(known: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(known).into_owned();
    oqto_protocol::raw::RawJson::parse(text)
        .map_err(|error| WireError::new(ErrorKind::Corrupt, format!("a kept outcome is not JSON: {error}")))
}

fn missing_session(command: &Command) -> WireError {
    WireError::new(ErrorKind::InvalidParams, format!("`{}` needs a session", command.name()))
        .with_hint("name it in the frame: \"session\":\"ses_…\"")
}

#[expect(clippy::wildcard_enum_match_arm, reason = "every other command has its place elsewhere")]
async fn for_session(ctx: &Shared, id: SessionId, command: Command, peer: Option<PeerInfo>) -> Answer {
    match command {
        Command::GetMessages(params) => messages(ctx, id, &params).await,
        Command::Fork(params) => fork(ctx, id, params, peer).await,
        Command::GetStats(params) => {
            let answered = session(ctx, id)?.run(Command::GetStats(params), peer).await?;
            with_budget(ctx, id, answered).await
        }
        Command::GetBudget(_) => budget(ctx, id).await,
        command => {
            let key = command.client_id().map(str::to_owned).filter(|_| is_kept_here(&command));
            let answered = session(ctx, id)?.run(command, peer).await?;
            if let Some(outcome) = key.and_then(|key| outcome(&key, &answered)) {
                ctx.history.keep_outcome(id, outcome).await.map_err(|error| error.to_wire())?;
            }
            Ok(answered)
        }
    }
}

/// What a harness counts itself, with what the gateway has in its book.
async fn with_budget(ctx: &Shared, id: SessionId, answered: oqto_protocol::raw::RawJson) -> Answer {
    let Some(gateway) = &ctx.gateway else { return Ok(answered) };
    match answered.decode::<Stats>() {
        Ok(stats) => answer(&Stats { budget: known_budget(gateway, id).await, ..stats }),
        Err(_) => Ok(answered),
    }
}

async fn known_budget(gateway: &Gateway, id: SessionId) -> Option<Budget> {
    let known = gateway.known_budget(id).await;
    known.inspect_err(|error| tracing::debug!(session = %id, %error, "its budget is not known")).ok().flatten()
}

/// What a session may use and has used, whether or not its harness runs.
async fn budget(ctx: &Shared, id: SessionId) -> Answer {
    let state = session(ctx, id)?.run(Command::GetState(Empty {}), None).await?;
    let Some(gateway) = &ctx.gateway else { return Err(no_gateway()) };
    let said = state.decode::<Snapshot>().ok().and_then(|state| state.budget).unwrap_or_default();
    answer(&gateway.budget(id, &said).await?)
}

/// Commands that append no entry of their own to keep their outcome with.
const fn is_kept_here(command: &Command) -> bool {
    matches!(command, Command::SessionStop(_) | Command::SessionResume(_) | Command::Compact(_))
}

/// What a command answers, as it is kept.
pub(crate) fn outcome<T: serde::Serialize>(client_id: &str, reply: &T) -> Option<Outcome> {
    let reply = serde_json::to_vec(reply).ok()?;
    Some(Outcome { client_id: client_id.to_owned(), reply: reply.into() })
}

/// The actor of a session that exists.
///
/// # Errors
/// `not_found`.
pub fn session(ctx: &Shared, id: SessionId) -> Result<SessionHandle, WireError> {
    if ctx.registry.get(id).is_none() {
        return Err(WireError::not_found("session", id).with_hint("`session.list` lists them"));
    }
    Ok(open(ctx, id))
}

async fn create(ctx: &Shared, mut params: SessionCreate) -> Answer {
    if params.sandbox.is_some() {
        let said = "this version cannot isolate agents";
        return Err(WireError::new(ErrorKind::Unsupported, said).with_hint("leave `sandbox` out"));
    }
    if let Some(parent) = params.parent.filter(|parent| ctx.registry.get(*parent).is_none()) {
        return Err(WireError::not_found("session", parent));
    }
    params.workspace = workspace(&ctx.places.home, &params.workspace)?;
    let installation = ctx.catalog.installation(&params.harness).await?;
    let id = SessionId::mint();
    let created = SessionCreated {
        harness: params.harness.clone(),
        workspace: params.workspace.clone(),
        title: params.title.clone().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()),
        model: params.model.clone(),
        thinking: params.thinking.clone(),
        parent: None,
    };
    let event = LogEvent::SessionCreated(created);
    let now = ctx.now();
    let entry = new_entry(now, &event)?;
    let mut first = Snapshot::empty(id, LogId::mint());
    first.apply_entry(1, now, &event);
    let kept = first_answer(ctx, params.client_id.as_deref(), &SessionReply { session: first_row(ctx, &first) }).await;
    let new = NewConversation {
        id: id.to_string(),
        entries: vec![entry],
        outcome: kept,
        values: oqto_history::model::ConversationPatch {
            workspace: Some(params.workspace.clone()),
            harness: Some(params.harness.clone()),
            ..oqto_history::model::ConversationPatch::default()
        },
        ..NewConversation::default()
    };
    let conversation = made(ctx, id, || ctx.history.create(new.clone())).await?;
    let mut snapshot = first;
    snapshot.log = log_of(&conversation)?;
    snapshot.capabilities = capabilities(&params.harness, Some(&installation.version));
    let client_id = params.client_id.clone();
    let birth = Birth::Fresh { model_chosen: params.model.is_some() };
    let (reply, ready) = oneshot::channel();
    let reply = Replier::new(reply, client_id.as_deref());
    let handle = spawn_new(ctx, NewSession { id, params, birth }, snapshot, reply, client_id);
    let answered = ready.await.unwrap_or_else(|_| Err(crate::session::gone()));
    if answered.is_err() {
        discard(&handle).await;
    }
    answered
}

/// The row of a session that is being made.
fn first_row(ctx: &Shared, first: &Snapshot) -> SessionInfo {
    SessionInfo {
        id: first.session,
        runner: ctx.name.clone(),
        title: first.title.clone(),
        workspace: first.workspace.clone(),
        harness: first.harness.clone(),
        state: first.state,
        model: first.model.clone(),
        provider: first.provider.clone(),
        head: first.seq,
        created_at: first.created_at,
        updated_at: first.updated_at,
        last_turn: None,
        open_inputs: 0,
        parent: first.parent,
    }
}

/// The outcome of making a session, unless an earlier try that was taken back has left one under this key.
async fn first_answer<T: serde::Serialize>(ctx: &Shared, client_id: Option<&str>, reply: &T) -> Option<Outcome> {
    let key = client_id?;
    match ctx.history.outcome(key).await {
        Ok(None) => outcome(key, reply),
        Ok(Some(_)) | Err(_) => None,
    }
}

/// A session whose harness never became ready leaves nothing behind.
async fn discard(handle: &SessionHandle) {
    if let Err(error) = handle.run(Command::SessionDelete(oqto_protocol::command::Keyed::default()), None).await {
        tracing::debug!(%error, "a session that did not start is gone already");
    }
}

fn new_entry(now: u64, event: &LogEvent) -> Result<NewEntry, WireError> {
    let data = event.data().map_err(|error| WireError::new(ErrorKind::Internal, error.to_string()))?;
    Ok(NewEntry {
        id: EntryId::mint().to_string(),
        ts: i64::try_from(now).unwrap_or(i64::MAX),
        event: event.name().to_owned(),
        data: Bytes::copy_from_slice(data.get().as_bytes()),
    })
}

fn list(ctx: &Shared, filter: &SessionList) -> Answer {
    let (revision, sessions) = ctx.registry.list(filter);
    answer(&Sessions { revision, sessions })
}

async fn models(ctx: &Shared, params: &oqto_protocol::command::GetModels) -> Answer {
    let workspace = workspace(&ctx.places.home, params.workspace.as_deref().unwrap_or("~"))?;
    answer(&crate::models::of(ctx, params.harness.as_deref().unwrap_or(PI), &workspace).await?)
}

fn trust(ctx: &Shared, params: &WorkspaceTrust) -> Answer {
    let workspace = workspace(&ctx.places.home, &params.workspace)?;
    if let Some(trusted) = params.trusted {
        ctx.trust.set(&workspace, trusted)?;
    }
    let has_project_files = Path::new(&workspace).join(".pi").is_dir();
    answer(&Trust { trusted: ctx.trust.get(&workspace), has_project_files })
}

async fn details(ctx: &Shared) -> Answer {
    answer(&RunnerDetails {
        name: ctx.name.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pid: std::process::id(),
        epoch: ctx.epoch,
        harnesses: ctx.catalog.describe().await,
        agent_environment: ctx.catalog.environment_names(&ctx.actor).await,
        state_dir: ctx.places.state.display().to_string(),
        hstry_socket: ctx.places.hstry_socket.display().to_string(),
        home: canonical(&ctx.places.home),
        demo: ctx.catalog.is_demo(),
        gateway: match &ctx.gateway {
            Some(gateway) => Some(gateway.describe().await),
            None => None,
        },
        pi_command: ctx.catalog.named_command(),
    })
}

/// A directory as the workspaces of sessions are named: without links in it.
fn canonical(dir: &Path) -> String {
    std::fs::canonicalize(dir).unwrap_or_else(|_| dir.to_path_buf()).display().to_string()
}

async fn messages(ctx: &Shared, id: SessionId, params: &GetMessages) -> Answer {
    let _exists = session(ctx, id)?;
    let limit = params.limit.unwrap_or(50);
    if !(1..=1000).contains(&limit) {
        return Err(WireError::new(ErrorKind::InvalidParams, "`limit` is 1 to 1000"));
    }
    let page = ctx.history.messages(id, params.before, limit).await.map_err(|error| error.to_wire())?;
    let mut messages = Vec::with_capacity(page.entries.len());
    for entry in &page.entries {
        if let Some(LogEvent::Message(found)) = folding::decoded(id, entry)? {
            messages.push(NumberedMessage { seq: entry.seq, message: found.message });
        }
    }
    answer(&Messages { messages, more: page.more })
}

/// A new session that knows everything before a message. It copies entries, so that either can be deleted.
async fn fork(ctx: &Shared, id: SessionId, params: Fork, _peer: Option<PeerInfo>) -> Answer {
    let handle = session(ctx, id)?;
    let (reply, plan) = oneshot::channel();
    handle.ask(Request::PlanFork { at: params.at, reply }).await?;
    let plan = plan.await.map_err(|_| crate::session::gone())??;
    let new = SessionId::mint();
    let origin = ForkOrigin { session: id, seq: plan.keep };
    let text = match params.at {
        Some(at) => taken_back(ctx, id, at).await?,
        None => None,
    };
    let parent = ctx.registry.get(id).ok_or_else(|| WireError::not_found("session", id))?;
    let head = plan.entries.len() as u64;
    let row = SessionInfo { id: new, state: SessionState::Starting, head, parent: Some(origin), ..parent };
    let kept = first_answer(ctx, params.client_id.as_deref(), &Forked { session: row, text: text.clone() }).await;
    let request = ForkRequest {
        source: id.to_string(),
        id: new.to_string(),
        range: ForkRange::Exactly(plan.entries),
        parent_seq: Some(plan.keep),
        values: oqto_history::model::ConversationPatch {
            native_id: Some(String::new()),
            native_file: Some(String::new()),
            ..oqto_history::model::ConversationPatch::default()
        },
        entries: Vec::new(),
        outcome: kept,
    };
    let conversation = made(ctx, new, || ctx.history.fork(request.clone())).await?;
    let snapshot = folded(ctx, new, log_of(&conversation)?, origin).await?;
    let birth = Birth::Fork { origin, native_file: plan.native_file, user_messages_back: plan.back };
    let create = SessionCreate {
        harness: snapshot.harness.clone(),
        workspace: snapshot.workspace.clone(),
        model: None,
        thinking: None,
        title: None,
        sandbox: None,
        parent: Some(id),
        client_id: None,
    };
    let (reply, ready) = oneshot::channel();
    let forked =
        spawn_new(ctx, NewSession { id: new, params: create, birth }, snapshot, Replier::new(reply, None), None);
    let answered = ready.await.unwrap_or_else(|_| Err(crate::session::gone()));
    let ready: SessionReply = match answered {
        Ok(reply) => reply.decode().map_err(|error| WireError::new(ErrorKind::Internal, error.to_string()))?,
        Err(error) => {
            discard(&forked).await;
            return Err(error);
        }
    };
    handle.ask(Request::RecordFork { session: new, at: plan.keep }).await?;
    answer(&Forked { session: ready.session, text })
}

/// The words of the message that a fork stands before.
async fn taken_back(ctx: &Shared, id: SessionId, at: u64) -> Result<Option<String>, WireError> {
    let page = ctx.history.entries(id, at - 1, 1).await.map_err(|error| error.to_wire())?;
    match page.entries.first().map(|entry| folding::decoded(id, entry)).transpose()?.flatten() {
        Some(LogEvent::Message(entry)) => Ok(Some(entry.message.text())),
        Some(_) | None => Ok(None),
    }
}

async fn folded(ctx: &Shared, id: SessionId, log: LogId, origin: ForkOrigin) -> Result<Snapshot, WireError> {
    let mut snapshot = Snapshot::empty(id, log);
    let take = |read: ReadEntry| match &read.event {
        Some(event) => snapshot.apply_entry(read.entry.seq, read.ts, event),
        None => snapshot.apply_unknown(read.entry.seq, read.ts),
    };
    folding::read(&ctx.history, id, 0, take).await?;
    snapshot.parent = Some(origin);
    snapshot.capabilities = capabilities(&snapshot.harness, snapshot.harness_version.as_deref());
    Ok(snapshot)
}

async fn search(ctx: &Shared, params: Search) -> Answer {
    let query = crate::search::query(params)?;
    let limit = query.limit as usize;
    let page = ctx.history.search(query).await.map_err(|error| error.to_wire())?;
    let more = page.hits.len() == limit;
    let hits: Vec<SearchHit> = page.hits.into_iter().filter_map(crate::search::hit).collect();
    answer(&SearchResults { hits, more })
}

async fn blob(ctx: &Shared, params: &BlobGet) -> Answer {
    let bytes = ctx.history.get_blob(&params.sha256).await.map_err(|error| error.to_wire())?;
    let total = bytes.len();
    let from = usize::try_from(params.offset).unwrap_or(usize::MAX);
    if from > total {
        let said = format!("the blob has {total} bytes; offset {from} is past its end");
        return Err(WireError::new(ErrorKind::InvalidParams, said));
    }
    let until = total.min(from + BLOB_CHUNK);
    answer(&BlobChunk { data: STANDARD.encode(&bytes[from..until]), offset: params.offset, total: total as u64 })
}
