//! A script's side of the conversation, without I/O: its lines completed, the runner's lines looked through.

use std::collections::{HashMap, HashSet, VecDeque};

use bytes::Bytes;
use oqto_protocol::command::{Command, Forked, InputRespond, Prompted, SessionReply, Subscribe};
use oqto_protocol::entry::LogEvent;
use oqto_protocol::error::{ErrorKind, WireError, exit};
use oqto_protocol::frame::{Channel, Frame, FrameKind};
use oqto_protocol::ids::{InputId, SessionId};
use oqto_protocol::raw::RawJson;
use oqto_protocol::system::SystemEvent;

use super::running::Running;

/// Requests that may be unanswered before the script's next line is read.
const UNANSWERED: usize = 64;

/// What a request was, as far as its reply matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// It makes a session: what follows may mean that.
    Create,
    /// It makes a session from another.
    Fork,
    /// It begins, or may begin, a turn.
    Prompt(Option<SessionId>),
    /// It follows a session; a session that was just made is waited for until then.
    Subscribe(SessionId),
    /// It ends that.
    Unsubscribe(SessionId),
    /// It answers a question in place of a person. The script did not ask for it.
    Cancel,
    /// Anything else.
    Other,
}

/// One script.
#[derive(Debug)]
pub(super) struct Script {
    /// The session made last; none after one that could not be made.
    session: Option<SessionId>,
    open: bool,
    code: u8,
    next: u64,
    unsent: VecDeque<Bytes>,
    asked: HashMap<String, Asked>,
    followed: HashSet<SessionId>,
    running: Running,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            session: None,
            open: true,
            code: exit::DONE,
            next: 0,
            unsent: VecDeque::new(),
            asked: HashMap::new(),
            followed: HashSet::new(),
            running: Running::default(),
        }
    }
}

impl Script {
    /// The exit code, once the input has ended, everything is answered and nothing runs.
    pub(super) fn is_over(&self) -> Option<u8> {
        let idle = self.unsent.is_empty() && self.asked.is_empty() && self.running.is_empty();
        (!self.open && idle).then_some(self.code)
    }

    /// Whether its next line can be taken.
    pub(super) fn takes_input(&self) -> bool {
        let making = || self.asked.values().any(|asked| matches!(asked, Asked::Create | Asked::Fork));
        self.open && self.asked.len() < UNANSWERED && !making()
    }

    /// The line that is to be sent next.
    pub(super) fn first_unsent(&self) -> Option<Bytes> {
        self.unsent.front().cloned()
    }

    /// It is on its way.
    pub(super) fn first_is_sent(&mut self) {
        self.unsent.pop_front();
    }

    fn failed(&mut self, code: u8) {
        if self.code == exit::DONE {
            self.code = code;
        }
    }

    /// The line that refuses a request, for the script.
    pub(super) fn refusal(&mut self, id: Option<String>, error: WireError) -> Bytes {
        self.failed(error.code.exit_code());
        let line = Frame::failure(Channel::Agent, id, error).to_line();
        // A failure is words only; it can always be written.
        line.map(Bytes::from).unwrap_or_default()
    }

    /// A line of the script. Gives what refuses it, where that is to be said here.
    pub(super) fn script_said(&mut self, line: &[u8]) -> Option<Bytes> {
        let frame = match Frame::parse(line) {
            Ok(frame) => frame,
            Err(error) => return Some(self.refusal(None, WireError::from(&error))),
        };
        match frame.kind() {
            FrameKind::Request => {
                let id = frame.id.clone();
                self.request(frame).err().map(|error| self.refusal(id, error))
            }
            FrameKind::Event => self.greeted(&frame).err().map(|error| self.refusal(None, error)),
            // An answer to something that was never asked.
            FrameKind::Reply | FrameKind::Malformed => None,
        }
    }

    /// A script may say hello; of another protocol it would not understand the answers.
    fn greeted(&self, frame: &Frame) -> Result<(), WireError> {
        let (Some(name), Some(data)) = (frame.event.as_deref(), frame.data.as_ref()) else { return Ok(()) };
        let Some(Ok(SystemEvent::Hello(hello))) = SystemEvent::decode(name, data.get()) else { return Ok(()) };
        let ours = oqto_protocol::PROTOCOL_VERSION;
        if hello.protocol == ours {
            return Ok(());
        }
        let said = format!("the script speaks protocol {}, this one {ours}", hello.protocol);
        Err(WireError::new(ErrorKind::NewerVersion, said))
    }

    fn request(&mut self, mut frame: Frame) -> Result<(), WireError> {
        let name = frame.cmd.clone().unwrap_or_default();
        let id = self.name_request(&mut frame)?;
        frame.channel = Some(frame.channel.unwrap_or(if name == "search" { Channel::Hstry } else { Channel::Agent }));
        let params = frame.params.as_ref().map_or("{}", RawJson::get);
        let needs_session =
            Command::decode(&name, params).and_then(Result::ok).is_none_or(|command| command.needs_session());
        if needs_session && frame.session.is_none() {
            frame.session = self.session;
        }
        if name == "session.create" {
            frame.params = Some(with_absolute_workspace(frame.params.as_ref())?);
        }
        let asked = match (name.as_str(), frame.session) {
            ("session.create", _) => Asked::Create,
            ("fork", _) => Asked::Fork,
            ("prompt" | "steer" | "follow_up" | "queue.send", session) => {
                // Who begins a turn is told of its end.
                if let Some(session) = session.filter(|session| !self.followed.contains(session)) {
                    self.subscribe(&id, session, &Subscribe { log: None, after: None, tail: Some(0) })?;
                }
                Asked::Prompt(session)
            }
            ("subscribe", Some(session)) => Asked::Subscribe(session),
            ("unsubscribe", Some(session)) => Asked::Unsubscribe(session),
            (_, _) => Asked::Other,
        };
        self.send(id, &frame, asked)
    }

    /// The id of a request, which is given one where it has none.
    fn name_request(&mut self, frame: &mut Frame) -> Result<String, WireError> {
        let id = match frame.id.take() {
            Some(id) if self.asked.contains_key(&id) => {
                let said = format!("a request with the id {id:?} is not answered yet");
                return Err(WireError::new(ErrorKind::InvalidParams, said));
            }
            Some(id) => id,
            None => loop {
                self.next += 1;
                let id = format!("s{}", self.next);
                if !self.asked.contains_key(&id) {
                    break id;
                }
            },
        };
        frame.id = Some(id.clone());
        Ok(id)
    }

    fn send(&mut self, id: String, frame: &Frame, asked: Asked) -> Result<(), WireError> {
        let line = frame.to_line().map_err(|error| internal(&error))?;
        if line.len() > oqto_protocol::MAX_LINE_BYTES {
            return Err(WireError::new(ErrorKind::TooLarge, "with what it left out, the line is too long"));
        }
        self.unsent.push_back(line.into());
        self.asked.insert(id, asked);
        Ok(())
    }

    fn subscribe(&mut self, id: &str, session: SessionId, from: &Subscribe) -> Result<(), WireError> {
        let params = RawJson::of(from).map_err(|error| internal(&error))?;
        let id = format!("{id}-subscribe");
        let mut frame = Frame::request(Channel::Agent, id.clone(), "subscribe", Some(params));
        frame.session = Some(session);
        self.followed.insert(session);
        self.send(id, &frame, Asked::Subscribe(session))
    }

    /// A line of the runner. Gives what of it is for the script.
    pub(super) fn runner_said(&mut self, line: Bytes) -> Option<Bytes> {
        let Ok(frame) = Frame::parse(&line) else { return Some(line) };
        match frame.kind() {
            FrameKind::Reply => self.answered(&frame).then_some(line),
            FrameKind::Event => {
                self.happened(&frame);
                Some(line)
            }
            FrameKind::Request | FrameKind::Malformed => Some(line),
        }
    }

    /// Takes a reply in; says whether it is one of the script's.
    fn answered(&mut self, frame: &Frame) -> bool {
        let asked = frame.id.as_deref().and_then(|id| self.asked.remove(id)).unwrap_or(Asked::Other);
        match (&frame.error, &frame.ok) {
            (Some(error), _) => self.refused(asked, error),
            (None, Some(ok)) => self.done(asked, frame.id.as_deref().unwrap_or_default(), ok),
            (None, None) => {}
        }
        asked != Asked::Cancel || frame.error.is_some()
    }

    fn refused(&mut self, asked: Asked, error: &WireError) {
        self.failed(error.code.exit_code());
        match asked {
            // What follows was meant for a session that is not there, and not for the one before it.
            Asked::Create | Asked::Fork => self.session = None,
            Asked::Subscribe(session) => self.unfollow(session),
            Asked::Prompt(_) | Asked::Unsubscribe(_) | Asked::Cancel | Asked::Other => {}
        }
    }

    fn done(&mut self, asked: Asked, id: &str, ok: &RawJson) {
        match asked {
            Asked::Create => self.made(id, ok.decode::<SessionReply>().map(|made| made.session.id)),
            Asked::Fork => self.made(id, ok.decode::<Forked>().map(|forked| forked.session.id)),
            Asked::Prompt(Some(session)) if self.followed.contains(&session) => {
                if let Ok(prompted) = ok.decode::<Prompted>()
                    && self.running.prompted(session, &prompted).is_some()
                {
                    self.failed(exit::FAILED);
                }
            }
            Asked::Subscribe(session) => {
                self.followed.insert(session);
            }
            Asked::Unsubscribe(session) => {
                // Whoever does not want to hear of a session does not wait for it.
                self.followed.remove(&session);
                self.running.forget(session);
            }
            Asked::Prompt(_) | Asked::Cancel | Asked::Other => {}
        }
    }

    fn made(&mut self, id: &str, session: Result<SessionId, serde_json::Error>) {
        let all = Subscribe { log: None, after: Some(0), tail: None };
        let followed = session.map_err(|error| internal(&error)).and_then(|session| {
            self.session = Some(session);
            self.subscribe(id, session, &all)
        });
        if let Err(error) = followed {
            self.failed(error.code.exit_code());
        }
    }

    fn unfollow(&mut self, session: SessionId) {
        self.followed.remove(&session);
        if self.running.forget(session).is_some() {
            self.failed(exit::FAILED);
        }
    }

    fn happened(&mut self, frame: &Frame) {
        let (Some(name), Some(data), Some(session)) = (frame.event.as_deref(), frame.data.as_ref(), frame.session)
        else {
            return;
        };
        if name == "subscription.ended" {
            return self.unfollow(session);
        }
        if frame.seq.is_none() {
            return;
        }
        let Some(Ok(event)) = LogEvent::decode(name, data.get()) else { return };
        if self.running.note(session, &event).is_some() {
            self.failed(exit::FAILED);
        }
        if let LogEvent::InputRequested(requested) = &event
            && !self.open
        {
            self.cancel(session, requested.request.id);
        }
    }

    /// Nobody can answer any more.
    pub(super) fn input_is_over(&mut self) {
        self.open = false;
        for (session, input) in self.running.questions() {
            self.cancel(session, input);
        }
    }

    fn cancel(&mut self, session: SessionId, input: InputId) {
        self.failed(exit::TRY_AGAIN);
        let params = InputRespond { request_id: input, value: None, confirmed: None, cancelled: true, client_id: None };
        let sent = RawJson::of(&params).map_err(|error| internal(&error)).and_then(|params| {
            let id = format!("cancel-{input}");
            let mut frame = Frame::request(Channel::Agent, id.clone(), "input.respond", Some(params));
            frame.session = Some(session);
            self.send(id, &frame, Asked::Cancel)
        });
        if let Err(error) = sent {
            tracing::error!(%error, "a question cannot be cancelled");
        }
    }
}

/// A script's workspace is relative to where the script runs, which need not be where the runner does.
fn with_absolute_workspace(params: Option<&RawJson>) -> Result<RawJson, WireError> {
    let not_understood = |error: serde_json::Error| {
        WireError::new(ErrorKind::InvalidParams, format!("the parameters of `session.create` do not fit: {error}"))
    };
    let mut params: serde_json::Value =
        params.map_or(Ok(serde_json::json!({})), RawJson::decode).map_err(not_understood)?;
    if let Some(workspace) = params.get("workspace").and_then(serde_json::Value::as_str)
        && !workspace.starts_with('~')
        && let Ok(absolute) = std::path::absolute(workspace)
        && let Some(absolute) = absolute.to_str()
    {
        params["workspace"] = absolute.into();
    }
    RawJson::of(&params).map_err(not_understood)
}

fn internal(error: &serde_json::Error) -> WireError {
    WireError::new(ErrorKind::Internal, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::ids::{MessageId, TurnId};
    use serde_json::{Value, json};

    impl Script {
        fn says(&mut self, line: &Value) -> Option<Value> {
            self.script_said(line.to_string().as_bytes()).map(|line| serde_json::from_slice(&line).unwrap())
        }

        fn hears(&mut self, line: &Value) -> Option<Bytes> {
            self.runner_said(Bytes::from(line.to_string()))
        }

        /// What it has sent since it was last asked.
        fn sent(&mut self) -> Vec<Value> {
            std::iter::from_fn(|| self.unsent.pop_front()).map(|line| serde_json::from_slice(&line).unwrap()).collect()
        }

        fn commands(&mut self) -> Vec<String> {
            self.sent().iter().map(|frame| frame["cmd"].as_str().unwrap_or_default().to_owned()).collect()
        }

        /// A prompt of its own to a session of others, which begins a turn.
        fn prompts(&mut self, session: SessionId) -> TurnId {
            self.says(&json!({"id": "p", "session": session, "cmd": "prompt", "params": {"text": "x"}}));
            assert_eq!(self.commands(), ["subscribe", "prompt"]);
            self.hears(&json!({"id": "p-subscribe", "ok": {}}));
            let turn = TurnId::mint();
            self.hears(&json!({"id": "p", "ok": {"seq": 3, "turn": turn}}));
            turn
        }
    }

    fn ended(session: SessionId, turn: TurnId, reason: &str) -> Value {
        json!({"session": session, "seq": 9, "ts": 1, "event": "turn.ended", "data": {"turn": turn, "reason": reason}})
    }

    #[test]
    fn a_turn_in_a_session_of_others_is_waited_for_and_its_failure_counts() {
        for (reason, code) in [("done", 0), ("aborted", 0), ("error", 1), ("crashed", 1)] {
            let (mut script, session) = (Script::default(), SessionId::mint());
            let turn = script.prompts(session);
            script.input_is_over();
            assert_eq!(script.is_over(), None);
            // A turn of somebody else, such as one of long ago, is not the script's.
            script.hears(&ended(session, TurnId::mint(), "error"));
            assert_eq!(script.is_over(), None);
            script.hears(&ended(session, turn, reason));
            assert_eq!(script.is_over(), Some(code), "{reason}");
        }
    }

    #[test]
    fn an_end_that_comes_before_the_reply_is_not_missed() {
        let (mut script, session, turn) = (Script::default(), SessionId::mint(), TurnId::mint());
        script.says(&json!({"id": "p", "session": session, "cmd": "prompt", "params": {"text": "x"}}));
        script.sent();
        script.hears(&json!({"id": "p-subscribe", "ok": {}}));
        script.hears(&ended(session, turn, "crashed"));
        script.hears(&json!({"id": "p", "ok": {"seq": 3, "turn": turn}}));
        script.input_is_over();
        assert_eq!(script.is_over(), Some(1));
    }

    #[test]
    fn a_queued_prompt_is_waited_for_to_the_end_of_its_turn() {
        let (mut script, session) = (Script::default(), SessionId::mint());
        let first = script.prompts(session);
        script.says(&json!({"id": "f", "session": session, "cmd": "follow_up", "params": {"text": "y"}}));
        let prompt = oqto_protocol::ids::PromptId::mint();
        script.hears(&json!({"id": "f", "ok": {"seq": 4, "prompt": prompt}}));
        script.sent();
        script.input_is_over();
        script.hears(&ended(session, first, "done"));
        assert_eq!(script.is_over(), None);
        let second = TurnId::mint();
        let started = json!({"turn": second, "message": MessageId::mint(), "prompt": prompt});
        script.hears(&json!({"session": session, "seq": 10, "ts": 1, "event": "turn.started", "data": started}));
        assert_eq!(script.is_over(), None);
        script.hears(&ended(session, second, "done"));
        assert_eq!(script.is_over(), Some(0));
    }

    #[test]
    fn the_next_line_waits_only_while_a_session_is_made() {
        let mut script = Script::default();
        script.says(&json!({"id": "c", "cmd": "session.create", "params": {"harness": "pi", "workspace": "/"}}));
        assert!(!script.takes_input());
        script.hears(&json!({"id": "c", "error": {"code": "workspace", "message": "no", "retryable": false}}));
        assert!(script.takes_input());
        script.says(&json!({"id": "k", "session": SessionId::mint(), "cmd": "compact", "params": {}}));
        assert!(script.takes_input(), "an abort can follow a command that takes long");
    }

    #[test]
    fn what_was_meant_for_a_session_that_could_not_be_made_goes_to_no_other() {
        let mut script = Script { session: Some(SessionId::mint()), ..Script::default() };
        script.says(&json!({"id": "c", "cmd": "session.create", "params": {"harness": "pi", "workspace": "/none"}}));
        script.hears(&json!({"id": "c", "error": {"code": "workspace", "message": "no", "retryable": false}}));
        script.sent();
        script.says(&json!({"cmd": "prompt", "params": {"text": "for the new one"}}));
        assert_eq!(script.sent()[0]["session"], Value::Null);
        assert_eq!(script.code, 1);
    }

    #[test]
    fn an_id_is_not_used_twice_at_a_time() {
        let mut script = Script::default();
        assert_eq!(script.says(&json!({"id": "a", "cmd": "session.list"})), None);
        let refused = script.says(&json!({"id": "a", "cmd": "session.list"})).unwrap();
        assert_eq!(refused["error"]["code"], "invalid_params");
        script.hears(&json!({"id": "a", "ok": {}}));
        assert_eq!(script.says(&json!({"id": "a", "cmd": "session.list"})), None);
    }

    #[test]
    fn a_session_that_ends_takes_what_ran_in_it_along() {
        let gone = |session| {
            json!({"channel": "system", "session": session, "ts": 1, "event": "subscription.ended",
            "data": {"error": {"code": "not_found", "message": "gone", "retryable": false}}})
        };
        let (mut script, session) = (Script::default(), SessionId::mint());
        let turn = script.prompts(session);
        script.hears(&ended(session, turn, "done"));
        script.hears(&gone(session));
        script.input_is_over();
        assert_eq!(script.is_over(), Some(0), "nothing ran in it");
        let mut script = Script::default();
        script.prompts(session);
        script.input_is_over();
        script.hears(&gone(SessionId::mint()));
        assert_eq!(script.is_over(), None, "another session");
        script.hears(&gone(session));
        assert_eq!(script.is_over(), Some(1));
    }

    #[test]
    fn a_question_that_nobody_can_answer_is_cancelled_without_a_word() {
        let (mut script, session) = (Script::default(), SessionId::mint());
        let turn = script.prompts(session);
        let input = InputId::mint();
        let request = json!({"request": {"id": input, "kind": "confirm", "title": "sure?"}, "turn": turn});
        let asked = json!({"session": session, "seq": 8, "ts": 1, "event": "input.requested", "data": request});
        script.hears(&asked);
        assert_eq!(script.commands(), Vec::<String>::new(), "the script may still answer");
        script.input_is_over();
        assert_eq!(script.commands(), ["input.respond"]);
        assert_eq!(script.hears(&json!({"id": format!("cancel-{input}"), "ok": {}})), None);
        script.hears(&ended(session, turn, "aborted"));
        assert_eq!(script.is_over(), Some(75));
    }

    #[test]
    fn a_script_of_another_protocol_is_told() {
        let hello = |protocol| {
            json!({"channel": "system", "event": "hello", "ts": 1,
            "data": {"protocol": protocol, "software": "script/1", "capabilities": []}})
        };
        let mut script = Script::default();
        assert_eq!(script.says(&hello(oqto_protocol::PROTOCOL_VERSION)), None);
        assert_eq!(script.says(&hello(99)).unwrap()["error"]["code"], "newer_version");
        assert_eq!(script.code, 78);
    }

    #[test]
    fn parameters_too_deep_to_read_are_refused_and_not_the_end() {
        let deep = format!("{{\"cmd\":\"session.create\",\"params\":{}{}}}", "[".repeat(500), "]".repeat(500));
        let mut script = Script::default();
        let refused: Value = serde_json::from_slice(&script.script_said(deep.as_bytes()).unwrap()).unwrap();
        assert!(["invalid_params", "malformed_frame"].contains(&refused["error"]["code"].as_str().unwrap()));
        assert!(script.takes_input());
    }
}
