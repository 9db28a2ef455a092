//! Takes over the configuration of the earlier `sx` (`~/.config/sx/config.toml`): what means the same is written into
//! our file, everything else is named with its reason. No value that may be a key or a password is shown.

use oqto_kit::config::Schema as _;
use serde::Serialize;
use toml::{Table, Value};

use crate::settings::Settings;

/// What came of a configuration.
#[derive(Debug, PartialEq)]
pub(crate) struct Taken {
    /// The new file's text.
    pub(crate) text: String,
    /// The keys that were taken over.
    pub(crate) keys: Vec<String>,
    /// Those that were not.
    pub(crate) left: Vec<Left>,
}

/// A key that was not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Left {
    /// Its name.
    pub(crate) key: String,
    /// Why it was not.
    pub(crate) reason: String,
}

/// What a key of the earlier program means to ours.
enum Meaning {
    /// The same.
    Same,
    /// Nothing that would have to be said.
    Nothing,
    /// Something that we do not do.
    Other(&'static str),
}

/// Reads the earlier configuration.
///
/// # Errors
/// When it is no TOML.
pub(crate) fn read(text: &str) -> Result<Taken, toml::de::Error> {
    let old: Table = toml::from_str(text)?;
    let mut taken = Taken { text: Settings::TEMPLATE.to_owned(), keys: Vec::new(), left: Vec::new() };
    for (key, value) in &old {
        match meaning(key, value) {
            Meaning::Nothing => {}
            Meaning::Other(reason) => taken.leave(key, reason),
            Meaning::Same => taken.take(key, value),
        }
    }
    Ok(taken)
}

impl Taken {
    fn leave(&mut self, key: &str, reason: &str) {
        self.left.push(Left { key: key.to_owned(), reason: reason.to_owned() });
    }

    /// Takes a value over if it is a right one for us.
    fn take(&mut self, key: &str, value: &Value) {
        let alone = Table::from_iter([(key.to_owned(), value.clone())]);
        let settings: Result<Settings, _> = Value::Table(alone).try_into();
        let checked = settings
            .map_err(|error| first_line(error.message()))
            .and_then(|settings| settings.manner().map(drop).map_err(|error| error.message()));
        match checked {
            Ok(()) => {
                self.text = with_line(&self.text, key, value);
                self.keys.push(key.to_owned());
            }
            Err(reason) => self.leave(key, &reason),
        }
    }
}

/// The template explains every key above a line that shows it; that line now says the value.
fn with_line(text: &str, key: &str, value: &Value) -> String {
    let shown = format!("#: {key} = ");
    let line = |line: &str| if line.starts_with(&shown) { format!("{key} = {value}\n") } else { format!("{line}\n") };
    text.lines().map(line).collect()
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

fn meaning(key: &str, value: &Value) -> Meaning {
    const ONLY_SEARXNG: &str = "sx asks SearXNG only; further instances go into searxng_urls";
    match key {
        "$schema" => Meaning::Nothing,
        "engine" if value.as_str().is_some_and(|engine| matches!(engine, "" | "searxng")) => Meaning::Nothing,
        "fallback_engines" if names_no_other(value) => Meaning::Nothing,
        "engine" | "fallback_engines" => Meaning::Other(ONLY_SEARXNG),
        "engines_brave" | "engines_tavily" | "engines_exa" | "engines_jina" if has_no_key(value) => Meaning::Nothing,
        "engines_brave" | "engines_tavily" | "engines_exa" | "engines_jina" => Meaning::Other(ONLY_SEARXNG),
        "default_output" if is_blank(value) => Meaning::Nothing,
        "default_output" => {
            Meaning::Other("the form of the output is said on the command line: -i, --json, --md, -L, -T, -H")
        }
        _ if !is_ours(key) => Meaning::Other("sx does not know it"),
        _ if is_blank(value) => Meaning::Nothing,
        _ => Meaning::Same,
    }
}

fn is_ours(key: &str) -> bool {
    Settings::TEMPLATE
        .lines()
        .any(|line| line.strip_prefix("#: ").and_then(|line| line.split(" = ").next()) == Some(key))
}

/// A text or a list that says nothing.
fn is_blank(value: &Value) -> bool {
    value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty)
}

fn names_no_other(value: &Value) -> bool {
    value.as_array().is_some_and(|engines| engines.iter().all(|engine| engine.as_str() == Some("searxng")))
}

/// The earlier program writes the tables of all its services into a new file; without a key they say nothing.
fn has_no_key(value: &Value) -> bool {
    let is_unset = |name: &str| value.get(name).is_none_or(is_blank);
    is_unset("api_key") && is_unset("mcp_url")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = r#"
        "$schema" = "https://example.org/sx.config.schema.json"
        engine = "searxng"
        fallback_engines = ["brave-web", "bing"]
        searxng_url = "https://search.example.org/"
        searxng_urls = ["https://u:p@second.example.org"]
        searxng_strategy = "parallel-fastest"
        searxng_username = "ada"
        searxng_password = "s3cr3t \"quoted\""
        result_count = 20
        safe_search = "moderate"
        http_method = "POST"
        timeout = 10
        expand = true
        default_output = "interactive"
        max_history = 7
        categories = ["general", "social+media"]
        language = ""
        typo_key = 1
        [engines_exa]
        api_key = "exa-key"
        [engines_jina]
        api_key = ""
        allow_keyless = true
    "#;

    #[test]
    fn what_means_the_same_is_taken_and_the_rest_is_named() {
        let taken = read(OLD).unwrap();
        let settings: Settings = toml::from_str(&taken.text).unwrap();
        assert_eq!((settings.result_count, settings.timeout, settings.max_history), (20, 10.0, 7));
        assert_eq!(settings.searxng_password.expose(), "s3cr3t \"quoted\"");
        assert_eq!(settings.instances().len(), 2);
        assert_eq!(settings.categories.len(), 2);
        let mut left: Vec<&str> = taken.left.iter().map(|left| left.key.as_str()).collect();
        left.sort_unstable();
        assert_eq!(left, ["default_output", "engines_exa", "fallback_engines", "typo_key"]);
        assert!(!format!("{:?}", taken.left).contains("exa-key"));
    }

    #[test]
    fn values_that_are_wrong_for_us_are_left_with_their_reason() {
        let taken = read("timeout = 0\nresult_count = 9999\nsearxng_url = 'ftp://u:pw@x'\nexpand = 'yes'").unwrap();
        assert_eq!((taken.keys.len(), taken.left.len(), taken.text.as_str()), (0, 4, Settings::TEMPLATE));
        assert!(taken.left.iter().any(|left| left.reason.contains("0.1 to 3600")), "{:?}", taken.left);
        assert!(!format!("{:?}", taken.left).contains("pw"));
        assert!(read("= 1").is_err());
    }

    #[test]
    fn a_file_as_the_earlier_program_makes_it_leaves_nothing() {
        let fresh = "engine = 'searxng'\nfallback_engines = []\nsearxng_url = ''\nresult_count = 10\n[engines_brave]\napi_key = ''";
        let taken = read(fresh).unwrap();
        assert_eq!((taken.keys, taken.left), (vec!["result_count".to_owned()], Vec::new()));
    }
}
