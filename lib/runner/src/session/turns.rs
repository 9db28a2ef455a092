//! The turn machine: a turn is one prompt until the harness has settled, and ends exactly once. Prompts that come while
//! one runs wait in the queue of the log; only a steer enters the running turn.

use std::time::{Duration, Instant};

use oqto_harness::adapter::{Action, Image};
use oqto_protocol::command::{Prompt, Prompted};
use oqto_protocol::entry::{
    Delivery, LogEvent, MessageEntry, Origin, PromptCancelled, PromptQueued, SessionRenamed, TurnEnd, TurnEnded,
    TurnStarted,
};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::{EntryId, MessageId, PromptId, TurnId};
use oqto_protocol::live::{Empty, LiveEvent};
use oqto_protocol::message::{Message, Part, Role, Sender, Usage};
use oqto_protocol::system::PeerInfo;

use super::outbox::Deed;
use super::process::{Process, Purpose};
use super::state::{Event, Session, Turn};
use super::{Replier, answer};
use crate::media;

/// The longest text of a prompt, in bytes: its entry must fit a frame.
const MAX_PROMPT: usize = 2 << 20;
/// The most bytes of it as JSON: an entry with it fits into a line.
const MAX_WRITTEN: usize = 6 << 20;
/// The longest title that is made from a prompt, in characters.
const TITLE_CHARS: usize = 80;

/// How often a running turn shows a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(10);

impl Session {
    /// `prompt` and `follow_up`: a turn of its own, now or after what runs.
    pub(super) fn prompt(&mut self, prompt: Prompt, peer: Option<&PeerInfo>, reply: Replier) {
        if let Some(error) = refusal(&prompt) {
            return reply.send(Err(error));
        }
        let parts = parts(&prompt);
        if self.turn.is_some() || self.ahead.turn.is_some() {
            return self.enqueue(&parts, Delivery::Turn, prompt.client_id, reply);
        }
        self.open_turn(parts, None, prompt.client_id, peer, Some(reply));
    }

    /// `steer`: into the running turn; without one it is a prompt.
    pub(super) fn steer(&mut self, prompt: Prompt, peer: Option<&PeerInfo>, reply: Replier) {
        if let Some(error) = refusal(&prompt) {
            return reply.send(Err(error));
        }
        let running = self.turn.as_ref().is_some_and(|turn| turn.sent && turn.abort.is_none());
        if !running {
            return self.prompt(prompt, peer, reply);
        }
        self.enqueue(&parts(&prompt), Delivery::Steer, prompt.client_id, reply);
    }

    fn enqueue(&mut self, parts: &[Part], delivery: Delivery, client_id: Option<String>, reply: Replier) {
        let prompt = PromptId::mint();
        let prompted = Prompted { seq: self.ahead.seq + 1, turn: None, message: None, prompt: Some(prompt) };
        let answered = answer(&prompted);
        let queued =
            PromptQueued { prompt, parts: parts.to_vec(), delivery, held: false, client_id: client_id.clone() };
        let outcome = client_id.zip(answered.clone().ok());
        self.produce_with(EntryId::mint(), self.ctx.now(), LogEvent::PromptQueued(queued), outcome);
        self.reply_after(reply, answered);
        if delivery == Delivery::Steer {
            self.send_steer(prompt, parts);
        }
    }

    fn send_steer(&mut self, prompt: PromptId, parts: &[Part]) {
        let text = text_of(parts);
        if !media::has_pictures(parts) {
            return self.act_after(&Action::Steer { prompt, text, images: Vec::new() });
        }
        let (ctx, events, parts) = (self.ctx.clone(), self.events.clone(), parts.to_vec());
        self.ctx.tasks.spawn(async move {
            let images = media::load(&ctx.history, &parts).await.unwrap_or_default();
            let _ended = events.send(Event::SteerImages(prompt, text, images));
        });
    }

    /// The entries that open a turn; the prompt goes out once they are durable and the harness is ready.
    fn open_turn(
        &mut self,
        parts: Vec<Part>,
        queued: Option<PromptId>,
        client_id: Option<String>,
        peer: Option<&PeerInfo>,
        reply: Option<Replier>,
    ) {
        let (turn, message) = (TurnId::mint(), MessageId::mint());
        let now = self.ctx.now();
        let started = TurnStarted { turn, message, prompt: queued };
        self.produce_with(EntryId::mint(), now, LogEvent::TurnStarted(started), None);
        let entry = MessageEntry {
            turn: Some(turn),
            message: Message {
                sender: peer.map(|peer| Sender { account: peer.account.clone(), name: peer.name.clone() }),
                client_id: client_id.clone(),
                prompt: queued,
                ..Message::new(message, Role::User, parts.clone(), now)
            },
        };
        let prompted = Prompted { seq: self.ahead.seq + 1, turn: Some(turn), message: Some(message), prompt: queued };
        let answered = answer(&prompted);
        let outcome = client_id.zip(answered.clone().ok());
        self.produce_with(EntryId::mint(), now, LogEvent::Message(entry), outcome);
        if let Some(reply) = reply {
            self.reply_after(reply, answered);
        }
        if self.ahead.title.is_empty() {
            self.name_after(&parts);
        }
        let images = (!media::has_pictures(&parts) && !self.may_have_more_now()).then(Vec::new);
        self.turn = Some(Turn { id: turn, started_at: now, parts, durable: false, images, sent: false, abort: None });
        self.then(Deed::SendPrompt(turn));
        self.load_pictures();
        self.ensure_process();
    }

    fn name_after(&mut self, parts: &[Part]) {
        let text = text_of(parts);
        let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        if line.is_empty() {
            return;
        }
        let mut title: String = line.chars().take(TITLE_CHARS).collect();
        if title.len() < line.len() {
            title.push('…');
        }
        let renamed = SessionRenamed { title, by: Origin::Runner };
        self.produce(EntryId::mint(), LogEvent::SessionRenamed(renamed));
    }

    pub(super) fn load_pictures(&self) {
        let Some(turn) = self.turn.as_ref().filter(|turn| turn.images.is_none()) else { return };
        let (ctx, events, id, parts) = (self.ctx.clone(), self.events.clone(), turn.id, turn.parts.clone());
        let renewed = self.may_have_more_now().then(|| self.renewing_budget()).flatten();
        self.ctx.tasks.spawn(async move {
            if let Some(renewed) = renewed {
                renewed.await;
            }
            let images = media::load(&ctx.history, &parts).await;
            let _ended = events.send(Event::Images(id, images));
        });
    }

    pub(super) fn pictures_loaded(&mut self, turn: TurnId, images: Result<Vec<Image>, WireError>) {
        match images {
            Ok(images) => {
                if let Some(running) = self.turn.as_mut().filter(|running| running.id == turn) {
                    running.images = Some(images);
                }
                self.try_send_prompt();
            }
            Err(error) => self.end_turn(turn, TurnEnd::Error, Some(error), None),
        }
    }

    pub(super) fn prompt_is_durable(&mut self, turn: TurnId) {
        if let Some(running) = self.turn.as_mut().filter(|running| running.id == turn) {
            running.durable = true;
        }
        self.try_send_prompt();
    }

    /// Sends the prompt of the turn if it is durable, not sent, and the harness is ready.
    pub(super) fn try_send_prompt(&mut self) {
        let Process::Up(up) = &self.process else { return };
        if !up.ready() || self.restart_wanted {
            return;
        }
        let Some(turn) = self.turn.as_mut() else { return };
        if !turn.durable || turn.sent {
            return;
        }
        let Some(images) = turn.images.clone() else { return };
        turn.sent = true;
        let (id, text) = (turn.id, text_of(&turn.parts));
        match up.adapter.encode(&Action::Prompt { turn: id, text, images }) {
            Ok(outgoing) => self.send_all(outgoing),
            Err(error) => self.end_turn(id, TurnEnd::Error, Some(error), None),
        }
    }

    /// `abort`: never waits for the history.
    pub(super) fn abort(&mut self, reply: Replier) {
        reply.send(answer(&Empty {}));
        let Some(turn) = self.turn.as_mut() else { return };
        if turn.abort.is_some() {
            return;
        }
        turn.abort = Some(Instant::now());
        let (id, sent) = (turn.id, turn.sent);
        if !sent {
            self.outbox.withdraw(|deed| matches!(deed, Deed::SendPrompt(turn) if *turn == id));
            return self.end_turn(id, TurnEnd::Aborted, None, None);
        }
        if let Process::Up(up) = &self.process {
            match up.adapter.encode(&Action::Abort { turn: id }) {
                Ok(outgoing) => self.send_all(outgoing),
                Err(error) => tracing::warn!(session = %self.id, %error, "the abort cannot be sent"),
            }
        }
    }

    /// When an abort counts as not answered.
    pub(super) fn abort_due(&self) -> Option<Instant> {
        let asked = self.turn.as_ref().and_then(|turn| turn.abort).filter(|_| !self.is_ending())?;
        Some(asked + self.ctx.limits.abort)
    }

    /// An abort that the harness does not answer ends its process.
    pub(super) fn enforce_abort(&mut self, now: Instant) {
        if self.abort_due().is_some_and(|at| at <= now) {
            tracing::info!(session = %self.id, "an abort was not answered; the process is ended");
            self.end_process(Purpose::AbortRestart);
        }
    }

    /// The one end of a turn.
    pub(super) fn end_turn(&mut self, id: TurnId, reason: TurnEnd, why: Option<WireError>, usage: Option<Usage>) {
        let Some(turn) = self.turn.take_if(|turn| turn.id == id) else { return };
        let reason = if turn.abort.is_some() && reason != TurnEnd::Crashed { TurnEnd::Aborted } else { reason };
        let now = self.ctx.now();
        let why = why.filter(|_| reason != TurnEnd::Done && reason != TurnEnd::Aborted);
        let ended = TurnEnded {
            turn: id,
            reason,
            code: why.as_ref().map(|why| why.code),
            hint: why.as_ref().and_then(|why| why.hint.clone()),
            message: why.map(|why| why.message),
            usage,
            duration_ms: now.saturating_sub(turn.started_at),
        };
        let entry = EntryId::derived(&[id.to_string().as_bytes(), b"ended"]);
        self.produce_with(entry, now, LogEvent::TurnEnded(ended), None);
        self.show(now, LiveEvent::AgentIdle(Empty {}));
        if reason != TurnEnd::Done {
            self.hold_queue();
        }
        self.idle_since = Instant::now();
        self.checkpoint();
        self.go_on();
    }

    /// After a turn that did not end well nothing is sent by itself: the queue waits for the person.
    fn hold_queue(&mut self) {
        let waiting: Vec<_> = self.ahead.queue.iter().filter(|item| !item.held).cloned().collect();
        for item in waiting {
            let queued = PromptQueued {
                prompt: item.prompt,
                parts: item.parts,
                delivery: Delivery::Turn,
                held: true,
                client_id: None,
            };
            self.produce(EntryId::mint(), LogEvent::PromptQueued(queued));
        }
    }

    /// What comes after a turn: a restart that was asked for, or the next prompt of the queue.
    pub(super) fn go_on(&mut self) {
        if self.turn.is_some() || self.ahead.turn.is_some() {
            return;
        }
        if self.restart_wanted && matches!(self.process, Process::Up(_)) {
            return self.end_process(Purpose::Restart);
        }
        if let Some(next) = self.ahead.queue.iter().find(|item| !item.held).cloned() {
            self.open_turn(next.parts, Some(next.prompt), None, None, None);
        }
    }

    /// `queue.send`: this one next, or now.
    pub(super) fn send_queued(&mut self, prompt: PromptId, client_id: Option<String>, reply: Replier) {
        let Some(item) = self.ahead.queue.iter().find(|item| item.prompt == prompt).cloned() else {
            return reply.send(Err(WireError::not_found("waiting prompt", prompt)));
        };
        if self.turn.is_none() && self.ahead.turn.is_none() {
            return self.open_turn(item.parts, Some(prompt), client_id, None, Some(reply));
        }
        let prompted = Prompted { seq: self.ahead.seq + 1, turn: None, message: None, prompt: Some(prompt) };
        let answered = answer(&prompted);
        let queued = PromptQueued { prompt, parts: item.parts, delivery: item.delivery, held: false, client_id: None };
        let outcome = client_id.zip(answered.clone().ok());
        self.produce_with(EntryId::mint(), self.ctx.now(), LogEvent::PromptQueued(queued), outcome);
        self.reply_after(reply, answered);
    }

    /// A fork copies a prompt that waits, but not what became of it: it is not the copy's to send.
    pub(super) fn drop_copied_queue(&mut self) {
        for item in self.ahead.queue.clone() {
            let cancelled = PromptCancelled { prompt: item.prompt };
            self.produce(EntryId::mint(), LogEvent::PromptCancelled(cancelled));
        }
    }

    /// A steer has become part of the conversation.
    pub(super) fn steer_delivered(&mut self, prompt: PromptId, ts: u64) {
        let Some(item) = self.ahead.queue.iter().find(|item| item.prompt == prompt).cloned() else { return };
        let key = prompt.to_string();
        let entry = MessageEntry {
            turn: self.turn.as_ref().map(|turn| turn.id),
            message: Message {
                prompt: Some(prompt),
                ..Message::new(MessageId::derived(&[key.as_bytes(), b"message"]), Role::User, item.parts, ts)
            },
        };
        let id = EntryId::derived(&[key.as_bytes(), b"delivered"]);
        self.produce_with(id, ts, LogEvent::Message(entry), None);
    }

    /// A steer was not delivered: it waits in the queue again.
    pub(super) fn steer_returned(&mut self, prompt: PromptId, start: &str, index: u64) {
        let Some(item) = self.ahead.queue.iter().find(|item| item.prompt == prompt).cloned() else { return };
        let held = self.turn.as_ref().is_none_or(|turn| turn.abort.is_some());
        let queued = PromptQueued { prompt, parts: item.parts, delivery: Delivery::Turn, held, client_id: None };
        let key = prompt.to_string();
        let id = EntryId::derived(&[key.as_bytes(), b"returned", start.as_bytes(), &index.to_be_bytes()]);
        self.produce(id, LogEvent::PromptQueued(queued));
    }

    pub(super) fn heartbeat_due(&self) -> Option<Instant> {
        self.turn.is_some().then(|| self.last_heartbeat + HEARTBEAT)
    }

    /// Signs of life while a turn runs.
    pub(super) fn heartbeat(&mut self, now: Instant) {
        if self.heartbeat_due().is_some_and(|at| at <= now) {
            self.last_heartbeat = now;
            let beat = oqto_protocol::live::Heartbeat { last_activity: self.last_activity };
            self.show(self.ctx.now(), LiveEvent::Heartbeat(beat));
        }
    }
}

fn refusal(prompt: &Prompt) -> Option<WireError> {
    let too_large = |said| {
        let refused = WireError::new(ErrorKind::TooLarge, said);
        Some(refused.with_hint("put it into a file of the workspace and name that"))
    };
    let bytes = prompt.text.len();
    if bytes > MAX_PROMPT {
        return too_large(format!("the prompt has {bytes} bytes; at most {MAX_PROMPT} are allowed"));
    }
    let written = written(&prompt.text);
    if written > MAX_WRITTEN {
        return too_large(format!("written as JSON the prompt has {written} bytes; at most {MAX_WRITTEN} are allowed"));
    }
    (prompt.text.trim().is_empty() && prompt.images.is_empty())
        .then(|| WireError::new(ErrorKind::InvalidParams, "the prompt is empty"))
}

/// How many bytes a text has as JSON: a control character has six.
fn written(text: &str) -> usize {
    text.bytes().map(|byte| if byte < b' ' { 6 } else { 1 + usize::from(matches!(byte, b'"' | b'\\')) }).sum()
}

fn parts(prompt: &Prompt) -> Vec<Part> {
    let text = (!prompt.text.is_empty()).then(|| Part::Text { text: prompt.text.clone() });
    let images = prompt.images.iter().map(|media| Part::Image { media: media.clone() });
    text.into_iter().chain(images).collect()
}

pub(super) fn text_of(parts: &[Part]) -> String {
    let texts = parts.iter().filter_map(|part| if let Part::Text { text } = part { Some(text.as_str()) } else { None });
    texts.collect::<Vec<_>>().join("\n")
}
