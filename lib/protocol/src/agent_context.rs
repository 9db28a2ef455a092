//! Who acts: what a platform and a harness tell the tools of an agent through its environment (`AGENT_CTX_*`).
//!
//! Every value is optional, blank means unset, and none is a security boundary: it says who wrote a memory, an issue or
//! a mail, and must never decide what somebody may do. The names are the contract that platforms, harness extensions and
//! tools share (versions 1 to 3); unknown variables are ignored.

use serde::{Deserialize, Serialize};

macro_rules! facts {
    ($($(#[$doc:meta])* $field:ident = $name:literal;)*) => {
        /// What is known of who acts. Serialized with the field names as keys, absent values left out.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct AgentContext {
            $($(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<String>,)*
        }

        /// The variables, in the order of the fields.
        pub const VARIABLES: &[&str] = &[$($name),*];

        impl AgentContext {
            /// Reads the variables through `lookup`, for example `|name| std::env::var(name).ok()`.
            pub fn read(mut lookup: impl FnMut(&str) -> Option<String>) -> Self {
                let mut told = |name: &str| lookup(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
                let mut context = Self { $($field: told($name),)* };
                context.fill_from_older(&mut told);
                context
            }

            /// The variables that tell this, to be set for a child: name and value.
            pub fn variables(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$(($name, self.$field.as_deref())),*].into_iter().filter_map(|(name, value)| Some((name, value?)))
            }
        }
    };
}

facts! {
    /// Version of the contract.
    version = "AGENT_CTX_VERSION";
    /// Name of the platform that runs the agent (`oqto`).
    platform_name = "AGENT_CTX_PLATFORM_NAME";
    /// Version of the platform.
    platform_version = "AGENT_CTX_PLATFORM_VERSION";
    /// Name of the harness (`pi`, `opencode`).
    harness = "AGENT_CTX_HARNESS";
    /// How the harness runs (`rpc`, `interactive`).
    run_mode = "AGENT_CTX_RUN_MODE";
    /// The platform's id of the session (`ses_…`).
    platform_session_id = "AGENT_CTX_PLATFORM_SESSION_ID";
    /// The harness's own id of the session.
    harness_session_id = "AGENT_CTX_HARNESS_SESSION_ID";
    /// The session's name; for display, it changes.
    session_name = "AGENT_CTX_SESSION_NAME";
    /// A readable id of the session.
    readable_id = "AGENT_CTX_READABLE_ID";
    /// Id of the workspace.
    workspace_id = "AGENT_CTX_WORKSPACE_ID";
    /// Absolute path of the workspace.
    workspace_path = "AGENT_CTX_WORKSPACE_PATH";
    /// Id of the person the agent works for.
    user_id = "AGENT_CTX_USER_ID";
    /// The model, as `provider/id`.
    model = "AGENT_CTX_MODEL";
    /// Id of the request that caused this.
    request_id = "AGENT_CTX_REQUEST_ID";
    /// Id that ties several requests together.
    correlation_id = "AGENT_CTX_CORRELATION_ID";
    /// Name of the sandbox profile.
    sandbox_profile = "AGENT_CTX_SANDBOX_PROFILE";
    /// Id of the agent.
    agent_id = "AGENT_CTX_AGENT_ID";
    /// Address the agent gets mail at.
    agent_address = "AGENT_CTX_AGENT_ADDRESS";
    /// Stable key of the machine; not its host name.
    machine_id = "AGENT_CTX_MACHINE_ID";
    /// Host name of the machine.
    node_hostname = "AGENT_CTX_NODE_HOSTNAME";
    /// Terminal multiplexer around the agent.
    multiplexer = "AGENT_CTX_MULTIPLEXER";
    /// Operating system and architecture.
    os_arch = "AGENT_CTX_OS_ARCH";
    /// Label of the place where commands run.
    exec_env = "AGENT_CTX_EXEC_ENV";
}

impl AgentContext {
    /// Older names: what `AGENT_*` alone said before the contract.
    fn fill_from_older(&mut self, told: &mut impl FnMut(&str) -> Option<String>) {
        let mut fill = |field: &mut Option<String>, name: &str| {
            if field.is_none() {
                *field = told(name);
            }
        };
        fill(&mut self.harness, "AGENT_HARNESS");
        fill(&mut self.session_name, "AGENT_SESSION_NAME");
        fill(&mut self.harness_session_id, "AGENT_SESSION_ID");
        fill(&mut self.model, "AGENT_MODEL");
    }

    /// Whether nothing is known: a person at a shell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The session that acts: the platform's id, else the harness's.
    #[must_use]
    pub fn session(&self) -> Option<&str> {
        self.platform_session_id.as_deref().or(self.harness_session_id.as_deref())
    }

    /// The one name that stands for who acts, so that two agents of one machine are two: address, agent, session, or the
    /// person.
    #[must_use]
    pub fn actor(&self) -> Option<&str> {
        let agent = self.agent_address.as_deref().or(self.agent_id.as_deref());
        agent.or_else(|| self.session()).or(self.user_id.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> AgentContext {
        AgentContext::read(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn blank_is_unset_and_older_names_fill_what_is_missing() {
        let context = read(&[
            ("AGENT_CTX_MODEL", "  "),
            ("AGENT_MODEL", "demo/demo"),
            ("AGENT_CTX_HARNESS", "pi"),
            ("AGENT_HARNESS", "other"),
            ("AGENT_CTX_FROM_THE_FUTURE", "x"),
        ]);
        assert_eq!(context.model.as_deref(), Some("demo/demo"));
        assert_eq!(context.harness.as_deref(), Some("pi"));
        assert!(read(&[]).is_empty() && !context.is_empty());
    }

    #[test]
    fn what_is_set_for_a_child_is_what_it_reads() {
        let context = read(&[("AGENT_CTX_PLATFORM_SESSION_ID", "ses_1"), ("AGENT_CTX_USER_ID", "ada")]);
        let variables: Vec<_> = context.variables().collect();
        assert_eq!(read(&variables), context);
        assert_eq!(context.actor(), Some("ses_1"));
        assert_eq!(serde_json::to_value(&context).expect("JSON")["user_id"], "ada");
        assert_eq!(VARIABLES.len(), 23);
    }
}
