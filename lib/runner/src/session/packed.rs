//! The person's messages as a checkpoint keeps them: a number for each, since there is a checkpoint every turn and a long
//! chat has many. A number is the distance from the message before, shifted by two bits that hold its flags.

use serde::{Deserialize, Deserializer, Serializer};

use super::state::UserMessage;

const OPENS_TURN: u64 = 2;
const DELIVERED: u64 = 1;

/// As numbers.
pub(super) fn serialize<S: Serializer>(messages: &[UserMessage], serializer: S) -> Result<S::Ok, S::Error> {
    let mut before = 0;
    serializer.collect_seq(messages.iter().map(|message| {
        let distance = message.seq.saturating_sub(before);
        before = message.seq;
        let flag = |bit, set| if set { bit } else { 0 };
        (distance << 2) | flag(OPENS_TURN, message.opens_turn) | flag(DELIVERED, message.delivered)
    }))
}

/// One message: a number, or spelled out as earlier versions did.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Packed(u64),
    Spelled(UserMessage),
}

/// From numbers.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<UserMessage>, D::Error> {
    let mut before = 0;
    let unpacked = Vec::<Kept>::deserialize(deserializer)?.into_iter().map(|kept| {
        let message = match kept {
            Kept::Packed(number) => UserMessage {
                seq: before + (number >> 2),
                opens_turn: number & OPENS_TURN != 0,
                delivered: number & DELIVERED != 0,
            },
            Kept::Spelled(message) => message,
        };
        before = message.seq;
        message
    });
    Ok(unpacked.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Holds {
        #[serde(with = "super")]
        messages: Vec<UserMessage>,
    }

    fn message(seq: u64, opens_turn: bool, delivered: bool) -> UserMessage {
        UserMessage { seq, opens_turn, delivered }
    }

    #[test]
    fn messages_come_back_as_they_were_also_from_an_earlier_version() {
        let messages = vec![message(3, true, true), message(4, false, true), message(900, true, false)];
        let text = serde_json::to_string(&Holds { messages: messages.clone() }).unwrap();
        assert_eq!(text, r#"{"messages":[15,5,3586]}"#);
        assert_eq!(serde_json::from_str::<Holds>(&text).unwrap().messages, messages);
        let spelled = serde_json::json!({"messages": messages}).to_string();
        assert_eq!(serde_json::from_str::<Holds>(&spelled).unwrap().messages, messages);
    }

    /// What a checkpoint costs after ten thousand prompts: some ten times less than messages that are spelled out.
    #[test]
    fn a_long_chat_takes_few_bytes() {
        let messages: Vec<_> = (1..=10_000).map(|turn| message(turn * 6, true, true)).collect();
        let spelled = serde_json::to_string(&messages).unwrap().len();
        let packed = serde_json::to_string(&Holds { messages }).unwrap().len();
        assert!(packed < 31_000 && packed * 10 < spelled, "{packed} bytes, and {spelled} spelled out");
    }
}
