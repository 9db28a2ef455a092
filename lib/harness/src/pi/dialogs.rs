//! What extensions show and ask. Dialogs may come at any time, before the first answer and outside a turn too. Pi
//! does not close them on an abort, and says nothing when their own time runs out.

use oqto_protocol::entry::{InputKind, InputOutcome, InputRequest, InputRequested, InputResolved, LogEvent};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::InputId;
use oqto_protocol::live::{LiveEvent, NoticeLevel, Notify, Status};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::adapter::{Answer, Outgoing};

use super::content::plain;
use super::scribe::{Scribe, line};
use super::state::State;
use super::wire::UiRequest;

/// How long after its own time a question is taken for expired, in milliseconds: an answer may be on its way.
const EXPIRY_GRACE_MS: u64 = 1_000;

/// A question that waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Dialog {
    id: InputId,
    /// Pi's own id of it.
    native: String,
    kind: InputKind,
    options: Vec<String>,
    expires_at: Option<u64>,
}

impl Dialog {
    fn expiry(&self) -> Option<u64> {
        self.expires_at.map(|at| at.saturating_add(EXPIRY_GRACE_MS))
    }

    fn response(&self, answer: &Answer) -> Result<Value, WireError> {
        let refused = |message: &str| Err(WireError::new(ErrorKind::InvalidParams, message));
        let wants_choice = self.kind == InputKind::Confirm;
        let answer = match answer {
            Answer::Cancelled => json!({"cancelled": true}),
            Answer::Confirmed(confirmed) if wants_choice => json!({"confirmed": confirmed}),
            Answer::Confirmed(_) => return refused("the question wants a text, not yes or no"),
            Answer::Value(_) if wants_choice => return refused("the question wants yes or no"),
            Answer::Value(value) => {
                if self.kind == InputKind::Select && !self.options.contains(value) {
                    return refused("the answer is not one of the options");
                }
                json!({"value": value})
            }
        };
        Ok(answer)
    }

    fn outgoing(&self, answer: &Answer) -> Result<Outgoing, WireError> {
        let mut response = self.response(answer)?;
        response["type"] = json!("extension_ui_response");
        response["id"] = json!(self.native);
        Ok(line(format!("respond:{}", self.id), &response))
    }
}

impl State {
    /// `extension_ui_request`.
    pub(super) fn extension_shows(&mut self, scribe: &mut Scribe<'_>, request: UiRequest) {
        match request.method.as_str() {
            "select" => self.ask(scribe, request, InputKind::Select),
            "confirm" => self.ask(scribe, request, InputKind::Confirm),
            "input" => self.ask(scribe, request, InputKind::Input),
            "editor" => self.ask(scribe, request, InputKind::Editor),
            "notify" => scribe.live(LiveEvent::Notify(Notify {
                level: match request.notify_type.as_deref() {
                    Some("warning") => NoticeLevel::Warning,
                    Some("error") => NoticeLevel::Error,
                    Some(_) | None => NoticeLevel::Info,
                },
                message: plain(&request.message.unwrap_or_default()),
            })),
            "setStatus" => {
                let key = request.status_key.unwrap_or_default();
                status(scribe, key, request.status_text.as_deref());
            }
            "setWidget" => {
                let key = format!("widget:{}", request.widget_key.unwrap_or_default());
                let text = request.widget_lines.map(|lines| lines.join("\n"));
                status(scribe, key, text.as_deref());
            }
            "setTitle" => status(scribe, "title".to_owned(), request.title.as_deref()),
            "set_editor_text" => scribe.live(LiveEvent::Notify(Notify {
                level: NoticeLevel::Info,
                message: format!("An extension suggests: {}", plain(&request.text.unwrap_or_default())),
            })),
            _ => decline(scribe, &request.id),
        }
    }

    /// An answer was written to Pi.
    pub(super) fn answer_sent(&mut self, scribe: &mut Scribe<'_>, input: InputId, bytes: &[u8]) {
        let Some(place) = self.dialogs.iter().position(|dialog| dialog.id == input) else {
            return;
        };
        self.dialogs.remove(place);
        let sent: Value = serde_json::from_slice(bytes).unwrap_or_default();
        let value = sent.get("value").or_else(|| sent.get("confirmed")).cloned();
        let outcome = match value {
            Some(_) => InputOutcome::Answered,
            None => InputOutcome::Cancelled,
        };
        resolved(scribe, input, outcome, value);
    }

    /// Questions whose own time has run out by now.
    pub(super) fn expire_dialogs(&mut self, scribe: &mut Scribe<'_>) {
        let now = scribe.ts;
        self.dialogs.retain(|dialog| {
            let expired = dialog.expiry().is_some_and(|at| at <= now);
            if expired {
                resolved(scribe, dialog.id, InputOutcome::Expired, None);
            }
            !expired
        });
    }

    /// The child is gone: nobody waits for the answers.
    pub(super) fn drop_dialogs(&mut self, scribe: &mut Scribe<'_>) {
        for dialog in std::mem::take(&mut self.dialogs) {
            resolved(scribe, dialog.id, InputOutcome::Gone, None);
        }
    }

    /// When the first open question is to be taken for expired, Unix milliseconds.
    pub(super) fn first_expiry(&self) -> Option<u64> {
        self.dialogs.iter().filter_map(Dialog::expiry).min()
    }

    pub(super) fn encode_answer(&self, input: InputId, answer: &Answer) -> Result<Outgoing, WireError> {
        let open = self.dialogs.iter().find(|dialog| dialog.id == input);
        let gone = || WireError::new(ErrorKind::Conflict, "the question is not open any more");
        open.ok_or_else(gone)?.outgoing(answer)
    }

    /// Declines every open question, which an abort has to do first.
    pub(super) fn encode_refusals(&self) -> Result<Vec<Outgoing>, WireError> {
        let open = self.dialogs.iter();
        open.map(|dialog| dialog.outgoing(&Answer::Cancelled)).collect()
    }

    fn ask(&mut self, scribe: &mut Scribe<'_>, request: UiRequest, kind: InputKind) {
        let id = scribe.input_id();
        let timeout = request.timeout.filter(|timeout| *timeout > 0);
        let expires_at = timeout.map(|timeout| scribe.ts.saturating_add(timeout));
        self.dialogs.push(Dialog { id, native: request.id, kind, options: request.options.clone(), expires_at });
        scribe.entry(LogEvent::InputRequested(InputRequested {
            request: InputRequest {
                id,
                kind,
                title: plain(&request.title.unwrap_or_default()),
                message: request.message.as_deref().map(plain),
                options: request.options,
                placeholder: request.placeholder,
                prefill: request.prefill,
                expires_at,
            },
            turn: self.turn_id(),
        }));
    }
}

/// A question of a kind that this version does not know is not to hold Pi up for ever. What wants no answer ignores it.
fn decline(scribe: &mut Scribe<'_>, native: &str) {
    let response = json!({"type": "extension_ui_response", "id": native, "cancelled": true});
    scribe.send(line(format!("decline:{native}"), &response));
}

fn status(scribe: &mut Scribe<'_>, key: String, text: Option<&str>) {
    scribe.live(LiveEvent::Status(Status { key, text: text.map(plain) }));
}

fn resolved(scribe: &mut Scribe<'_>, request_id: InputId, outcome: InputOutcome, value: Option<Value>) {
    scribe.entry(LogEvent::InputResolved(InputResolved { request_id, outcome, value, by: None }));
}
