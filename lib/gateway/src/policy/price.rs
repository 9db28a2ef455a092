//! What would cost something that no answer tells, or another price than the one that is known.

use serde_json::Value;

use super::{About, Denied};
use crate::keys::glob::fits;
use crate::wire::Api;
use crate::wire::document::Document;

/// Services that are faster and cost more.
const FASTER: [&str; 3] = ["priority", "performance", "fast"];

/// Takes it away, or refuses it where the answer would be another one without.
pub(super) fn hold(
    document: &mut Document,
    about: About<'_>,
    allow_priority: bool,
    allowed_tools: &[String],
    changes: &mut Vec<String>,
) -> Result<(), Denied> {
    let is_said = |raw: &[u8]| !matches!(raw, b"null" | b"false");
    if about.api == Api::Responses && document.raw("background").is_some_and(is_said) {
        let message = "what a response in the background costs is told to nobody; leave `background` out";
        return Err(Denied(message.to_owned()));
    }
    // A name of OpenRouter's that has a tool in it.
    if about.model.to_ascii_lowercase().ends_with(":online") && !allowed_tools.iter().any(|one| fits(one, "plugins")) {
        return Err(Denied("this model searches at the provider; ask for it without `:online`".to_owned()));
    }
    // OpenRouter's list of those that may answer instead: the key and the prices are of the one that was asked for.
    if matches!(about.api, Api::Chat | Api::Responses | Api::Messages) && document.remove("models") {
        changes.push("models was removed".to_owned());
    }
    if allow_priority {
        return Ok(());
    }
    for field in ["service_tier", "speed"] {
        let faster =
            |value: Value| value.as_str().is_some_and(|tier| FASTER.contains(&tier.to_ascii_lowercase().as_str()));
        if document.read::<Value>(field).is_some_and(faster) {
            document.remove(field);
            changes.push(format!("{field} was removed"));
        }
    }
    Ok(())
}
