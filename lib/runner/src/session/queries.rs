//! Questions that the harness answers: models, commands, tokens, a summary, going back.

use std::time::Instant;

use oqto_harness::adapter::{Action, Reply};
use oqto_protocol::command::{Appended, Command, Commands, Models, Rewound};
use oqto_protocol::entry::{ConfigChanged, LogEvent, Origin, SessionRewound};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::EntryId;
use oqto_protocol::live::Empty;

use super::actor::AGAIN;
use super::outbox::Deed;
use super::process::Process;
use super::state::{Asked, Session, Then, Waiter};
use super::{Answer, Replier, answer};

impl Session {
    /// A command that only a ready harness can answer: it waits for one.
    #[expect(clippy::wildcard_enum_match_arm, reason = "every other command has its place elsewhere")]
    pub(super) fn harness_command(&mut self, command: Command, reply: Replier) {
        let ready = matches!(&self.process, Process::Up(up) if up.ready());
        if !ready {
            self.waiters.push(Waiter::Command { command: Box::new(command), reply });
            return self.ensure_process();
        }
        match command {
            Command::GetModels(_) => self.ask(|key| Action::Models { key }, Some(reply), Then::Answer),
            Command::GetCommands(_) => self.ask(|key| Action::Commands { key }, Some(reply), Then::Answer),
            Command::GetStats(_) => self.ask(|key| Action::Stats { key }, Some(reply), Then::Answer),
            Command::Compact(params) => {
                if self.turn.is_some() {
                    return reply.send(Err(busy("compact")));
                }
                self.ask(|key| Action::Compact { key, instructions: params.instructions }, Some(reply), Then::Answer);
            }
            Command::SetModel(params) => {
                let then =
                    Then::SetModel { model: params.model, provider: params.provider, client_id: params.client_id };
                self.ask(|key| Action::Models { key }, Some(reply), then);
            }
            Command::Rewind(params) => self.rewind(params.to, params.client_id, reply),
            other => reply.send(Err(WireError::new(
                ErrorKind::Internal,
                format!("`{}` is not a question to the harness", other.name()),
            ))),
        }
    }

    /// Asks the harness; the answer comes back under a key of its own.
    pub(super) fn ask(&mut self, action: impl FnOnce(String) -> Action, reply: Option<Replier>, then: Then) {
        self.next_key += 1;
        let key = format!("{}-{}", self.ctx.epoch, self.next_key);
        let Process::Up(up) = &self.process else {
            if let Some(reply) = reply {
                reply.send(Err(super::gone()));
            }
            return;
        };
        match up.adapter.encode(&action(key.clone())) {
            Ok(outgoing) => {
                let deadline = Instant::now() + self.ctx.limits.query;
                self.asked.insert(key, Asked { reply, then, deadline });
                self.send_all(outgoing);
            }
            Err(error) => {
                if let Some(reply) = reply {
                    reply.send(Err(error));
                }
            }
        }
    }

    pub(super) fn questions_due(&self) -> Option<Instant> {
        self.ahead.phase.is_none().then(|| self.asked.values().map(|asked| asked.deadline).min()).flatten()
    }

    /// Questions that were not answered in time. Summarising and going back may take as long as a model does.
    pub(super) fn enforce_questions(&mut self, now: Instant) {
        let late: Vec<String> = self
            .asked
            .iter()
            .filter(|(_, asked)| asked.deadline <= now && self.ahead.phase.is_none())
            .map(|(key, _)| key.clone())
            .collect();
        for key in late {
            if let Some(reply) = self.asked.remove(&key).and_then(|asked| asked.reply) {
                let said = format!("{} did not answer in time", self.ahead.harness);
                reply.send(Err(WireError::new(ErrorKind::TimedOut, said)));
            }
        }
    }

    pub(super) fn durable_due(&self) -> Option<Instant> {
        let away = self.history_away_since? + self.ctx.limits.durable;
        Some(self.durable_told.map_or(away, |told| away.max(told + AGAIN)))
    }

    /// When a failed append is tried again.
    pub(super) fn append_due(&self) -> Option<Instant> {
        self.retry_append.filter(|_| !self.appending && !self.deleting && !self.outbox.is_empty())
    }

    /// A history that is away for long is said to everybody who waits for something durable. What they asked for may
    /// still happen when it is back: under a key it can be asked for again and happens once; without one, trying again
    /// could do it twice, and that is said.
    pub(super) fn enforce_durable(&mut self, now: Instant) {
        if self.durable_due().is_none_or(|at| at > now) {
            return;
        }
        self.durable_told = Some(now);
        let Some(error) = self.history_error.clone() else { return };
        for deed in self.outbox.withdraw(|deed| matches!(deed, Deed::Reply(..))) {
            if let Deed::Reply(reply, _) = deed {
                let said = if reply.is_repeatable() { error.clone() } else { undecided(&error) };
                reply.send(Err(said));
            }
        }
    }

    /// The harness is gone: nobody answers any more.
    pub(super) fn fail_questions(&mut self) {
        for (_, asked) in std::mem::take(&mut self.asked) {
            if let Some(reply) = asked.reply {
                let said = format!("{} ended before it answered", self.ahead.harness);
                reply.send(Err(WireError::new(ErrorKind::HarnessFailed, said)));
            }
        }
        for (_, (reply, ..)) in std::mem::take(&mut self.answering) {
            reply.send(Err(WireError::new(ErrorKind::Conflict, "nobody waits for the answer any more")));
        }
    }

    fn rewind(&mut self, to: u64, client_id: Option<String>, reply: Replier) {
        if self.turn.is_some() {
            return reply.send(Err(busy("rewind")));
        }
        let Some(place) = self.user_message(to) else {
            return reply.send(Err(WireError::new(
                ErrorKind::InvalidParams,
                format!("entry {to} is not a visible message of the person"),
            )));
        };
        let then = Then::Rewind { to: place.keep, client_id };
        self.ask(|key| Action::Rewind { key, user_messages_back: place.back }, Some(reply), then);
    }

    pub(super) fn rewound(
        &mut self,
        to: u64,
        client_id: Option<String>,
        reply: Option<Replier>,
        result: Result<Reply, WireError>,
    ) {
        let text = match result {
            Ok(Reply::Rewound { text }) => text,
            Ok(_) => String::new(),
            Err(error) => {
                if let Some(reply) = reply {
                    reply.send(Err(error));
                }
                return;
            }
        };
        let answered = answer(&Rewound { seq: self.ahead.seq + 1, text });
        let outcome = client_id.zip(answered.clone().ok());
        let rewound = LogEvent::SessionRewound(SessionRewound { to });
        self.produce_with(EntryId::mint(), self.ctx.now(), rewound, outcome);
        self.checkpoint();
        if let Some(reply) = reply {
            self.reply_after(reply, answered);
        }
    }

    /// A fork begins with everything; what comes after its place is taken back.
    pub(super) fn cut_fork(&mut self, back: u32) {
        self.ask(|key| Action::Rewind { key, user_messages_back: back }, None, Then::ForkCut);
    }

    /// Pi takes any name for a model of a known provider; whether there is such a model shows only at the first prompt.
    pub(super) fn check_model(&mut self) {
        self.ask(|key| Action::Models { key }, None, Then::CheckModel);
    }

    pub(super) fn model_checked(&mut self, result: Result<Reply, WireError>) {
        let chosen = (self.ahead.provider.clone().unwrap_or_default(), self.ahead.model.clone().unwrap_or_default());
        match result {
            Ok(Reply::Models { models, .. })
                if !models.iter().any(|known| known.provider == chosen.0 && known.id == chosen.1) =>
            {
                let error = no_such_model(&self.ahead.harness, &chosen.0, &chosen.1);
                self.fail_waiters(&error);
            }
            Ok(_) => self.serve_waiters(),
            Err(error) => self.fail_waiters(&error),
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "what a lookup was for and what it gave, used up here")]
    pub(super) fn model_looked_up(
        &mut self,
        model: String,
        provider: String,
        client_id: Option<String>,
        reply: Option<Replier>,
        result: Result<Reply, WireError>,
    ) {
        let known = match &result {
            Ok(Reply::Models { models, .. }) => {
                models.iter().any(|known| known.id == model && known.provider == provider)
            }
            Ok(_) => false,
            Err(error) => {
                if let Some(reply) = reply {
                    reply.send(Err(error.clone()));
                }
                return;
            }
        };
        let Some(reply) = reply else { return };
        if !known {
            return reply.send(Err(no_such_model(&self.ahead.harness, &provider, &model)));
        }
        let changed =
            ConfigChanged { model: Some(model), provider: Some(provider), thinking: None, by: Origin::Person };
        self.configure(changed, client_id, reply);
    }

    /// Another model or thinking level: kept, and the harness starts again with it as soon as it is idle. Its own
    /// switches would change the person's settings for every other session.
    pub(super) fn configure(&mut self, changed: ConfigChanged, client_id: Option<String>, reply: Replier) {
        let same = |now: &Option<String>, new: &Option<String>| new.is_none() || now == new;
        let nothing = same(&self.ahead.model, &changed.model)
            && same(&self.ahead.provider, &changed.provider)
            && same(&self.ahead.thinking, &changed.thinking);
        if nothing {
            return self.reply_after(reply, answer(&Appended { seq: self.ahead.seq }));
        }
        let answered = answer(&Appended { seq: self.ahead.seq + 1 });
        let outcome = client_id.zip(answered.clone().ok());
        self.produce_with(EntryId::mint(), self.ctx.now(), LogEvent::ConfigChanged(changed), outcome);
        self.reply_after(reply, answered);
        if !matches!(self.process, Process::None) {
            self.restart_wanted = true;
            self.go_on();
        }
    }
}

/// What the harness answered, as the reply of the command.
pub(super) fn render(reply: &Reply) -> Answer {
    match reply {
        Reply::Done => answer(&Empty {}),
        Reply::Models { models, thinking_levels } => {
            answer(&Models { models: models.clone(), thinking_levels: thinking_levels.clone() })
        }
        Reply::Commands(commands) => answer(&Commands { commands: commands.clone() }),
        Reply::Stats(stats) => answer(stats),
        Reply::Rewound { text } => answer(text),
    }
}

/// What was asked for waits for the history, and nobody knows yet whether it will be kept.
fn undecided(why: &WireError) -> WireError {
    let said = format!("{}; what was asked for waits and may still take effect", why.message);
    let mut error = WireError::new(ErrorKind::TimedOut, said)
        .with_hint("look at the session before asking again; with a `client_id` asking again is safe");
    error.retryable = false;
    error
}

fn no_such_model(harness: &str, provider: &str, model: &str) -> WireError {
    WireError::new(ErrorKind::Model, format!("{harness} offers no model {provider}/{model}"))
        .with_hint("`get_models` lists what can be chosen; a provider needs a key or a login")
}

pub(super) fn busy(what: &str) -> WireError {
    WireError::new(ErrorKind::Conflict, format!("cannot {what} while a turn runs"))
        .with_hint("wait for its end, or abort it")
}
