//! Which environment variables Pi needs.

use std::collections::BTreeSet;

use serde_json::Value;

/// Whether a variable of [`PROVIDER_ENVIRONMENT`] connects a provider by itself: the others are settings, or belong to
/// other programs too.
#[must_use]
pub fn is_provider_key(name: &str) -> bool {
    let secret = name.ends_with("_API_KEY") || name.ends_with("_TOKEN") || name.ends_with("_SECRET_ACCESS_KEY");
    secret && !["GH_TOKEN", "GITHUB_TOKEN", "AWS_SESSION_TOKEN"].contains(&name)
}

/// Variables in which Pi looks for providers' keys and for its own settings. Everything else is kept from it, except
/// what [`environment_names`] finds.
pub const PROVIDER_ENVIRONMENT: &[&str] = &[
    "AI_GATEWAY_API_KEY",
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_AUTH_TOKEN",
    "ANTHROPIC_OAUTH_TOKEN",
    "ANT_LING_API_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_BEARER_TOKEN_BEDROCK",
    "AWS_CONFIG_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AZURE_OPENAI_API_KEY",
    "AZURE_OPENAI_API_VERSION",
    "AZURE_OPENAI_BASE_URL",
    "AZURE_OPENAI_DEPLOYMENT_NAME_MAP",
    "AZURE_OPENAI_RESOURCE_NAME",
    "BASETEN_API_KEY",
    "CEREBRAS_API_KEY",
    "CLOUDFLARE_ACCOUNT_ID",
    "CLOUDFLARE_API_KEY",
    "CLOUDFLARE_GATEWAY_ID",
    "COPILOT_GITHUB_TOKEN",
    "DEEPSEEK_API_KEY",
    "FIREWORKS_API_KEY",
    "GCLOUD_PROJECT",
    "GEMINI_API_KEY",
    "GH_TOKEN",
    "GITHUB_TOKEN",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_CLOUD_API_KEY",
    "GOOGLE_CLOUD_LOCATION",
    "GOOGLE_CLOUD_PROJECT",
    "GROQ_API_KEY",
    "HF_TOKEN",
    "KIMI_API_KEY",
    "META_API_KEY",
    "MINIMAX_API_KEY",
    "MINIMAX_CN_API_KEY",
    "MISTRAL_API_KEY",
    "MOONSHOT_API_KEY",
    "NVIDIA_API_KEY",
    "OPENAI_API_KEY",
    "OPENCODE_API_KEY",
    "OPENROUTER_API_KEY",
    "PI_CACHE_RETENTION",
    "PI_CODING_AGENT_DIR",
    "PI_CODING_AGENT_SESSION_DIR",
    "PI_OFFLINE",
    "PI_PACKAGE_DIR",
    "PI_SKIP_VERSION_CHECK",
    "PI_TELEMETRY",
    "QWEN_TOKEN_PLAN_API_KEY",
    "QWEN_TOKEN_PLAN_CN_API_KEY",
    "RADIUS_API_KEY",
    "TOGETHER_API_KEY",
    "XAI_API_KEY",
    "XIAOMI_API_KEY",
    "XIAOMI_TOKEN_PLAN_AMS_API_KEY",
    "XIAOMI_TOKEN_PLAN_CN_API_KEY",
    "XIAOMI_TOKEN_PLAN_SGP_API_KEY",
    "ZAI_API_KEY",
    "ZAI_CODING_CN_API_KEY",
];

/// Names of the environment variables that a `models.json` refers to, sorted. Text that is not JSON (comments and
/// commas at the end are allowed, as Pi allows them) refers to none.
///
/// A key or header is `$NAME` or `${NAME}` anywhere in it, a shell command after `!`, or, for an older Pi, a bare
/// name. A bare word counts only in capitals, so that a key that was written down as it is does not pass for a name.
#[must_use]
pub fn environment_names(models_json: &str) -> Vec<String> {
    let mut names = BTreeSet::new();
    let plain = without_comments(models_json.trim_start_matches('\u{feff}'));
    if let Ok(models) = serde_json::from_str::<Value>(&plain) {
        visit(&models, &mut names);
    }
    names.into_iter().collect()
}

/// The model that a `settings.json` names for new conversations, as `provider/model`.
#[must_use]
pub fn usual_model(settings_json: &str) -> Option<String> {
    let settings: Value = serde_json::from_str(settings_json.trim_start_matches('\u{feff}')).ok()?;
    let (provider, model) = (settings["defaultProvider"].as_str()?, settings["defaultModel"].as_str()?);
    Some(format!("{provider}/{model}"))
}

fn visit(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                match (field.as_str(), value) {
                    ("apiKey", Value::String(text)) => references(text, names),
                    ("headers", Value::Object(headers)) => {
                        for text in headers.values().filter_map(Value::as_str) {
                            references(text, names);
                        }
                    }
                    (_, value) => visit(value, names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| visit(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn references(text: &str, names: &mut BTreeSet<String>) {
    if is_bare_name(text) {
        names.insert(text.to_owned());
    }
    for place in text.split('$').skip(1) {
        let place = place.strip_prefix('{').unwrap_or(place);
        let name: String = place.chars().take_while(|next| next.is_ascii_alphanumeric() || *next == '_').collect();
        if name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
            names.insert(name);
        }
    }
}

/// A word in capitals. One with digits needs an underscore: keys without one look like that too.
fn is_bare_name(text: &str) -> bool {
    let has = |wanted: fn(u8) -> bool| text.bytes().any(wanted);
    let in_capitals = text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_'));
    let begins = text.starts_with(|first: char| first.is_ascii_uppercase() || first == '_');
    in_capitals && begins && (text.contains('_') || !has(|byte| byte.is_ascii_digit()))
}

/// JSON without `//` and `/* */` comments and without commas before a closing bracket.
fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('"', _) => {
                plain.push('"');
                copy_string(&mut letters, &mut plain);
            }
            ('/', Some('/')) => {
                letters.by_ref().take_while(|next| *next != '\n').for_each(drop);
                plain.push('\n');
            }
            ('/', Some('*')) => {
                letters.next();
                let mut before = ' ';
                for next in letters.by_ref() {
                    if before == '*' && next == '/' {
                        break;
                    }
                    before = next;
                }
            }
            (']' | '}', _) => {
                let kept = plain.trim_end();
                if let Some(without) = kept.strip_suffix(',') {
                    plain.truncate(without.len());
                }
                plain.push(letter);
            }
            _ => plain.push(letter),
        }
    }
    plain
}

fn copy_string(letters: &mut impl Iterator<Item = char>, plain: &mut String) {
    while let Some(letter) = letters.next() {
        plain.push(letter);
        match letter {
            '"' => return,
            '\\' => plain.extend(letters.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_keys_headers_and_commands() {
        let text = r#"{
          // a comment with "quotes"
          "providers": {
            "a": {"apiKey": "MY_KEY", "headers": {"X-Team": "${team_id}", "X": "a-$B_2-c"}},
            "b": {"apiKey": "!pass show $VAULT/key", "baseUrl": "http://x//y"}, /* and one more */
            "c": {"apiKey": "sk_live_secret", "models": [{"id": "m", "headers": {"Y": "Z_HEADER"}},]},
            "d": {"apiKey": "PLAIN"}, "e": {"apiKey": "AKIA7SECRET"},
          }
        }"#;
        let expected = ["B_2", "MY_KEY", "PLAIN", "VAULT", "Z_HEADER", "team_id"];
        assert_eq!(environment_names(text), expected);
    }

    #[test]
    fn what_is_not_json_refers_to_nothing() {
        assert!(environment_names("apiKey: $X").is_empty());
    }

    #[test]
    fn the_table_is_sorted_and_has_no_doubles() {
        assert!(PROVIDER_ENVIRONMENT.is_sorted_by(|one, next| one < next));
    }
}
