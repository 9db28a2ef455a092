//! The model APIs the server speaks, and which request is which.

use std::time::Duration;

use serde_json::{Value, json};

use crate::conversation::Turn;
use crate::reply::{Ending, Frame, Piece, Reply};
use crate::{anthropic, chat, responses};

/// A model API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// OpenAI chat completions.
    Chat,
    /// OpenAI responses.
    Responses,
    /// Anthropic messages.
    Messages,
}

impl Dialect {
    /// The dialect that a request path belongs to, whatever its prefix.
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        [("/chat/completions", Self::Chat), ("/responses", Self::Responses), ("/messages", Self::Messages)]
            .into_iter()
            .find_map(|(suffix, dialect)| path.ends_with(suffix).then_some(dialect))
    }

    /// The turns of a conversation, in order.
    pub(crate) fn turns(self, body: &Value) -> Vec<Turn> {
        match self {
            Self::Chat => chat::turns(body),
            Self::Responses => responses::turns(body),
            Self::Messages => anthropic::turns(body),
        }
    }

    /// The answer as a stream of events.
    pub(crate) fn stream(self, reply: &Reply, frame: &Frame) -> Vec<Piece> {
        let (mut pieces, closing) = match self {
            Self::Chat => chat::stream(reply, frame),
            Self::Responses => responses::stream(reply, frame),
            Self::Messages => anthropic::stream(reply, frame),
        };
        match reply.ending {
            Ending::Done => pieces.extend(closing),
            Ending::Hang => pieces.push(Piece::Hang),
        }
        pieces
    }

    /// The answer as one JSON object.
    pub(crate) fn whole(self, reply: &Reply, frame: &Frame) -> Value {
        match self {
            Self::Chat => chat::whole(reply, frame),
            Self::Responses => responses::whole(reply, frame),
            Self::Messages => anthropic::whole(reply, frame),
        }
    }

    /// The body of an HTTP error.
    pub(crate) fn error(self, status: u16) -> Value {
        let (message, kind) = (format!("scripted error {status}"), error_type(status));
        match self {
            Self::Chat | Self::Responses => json!({"error": {"message": message, "type": kind, "code": status}}),
            Self::Messages => json!({"type": "error", "error": {"type": kind, "message": message}}),
        }
    }
}

/// The word that providers use: harnesses decide by it whether to try again.
fn error_type(status: u16) -> &'static str {
    match status {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    }
}

/// Text and images of a message's `content`: a string, or a list of blocks.
pub(crate) fn content(value: &Value) -> (Vec<String>, usize) {
    let Some(blocks) = value.as_array() else {
        return (value.as_str().map(String::from).into_iter().collect(), 0);
    };
    let texts = blocks.iter().filter_map(|block| block["text"].as_str()).map(String::from).collect();
    let is_image = |block: &&Value| matches!(block["type"].as_str(), Some("image" | "image_url" | "input_image"));
    (texts, blocks.iter().filter(is_image).count())
}

/// No pause after a piece.
pub(crate) const AT_ONCE: Duration = Duration::ZERO;
