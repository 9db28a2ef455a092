//! What the agent says in a turn: each piece once, whether it comes as a delta, in a snapshot or as the finished
//! message. What is shown is always the beginning of what will be in the log.

use oqto_protocol::ids::MessageId;
use oqto_protocol::message::{Message, Part};
use oqto_protocol::session::{StreamingKind, StreamingMessage};
use std::collections::HashMap;

/// The texts of one turn.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    /// UTF-16 code units that were given out, by message and part.
    given: HashMap<(MessageId, usize), u64>,
    /// The part that was given out last.
    last: Option<(MessageId, usize)>,
    amid_line: bool,
    /// The finished texts, in order.
    finished: Vec<(MessageId, String)>,
}

impl Transcript {
    /// More of a part, which begins at `offset`. Where something before it is missing, it comes with the message.
    pub(super) fn delta(&mut self, message: MessageId, part: usize, offset: u64, text: &str) -> Option<String> {
        let given = self.given.get(&(message, part)).copied().unwrap_or(0);
        let skip = given.checked_sub(offset)?;
        self.give(message, part, text, skip)
    }

    /// The message that is being written, as a whole.
    pub(super) fn streaming(&mut self, message: &StreamingMessage) -> Option<String> {
        let texts = message.parts.iter().enumerate();
        let texts = texts.filter(|(_, part)| part.kind == StreamingKind::Text).map(|(part, text)| (part, &*text.text));
        self.whole(message.message_id, texts)
    }

    /// A finished message.
    pub(super) fn message(&mut self, message: &Message) -> Option<String> {
        let texts =
            message.parts.iter().enumerate().filter_map(|(place, part)| text_of(part).map(|text| (place, text)));
        let more = self.whole(message.id, texts);
        let text = message.text();
        let known = self.finished.iter().any(|(id, _)| *id == message.id);
        if !known && !text.trim().is_empty() {
            self.finished.push((message.id, text));
        }
        more
    }

    /// Whether what was given out last does not end its line.
    pub(super) fn is_amid_line(&self) -> bool {
        self.amid_line
    }

    /// Every finished text, in order.
    pub(super) fn into_texts(self) -> Vec<String> {
        self.finished.into_iter().map(|(_, text)| text).collect()
    }

    fn whole<'t>(&mut self, id: MessageId, texts: impl Iterator<Item = (usize, &'t str)>) -> Option<String> {
        let mut more = String::new();
        for (part, text) in texts {
            let given = self.given.get(&(id, part)).copied().unwrap_or(0);
            more.extend(self.give(id, part, text, given));
        }
        (!more.is_empty()).then_some(more)
    }

    /// The part of `text` after its first `skip` UTF-16 code units; a new part begins on a new line.
    fn give(&mut self, message: MessageId, part: usize, text: &str, skip: u64) -> Option<String> {
        let rest = after(text, skip).filter(|rest| !rest.is_empty())?;
        let place = (message, part);
        *self.given.entry(place).or_default() += rest.encode_utf16().count() as u64;
        let new_part = self.last.replace(place) != Some(place);
        let gap = if new_part && self.amid_line { "\n" } else { "" };
        self.amid_line = !rest.ends_with('\n');
        Some(format!("{gap}{rest}"))
    }
}

fn text_of(part: &Part) -> Option<&str> {
    match part {
        Part::Text { text } => Some(text),
        Part::Thinking { .. }
        | Part::ToolCall(_)
        | Part::ToolResult(_)
        | Part::Image { .. }
        | Part::Audio { .. }
        | Part::Video { .. }
        | Part::FileRef { .. }
        | Part::Attachment { .. }
        | Part::Citation { .. }
        | Part::A2ui { .. }
        | Part::Extension { .. } => None,
    }
}

/// What follows the first `units` UTF-16 code units of a text.
fn after(text: &str, units: u64) -> Option<&str> {
    let mut counted = 0_u64;
    for (place, letter) in text.char_indices() {
        if counted >= units {
            return text.get(place..);
        }
        counted += letter.len_utf16() as u64;
    }
    (counted >= units).then_some("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::message::Role;

    fn message(id: MessageId, texts: &[&str]) -> Message {
        let parts = texts.iter().map(|text| Part::Text { text: (*text).to_owned() }).collect();
        Message::new(id, Role::Assistant, parts, 1)
    }

    #[test]
    fn every_piece_is_given_once_whatever_it_comes_in() {
        let (mut said, id) = (Transcript::default(), MessageId::mint());
        let mut all = String::new();
        all.extend(said.delta(id, 0, 0, "one 🙂"));
        all.extend(said.delta(id, 0, 4, "🙂 two"));
        assert_eq!(said.delta(id, 0, 0, "one"), None, "again");
        assert_eq!(said.delta(id, 0, 30, "far away"), None, "something before it is missing");
        all.extend(said.message(&message(id, &["one 🙂 two three"])));
        assert_eq!(all, "one 🙂 two three");
        assert_eq!(said.message(&message(id, &["one 🙂 two three"])), None);
        assert_eq!(said.into_texts(), ["one 🙂 two three"]);
    }

    #[test]
    fn each_message_begins_on_a_line_of_its_own() {
        let mut said = Transcript::default();
        let texts: Vec<String> =
            ["a", "b\n", "c"].iter().filter_map(|text| said.message(&message(MessageId::mint(), &[text]))).collect();
        assert_eq!(texts.concat(), "a\nb\nc");
        assert!(said.is_amid_line());
    }

    #[test]
    fn parts_are_told_apart() {
        let (mut said, id) = (Transcript::default(), MessageId::mint());
        assert_eq!(said.delta(id, 1, 0, "second").as_deref(), Some("second"));
        let rest = said.message(&message(id, &["", "second, whole"]));
        assert_eq!(rest.as_deref(), Some(", whole"));
    }
}
