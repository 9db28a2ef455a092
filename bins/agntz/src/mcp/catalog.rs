//! The tools: every command of the command line that has no commands below it, with a JSON Schema made from its
//! arguments. So what is mounted on the command line is a tool by itself, and the two cannot drift apart.

use std::any::TypeId;
use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};
use serde_json::{Map, Value, json};

/// Commands that make no sense as tools: they are this server, print documents for shells, are called by git, or only
/// say that there is no service.
const LEFT_OUT: [&str; 6] = ["mcp", "completions", "merge-driver", "schedule", "ask", "help"];

/// Arguments that belong to the program as a whole, not to a tool.
const GLOBAL: [&str; 8] = ["json", "quiet", "verbose", "color", "config", "directory", "help", "version"];

/// One tool.
#[derive(Debug, Clone)]
pub(crate) struct Tool {
    /// `mail_send`.
    pub(crate) name: String,
    /// What it does, for the model.
    pub(crate) description: String,
    /// The JSON Schema of its arguments.
    pub(crate) schema: Map<String, Value>,
    path: Vec<String>,
    inputs: Vec<Input>,
}

/// One argument of a tool.
#[derive(Debug, Clone)]
struct Input {
    property: String,
    /// The flag, if it is not a positional one.
    flag: Option<String>,
    takes: Takes,
    required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Nothing: it is there or not.
    Nothing,
    /// One value.
    One,
    /// Any number of values.
    Many,
}

/// All tools of a command line, by name. `only` keeps the groups (`mail`, `issues`, …) that it names.
pub(crate) fn tools(mut root: Command, only: &[String]) -> Vec<Tool> {
    root.build();
    let mut found = Vec::new();
    for command in root.get_subcommands() {
        if only.is_empty() || only.iter().any(|group| group == command.get_name()) {
            add(command, &[], &mut found);
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// The groups that [`tools`] knows.
pub(crate) fn groups(root: &Command) -> Vec<String> {
    let shown = root.get_subcommands().filter(|command| is_tool(command));
    shown.map(|command| command.get_name().to_owned()).collect()
}

fn is_tool(command: &Command) -> bool {
    !command.is_hide_set() && !LEFT_OUT.contains(&command.get_name())
}

fn add(command: &Command, above: &[String], found: &mut Vec<Tool>) {
    if !is_tool(command) {
        return;
    }
    let path = [above, &[command.get_name().to_owned()]].concat();
    let mut below = command.get_subcommands().filter(|sub| sub.get_name() != "help").peekable();
    if below.peek().is_none() {
        found.push(tool(command, path));
        return;
    }
    below.for_each(|sub| add(sub, &path, found));
}

fn tool(command: &Command, path: Vec<String>) -> Tool {
    let shown = |arg: &&Arg| !arg.is_hide_set() && !GLOBAL.contains(&arg.get_id().as_str());
    let (mut inputs, mut properties, mut required) = (Vec::new(), Map::new(), Vec::new());
    for arg in command.get_arguments().filter(shown) {
        let input = input(arg);
        properties.insert(input.property.clone(), property(arg, input.takes));
        if input.required {
            required.push(Value::from(input.property.clone()));
        }
        inputs.push(input);
    }
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), properties.into());
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    schema.insert("additionalProperties".into(), false.into());
    Tool { name: path.join("_").replace('-', "_"), description: description(command), schema, path, inputs }
}

/// What it does, and what its help says after the examples.
fn description(command: &Command) -> String {
    let mut text = command.get_about().map(ToString::to_string).unwrap_or_default();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for paragraph in
        after.split("\n\n").filter(|paragraph| !paragraph.starts_with("Examples:") && !paragraph.is_empty())
    {
        text.push_str(if text.ends_with('.') { " " } else { ". " });
        text.push_str(&paragraph.replace('\n', " "));
    }
    text
}

fn input(arg: &Arg) -> Input {
    let flag = match (arg.get_long(), arg.get_short()) {
        (Some(long), _) => Some(format!("--{long}")),
        (None, Some(short)) => Some(format!("-{short}")),
        (None, None) => None,
    };
    let property = arg.get_long().unwrap_or(arg.get_id().as_str()).replace('-', "_");
    let several = arg.get_num_args().is_some_and(|range| range.max_values() > 1);
    let takes = if !arg.get_action().takes_values() {
        Takes::Nothing
    } else if several || matches!(arg.get_action(), ArgAction::Append) {
        Takes::Many
    } else {
        Takes::One
    };
    Input { property, flag, takes, required: arg.is_required_set() }
}

fn property(arg: &Arg, takes: Takes) -> Value {
    let mut value = match takes {
        Takes::Nothing => json!({"type": "boolean"}),
        Takes::One => kind(arg),
        Takes::Many => json!({"type": "array", "items": kind(arg)}),
    };
    if let Some(help) = arg.get_help() {
        value["description"] = help.to_string().into();
    }
    if let ([default], Takes::One) = (arg.get_default_values(), takes) {
        let default = default.to_string_lossy();
        value["default"] = match value["type"].as_str() {
            Some("integer") => default.parse::<i64>().map_or_else(|_| default.clone().into_owned().into(), Value::from),
            Some(_) | None => default.into_owned().into(),
        };
    }
    value
}

/// The type of one value.
fn kind(arg: &Arg) -> Value {
    let possible: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !possible.is_empty() {
        return json!({"type": "string", "enum": possible});
    }
    let is = |types: &[TypeId]| types.iter().any(|known| arg.get_value_parser().type_id() == *known);
    let integers = [
        TypeId::of::<u8>(),
        TypeId::of::<u16>(),
        TypeId::of::<u32>(),
        TypeId::of::<u64>(),
        TypeId::of::<usize>(),
        TypeId::of::<i32>(),
        TypeId::of::<i64>(),
    ];
    if is(&integers) {
        json!({"type": "integer"})
    } else if is(&[TypeId::of::<f32>(), TypeId::of::<f64>()]) {
        json!({"type": "number"})
    } else {
        json!({"type": "string"})
    }
}

impl Tool {
    /// Whether it has an argument of this name.
    pub(crate) fn takes(&self, property: &str) -> bool {
        self.inputs.iter().any(|input| input.property == property)
    }

    /// The command line that a call stands for, without the program's name.
    ///
    /// # Errors
    /// What is wrong with the arguments, for the model.
    pub(crate) fn command_line(&self, arguments: &Map<String, Value>) -> Result<Vec<OsString>, String> {
        if let Some(unknown) = arguments.keys().find(|name| self.inputs.iter().all(|input| input.property != **name)) {
            let known: Vec<&str> = self.inputs.iter().map(|input| input.property.as_str()).collect();
            return Err(format!("{} has no argument `{unknown}`; it has: {}", self.name, known.join(", ")));
        }
        let (mut flags, mut values, mut skipped) = (Vec::new(), Vec::new(), None);
        for input in &self.inputs {
            let given = input.words(arguments.get(&input.property))?;
            if input.required && given.is_empty() {
                return Err(format!("{} needs the argument `{}`", self.name, input.property));
            }
            match (&input.flag, input.takes) {
                (Some(flag), Takes::Nothing) => flags.extend(given.iter().map(|_| flag.clone())),
                (Some(flag), Takes::One | Takes::Many) => {
                    flags.extend(given.iter().map(|word| format!("{flag}={word}")));
                }
                (None, Takes::Nothing | Takes::One | Takes::Many) if given.is_empty() => {
                    skipped = Some(&input.property);
                }
                (None, Takes::Nothing | Takes::One | Takes::Many) => match skipped {
                    Some(before) => return Err(format!("`{}` needs `{before}` as well", input.property)),
                    None => values.extend(given),
                },
            }
        }
        let words = self.path.iter().cloned().chain(flags).chain(["--".to_owned()]).chain(values);
        Ok(words.map(OsString::from).collect())
    }
}

impl Input {
    /// What is given, as words of a command line.
    fn words(&self, given: Option<&Value>) -> Result<Vec<String>, String> {
        let wrong = |wanted: &str| Err(format!("`{}` must be {wanted}", self.property));
        match (self.takes, given) {
            (_, None | Some(Value::Null)) => Ok(Vec::new()),
            // The conversation comes in there.
            (_, Some(Value::String(text))) if text == "-" => {
                Err(format!("`{}` cannot be read from standard input here; give the text itself", self.property))
            }
            (Takes::Nothing, Some(Value::Bool(yes))) => Ok(if *yes { vec![String::new()] } else { Vec::new() }),
            (Takes::Nothing, Some(_)) => wrong("true or false"),
            (Takes::Many, Some(Value::Array(values))) => match values.iter().map(word).collect() {
                Some(words) => Ok(words),
                None => wrong("an array of texts or numbers"),
            },
            (Takes::One | Takes::Many, Some(value)) => match word(value) {
                Some(word) => Ok(vec![word]),
                None if self.takes == Takes::Many => wrong("an array of texts or numbers"),
                None => wrong("a text or a number"),
            },
        }
    }
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn all() -> Vec<Tool> {
        tools(crate::cli::Cli::command(), &[])
    }

    #[expect(clippy::needless_pass_by_value, reason = "calls read better with the value itself")]
    fn line(name: &str, arguments: Value) -> Result<Vec<String>, String> {
        let tool = all().into_iter().find(|tool| tool.name == name).unwrap();
        let words = tool.command_line(arguments.as_object().unwrap())?;
        Ok(words.into_iter().map(|word| word.into_string().unwrap()).collect())
    }

    #[test]
    fn every_tool_has_a_name_a_description_and_a_schema_of_its_own() {
        let all = all();
        for tool in &all {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            assert!(tool.name.chars().all(plain) && tool.name.len() <= 64, "{}", tool.name);
            assert!(tool.description.len() > 5, "{}", tool.name);
            let properties = tool.schema["properties"].as_object().unwrap();
            assert_eq!(properties.len(), tool.inputs.len(), "{}: two arguments share a name", tool.name);
            for (name, property) in properties {
                assert!(property["description"].is_string(), "{}.{name} says what it is", tool.name);
            }
        }
        let names: std::collections::BTreeSet<&str> = all.iter().map(|tool| tool.name.as_str()).collect();
        assert_eq!(names.len(), all.len());
        for wanted in ["mail_send", "mail_inbox", "reserve", "reservations_check", "issues_create", "ready"] {
            assert!(names.contains(wanted), "{wanted}: {names:?}");
        }
        for hidden in ["mcp", "completions", "man", "issues_merge_driver", "reservations"] {
            assert!(!names.contains(hidden), "{hidden}");
        }
    }

    #[test]
    fn a_call_becomes_the_command_line_that_a_person_would_type() {
        assert_eq!(
            line(
                "mail_send",
                json!({"recipient": "-ada", "subject": "--x", "body": "- y", "ack": true, "to": ["pi", "=b"], "ttl": "1h"})
            ),
            Ok(["mail", "send", "--to=pi", "--to==b", "--ack", "--ttl=1h", "--", "-ada", "--x", "- y"]
                .map(str::to_owned)
                .to_vec())
        );
        assert_eq!(
            line("mail_inbox", json!({"limit": 5, "all": false, "unread": null})),
            Ok(["mail", "inbox", "--limit=5", "--"].map(str::to_owned).to_vec())
        );
        for (tool, arguments, why) in [
            ("mail_read", json!({}), "needs the argument `ids`"),
            ("mail_send", json!({"recipient": "a", "subject": "b", "boddy": "c"}), "no argument `boddy`"),
            ("mail_send", json!({"recipient": "a", "subject": "b", "body": "-"}), "standard input"),
            ("mail_inbox", json!({"all": "yes"}), "true or false"),
            ("mail_read", json!({"ids": [{}]}), "an array"),
        ] {
            assert!(line(tool, arguments).is_err_and(|error| error.contains(why)), "{tool}: {why}");
        }
    }

    #[test]
    fn a_group_can_be_chosen() {
        let mail = tools(crate::cli::Cli::command(), &["mail".to_owned()]);
        assert!(mail.len() > 5 && mail.iter().all(|tool| tool.name.starts_with("mail_")));
        assert!(groups(&crate::cli::Cli::command()).contains(&"reserve".to_owned()));
    }
}
