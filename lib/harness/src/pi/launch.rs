//! The command line.
//!
//! Model and thinking level are switched by starting again on the same session file, because Pi's own setters write
//! the person's `settings.json`. What a start does, in both generations:
//!
//! - The flags win over what the file says, write no settings, and append nothing to the file. Without them the model
//!   is the one of the last answer, but the level is the one of the file's *first* start: a chosen level has to be
//!   given at every start.
//! - An unknown provider, and a name that is no model of any, end the process (code 1, the reason on standard error).
//!   An unknown model of a known provider does not: it is used as it is, with a warning on standard error.
//! - `--session` with a file that is not there starts a new conversation in that file, without a word: told by
//!   [`has_messages`](crate::adapter::Output::Bound). `--fork` with one ends the process (code 1).
//! - `--fork` copies the file at once, with a header that names the one it came from; ids of entries stay.
//! - `--session-id` (newer generation only) opens the conversation of that id or begins it, and knows no other folder.

use super::Generation;

/// How Pi is to be started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaunchRequest {
    /// The generation; `None` counts as the newer one.
    pub generation: Option<Generation>,
    /// `provider/model`, or a model's name alone.
    pub model: Option<String>,
    /// The thinking level.
    pub thinking: Option<String>,
    /// The native session file to go on with.
    pub session_file: Option<String>,
    /// The native session file to copy and go on with.
    pub fork_file: Option<String>,
    /// Whether the workspace's own extensions and prompts are loaded; `None` is Pi's own choice.
    pub trust: Option<bool>,
    /// Further extensions to load: absolute paths.
    pub extensions: Vec<String>,
}

/// The arguments after the program.
#[must_use]
pub fn launch(request: &LaunchRequest) -> Vec<String> {
    let mut arguments: Vec<String> = vec!["--mode".to_owned(), "rpc".to_owned()];
    let mut flag = |name: &str, value: &str| {
        arguments.extend([name.to_owned(), value.to_owned()]);
    };
    match (&request.fork_file, &request.session_file) {
        (Some(file), _) => flag("--fork", file),
        (None, Some(file)) => flag("--session", file),
        (None, None) => {}
    }
    if let Some(chosen) = &request.model {
        let (provider, model) = oqto_protocol::fold::split_model(chosen);
        if let Some(provider) = provider {
            flag("--provider", provider);
        }
        flag("--model", model);
    }
    if let Some(level) = &request.thinking {
        flag("--thinking", level);
    }
    for extension in &request.extensions {
        flag("--extension", extension);
    }
    match (request.generation, request.trust) {
        (Some(Generation::Full), _) | (_, None) => {}
        (Some(Generation::Delta) | None, Some(true)) => arguments.push("--approve".to_owned()),
        (Some(Generation::Delta) | None, Some(false)) => arguments.push("--no-approve".to_owned()),
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restart_with_another_model_names_file_provider_and_model() {
        let request = LaunchRequest {
            generation: Some(Generation::Delta),
            model: Some("router/lab/model:free".to_owned()),
            thinking: Some("low".to_owned()),
            session_file: Some("/s.jsonl".to_owned()),
            trust: Some(true),
            ..LaunchRequest::default()
        };
        let line = launch(&request).join(" ");
        assert_eq!(
            line,
            "--mode rpc --session /s.jsonl --provider router --model lab/model:free --thinking low --approve"
        );
    }

    #[test]
    fn an_older_pi_gets_no_flag_that_it_does_not_know() {
        let request = LaunchRequest {
            generation: Some(Generation::Full),
            fork_file: Some("/s.jsonl".to_owned()),
            trust: Some(false),
            ..LaunchRequest::default()
        };
        assert_eq!(launch(&request).join(" "), "--mode rpc --fork /s.jsonl");
    }
}
