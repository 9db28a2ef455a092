//! Who acts, as an agent's tools are told through its environment: the facts that a runner knows and that stay true for as
//! long as the process runs. What changes while it runs (the session's name, the harness's own id of the session) is
//! left out, because nobody could set it right in the environment of a process.

use std::collections::BTreeMap;

use oqto_protocol::agent_context::AgentContext;
use oqto_protocol::ids::{WorkspaceId, derive};

use crate::harnesses::Launch;

/// The version of the contract that is kept here.
const CONTRACT: &str = "3";
/// The longest label of a place, in characters.
const MAX_LABEL: usize = 256;

/// What stays the same for every agent of a runner.
#[derive(Debug, Clone)]
pub struct Actor {
    common: AgentContext,
}

impl Actor {
    /// The facts of this machine and this person. `place` is the label of where commands run: the runner's name.
    #[must_use]
    pub fn here(environment: &BTreeMap<String, String>, place: &str) -> Self {
        let uname = rustix::system::uname();
        let machine = std::fs::read_to_string("/etc/machine-id").ok();
        Self {
            common: AgentContext {
                version: Some(CONTRACT.to_owned()),
                platform_name: Some("oqto".to_owned()),
                platform_version: Some(env!("CARGO_PKG_VERSION").to_owned()),
                user_id: Some(person(environment)),
                machine_id: machine.as_deref().map(str::trim).filter(|id| !id.is_empty()).map(machine_key),
                node_hostname: uname.nodename().to_str().ok().map(str::to_owned),
                os_arch: Some(format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH)),
                exec_env: label(place),
                ..AgentContext::default()
            },
        }
    }

    /// What the tools of an agent are told.
    #[must_use]
    pub fn of(&self, launch: &Launch) -> AgentContext {
        let machine = self.common.machine_id.as_deref().or(self.common.node_hostname.as_deref()).unwrap_or_default();
        let workspace = WorkspaceId::derived(&[machine.as_bytes(), launch.workspace.as_bytes()]);
        AgentContext {
            harness: Some(launch.harness.clone()),
            platform_session_id: Some(launch.session.to_string()),
            workspace_id: Some(workspace.to_string()),
            workspace_path: Some(launch.workspace.clone()),
            model: launch.model.clone(),
            ..self.common.clone()
        }
    }
}

/// The user that everything of this runner belongs to.
fn person(environment: &BTreeMap<String, String>) -> String {
    let named = ["USER", "LOGNAME"].into_iter().find_map(|name| environment.get(name)).map(|name| name.trim());
    match named.filter(|name| !name.is_empty()) {
        Some(name) => name.to_owned(),
        None => format!("uid-{}", rustix::process::getuid().as_raw()),
    }
}

/// The machine's own id is not to be shown around (machine-id(5)); what is derived from it is as stable.
fn machine_key(id: &str) -> String {
    derive(&[b"oqto machine", id.as_bytes()]).simple().to_string()
}

fn label(place: &str) -> Option<String> {
    let fits = !place.is_empty() && place.chars().count() <= MAX_LABEL && !place.chars().any(char::is_control);
    fits.then(|| place.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::ids::SessionId;

    fn launch(workspace: &str) -> Launch {
        Launch {
            harness: "pi".to_owned(),
            workspace: workspace.to_owned(),
            model: Some("demo/demo".to_owned()),
            thinking: None,
            session_file: None,
            fork_file: None,
            session: SessionId::mint(),
            budget: None,
        }
    }

    fn actor() -> Actor {
        Actor::here(&BTreeMap::from([("USER".to_owned(), "ada".to_owned())]), "gpu-box")
    }

    #[test]
    fn the_contract_is_kept_word_by_word() {
        let launch = launch("/home/ada/märchen");
        let told = actor().of(&launch);
        let of = |name: &str| told.variables().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned());
        assert_eq!(of("AGENT_CTX_VERSION").as_deref(), Some("3"));
        assert_eq!(of("AGENT_CTX_PLATFORM_NAME").as_deref(), Some("oqto"));
        assert_eq!(of("AGENT_CTX_PLATFORM_VERSION").as_deref(), Some(env!("CARGO_PKG_VERSION")));
        assert_eq!(of("AGENT_CTX_HARNESS").as_deref(), Some("pi"));
        assert_eq!(of("AGENT_CTX_PLATFORM_SESSION_ID"), Some(launch.session.to_string()));
        assert_eq!(of("AGENT_CTX_WORKSPACE_PATH").as_deref(), Some("/home/ada/märchen"));
        assert_eq!(of("AGENT_CTX_USER_ID").as_deref(), Some("ada"));
        assert_eq!(of("AGENT_CTX_MODEL").as_deref(), Some("demo/demo"));
        assert_eq!(of("AGENT_CTX_EXEC_ENV").as_deref(), Some("gpu-box"));
        assert_eq!(of("AGENT_CTX_OS_ARCH").as_deref(), Some("linux/x86_64").filter(|_| cfg!(target_arch = "x86_64")));
        assert_eq!(of("AGENT_CTX_HARNESS_SESSION_ID"), None);
    }

    #[test]
    fn a_workspace_has_one_id_for_ever_and_another_path_another_one() {
        let (one, again, other) = (launch("/a"), launch("/a"), launch("/b"));
        let id = |launch: &Launch| actor().of(launch).workspace_id.expect("an id");
        assert_eq!(id(&one), id(&again));
        assert_ne!(id(&one), id(&other));
        assert!(id(&one).parse::<WorkspaceId>().is_ok());
    }

    #[test]
    fn a_label_that_no_reader_takes_is_left_out() {
        assert_eq!(label("two\nlines"), None);
        assert_eq!(label(&"x".repeat(257)), None);
        assert_eq!(label("a box").as_deref(), Some("a box"));
        assert_eq!(person(&BTreeMap::new()), format!("uid-{}", rustix::process::getuid().as_raw()));
    }
}
