//! Pi's error texts as errors of ours.

use oqto_protocol::error::{ErrorKind, WireError};

const SIGN_IN: &str = "put a provider's key into the environment, or run `pi` in a terminal and use /login";

/// What the model gateway says when a key is worth nothing any more.
const KEY_REFUSED: [&str; 4] =
    [OVER_BUDGET, "this key was revoked", "the time of this key is over", "this key is not known here"];
const OVER_BUDGET: &str = "the budget of this key is used up";
const RAISE: &str = "raise budget_usd or budget_tokens under [gateway] in runner.toml and send the message again, or begin \
    a new conversation";
const AGAIN: &str = "send the message again: the agent begins anew with a fresh key";

/// Which words of an error text tell what kind of error it is, and what to do about it. The first match counts.
const KNOWN: &[(&str, ErrorKind, Option<&str>)] = &[
    (OVER_BUDGET, ErrorKind::Model, Some(RAISE)),
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
fn in_other_words(text: &str) -> &str {
    let lower = text.to_lowercase();
    if lower.contains(OVER_BUDGET) {
        return "the budget of this conversation is used up";
    }
    if is_key_refused(text) { "the gateway takes the key of this conversation no more" } else { text }
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
            ("402 the budget of this key is used up", ErrorKind::Model),
        ];
        for (text, kind) in kinds {
            assert_eq!(failure(text).code, kind, "{text}");
        }
    }
}
