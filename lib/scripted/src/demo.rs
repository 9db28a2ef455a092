//! What a first chat without a provider key needs: Pi's configuration for the demo model, and a sample workspace.

use std::fs;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{Manner, ModelServer, ModelServerError};

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
pub fn write_agent_dir(dir: &Path, server: &ModelServer, providers: Providers) -> Result<(), DemoError> {
    create_dir(dir)?;
    write(&dir.join("models.json"), &pretty(&models(server, providers)))?;
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

/// The demo model, running, with everything a first chat needs.
#[derive(Debug)]
pub struct Demo {
    /// The model; it ends when this is dropped.
    pub server: ModelServer,
    /// For `PI_CODING_AGENT_DIR`.
    pub agent_dir: PathBuf,
}

/// The demo could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No port could be listened on.
    #[error(transparent)]
    Listen(#[from] ModelServerError),
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] DemoError),
}

/// Starts the demo model, keeps what it needs in `folder`, and makes the sample workspace.
///
/// The port is the same as the last time where it is free: agents of earlier starts know it.
///
/// # Errors
/// [`StartError`].
pub async fn start(folder: &Path, workspace: &Path) -> Result<Demo, StartError> {
    create_dir(folder)?;
    let remembered = folder.join("port");
    let server = match fs::read_to_string(&remembered).ok().and_then(|port| port.trim().parse().ok()) {
        Some(port) => match ModelServer::start_at(Manner::Tour, SocketAddr::from(([127, 0, 0, 1], port))).await {
            Ok(server) => server,
            Err(_) => ModelServer::start(Manner::Tour).await?,
        },
        None => ModelServer::start(Manner::Tour).await?,
    };
    write(&remembered, &format!("{}\n", server.address().port()))?;
    let agent_dir = folder.join("pi-agent");
    write_agent_dir(&agent_dir, &server, Providers::Demo)?;
    write_sample_workspace(workspace)?;
    Ok(Demo { server, agent_dir })
}

/// What connects a person to a provider already, if anything: the name of a variable that is set, or a file of Pi's
/// agent directory that names one.
pub fn own_provider(keys: &[&str], is_set: impl Fn(&str) -> bool, agent_dir: &Path) -> Option<String> {
    let key = keys.iter().find(|key| is_set(key)).map(ToString::to_string);
    let file = || {
        [("auth.json", ""), ("models.json", "/providers")].into_iter().find_map(|(name, place)| {
            let path = agent_dir.join(name);
            let value: Value = serde_json::from_str(&fs::read_to_string(&path).ok()?).ok()?;
            let named = value.pointer(place).and_then(Value::as_object).is_some_and(|entries| !entries.is_empty());
            named.then(|| path.display().to_string())
        })
    };
    key.or_else(file)
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
    ("notes/ideas.md", "# Ideas\n\n- [ ] count lines as well as words\n- [ ] TODO: write a test for words.py\n"),
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
    fs::create_dir_all(path).map_err(|source| DemoError { path: path.into(), source })
}

fn write(path: &Path, content: &str) -> Result<(), DemoError> {
    fs::write(path, content).map_err(|source| DemoError { path: path.into(), source })
}

fn write_new(path: &Path, content: &str) -> Result<(), DemoError> {
    let written = fs::File::create_new(path).and_then(|mut file| io::Write::write_all(&mut file, content.as_bytes()));
    match written {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        written => written.map_err(|source| DemoError { path: path.into(), source }),
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
        assert_eq!(fs::read_to_string(dir.path().join("words.py")).unwrap(), "mine");
        assert!(dir.path().join("notes/ideas.md").is_file());
    }

    #[tokio::test]
    async fn the_demo_comes_back_on_its_port() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, workspace) = (dir.path().join("demo"), dir.path().join("sample"));
        let first = start(&folder, &workspace).await.unwrap();
        let second = start(&folder, &workspace).await.unwrap();
        assert_ne!(first.server.address(), second.server.address(), "the port is taken, another one is found");
        let models = fs::read_to_string(second.agent_dir.join("models.json")).unwrap();
        assert!(models.contains(&second.server.openai_url()), "{models}");
        assert!(workspace.join("README.md").is_file());
    }

    #[test]
    fn a_key_a_login_or_a_model_list_is_a_provider() {
        let dir = tempfile::tempdir().unwrap();
        let found = |set: &str| own_provider(&["A_KEY", "B_KEY"], |key| key == set, dir.path());
        assert_eq!(found(""), None);
        assert_eq!(found("B_KEY").as_deref(), Some("B_KEY"));
        fs::write(dir.path().join("auth.json"), "{}").unwrap();
        fs::write(dir.path().join("models.json"), "{\"providers\":{}}").unwrap();
        assert_eq!(found(""), None, "empty files name nobody");
        fs::write(dir.path().join("auth.json"), "{\"anthropic\":{}}").unwrap();
        assert!(found("").is_some_and(|file| file.ends_with("auth.json")));
    }

    #[test]
    fn a_failure_names_the_path() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("notes"), "a file").unwrap();
        let error = write_sample_workspace(dir.path()).unwrap_err();
        assert_eq!(error.to_string(), format!("write {}", dir.path().join("notes").display()));
    }
}
