//! One peer: its requests are taken in order, answered as they finish; everything it gets goes through one bounded queue.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use oqto_protocol::command::{BlobPut, BlobStored, Command, Subscribe};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::Frame;
use oqto_protocol::ids::SessionId;
use oqto_protocol::live::Empty;
use oqto_protocol::message::Media;
use oqto_protocol::system::{Hello, PeerInfo, SessionChanged, SessionRemoved, SystemEvent, capability};
use oqto_wire::HelloRule;
use oqto_wire::greeting::hello;
use oqto_wire::queue::{Limits, Outgoing};
use oqto_wire::server::{Accepted, Incoming, Request as Asked, accept};
use oqto_wire::source::{LineSink, LineSource};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::context::Shared;
use crate::dispatch;
use crate::registry::Change;
use crate::session::{Answer, Replier, Request, answer};
use crate::subscription;

/// Requests of one connection that may be under way.
const UNDER_WAY: usize = 128;
/// Answers that may be long and wait for a peer that does not read, at once; each has at most a line.
const LONG_ANSWERS: usize = 4;
/// Requests that are read before the one before them is on its way.
const AHEAD: usize = 16;
/// The largest upload, in bytes.
const MAX_UPLOAD: usize = 64 << 20;

/// What a runner says of itself.
#[must_use]
pub fn our_hello(ctx: &Shared) -> Hello {
    let mut ours = hello(&ctx.software, &[capability::AGENT, capability::SEARCH]);
    ours.runner = Some(ctx.name.clone());
    ours
}

/// Serves a connection to its end.
pub async fn serve<R, S>(ctx: Shared, source: R, sink: S, rule: HelloRule)
where
    R: LineSource + 'static,
    S: LineSink + 'static,
{
    let accepted = match accept(source, sink, our_hello(&ctx), rule, Limits::default()).await {
        Ok(accepted) => accepted,
        Err(error) => {
            tracing::debug!(%error, "a connection ended before it began");
            return;
        }
    };
    let Accepted { hello, mut incoming, outgoing, writer } = accepted;
    let over = CancellationToken::new();
    let writing = ctx.tasks.spawn({
        let over = over.clone();
        async move {
            if let Err(error) = writer.run().await {
                tracing::debug!(%error, "a connection was lost");
            }
            over.cancel();
        }
    });
    let peer = hello.and_then(|hello| hello.peer);
    let mut connection = Connection::new(ctx.clone(), outgoing.clone(), peer);
    let (asked, requests) = mpsc::channel(AHEAD);
    let reading = read(&mut incoming, asked);
    let serving = async {
        connection.serve(requests).await;
        // Who has only ended its own side still hears the answers.
        connection.finish().await;
    };
    tokio::select! {
        ((), ()) = async { tokio::join!(reading, serving) } => {}
        () = over.cancelled() => {}
        () = ctx.shutdown.cancelled() => {}
    }
    connection.end();
    drop(incoming);
    outgoing.close();
    // It ends with its queue; a panic in it has been reported already.
    let _ended = writing.await;
}

/// Reads beside the serving, so that a ping is answered also while a command waits.
async fn read<R: LineSource>(incoming: &mut Incoming<R>, requests: mpsc::Sender<Asked>) {
    loop {
        match incoming.next().await {
            Ok(Some(request)) => {
                if requests.send(request).await.is_err() {
                    return;
                }
            }
            Ok(None) => return,
            Err(error) => {
                tracing::debug!(%error, "a connection was lost");
                return;
            }
        }
    }
}

/// One peer.
pub struct Connection {
    ctx: Shared,
    outgoing: Outgoing,
    peer: Option<PeerInfo>,
    subscriptions: HashMap<SessionId, CancellationToken>,
    watching: Option<CancellationToken>,
    uploads: HashMap<String, Vec<u8>>,
    under_way: Arc<Semaphore>,
    long_answers: Arc<Semaphore>,
    over: CancellationToken,
    tasks: TaskTracker,
}

impl Connection {
    /// A peer that has just come.
    #[must_use]
    pub fn new(ctx: Shared, outgoing: Outgoing, peer: Option<PeerInfo>) -> Self {
        Self {
            ctx,
            outgoing,
            peer,
            subscriptions: HashMap::new(),
            watching: None,
            uploads: HashMap::new(),
            under_way: Arc::new(Semaphore::new(UNDER_WAY)),
            long_answers: Arc::new(Semaphore::new(LONG_ANSWERS)),
            over: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }
    }

    async fn serve(&mut self, mut requests: mpsc::Receiver<Asked>) {
        while let Some(request) = requests.recv().await {
            self.request(request).await;
        }
    }

    /// Nothing more goes to this peer.
    pub fn end(&self) {
        self.over.cancel();
        self.tasks.close();
    }

    /// Ends what it follows, and waits for the answers to what it has asked.
    async fn finish(&self) {
        self.end();
        self.tasks.wait().await;
    }

    async fn request(&mut self, asked: Asked) {
        match decode(&asked.frame) {
            Ok(command) => self.command(asked, command).await,
            Err(error) => self.answer(&asked, Err(error)).await,
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "every other command has its place elsewhere")]
    async fn command(&mut self, asked: Asked, command: Command) {
        let session = asked.frame.session;
        match command {
            Command::Subscribe(params) => self.subscribe(asked, session, params).await,
            Command::Unsubscribe(_) => {
                if let Some(running) = session.and_then(|session| self.subscriptions.remove(&session)) {
                    running.cancel();
                }
                self.answer(&asked, answer(&Empty {})).await;
            }
            Command::SessionsWatch(_) => self.watch(asked).await,
            Command::BlobPut(params) => {
                let stored = self.upload(params).await;
                self.answer(&asked, stored).await;
            }
            command => self.start(asked, command).await,
        }
    }

    /// Runs a command beside the others. What goes to a session is handed over in the order it came.
    async fn start(&mut self, asked: Asked, command: Command) {
        let Ok(permit) = Arc::clone(&self.under_way).acquire_owned().await else { return };
        let (ctx, outgoing, peer) = (self.ctx.clone(), self.outgoing.clone(), self.peer.clone());
        let session = asked.frame.session;
        let long = may_answer_long(&command).then(|| Arc::clone(&self.long_answers));
        let handed_over = if keeps_order(&command) {
            hand_over(&ctx, session, command, peer.clone()).await
        } else {
            HandedOver::Later(command)
        };
        self.tasks.spawn(async move {
            // Who asks and does not read holds as many answers as this, and no more.
            let _permit = permit;
            let _turn = match long {
                Some(turns) => turns.acquire_owned().await.ok(),
                None => None,
            };
            let answered = match handed_over {
                HandedOver::Waiting(answer) => answer.await.unwrap_or_else(|_| Err(crate::session::gone())),
                HandedOver::Now(answered) => answered,
                HandedOver::Later(command) => dispatch::run(&ctx, session, command, peer).await,
            };
            send(&outgoing, &asked, answered).await;
        });
    }

    async fn answer(&self, asked: &Asked, answered: Answer) {
        send(&self.outgoing, asked, answered).await;
    }

    async fn subscribe(&mut self, asked: Asked, session: Option<SessionId>, params: Subscribe) {
        let opened = async {
            let id = session.ok_or_else(|| WireError::new(ErrorKind::InvalidParams, "`subscribe` needs a session"))?;
            let (handle, head) = subscription::reach(&self.ctx, id).await?;
            Ok::<_, WireError>((handle, subscription::begin(head, &params)))
        };
        match opened.await {
            Err(error) => self.answer(&asked, Err(error)).await,
            Ok((handle, subscribed)) => {
                let id = handle.id;
                if let Some(before) = self.subscriptions.remove(&id) {
                    before.cancel();
                }
                self.answer(&asked, answer(&subscribed)).await;
                let token = self.over.child_token();
                self.subscriptions.insert(id, token.clone());
                let (ctx, outgoing) = (self.ctx.clone(), self.outgoing.clone());
                self.tasks.spawn(async move {
                    tokio::select! {
                        () = token.cancelled() => {}
                        () = subscription::run(ctx, handle, subscribed.from, outgoing) => {}
                    }
                });
            }
        }
    }

    async fn watch(&mut self, asked: Asked) {
        let answered = dispatch::run(&self.ctx, None, Command::SessionsWatch(Empty {}), None).await;
        let from = self.ctx.registry.list(&oqto_protocol::command::SessionList::default()).0;
        let revision = answered
            .as_ref()
            .ok()
            .and_then(|raw| raw.decode::<oqto_protocol::command::Sessions>().ok())
            .map_or(from, |sessions| sessions.revision);
        self.answer(&asked, answered).await;
        if let Some(before) = self.watching.take() {
            before.cancel();
        }
        let token = self.over.child_token();
        self.watching = Some(token.clone());
        let (ctx, outgoing) = (self.ctx.clone(), self.outgoing.clone());
        self.tasks.spawn(async move {
            tokio::select! {
                () = token.cancelled() => {}
                () = tell_changes(&ctx, revision, &outgoing) => {}
            }
        });
    }

    async fn upload(&mut self, params: BlobPut) -> Answer {
        let bytes = STANDARD
            .decode(params.data.as_bytes())
            .map_err(|error| WireError::new(ErrorKind::InvalidParams, format!("`data` is not base64: {error}")))?;
        let total: usize = self.uploads.values().map(Vec::len).sum();
        if total + bytes.len() > MAX_UPLOAD {
            self.uploads.remove(&params.upload);
            return Err(WireError::new(ErrorKind::TooLarge, format!("an upload has at most {MAX_UPLOAD} bytes")));
        }
        let upload = self.uploads.entry(params.upload.clone()).or_default();
        upload.extend_from_slice(&bytes);
        let received = upload.len() as u64;
        if !params.last {
            return answer(&BlobStored { bytes: received, media: None });
        }
        let whole = self.uploads.remove(&params.upload).unwrap_or_default();
        let blob = self.ctx.history.put_blob(whole.into()).await.map_err(|error| error.to_wire())?;
        let media = Media::Blob { sha256: blob.sha256, mime_type: params.mime_type, bytes: blob.bytes };
        answer(&BlobStored { bytes: received, media: Some(media) })
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.over.cancel();
    }
}

enum HandedOver {
    Waiting(oneshot::Receiver<Answer>),
    Now(Answer),
    Later(Command),
}

/// Commands that read, and whose answer may be as long as a line.
const fn may_answer_long(command: &Command) -> bool {
    matches!(
        command,
        Command::GetMessages(_)
            | Command::GetState(_)
            | Command::GetModels(_)
            | Command::GetCommands(_)
            | Command::SessionList(_)
            | Command::Search(_)
            | Command::BlobGet(_)
    )
}

/// Commands of one session whose order is the order they came in.
const fn keeps_order(command: &Command) -> bool {
    matches!(
        command,
        Command::Prompt(_)
            | Command::Steer(_)
            | Command::FollowUp(_)
            | Command::Abort(_)
            | Command::QueueCancel(_)
            | Command::QueueEdit(_)
            | Command::QueueSend(_)
            | Command::InputRespond(_)
            | Command::SessionRename(_)
            | Command::SetThinkingLevel(_)
            | Command::SetModel(_)
    )
}

async fn hand_over(ctx: &Shared, session: Option<SessionId>, command: Command, peer: Option<PeerInfo>) -> HandedOver {
    match try_hand_over(ctx, session, command, peer).await {
        Ok(handed) => handed,
        Err(error) => HandedOver::Now(Err(error)),
    }
}

async fn try_hand_over(
    ctx: &Shared,
    session: Option<SessionId>,
    command: Command,
    peer: Option<PeerInfo>,
) -> Result<HandedOver, WireError> {
    let Some(id) = session else { return Ok(HandedOver::Later(command)) };
    if let Some(known) = dispatch::known_outcome(ctx, &command).await? {
        return Ok(HandedOver::Now(Ok(known)));
    }
    let handle = dispatch::session(ctx, id)?;
    let (reply, answered) = oneshot::channel();
    let reply = Replier::new(reply, command.client_id());
    handle.ask(Request::Command { command: Box::new(command), peer, reply }).await?;
    Ok(HandedOver::Waiting(answered))
}

/// The command of a request. Its name is looked up first, so that an error says which parameter is wrong.
///
/// # Errors
/// `unknown_command` for a name that is none, `invalid_params` for parameters that do not fit.
pub fn decode(frame: &Frame) -> Result<Command, WireError> {
    let name = frame.cmd.as_deref().unwrap_or_default();
    let params = frame.params.as_ref().map_or("{}", |params| params.get());
    match Command::decode(name, params) {
        Some(Ok(command)) => Ok(command),
        Some(Err(error)) => {
            Err(WireError::new(ErrorKind::InvalidParams, format!("the parameters of `{name}` do not fit: {error}")))
        }
        None => {
            let known = Command::NAMES.join(", ");
            Err(oqto_wire::server::unknown_command(name).with_hint(format!("there are: {known}")))
        }
    }
}

async fn send(outgoing: &Outgoing, asked: &Asked, answered: Answer) {
    match asked.reply(answered) {
        // Who asked may be gone; what was done stays done.
        Ok(line) => {
            let _closed = outgoing.send(line).await;
        }
        Err(error) => tracing::error!(%error, "a reply cannot be written"),
    }
}

async fn tell_changes(ctx: &Shared, mut revision: u64, outgoing: &Outgoing) {
    let mut watch = ctx.registry.watch();
    loop {
        let (now, changes) = ctx.registry.since(revision);
        for change in changes {
            let event = match change {
                Change::Changed(revision, session) => {
                    SystemEvent::SessionChanged(SessionChanged { revision, session: *session })
                }
                Change::Removed(revision, session) => SystemEvent::SessionRemoved(SessionRemoved { revision, session }),
            };
            let Some(line) = line(ctx, &event) else { continue };
            if outgoing.send(line).await.is_err() {
                return;
            }
        }
        revision = now;
        if watch.changed().await.is_err() {
            return;
        }
    }
}

fn line(ctx: &Shared, event: &SystemEvent) -> Option<Bytes> {
    let frame = Frame::system(ctx.now(), event).ok()?;
    frame.to_line().ok().map(Bytes::from)
}
