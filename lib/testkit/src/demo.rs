//! What a first chat without a provider key needs: Pi's configuration for the demo model, and a sample workspace.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::model::ModelServer;

/// The provider's name in Pi's `models.json`.
pub const PROVIDER: &str = "demo";
/// The model's id.
pub const MODEL: &str = "demo";
/// What the page shows for it.
pub const MODEL_NAME: &str = "Demo model: scripted answers";
/// The provider that speaks OpenAI responses, in [`Providers::Every`].
pub const RESPONSES_PROVIDER: &str = "demo-responses";
/// The provider that speaks Anthropic messages, in [`Providers::Every`].
pub const MESSAGES_PROVIDER: &str = "demo-messages";

/// Which providers a Pi agent directory names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Providers {
    /// The demo model alone.
    Demo,
    /// One provider for each API, each with the models `demo` and `demo-2`, for tests.
    Every,
}

/// A file of the demo could not be written.
#[derive(Debug, thiserror::Error)]
#[error("write {}", path.display())]
pub struct DemoError {
    path: PathBuf,
    source: io::Error,
}

/// Writes a Pi agent directory (`models.json`, `settings.json`) that uses `server`. Other files in it stay.
///
/// # Errors
/// When the directory or a file of it cannot be written.
pub fn write_agent_dir(
    dir: &Path,
    server: &ModelServer,
    providers: Providers,
) -> Result<(), DemoError> {
    create_dir(dir)?;
    write(
        &dir.join("models.json"),
        &pretty(&models(server, providers)),
    )?;
    // A scripted refusal is to be retried soon: nobody else is waiting for this provider.
    let settings = json!({"defaultProvider": PROVIDER, "defaultModel": MODEL,
        "retry": {"enabled": true, "maxRetries": 3, "baseDelayMs": 300}});
    write(&dir.join("settings.json"), &pretty(&settings))
}

fn models(server: &ModelServer, providers: Providers) -> Value {
    let compat = json!({"supportsDeveloperRole": false, "supportsReasoningEffort": false});
    let mut demo = provider(&server.openai_url(), "openai-completions", providers);
    demo["compat"] = compat;
    match providers {
        Providers::Demo => json!({"providers": {PROVIDER: demo}}),
        Providers::Every => json!({"providers": {
            PROVIDER: demo,
            RESPONSES_PROVIDER: provider(&server.openai_url(), "openai-responses", providers),
            MESSAGES_PROVIDER: provider(&server.url(), "anthropic-messages", providers),
        }}),
    }
}

fn provider(url: &str, api: &str, providers: Providers) -> Value {
    let model = |id: &str, name: &str| {
        json!({"id": id, "name": name, "reasoning": true, "input": ["text", "image"], "contextWindow": 128_000,
            "maxTokens": 8192, "cost": {"input": 1, "output": 2, "cacheRead": 0, "cacheWrite": 0}})
    };
    let mut models = vec![model(MODEL, MODEL_NAME)];
    if providers == Providers::Every {
        models.push(model("demo-2", "Second scripted model"));
    }
    json!({"baseUrl": url, "api": api, "apiKey": "none", "models": models})
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

const SAMPLES: [(&str, &str); 3] = [
    (
        "README.md",
        "# Sample workspace\n\nA folder to try an agent in. Everything here may be changed or deleted.\n\n\
         - `words.py` counts words\n- `notes/ideas.md` has a list to work on\n",
    ),
    (
        "words.py",
        "\"\"\"Count the words of a text on stdin.\"\"\"\n\nimport sys\n\n# TODO: count lines too\n\
         print(len(sys.stdin.read().split()))\n",
    ),
    (
        "notes/ideas.md",
        "# Ideas\n\n- [ ] count lines as well as words\n- [ ] TODO: write a test for words.py\n",
    ),
];

/// Makes the sample workspace at `dir`. Files that are there already stay as they are.
///
/// # Errors
/// When the directory or a file of it cannot be written.
pub fn write_sample_workspace(dir: &Path) -> Result<(), DemoError> {
    create_dir(&dir.join("notes"))?;
    for (name, content) in SAMPLES {
        write_new(&dir.join(name), content)?;
    }
    Ok(())
}

fn create_dir(path: &Path) -> Result<(), DemoError> {
    fs::create_dir_all(path).map_err(|source| DemoError {
        path: path.into(),
        source,
    })
}

fn write(path: &Path, content: &str) -> Result<(), DemoError> {
    fs::write(path, content).map_err(|source| DemoError {
        path: path.into(),
        source,
    })
}

fn write_new(path: &Path, content: &str) -> Result<(), DemoError> {
    let written = fs::File::create_new(path)
        .and_then(|mut file| io::Write::write_all(&mut file, content.as_bytes()));
    match written {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        written => written.map_err(|source| DemoError {
            path: path.into(),
            source,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_workspace_never_overwrites() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("words.py"), "mine").unwrap();
        write_sample_workspace(dir.path()).unwrap();
        assert_eq!(
            fs::read_to_string(dir.path().join("words.py")).unwrap(),
            "mine"
        );
        assert!(dir.path().join("notes/ideas.md").is_file());
    }

    #[test]
    fn a_failure_names_the_path() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("notes"), "a file").unwrap();
        let error = write_sample_workspace(dir.path()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("write {}", dir.path().join("notes").display())
        );
    }
}
