//! Tools that run at the provider: searching, fetching, running code, calling other servers.

use serde_json::{Value, json};

use super::{Denied, strict};
use crate::keys::glob::fits;
use crate::wire::Api;
use crate::wire::document::Document;

/// The beginnings of Anthropic's typed tools that run at the client, as every other tool does.
const AT_THE_CLIENT: [&str; 5] = ["custom", "bash_", "text_editor_", "computer_", "memory_"];

/// Fields that are such a tool by themselves, whichever API a provider has them in.
const FIELDS: [&str; 9] = [
    "web_search_options",
    // xAI's.
    "search_parameters",
    // OpenRouter's.
    "plugins",
    // Anthropic's.
    "mcp_servers",
    // Groq's.
    "search_settings",
    "compound_custom",
    // Alibaba's.
    "enable_search",
    "search_options",
    // Cohere's.
    "connectors",
];

/// Takes them away, and what chooses them.
pub(super) fn strip(
    document: &mut Document,
    api: Api,
    allowed: &[String],
    changes: &mut Vec<String>,
) -> Result<(), Denied> {
    let may = |kind: &str| allowed.iter().any(|pattern| fits(pattern, kind));
    let fields: &[&str] = match api {
        Api::Chat | Api::Responses | Api::Messages => &FIELDS,
        Api::Embeddings | Api::Generate => &[],
    };
    for field in fields.iter().filter(|field| !may(field)) {
        if document.remove(field) {
            changes.push(format!("{field} was removed"));
        }
    }
    let mut tools = match strict::read(document, "tools")? {
        Some(Value::Array(tools)) => tools,
        // Google takes one alone for a list of one.
        Some(tool @ Value::Object(_)) => vec![tool],
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => return Ok(()),
    };
    let before = tools.len();
    let mut removed = Vec::new();
    tools.retain_mut(|tool| keep(tool, api, &may, &mut removed));
    if removed.is_empty() {
        return Ok(());
    }
    changes.extend(removed.iter().map(|kind| format!("the tool {kind} was removed")));
    let gone = tools.len() != before;
    if tools.is_empty() {
        document.remove("tools");
        document.remove("tool_choice");
        return Ok(());
    }
    document.set("tools", &Value::Array(tools));
    if gone && chooses(&document.read("tool_choice").unwrap_or_default(), &removed) {
        let auto = if api == Api::Messages { json!({"type": "auto"}) } else { json!("auto") };
        document.set("tool_choice", &auto);
    }
    Ok(())
}

/// Whether anything of a tool stays.
fn keep(tool: &mut Value, api: Api, may: &impl Fn(&str) -> bool, removed: &mut Vec<String>) -> bool {
    if api == Api::Generate {
        // One object may hold several tools, each by its name.
        let Some(fields) = tool.as_object_mut() else { return true };
        fields.retain(|name, _| {
            let stays = matches!(name.as_str(), "functionDeclarations" | "function_declarations") || may(name);
            if !stays {
                removed.push(name.clone());
            }
            stays
        });
        return !fields.is_empty();
    }
    let Some(kind) = tool["type"].as_str().map(str::to_owned) else { return true };
    let kind = kind.as_str();
    // A name for several.
    if let ("namespace", Some(inner)) = (kind, tool.get_mut("tools").and_then(Value::as_array_mut)) {
        inner.retain_mut(|tool| keep(tool, api, may, removed));
        return !inner.is_empty();
    }
    // A shell is the client's, but for one that runs in a container of the provider.
    let place = tool["environment"]["type"].as_str().unwrap_or("local");
    let own = match api {
        Api::Messages => AT_THE_CLIENT.iter().any(|begin| kind.starts_with(begin)),
        Api::Responses if kind == "shell" && place != "local" => false,
        Api::Responses if kind == "tool_search" => tool["execution"] == "client",
        Api::Chat | Api::Responses | Api::Embeddings | Api::Generate => {
            matches!(
                kind,
                "function" | "custom" | "local_shell" | "shell" | "apply_patch" | "computer" | "computer_use_preview"
            )
        }
    };
    if own || may(kind) {
        return true;
    }
    removed.push(kind.to_owned());
    // Anthropic's are chosen by their names.
    removed.extend(tool["name"].as_str().filter(|name| *name != kind).map(str::to_owned));
    false
}

fn chooses(choice: &Value, removed: &[String]) -> bool {
    let named = [&choice["type"], &choice["name"]];
    named.into_iter().filter_map(Value::as_str).any(|name| removed.iter().any(|gone| gone == name))
}
