//! Where the agents' programs are, their versions, and how they are started. Program and interpreter are resolved to
//! absolute paths and their version is read before anything is started.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use oqto_harness::adapter::Adapter;
use oqto_harness::pi;
use oqto_process::helper::{Bounds, Environment, Helper, run};
use oqto_process::{HolderSpec, program};
use oqto_protocol::agent_context::AgentContext;
use oqto_protocol::command::HarnessInfo;
use oqto_protocol::env;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::SessionId;
use oqto_protocol::session::Capability;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use crate::acting::Actor;
use crate::context::Context;
use crate::environment;
use crate::gateway::{self, Access};

/// How long a program may take to say its version.
const VERSION: Duration = Duration::from_secs(20);

/// The one harness of this version.
pub const PI: &str = "pi";

/// A harness as it is installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installation {
    /// Its name.
    pub harness: String,
    /// What starts it: interpreter where one is needed, then the program, all absolute, then fixed arguments.
    pub command: Vec<String>,
    /// Its version.
    pub version: String,
}

/// How a session's harness is to be started.
#[derive(Debug, Clone)]
pub struct Launch {
    /// Its name.
    pub harness: String,
    /// Absolute path.
    pub workspace: String,
    /// `provider/model`.
    pub model: Option<String>,
    /// The thinking level.
    pub thinking: Option<String>,
    /// The native file to go on from.
    pub session_file: Option<String>,
    /// The native file to begin a copy from.
    pub fork_file: Option<String>,
    /// The session it serves.
    pub session: SessionId,
    /// What a person has said of its budget.
    pub budget: Option<oqto_protocol::session::BudgetTerms>,
}

impl Installation {
    /// The adapter of a start, from its checkpoint if there is one. Ids derive from session and start, since every start
    /// has a journal of its own.
    ///
    /// # Errors
    /// `corrupt` when the checkpoint is not one.
    pub fn adapter(
        &self,
        session: SessionId,
        start: &str,
        checkpoint: Option<&str>,
    ) -> Result<Box<dyn Adapter>, WireError> {
        let origin = SessionId::derived(&[session.to_string().as_bytes(), start.as_bytes()]);
        let generation = pi::Generation::of_version(&self.version);
        match checkpoint {
            None => Ok(Box::new(pi::Pi::new(origin, generation))),
            Some(checkpoint) => match pi::Pi::restore(origin, generation, checkpoint.as_bytes()) {
                Ok(adapter) => Ok(Box::new(adapter)),
                Err(error) => Err(WireError::new(ErrorKind::Corrupt, format!("a checkpoint cannot be read: {error}"))),
            },
        }
    }
}

/// The harnesses of a runner.
#[derive(Debug)]
pub struct Catalog {
    own: BTreeMap<String, String>,
    pi_command: Vec<String>,
    extra_names: Vec<String>,
    has_gateway: bool,
    login_path: Mutex<Option<Option<String>>>,
    found: Mutex<Option<Installation>>,
}

impl Catalog {
    /// A catalog that looks in this environment; `pi_command` names Pi's program when it is not `pi` on the PATH.
    #[must_use]
    pub fn new(own: BTreeMap<String, String>, pi_command: Vec<String>, extra_names: Vec<String>) -> Self {
        let from_variable = own.get(env::OQTO_PI).map(|text| text.split_whitespace().map(str::to_owned).collect());
        let pi_command = from_variable.unwrap_or(pi_command);
        let (login_path, found) = (Mutex::new(None), Mutex::new(None));
        Self { own, pi_command, extra_names, has_gateway: false, login_path, found }
    }

    /// The same for agents that ask a gateway for models, or not.
    #[must_use]
    pub fn with_gateway(self, in_use: bool) -> Self {
        Self { has_gateway: in_use, ..self }
    }

    /// The command that starts Pi, where the environment names it.
    #[must_use]
    pub fn named_command(&self) -> Option<String> {
        self.own.get(env::OQTO_PI).cloned()
    }

    /// The model that Pi would begin with, as the person's settings say.
    #[must_use]
    pub fn usual_model(&self) -> Option<String> {
        let text = std::fs::read_to_string(self.agent_dir().join("settings.json")).ok()?;
        pi::usual_model(&text)
    }

    async fn path(&self) -> String {
        let mut known = self.login_path.lock().await;
        if known.is_none() {
            *known = Some(environment::login_path(&self.own).await);
        }
        let login = known.clone().flatten();
        login.or_else(|| self.own.get("PATH").cloned()).unwrap_or_default()
    }

    /// The harness of this name: where it is and which version. Looked up again when the program has gone.
    ///
    /// # Errors
    /// `harness_unavailable` with how to install it; `not_found` for a name that no adapter speaks.
    pub async fn installation(&self, harness: &str) -> Result<Installation, WireError> {
        if harness != PI {
            return Err(WireError::not_found("harness", harness).with_hint(format!("this runner knows: {PI}")));
        }
        let mut found = self.found.lock().await;
        if let Some(known) =
            found.as_ref().filter(|known| known.command.iter().take(1).all(|file| Path::new(file).exists()))
        {
            return Ok(known.clone());
        }
        let path = self.path().await;
        let installation = self.look_up(&path).await?;
        *found = Some(installation.clone());
        Ok(installation)
    }

    async fn look_up(&self, path: &str) -> Result<Installation, WireError> {
        let missing = |why: String| WireError::new(ErrorKind::HarnessUnavailable, why).with_hint(pi::install_hint());
        let mut words = self.pi_command.clone();
        if words.is_empty() {
            words.push(PI.to_owned());
        }
        let first = program::resolve(OsStr::new(&words[0]), OsStr::new(path))
            .map_err(|error| missing(format!("Pi is not installed: {}", chain(&error))))?;
        let command = absolute(&first, &words[1..], path)?;
        let version = self.version(&command, path).await?;
        self.check_interpreter(&command, &version, path).await?;
        Ok(Installation { harness: PI.to_owned(), command, version })
    }

    async fn version(&self, command: &[String], path: &str) -> Result<String, WireError> {
        let output = self.ask(command, &["--version"], path).await?;
        let said = format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        pi::version_of(&said).ok_or_else(|| {
            let words: String = said.trim().chars().rev().take(300).collect::<Vec<_>>().into_iter().rev().collect();
            WireError::new(
                ErrorKind::HarnessUnavailable,
                format!("`{} --version` says no version: {words}", command.join(" ")),
            )
            .with_hint(pi::install_hint())
        })
    }

    /// A Node that is too old for this Pi dies with words that help nobody: it is asked first.
    async fn check_interpreter(&self, command: &[String], version: &str, path: &str) -> Result<(), WireError> {
        let Some(node) = command.first().filter(|program| is_node(program)) else { return Ok(()) };
        let output = self.ask(std::slice::from_ref(node), &["--version"], path).await?;
        match pi::interpreter_problem(version, String::from_utf8_lossy(&output.stdout).trim()) {
            None => Ok(()),
            Some(problem) => Err(WireError::new(ErrorKind::HarnessUnavailable, problem).with_hint(pi::install_hint())),
        }
    }

    async fn ask(
        &self,
        command: &[String],
        arguments: &[&str],
        path: &str,
    ) -> Result<oqto_process::helper::Output, WireError> {
        let mut argv = command.to_vec();
        argv.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        let environment = environment::for_agent(&self.own, Some(path), &self.extra_names, &AgentContext::default());
        let bounds = Bounds { deadline: VERSION, output: 1 << 20 };
        run(&helper(argv, environment.into_iter().collect()), b"", bounds).await.map_err(|error| {
            WireError::new(
                ErrorKind::HarnessUnavailable,
                format!("{} cannot be asked: {}", command.join(" "), chain(&error)),
            )
            .with_hint(pi::install_hint())
        })
    }

    /// What is installed and what is missing, for people.
    pub async fn describe(&self) -> Vec<HarnessInfo> {
        let info = match self.installation(PI).await {
            Ok(found) => HarnessInfo {
                name: PI.to_owned(),
                capabilities: capabilities(PI, Some(&found.version)),
                program: Some(found.command.join(" ")),
                version: Some(found.version),
                problem: None,
            },
            Err(problem) => HarnessInfo {
                name: PI.to_owned(),
                version: None,
                program: None,
                capabilities: Vec::new(),
                problem: Some(problem),
            },
        };
        vec![info]
    }

    /// Names of the variables that agents get now, with those of a session that has chosen a model.
    pub async fn environment_names(&self, actor: &Actor) -> Vec<String> {
        let path = self.path().await;
        let launch = Launch {
            harness: PI.to_owned(),
            workspace: "/".to_owned(),
            model: Some("provider/model".to_owned()),
            thinking: None,
            session_file: None,
            fork_file: None,
            session: SessionId::mint(),
            budget: None,
        };
        let access = self.has_gateway.then(Access::unused);
        self.environment(&path, &actor.of(&launch), access.as_ref()).into_keys().collect()
    }

    fn environment(&self, path: &str, acting: &AgentContext, access: Option<&Access>) -> BTreeMap<String, String> {
        let mut names = self.extra_names.clone();
        if !self.has_gateway
            && let Ok(models) = std::fs::read_to_string(self.agent_dir().join("models.json"))
        {
            names.extend(pi::environment_names(&models));
        }
        let mut environment = environment::for_agent(&self.own, Some(path), &names, acting);
        if let Some(access) = access {
            environment.insert(env::EAVS_API_KEY.to_owned(), access.key.clone());
        }
        if let Some(demo) = self.own.get(env::OQTO_DEMO_PI_DIR) {
            environment.insert("PI_CODING_AGENT_DIR".to_owned(), demo.clone());
            environment.insert("PI_OFFLINE".to_owned(), "1".to_owned());
        }
        environment
    }

    /// Whether agents talk to the scripted demo model.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.own.contains_key(env::OQTO_DEMO_PI_DIR)
    }

    /// Pi's own directory of this person.
    fn agent_dir(&self) -> PathBuf {
        match self.own.get("PI_CODING_AGENT_DIR") {
            Some(dir) => PathBuf::from(dir),
            None => PathBuf::from(self.own.get("HOME").map_or("/", String::as_str)).join(".pi").join("agent"),
        }
    }

    /// A short-lived process of a harness that keeps no session.
    pub async fn passing(&self, installation: &Installation, workspace: &str, access: Option<&Access>) -> Helper {
        let path = self.path().await;
        let mut argv = installation.command.clone();
        argv.extend(["--mode", "rpc", "--no-session"].map(str::to_owned));
        if let Some(access) = access {
            argv.extend(["--extension".to_owned(), access.extension.display().to_string()]);
        }
        helper(argv, self.environment(&path, &AgentContext::default(), access).into_iter().collect()).cwd(workspace)
    }

    /// What a holder is asked to start.
    ///
    /// # Errors
    /// `harness_unavailable` when the environment cannot be made.
    pub fn spec(
        &self,
        ctx: &Context,
        installation: &Installation,
        launch: &Launch,
        access: Option<&Access>,
        dir: &Path,
        start: &str,
    ) -> Result<HolderSpec, WireError> {
        let launch = &self.with_model(launch, access);
        let request = pi::LaunchRequest {
            generation: Some(pi::Generation::of_version(&installation.version)),
            model: launch.model.clone(),
            thinking: launch.thinking.clone(),
            session_file: launch.session_file.clone(),
            fork_file: launch.fork_file.clone(),
            trust: ctx.trust.get(&launch.workspace),
            extensions: access.map(|access| access.extension.display().to_string()).into_iter().collect(),
        };
        let mut argv = installation.command.clone();
        argv.extend(pi::launch(&request));
        let path = self.login_path.try_lock().ok().and_then(|known| known.clone().flatten());
        let path = path.or_else(|| self.own.get("PATH").cloned()).unwrap_or_default();
        let mut spec = HolderSpec::new(dir, format!("oqto-{start}"), argv, &launch.workspace);
        spec.env = self.environment(&path, &ctx.actor.of(launch), access).into_iter().collect();
        Ok(spec)
    }

    /// With a gateway its name of the model counts; a session that began with one and goes on without has the provider's.
    fn with_model(&self, launch: &Launch, access: Option<&Access>) -> Launch {
        let model = match (access, &launch.model) {
            (Some(access), _) => access.model.clone(),
            (None, Some(model)) if !self.knows_provider_of(model) => Some(gateway::without(model).to_owned()),
            (None, model) => model.clone(),
        };
        Launch { model, ..launch.clone() }
    }

    /// Whether the person's own list of models has the provider of a model.
    fn knows_provider_of(&self, model: &str) -> bool {
        let provider = oqto_protocol::fold::split_model(model).0.unwrap_or_default();
        let models = std::fs::read_to_string(self.agent_dir().join("models.json")).unwrap_or_default();
        models.contains(&format!("\"{provider}\""))
    }
}

/// What can be asked of a harness of this version; a version that is not known counts as the newest.
#[must_use]
pub fn capabilities(harness: &str, version: Option<&str>) -> Vec<Capability> {
    if harness == PI { pi::capabilities(pi::Generation::of_version(version.unwrap_or("999"))) } else { Vec::new() }
}

/// What the last words of a harness tell.
#[must_use]
pub fn failure(last_words: &str) -> WireError {
    pi::failure(last_words)
}

/// A program with exactly these arguments and this environment.
#[must_use]
pub fn helper(argv: Vec<String>, environment: Vec<(String, String)>) -> Helper {
    let mut words = argv.into_iter();
    let program = words.next().unwrap_or_default();
    let exactly = environment.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    Helper::new(program).args(words).environment(Environment::Exactly(exactly))
}

/// Why, with everything behind it.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        let said = source.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        next = source.source();
    }
    text
}

/// A script names its interpreter in its first line; that is resolved too, so that nothing depends on a PATH later.
fn absolute(program: &Path, arguments: &[String], path: &str) -> Result<Vec<String>, WireError> {
    let mut command = Vec::new();
    let real = std::fs::canonicalize(program).unwrap_or_else(|_| program.to_path_buf());
    if let Some(interpreter) = interpreter_of(&real) {
        let found = program::resolve(OsStr::new(&interpreter), OsStr::new(path)).map_err(|error| {
            let said = format!("{} needs {interpreter}: {}", real.display(), chain(&error));
            WireError::new(ErrorKind::HarnessUnavailable, said).with_hint(pi::install_hint())
        })?;
        command.push(found.display().to_string());
        command.push(real.display().to_string());
    } else {
        command.push(program.display().to_string());
    }
    command.extend(arguments.iter().cloned());
    Ok(command)
}

/// The interpreter of `#!/usr/bin/env NAME` or `#!/path/NAME`, where the file is such a script for Node or bun.
fn interpreter_of(file: &Path) -> Option<String> {
    use std::io::Read as _;
    let mut first = Vec::new();
    std::fs::File::open(file).ok()?.take(256).read_to_end(&mut first).ok()?;
    let line = first.strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.split_whitespace().filter(|word| *word != "-S");
    let program = words.next()?;
    let name = if program.ends_with("/env") { words.next()? } else { program };
    (is_node(name) || name.ends_with("bun")).then(|| name.to_owned())
}

fn is_node(program: &str) -> bool {
    Path::new(program).file_name().is_some_and(|name| name == "node" || name == "nodejs")
}
