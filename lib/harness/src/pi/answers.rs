//! Commands that were sent, and what Pi answers.

use oqto_protocol::command::{CommandInfo, ModelInfo, Stats};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::{PromptId, TurnId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::adapter::{Output, Reply};

use super::failure::failure;
use super::scribe::{Scribe, line};
use super::state::{Known, State};
use super::turn::IdleState;
use super::wire::{
    ClearedQueue, ForkMessages, Forked, NativeCommands, NativeLevels, NativeModel, NativeModels, NativeState,
    NativeStats, NativeUsage, Response,
};

/// The thinking levels of the first generation, which has no command for them; `xhigh` only where a model says so.
const LEVELS: &[&str] = &["off", "minimal", "low", "medium", "high", "xhigh"];

/// A command without an answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Waiting {
    id: String,
    /// Its `type`: what an answer without an id is matched by.
    command: String,
}

/// Going back, which takes three commands.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Rewind {
    key: String,
    user_messages_back: u32,
    text: String,
}

impl Rewind {
    pub(super) const fn new(key: String, user_messages_back: u32) -> Self {
        Self { key, user_messages_back, text: String::new() }
    }
}

type Answered = Result<(), WireError>;

impl State {
    pub(super) fn await_answer(&mut self, id: &str, command: &str) {
        self.waiting.push(Waiting { id: id.to_owned(), command: command.to_owned() });
    }

    pub(super) fn has_waiting(&self, command: &str) -> bool {
        self.waiting.iter().any(|waiting| waiting.command == command)
    }

    /// `response`. The first generation loses the id of what it does not know, and both lose the one of what they
    /// cannot parse.
    pub(super) fn answered(&mut self, scribe: &mut Scribe<'_>, response: &Response<'_>) {
        let place = self.waiting.iter().position(|waiting| match &response.id {
            Some(id) => waiting.id == *id,
            None => waiting.command == response.command,
        });
        let refused = || response.error.clone().unwrap_or_else(|| "it gives no reason".to_owned());
        let Some(place) = place else {
            if !response.success && response.id.is_none() {
                self.tell_error(scribe, refused());
            }
            return;
        };
        let waiting = self.waiting.remove(place);
        let error = (!response.success).then(refused);
        let (kind, subject) = waiting.id.split_once(':').unwrap_or((&waiting.id, ""));
        self.answer(scribe, kind, subject, &waiting.id, error, response);
        self.settle_if_it_waited(scribe);
    }

    fn answer(
        &mut self,
        scribe: &mut Scribe<'_>,
        kind: &str,
        subject: &str,
        id: &str,
        error: Option<String>,
        response: &Response<'_>,
    ) {
        match (kind, error) {
            ("prompt", error) => {
                if let Ok(turn) = subject.parse::<TurnId>() {
                    self.prompt_answered(scribe, turn, error);
                }
            }
            ("steer", error) => {
                if let Ok(prompt) = subject.parse::<PromptId>() {
                    self.steer_answered(scribe, prompt, error);
                }
            }
            ("abort", _) => {
                let turn = subject.split(':').next().unwrap_or_default();
                if let Ok(turn) = turn.parse::<TurnId>() {
                    self.abort_answered(scribe, turn);
                }
            }
            ("clear", Some(_)) => self.queue_not_cleared(scribe),
            ("clear", None) => {
                let cleared: Option<ClearedQueue> = data(response).ok();
                self.queue_cleared(scribe, cleared.map_or(0, |cleared| cleared.steering.len()));
            }
            ("levels", None) => {
                let levels: Option<NativeLevels> = data(response).ok();
                self.levels = levels.map(|levels| levels.levels);
            }
            ("extensions", None) => {
                let commands: Option<NativeCommands> = data(response).ok();
                self.extension_commands = commands.map(extension_commands).unwrap_or_default();
            }
            ("levels" | "extensions", Some(_)) => {}
            ("boot" | "probe", Some(error)) => self.tell_error(scribe, error),
            ("boot", None) => {
                if let Err(error) = data(response).map(|state| self.bind(scribe, state)) {
                    self.tell_error(scribe, error.message);
                }
            }
            ("probe", None) => self.state_told(scribe, id, data(response).unwrap_or_default()),
            (kind, Some(error)) => {
                self.reply_to(scribe, kind, subject, Err(failure(&error)));
            }
            (kind, None) => self.answer_with_key(scribe, kind, subject, response),
        }
    }

    fn answer_with_key(&mut self, scribe: &mut Scribe<'_>, kind: &str, key: &str, response: &Response<'_>) {
        let step = match kind {
            "rewind" => self.fork_where(scribe, key, response),
            "fork" => self.forked(scribe, key, response),
            "rebind" => match data(response) {
                Ok(state) => {
                    self.bind(scribe, state);
                    return self.rewound(scribe, key);
                }
                Err(error) => Err(error),
            },
            _ => return self.reply_to(scribe, kind, key, self.reply(kind, response)),
        };
        if let Err(error) = step {
            self.reply_to(scribe, kind, key, Err(error));
        }
    }

    fn reply(&self, kind: &str, response: &Response<'_>) -> Result<Reply, WireError> {
        Ok(match kind {
            "models" => self.models(data(response)?),
            "commands" => Reply::Commands(commands(data(response)?)),
            "stats" => Reply::Stats(stats(&data(response)?)),
            _ => Reply::Done,
        })
    }

    fn reply_to(&mut self, scribe: &mut Scribe<'_>, kind: &str, key: &str, result: Result<Reply, WireError>) {
        let has_key =
            matches!(kind, "compact" | "rename" | "models" | "commands" | "stats" | "rewind" | "fork" | "rebind");
        if has_key {
            self.rewinds.retain(|rewind| rewind.key != key);
            let key = key.to_owned();
            scribe.put(Output::Reply { key, result });
        }
    }

    /// The child is gone, and with it every answer.
    pub(super) fn refuse_waiting(&mut self, scribe: &mut Scribe<'_>) {
        for rewind in std::mem::take(&mut self.rewinds) {
            let result = Err(ended());
            scribe.put(Output::Reply { key: rewind.key, result });
        }
        for waiting in std::mem::take(&mut self.waiting) {
            let (kind, key) = waiting.id.split_once(':').unwrap_or((&waiting.id, ""));
            if !matches!(kind, "rewind" | "fork" | "rebind") {
                self.reply_to(scribe, kind, key, Err(ended()));
            }
        }
    }

    /// The answer to a probe tells more than whether Pi is idle: an extension may have switched the model, the level,
    /// or to another conversation, for which Pi has no events.
    fn state_told(&mut self, scribe: &mut Scribe<'_>, id: &str, mut state: NativeState) {
        let idle = IdleState {
            streaming: state.is_streaming,
            compacting: state.is_compacting,
            queued: state.pending_message_count,
        };
        let known = self.known.native_id.is_some() && state.session_id.is_some();
        if known && self.known.native_id != state.session_id {
            self.bind(scribe, state);
        } else {
            if let Some(model) = &state.model {
                self.model_is(scribe, Some(&model.id), Some(&model.provider));
            }
            if let Some(level) = state.thinking_level.take() {
                self.thinking_is(scribe, level);
            }
        }
        self.probe_answered(scribe, id, idle);
    }

    /// `get_state` tells which native session this is.
    fn bind(&mut self, scribe: &mut Scribe<'_>, state: NativeState) {
        let (model, provider) = state.model.map(|model| (model.id, model.provider)).unzip();
        self.known = Known {
            native_id: state.session_id.clone(),
            model: model.clone(),
            provider: provider.clone(),
            thinking: state.thinking_level.clone(),
            title: state.session_name.clone(),
        };
        scribe.put(Output::Bound {
            native_id: state.session_id,
            native_file: state.session_file,
            model,
            provider,
            thinking: state.thinking_level,
            title: state.session_name,
            has_messages: state.message_count > 0,
        });
    }

    fn fork_where(&mut self, scribe: &mut Scribe<'_>, key: &str, response: &Response<'_>) -> Answered {
        let rewind = self.rewinds.iter().find(|rewind| rewind.key == key);
        let back = rewind.map_or(0, |rewind| rewind.user_messages_back) as usize;
        let known: ForkMessages = data(response)?;
        let Some(message) = known.messages.iter().rev().nth(back) else {
            return Err(WireError::not_found(
                "user message",
                format_args!("{back} before the last that the agent remembers"),
            ));
        };
        let id = format!("fork:{key}");
        let fork = json!({"id": id, "type": "fork", "entryId": message.entry_id});
        scribe.send(line(id, &fork));
        Ok(())
    }

    fn forked(&mut self, scribe: &mut Scribe<'_>, key: &str, response: &Response<'_>) -> Answered {
        let forked: Forked = data(response)?;
        if forked.cancelled {
            let message = "an extension of the agent did not allow it";
            return Err(WireError::new(ErrorKind::Cancelled, message));
        }
        if let Some(rewind) = self.rewinds.iter_mut().find(|rewind| rewind.key == key) {
            rewind.text = forked.text.unwrap_or_default();
        }
        let id = format!("rebind:{key}");
        scribe.send(line(id.clone(), &json!({"id": id, "type": "get_state"})));
        Ok(())
    }

    fn rewound(&mut self, scribe: &mut Scribe<'_>, key: &str) {
        let rewind = self.rewinds.iter().find(|rewind| rewind.key == key);
        let text = rewind.map(|rewind| rewind.text.trim_end().to_owned());
        let text = text.unwrap_or_default();
        self.reply_to(scribe, "rebind", key, Ok(Reply::Rewound { text }));
    }

    fn models(&self, native: NativeModels) -> Reply {
        let present = native.models.iter().find(|model| {
            self.known.model.as_ref() == Some(&model.id) && self.known.provider.as_ref() == Some(&model.provider)
        });
        let levels = self.levels.clone();
        Reply::Models {
            thinking_levels: levels.unwrap_or_else(|| levels_of(present)),
            models: native.models.into_iter().map(model).collect(),
        }
    }
}

fn ended() -> WireError {
    WireError::new(ErrorKind::HarnessFailed, "the agent ended before it answered")
}

fn data<'a, T: Deserialize<'a>>(response: &Response<'a>) -> Result<T, WireError> {
    let text = response.data.map_or("null", |data| data.get());
    serde_json::from_str(text).map_err(|error| {
        let message = format!("Pi answered {} in an unknown form: {error}", response.command);
        WireError::new(ErrorKind::HarnessFailed, message)
    })
}

fn levels_of(model: Option<&NativeModel>) -> Vec<String> {
    let Some(model) = model else {
        return LEVELS[..5].iter().map(|level| (*level).to_owned()).collect();
    };
    if !model.reasoning {
        return vec!["off".to_owned()];
    }
    let named = |level: &str| model.thinking_level_map.as_ref().and_then(|map| map.get(level));
    let offered = |level: &&&str| match named(level) {
        Some(name) => !name.is_null(),
        None => **level != "xhigh",
    };
    LEVELS.iter().filter(offered).map(|level| (*level).to_owned()).collect()
}

fn model(native: NativeModel) -> ModelInfo {
    ModelInfo {
        name: native.name.unwrap_or_else(|| native.id.clone()),
        id: native.id,
        provider: native.provider,
        reasoning: native.reasoning,
        images: native.input.iter().any(|kind| kind == "image"),
        context_window: native.context_window,
    }
}

fn commands(native: NativeCommands) -> Vec<CommandInfo> {
    let commands = native.commands.into_iter();
    let commands = commands.map(|command| CommandInfo {
        name: command.name,
        description: command.description,
        source: command.source,
    });
    commands.collect()
}

fn extension_commands(native: NativeCommands) -> Vec<String> {
    let commands = native.commands.into_iter();
    let commands = commands.filter(|command| command.source == "extension");
    commands.map(|command| command.name).collect()
}

fn stats(native: &NativeStats) -> Stats {
    let mut usage = NativeUsage::to_usage(&native.tokens);
    usage.cost_usd = native.cost;
    let context = native.context_usage.as_ref();
    Stats {
        usage,
        user_messages: native.user_messages,
        assistant_messages: native.assistant_messages,
        tool_calls: native.tool_calls,
        context_tokens: context.and_then(|context| context.tokens),
        context_window: context.and_then(|context| context.context_window),
        budget: None,
    }
}
