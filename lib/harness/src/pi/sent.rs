//! What was written to Pi: an action takes effect here, when the journal says so, and not when it is encoded.

use oqto_protocol::ids::{InputId, PromptId, TurnId};
use serde::Deserialize;

use super::answers::Rewind;
use super::scribe::Scribe;
use super::state::State;

/// Our own command, read back.
#[derive(Deserialize, Default)]
struct OurCommand {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    user_messages_back: u32,
}

impl State {
    /// What was sent to Pi under an id.
    pub(super) fn sent(&mut self, scribe: &mut Scribe<'_>, id: &str, bytes: &[u8]) {
        let (kind, subject) = id.split_once(':').unwrap_or((id, ""));
        if kind == "respond" {
            if let Ok(input) = subject.parse::<InputId>() {
                self.answer_sent(scribe, input, bytes);
            }
            return;
        }
        if kind == "decline" {
            return;
        }
        let command: OurCommand = serde_json::from_slice(bytes).unwrap_or_default();
        self.await_answer(id, &command.kind);
        match kind {
            "prompt" => {
                if let Ok(turn) = subject.parse::<TurnId>() {
                    self.turn_opens(turn, &command.message);
                }
            }
            "steer" => {
                if let Ok(prompt) = subject.parse::<PromptId>() {
                    self.steers.sent(prompt);
                }
            }
            "abort" => self.abort_sent(subject),
            "clear" => self.steers.clear_sent(),
            "rewind" => {
                let rewind = Rewind::new(subject.to_owned(), command.user_messages_back);
                self.rewinds.push(rewind);
            }
            "probe" => self.probe_sent(id),
            _ => {}
        }
    }

    fn abort_sent(&mut self, subject: &str) {
        let turn = subject.split(':').next().unwrap_or_default();
        let turn = turn.parse::<TurnId>().ok();
        if let Some(open) = self.turn.as_mut()
            && Some(open.id) == turn
        {
            open.aborting = true;
        }
    }

    /// The session's own waking counts as the newest probe.
    fn probe_sent(&mut self, id: &str) {
        self.probe.again_at = None;
        if id.starts_with("probe:w") {
            self.probe.id = Some(id.to_owned());
        }
    }
}
