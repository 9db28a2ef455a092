//! Actions as lines for Pi.

use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::TurnId;
use serde_json::{Value, json};

use crate::adapter::{Action, Image, Outgoing};

use super::Generation;
use super::scribe::line;
use super::state::State;

type Lines = Result<Vec<Outgoing>, WireError>;

impl State {
    /// The lines of an action. The `id` of every command is the id of its send, so that echo and answer are matched.
    pub(super) fn encode(&self, action: &Action) -> Lines {
        if self.exited {
            return Err(conflict("the agent has ended"));
        }
        match action {
            Action::Boot => {
                let mut lines = one("extensions", json!({"type": "get_commands"}))?;
                lines.extend(one("boot", json!({"type": "get_state"}))?);
                Ok(lines)
            }
            Action::Prompt { turn, text, images } => self.encode_prompt(*turn, text, images),
            Action::Steer { prompt, text, images } => {
                if self.turn.is_none() {
                    return Err(conflict("no turn is running that could be steered"));
                }
                one(&format!("steer:{prompt}"), said("steer", text, images))
            }
            Action::Abort { turn } => self.encode_abort(*turn),
            Action::Respond { input, answer } => Ok(vec![self.encode_answer(*input, answer)?]),
            Action::Compact { key, instructions } => {
                self.when_idle("the context cannot be summarised while the agent works")?;
                let mut command = json!({"type": "compact"});
                if let Some(instructions) = instructions {
                    command["customInstructions"] = json!(instructions);
                }
                one(&format!("compact:{key}"), command)
            }
            Action::Rename { key, title } => {
                if title.trim().is_empty() {
                    let message = "Pi cannot take the name of a session away";
                    return Err(WireError::new(ErrorKind::InvalidParams, message));
                }
                let command = json!({"type": "set_session_name", "name": title});
                one(&format!("rename:{key}"), command)
            }
            Action::Models { key } => self.encode_models(key),
            Action::Commands { key } => one(&format!("commands:{key}"), json!({"type": "get_commands"})),
            Action::Stats { key } => one(&format!("stats:{key}"), json!({"type": "get_session_stats"})),
            Action::Rewind { key, user_messages_back } => {
                self.when_idle("there is no going back while the agent works")?;
                // Pi ignores the count; it is for our own echo.
                let command = json!({"type": "get_fork_messages", "user_messages_back": user_messages_back});
                one(&format!("rewind:{key}"), command)
            }
        }
    }

    fn encode_prompt(&self, turn: TurnId, text: &str, images: &[Image]) -> Lines {
        self.when_idle("the agent is already working")?;
        one(&format!("prompt:{turn}"), said("prompt", text, images))
    }

    /// Open dialogs hold an abort up, and what is queued survives it: both go first.
    fn encode_abort(&self, turn: TurnId) -> Lines {
        if self.turn_id() != Some(turn) {
            return Err(conflict("that turn is not running"));
        }
        let mut lines = self.encode_refusals()?;
        match self.generation {
            Generation::Full => {}
            Generation::Delta => {
                lines.extend(one(&format!("clear:{turn}"), json!({"type": "clear_queue"}))?);
            }
        }
        lines.extend(one(&format!("abort:{turn}"), json!({"type": "abort"}))?);
        Ok(lines)
    }

    fn encode_models(&self, key: &str) -> Lines {
        let mut lines = Vec::new();
        match self.generation {
            Generation::Full => {}
            Generation::Delta => {
                let command = json!({"type": "get_available_thinking_levels"});
                lines.extend(one(&format!("levels:{key}"), command)?);
            }
        }
        let command = json!({"type": "get_available_models"});
        lines.extend(one(&format!("models:{key}"), command)?);
        Ok(lines)
    }

    fn when_idle(&self, otherwise: &str) -> Result<(), WireError> {
        if self.is_busy() {
            return Err(conflict(otherwise));
        }
        Ok(())
    }
}

fn conflict(message: &str) -> WireError {
    WireError::new(ErrorKind::Conflict, message)
}

fn one(id: &str, mut command: Value) -> Lines {
    command["id"] = json!(id);
    Ok(vec![line(id, &command)])
}

/// What a person says. Pi loses sight of messages without any text (in its queue, and when it lists what can be gone
/// back to), and providers drop a text of one space: so pictures alone get one.
fn said(kind: &str, text: &str, images: &[Image]) -> Value {
    let text = if text.is_empty() { " " } else { text };
    let mut command = json!({"type": kind, "message": text});
    if !images.is_empty() {
        let images =
            images.iter().map(|image| json!({"type": "image", "data": image.data, "mimeType": image.mime_type}));
        command["images"] = images.collect();
    }
    command
}
