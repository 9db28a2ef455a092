//! The Pi coding agent (`pi --mode rpc`), both wire generations.
//!
//! The records of both are read whatever the generation; it selects what is *sent*, and how the end of a turn is
//! found. Where the wire tells (`agent_settled` is only known to the newer one), the wire decides.
//!
//! | file | holds |
//! |---|---|
//! | `launch`, `version`, `environment`, `places` | how Pi is started, and what it reads where |
//! | `lines`, `reading`, `wire` | bytes → lines → records |
//! | `state` | everything that is known, and which part reads which record |
//! | `encode`, `sent`, `answers` | actions, their echoes, their answers |
//! | `turn` | when a turn is over |
//! | `stream`, `tools`, `content` | answers and tools |
//! | `steers`, `dialogs`, `notices` | what comes beside them |
//! | `failure`, `last_words` | error texts |
//!
//! Ids of sends: `boot`, `extensions`, `prompt:<turn>`, `steer:<prompt>`, `abort:<turn>`, `clear:<turn>`, `respond:<input>`,
//! `probe:<record>`, and `<kind>:<key>` for actions with a key. They are unique within one child, as the journal is.

mod answers;
mod content;
mod dialogs;
mod encode;
mod environment;
mod failure;
mod last_words;
mod launch;
mod lines;
mod notices;
mod places;
mod reading;
mod scribe;
mod sent;
mod state;
mod steers;
mod stream;
mod tools;
mod turn;
mod version;
mod wire;

pub use environment::{PROVIDER_ENVIRONMENT, environment_names, is_provider_key, usual_model};
pub use failure::{failure, is_key_refused};
pub use launch::{LaunchRequest, launch};
pub use lines::MAX_NATIVE_LINE_BYTES;
pub use places::session_dir;
pub use version::{Generation, install_hint, interpreter_problem, version_of};

use oqto_protocol::error::WireError;
use oqto_protocol::ids::SessionId;
use oqto_protocol::session::Capability;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::adapter::{Action, Adapter, Input, Outgoing, Output};
use lines::Lines;
use scribe::{Scribe, line};
use state::State;

/// The form of a checkpoint. Another one is not read.
const CHECKPOINT_FORMAT: u32 = 1;

/// Why a checkpoint cannot be gone on from.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// It is not JSON of the expected shape.
    #[error("the checkpoint cannot be read")]
    Unreadable(#[source] serde_json::Error),
    /// It was written by another version.
    #[error("the checkpoint has form {0}, this version reads form {CHECKPOINT_FORMAT}")]
    Form(u32),
}

/// One child that speaks Pi's dialect.
#[derive(Debug)]
pub struct Pi {
    session: SessionId,
    lines: Lines,
    state: State,
}

#[derive(Serialize)]
struct CheckpointOut<'a> {
    format: u32,
    lines: &'a Lines,
    state: &'a State,
}

#[derive(Deserialize)]
struct CheckpointForm {
    format: u32,
}

#[derive(Deserialize)]
struct CheckpointIn {
    lines: Lines,
    state: State,
}

impl Pi {
    /// A child of which nothing has been read yet.
    #[must_use]
    pub fn new(session: SessionId, generation: Generation) -> Self {
        Self { session, lines: Lines::default(), state: State::new(generation) }
    }

    /// Goes on where [`Adapter::checkpoint`] left off. What the wire told about the generation counts more than the
    /// one that is given.
    ///
    /// # Errors
    /// When the checkpoint is damaged or from another version.
    pub fn restore(session: SessionId, _generation: Generation, checkpoint: &[u8]) -> Result<Self, RestoreError> {
        let form: CheckpointForm = serde_json::from_slice(checkpoint).map_err(RestoreError::Unreadable)?;
        if form.format != CHECKPOINT_FORMAT {
            return Err(RestoreError::Form(form.format));
        }
        let kept: CheckpointIn = serde_json::from_slice(checkpoint).map_err(RestoreError::Unreadable)?;
        Ok(Self { session, lines: kept.lines, state: kept.state })
    }

    /// How many lines of the standard output were not the protocol.
    #[must_use]
    pub const fn garbage_lines(&self) -> u64 {
        self.state.garbage.lines
    }
}

impl Adapter for Pi {
    fn capabilities(&self) -> Vec<Capability> {
        capabilities(self.state.generation)
    }

    fn encode(&self, action: &Action) -> Result<Vec<Outgoing>, WireError> {
        self.state.encode(action)
    }

    fn read(&mut self, index: u64, ts: u64, input: Input<'_>, out: &mut Vec<Output>) {
        let state = &mut self.state;
        if state.exited {
            return;
        }
        state.index = index;
        let mut scribe =
            Scribe { session: self.session, epoch: *state.epoch.get_or_insert(ts), index, ts, minted: 0, out };
        state.expire_dialogs(&mut scribe);
        match input {
            Input::Stdout(bytes) => {
                self.lines.feed(bytes, MAX_NATIVE_LINE_BYTES, |line| state.line(&mut scribe, &line));
            }
            Input::Stderr(bytes) => state.last_words.push(bytes),
            Input::Sent { id, bytes } => state.sent(&mut scribe, id, bytes),
            Input::Exited(exit) => {
                state.last_line(&mut scribe, &self.lines.take_rest());
                state.exit(&mut scribe, exit);
            }
        }
    }

    fn checkpoint(&self) -> Option<Vec<u8>> {
        if !self.lines.is_at_a_line_start() {
            return None;
        }
        let checkpoint = CheckpointOut { format: CHECKPOINT_FORMAT, lines: &self.lines, state: &self.state };
        serde_json::to_vec(&checkpoint).ok()
    }

    fn deadline(&self) -> Option<u64> {
        let expiry = self.state.first_expiry();
        let probe = self.state.probe.again_at;
        expiry.into_iter().chain(probe).min()
    }

    fn wake(&self) -> Vec<Outgoing> {
        let id = format!("probe:w{}", self.state.index);
        vec![line(id.clone(), &json!({"id": id, "type": "get_state"}))]
    }
}

/// What can be asked of a Pi of this generation.
#[must_use]
pub fn capabilities(generation: Generation) -> Vec<Capability> {
    let mut capabilities = vec![
        Capability::Images,
        Capability::Steer,
        Capability::Abort,
        Capability::Compact,
        Capability::Fork,
        Capability::Rewind,
        Capability::Models,
        Capability::Thinking,
        Capability::Commands,
        Capability::Stats,
        Capability::Resume,
    ];
    match generation {
        // It loads a workspace's own extensions without asking.
        Generation::Full => {}
        Generation::Delta => capabilities.push(Capability::Trust),
    }
    capabilities
}
