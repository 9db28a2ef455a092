//! The model APIs the server speaks, and which request is which.

use std::time::Duration;

use serde_json::{Value, json};

use crate::conversation::Turn;
use crate::reply::{Ending, Frame, Piece, Reply};
use crate::status::{self, error_type};
use crate::{anthropic, chat, google, responses};

/// A model API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// OpenAI chat completions.
    Chat,
    /// OpenAI responses.
    Responses,
    /// Anthropic messages.
    Messages,
    /// Google generateContent.
    Generate,
}

impl Dialect {
    /// The turns of a conversation, in order.
    pub(crate) fn turns(self, body: &Value) -> Vec<Turn> {
        match self {
            Self::Chat => chat::turns(body),
            Self::Responses => responses::turns(body),
            Self::Messages => anthropic::turns(body),
            Self::Generate => google::turns(body),
        }
    }

    /// The answer as a stream of events.
    pub(crate) fn stream(self, reply: &Reply, frame: &Frame) -> Vec<Piece> {
        let (mut pieces, closing) = match self {
            Self::Chat => chat::stream(reply, frame),
            Self::Responses => responses::stream(reply, frame),
            Self::Messages => anthropic::stream(reply, frame),
            Self::Generate => google::stream(reply, frame),
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
            Self::Generate => google::whole(reply, frame),
        }
    }

    /// The body of an HTTP error.
    pub(crate) fn error(self, code: u16) -> Value {
        let (message, kind) = (format!("scripted error {code}"), error_type(code));
        match self {
            Self::Chat | Self::Responses => json!({"error": {"message": message, "type": kind, "code": code}}),
            Self::Messages => json!({"type": "error", "error": {"type": kind, "message": message}}),
            Self::Generate => json!({"error": {"code": code, "message": message, "status": status::google(code)}}),
        }
    }

    /// The names of the tools on offer.
    pub(crate) fn tools(self, body: &Value) -> Vec<String> {
        match self {
            Self::Generate => google::tools(body),
            Self::Chat | Self::Responses | Self::Messages => {
                let tools = body["tools"].as_array().map(Vec::as_slice).unwrap_or_default();
                let name = |tool: &Value| {
                    tool["name"].as_str().or_else(|| tool["function"]["name"].as_str()).map(String::from)
                };
                tools.iter().filter_map(name).collect()
            }
        }
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
