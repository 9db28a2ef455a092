//! Chat completions and messages, one put into the words of the other: requests, answers and streams.
//!
//! What the other API has no word for is left out where it only tunes an answer, and refused where leaving it out would
//! change what is asked.

mod chat_to_messages;
mod messages_to_chat;
mod parts;
mod stream_chat;
mod stream_messages;

use serde_json::Value;

use crate::wire::Api;
use crate::wire::sse::Parser;

/// Puts a request of a client into the words of a provider.
///
/// # Errors
/// What of it cannot be said there.
pub fn request(client: Api, provider: Api, value: &Value) -> Result<Value, String> {
    match (client, provider) {
        (Api::Chat, Api::Messages) => chat_to_messages::request(value),
        (Api::Messages, Api::Chat) => messages_to_chat::request(value),
        (client, provider) => Err(format!("{} requests cannot be put as {} requests", client.name(), provider.name())),
    }
}

/// Takes the model's earlier thoughts out of a chat request, for a provider that refuses to be shown them.
pub fn without_thoughts(chat: &mut Value) {
    messages_to_chat::without_thoughts(chat);
}

/// Gives the calls of a chat request ids of nine letters and digits, for a provider that takes no others.
pub fn with_short_ids(chat: &mut Value) {
    messages_to_chat::with_short_ids(chat);
}

/// Puts a provider's answer into the words of a client; nothing where it is no answer.
#[must_use]
pub fn answer(provider: Api, client: Api, value: &Value) -> Option<Value> {
    match (provider, client) {
        (Api::Messages, Api::Chat) => messages_to_chat::answer(value),
        (Api::Chat, Api::Messages) => chat_to_messages::answer(value),
        _ => None,
    }
}

/// Puts a provider's stream into the words of a client, an event at a time.
#[derive(Debug)]
pub struct Stream {
    parser: Parser,
    words: Words,
    broken: bool,
}

#[derive(Debug)]
enum Words {
    ToChat(stream_chat::ToChat),
    ToMessages(stream_messages::ToMessages),
}

impl Stream {
    /// A stream from `provider` words to those of `client`. Chat clients are told the usage only if they asked for it.
    #[must_use]
    pub fn new(_provider: Api, client: Api, wants_usage: bool) -> Self {
        let words = match client {
            Api::Messages => Words::ToMessages(stream_messages::ToMessages::default()),
            Api::Chat | Api::Responses | Api::Embeddings | Api::Generate => {
                Words::ToChat(stream_chat::ToChat::new(wants_usage))
            }
        };
        Self { parser: Parser::default(), words, broken: false }
    }

    /// Takes the next bytes, and gives what they mean.
    #[must_use]
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = String::new();
        if self.broken {
            return Vec::new();
        }
        let words = &mut self.words;
        let read =
            self.parser.feed(bytes, &mut |event| match (serde_json::from_slice::<Value>(event.data), &mut *words) {
                (Ok(value), Words::ToChat(words)) => words.event(&value, &mut out),
                (Ok(value), Words::ToMessages(words)) => words.event(&value, &mut out),
                (Err(_), Words::ToMessages(words)) if event.data == b"[DONE]" => words.finish(&mut out),
                (Err(_), Words::ToChat(_) | Words::ToMessages(_)) => {}
            });
        self.broken = read.is_err();
        out.into_bytes()
    }

    /// What has to be said after the last event.
    #[must_use]
    pub fn finish(&mut self) -> Vec<u8> {
        let mut out = String::new();
        match &mut self.words {
            Words::ToChat(words) => words.finish(&mut out),
            Words::ToMessages(words) => words.finish(&mut out),
        }
        out.into_bytes()
    }
}

#[cfg(test)]
mod tests;
