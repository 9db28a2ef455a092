//! Pi's error texts as errors of ours.

use oqto_protocol::error::{ErrorKind, WireError};

const SIGN_IN: &str = "put a provider's key into the environment, or run `pi` in a terminal and use /login";

/// What the model gateway says when a key is worth nothing any more.
const KEY_REFUSED: [&str; 3] = ["this key was revoked", "the time of this key is over", "this key is not known here"];
const OVER_BUDGET: &str = "the budget of this key is used up";
const RAISE: &str = "raise it and send the message again: oqtoctl session budget SESSION --usd AMOUNT";
const AGAIN: &str = "send the message again: the agent begins anew with a fresh key";

/// Which words of an error text tell what kind of error it is, and what to do about it. The first match counts.
const KNOWN: &[(&str, ErrorKind, Option<&str>)] = &[
    (OVER_BUDGET, ErrorKind::Budget, Some(RAISE)),
    ("this key was revoked", ErrorKind::Model, Some(AGAIN)),
    ("the time of this key is over", ErrorKind::Model, Some(AGAIN)),
    ("this key is not known here", ErrorKind::Model, Some(AGAIN)),
    ("model not found", ErrorKind::Model, Some("choose one of the models that the session offers")),
    ("no model", ErrorKind::Model, Some(SIGN_IN)),
    ("unknown provider", ErrorKind::Model, Some("choose one of the models that the session offers")),
    ("no api key", ErrorKind::Model, Some(SIGN_IN)),
    ("api key", ErrorKind::Model, Some(SIGN_IN)),
    ("authentication failed", ErrorKind::Model, Some(SIGN_IN)),
    ("unauthorized", ErrorKind::Model, Some(SIGN_IN)),
    ("/login", ErrorKind::Model, Some(SIGN_IN)),
    ("nothing to compact", ErrorKind::Conflict, None),
    ("already compacted", ErrorKind::Conflict, None),
    ("already processing", ErrorKind::Conflict, None),
    ("compaction is in progress", ErrorKind::Conflict, None),
    ("cannot be queued", ErrorKind::Conflict, None),
    ("compaction cancelled", ErrorKind::Cancelled, None),
    ("invalid entry id", ErrorKind::NotFound, None),
    ("unknown command", ErrorKind::Unsupported, Some("a newer version of Pi may know it")),
    ("session file", ErrorKind::NotFound, None),
    ("session found", ErrorKind::NotFound, None),
];

/// Whether the model gateway refuses the key with which the harness was started, for good.
#[must_use]
pub fn is_key_refused(text: &str) -> bool {
    let lower = text.to_lowercase();
    KEY_REFUSED.iter().any(|words| lower.contains(words))
}

/// What to tell a person instead of the words of the gateway, which speak of keys.
pub(super) fn in_other_words(text: &str) -> String {
    if text.to_lowercase().contains(OVER_BUDGET) {
        return "the budget of this conversation is used up".to_owned();
    }
    if is_key_refused(text) {
        return "the gateway takes the key of this conversation no more".to_owned();
    }
    sentence(text)
}

/// The sentence in an answer of a provider that Pi passes on as it came: a status, and an object with the error.
fn sentence(text: &str) -> String {
    let (before, rest) = text.split_at(text.find('{').unwrap_or(text.len()));
    let status = before.trim_end_matches([' ', ':', ')']);
    let is_answer = before.is_empty() || status.len() >= 3 && status.bytes().rev().take(3).all(|b| b.is_ascii_digit());
    let told: Option<serde_json::Value> = is_answer.then(|| serde_json::from_str(rest).ok()).flatten();
    let message = told.as_ref().and_then(|told| told.pointer("/error/message").or_else(|| told.get("message")));
    let message = message.and_then(serde_json::Value::as_str).map(str::trim).filter(|message| !message.is_empty());
    message.unwrap_or(text).to_owned()
}

/// An error of Pi's (of a response, of a turn, or its last words before it ended) with its kind and a hint.
#[must_use]
pub fn failure(text: &str) -> WireError {
    let lower = text.to_lowercase();
    let text = in_other_words(text);
    let known = KNOWN.iter().find(|(words, _, _)| lower.contains(words));
    match known {
        Some((_, kind, Some(hint))) => WireError::new(*kind, text).with_hint(*hint),
        Some((_, kind, None)) => WireError::new(*kind, text),
        None => WireError::new(ErrorKind::HarnessFailed, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_both_generations_get_their_kind() {
        let kinds = [
            ("Model not found: fake/nope", ErrorKind::Model),
            ("No API key found for anthropic.", ErrorKind::Model),
            ("Nothing to compact (session too small)", ErrorKind::Conflict),
            ("Invalid entry ID for forking", ErrorKind::NotFound),
            ("Unknown command: bogus", ErrorKind::Unsupported),
            ("503 fake error 503", ErrorKind::HarnessFailed),
            ("402 the budget of this key is used up", ErrorKind::Budget),
        ];
        for (text, kind) in kinds {
            assert_eq!(failure(text).code, kind, "{text}");
        }
    }

    #[test]
    fn what_a_provider_answers_is_told_as_its_sentence() {
        let said = "this key has had its requests of this minute";
        let raw = format!(r#"429 {{"type":"error","error":{{"type":"rate_limit_error","message":"{said}"}}}}"#);
        assert_eq!([sentence(&raw), sentence(said)], [said, said]);
        assert_eq!(sentence(r#"{"message":"overloaded"}"#), "overloaded");
        assert_eq!(sentence(r#"400: {"code":400,"message":"no","type":"invalid_request_error"}"#), "no");
        assert_eq!(sentence(r#"mine API error (400): {"code":400,"message":"no"}"#), "no");
        for as_it_is in ["429 too many", r#"it said: {"message":"x"}"#, "503 {broken", r#"500 {"error":"x"}"#, "{}", ""]
        {
            assert_eq!(sentence(as_it_is), as_it_is);
        }
        let over = r#"402 {"type":"error","error":{"message":"the budget of this key is used up"}}"#;
        assert_eq!(failure(over).message, "the budget of this conversation is used up");
        assert_eq!((failure(&raw).message.as_str(), is_key_refused(over)), (said, false));
    }
}
