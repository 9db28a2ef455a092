//! The environment that agents get: an allow-list, never the runner's own. Home, the login shell's PATH, locale, XDG,
//! proxies, certificates, provider keys and the names that the harness's own model list refers to, plus `AGENT_CTX_*`.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use oqto_process::helper::{Bounds, run};
use oqto_protocol::agent_context::AgentContext;
use oqto_protocol::env as names;

/// Passed on when they are set.
pub const PASSED: &[&str] = &[
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "PATH",
    "TERM",
    "TZ",
    "TMPDIR",
    "LANG",
    "LANGUAGE",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "all_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NODE_EXTRA_CA_CERTS",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "GIT_SSL_CAINFO",
    "SSH_AUTH_SOCK",
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "EDITOR",
    "PAGER",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "GOPATH",
    "JAVA_HOME",
    "NVM_DIR",
    "PNPM_HOME",
    "BUN_INSTALL",
];
/// Passed on when they begin with one of these.
pub const PASSED_PREFIXES: &[&str] = &["LC_", "XDG_"];
/// Settings of Pi itself, passed on when they are set.
pub const PI_SETTINGS: &[&str] = &[
    "PI_CODING_AGENT_DIR",
    "PI_CODING_AGENT_SESSION_DIR",
    "PI_PACKAGE_DIR",
    "PI_OFFLINE",
    "PI_TELEMETRY",
    "PI_SKIP_VERSION_CHECK",
    "PI_CACHE_RETENTION",
];

/// How long a login shell may take to say its PATH.
const SHELL: Duration = Duration::from_secs(5);
const MARK: &str = "__oqto_path__";

/// The environment of an agent, from the runner's own.
#[must_use]
pub fn for_agent(
    own: &BTreeMap<String, String>,
    login_path: Option<&str>,
    extra_names: &[String],
    acting: &AgentContext,
) -> BTreeMap<String, String> {
    let mut environment: BTreeMap<String, String> = own
        .iter()
        .filter(|(name, _)| passes(name, extra_names))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if let Some(path) = login_path {
        environment.insert("PATH".to_owned(), path.to_owned());
    }
    environment.extend(acting.variables().map(|(name, value)| (name.to_owned(), value.to_owned())));
    environment
}

fn passes(name: &str, extra: &[String]) -> bool {
    // What belongs to this program is never an agent's, whatever a list says, and who acts is told anew.
    let may_be = [names::NO_COLOR, names::EAVS_API_KEY];
    if name.starts_with("OQTO_")
        || name.starts_with("AGENT_CTX_")
        || names::ALL.iter().any(|ours| ours.name == name && !may_be.contains(&name))
    {
        return false;
    }
    PASSED.contains(&name)
        || PI_SETTINGS.contains(&name)
        || oqto_harness::pi::PROVIDER_ENVIRONMENT.contains(&name)
        || PASSED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || extra.iter().any(|passed| passed == name)
}

/// Whether a variable is kept from agents that ask a gateway for models: providers' keys, and what else Pi would take
/// for a provider's. `extra` names what a person passes on all the same; a key is never among it.
#[must_use]
pub fn is_kept_back(name: &str, extra: &[String]) -> bool {
    let of_provider = oqto_harness::pi::PROVIDER_ENVIRONMENT.contains(&name) && !name.starts_with("PI_");
    of_provider && (oqto_harness::pi::is_provider_key(name) || !extra.iter().any(|passed| passed == name))
}

/// The PATH that the person's login shell has: what they type `pi` with. `None` when the shell does not say.
pub async fn login_path(own: &BTreeMap<String, String>) -> Option<String> {
    let shell = own.get("SHELL").filter(|shell| Path::new(shell.as_str()).is_absolute())?;
    let script = format!("printf '%s%s%s' {MARK} \"$PATH\" {MARK}");
    let argv = vec![shell.clone(), "-lc".to_owned(), script];
    let helper = crate::harnesses::helper(argv, own.clone().into_iter().collect());
    let bounds = Bounds { deadline: SHELL, output: 1 << 20 };
    let output = run(&helper, b"", bounds)
        .await
        .inspect_err(|error| tracing::warn!(%error, "the login shell does not say its PATH"))
        .ok()?;
    between_marks(&String::from_utf8_lossy(&output.stdout))
}

fn between_marks(said: &str) -> Option<String> {
    let path = said.split(MARK).nth(1)?;
    (!path.is_empty()).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_on_the_list_gets_through() {
        let own: BTreeMap<String, String> = [
            ("HOME", "/home/dev"),
            ("LC_ALL", "C.UTF-8"),
            ("ANTHROPIC_API_KEY", "key"),
            ("AWS_SECRET_THING", "no"),
            ("OQTO_TOKEN", "no"),
            ("AGENT_CTX_AGENT_ID", "somebody else"),
            ("MY_MODEL_KEY", "from models.json"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let acting = AgentContext { platform_session_id: Some("ses_1".to_owned()), ..AgentContext::default() };
        let passed = ["MY_MODEL_KEY", "OQTO_TOKEN", "AGENT_CTX_AGENT_ID"].map(str::to_owned);
        let given = for_agent(&own, Some("/login/bin"), &passed, &acting);
        let names: Vec<&str> = given.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["AGENT_CTX_PLATFORM_SESSION_ID", "ANTHROPIC_API_KEY", "HOME", "LC_ALL", "MY_MODEL_KEY", "PATH"]
        );
        assert_eq!(given["PATH"], "/login/bin");
    }

    #[test]
    fn a_gateway_keeps_keys_back_and_nothing_else() {
        let passed = ["ANTHROPIC_API_KEY", "AWS_PROFILE"].map(str::to_owned);
        for kept in ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"] {
            assert!(is_kept_back(kept, &passed), "{kept}");
        }
        for not in ["AWS_PROFILE", "PI_OFFLINE", "HOME", "PATH", "MY_TOOL_TOKEN"] {
            assert!(!is_kept_back(not, &passed), "{not}");
        }
    }

    #[test]
    fn a_talkative_shell_does_not_spoil_the_path() {
        let said = format!("Welcome!\n{MARK}/a:/b{MARK}bye");
        assert_eq!(between_marks(&said).as_deref(), Some("/a:/b"));
        assert_eq!(between_marks("nothing"), None);
    }
}
