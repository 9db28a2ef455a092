//! A runner about itself: its harnesses, what it trusts.

use crate::session::Capability;
use crate::tagged::wire;

wire! {
    /// Parameters of `workspace.trust`: whether the workspace's own extensions and prompts may be loaded by the harness.
    #[derive(Eq)]
    pub struct WorkspaceTrust {
        /// Absolute path.
        pub workspace: String,
        /// The person's choice; absent: only ask.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub trusted: Option<bool>,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Reply of `workspace.trust`.
    #[derive(Eq, Copy)]
    pub struct Trust {
        /// Whether it is trusted; absent: nobody has chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub trusted: Option<bool>,
        /// Whether the workspace has extensions or prompts of its own.
        pub has_project_files: bool,
    }

    /// A harness that a runner can or could drive.
    #[derive(Eq)]
    pub struct HarnessInfo {
        /// Its name.
        pub name: String,
        /// Its version, where it is installed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub version: Option<String>,
        /// Absolute path of the program, where it is installed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub program: Option<String>,
        /// What it can do.
        pub capabilities: Vec<Capability>,
        /// Why it cannot be used, with how to mend it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub problem: Option<crate::error::WireError>,
    }

    /// The model gateway that agents use.
    pub struct GatewayInfo {
        /// Its admin socket.
        pub socket: String,
        /// Where agents reach it, while it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub address: Option<String>,
        /// Its version, while it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub version: Option<String>,
        /// US dollars that a session may cost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub budget_usd: Option<f64>,
        /// Tokens that a session may use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub budget_tokens: Option<u64>,
        /// The most US dollars that a session may be given; absent: as many as one likes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub budget_max_usd: Option<f64>,
        /// The most tokens that a session may be given; absent: as many as one likes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub budget_max_tokens: Option<u64>,
        /// Why it cannot be used now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub problem: Option<crate::error::WireError>,
    }

    /// Reply of `runner.info`: what `oqtoctl doctor` looks at.
    pub struct RunnerDetails {
        /// The name of the runner.
        pub name: String,
        /// Its version.
        pub version: String,
        /// The process.
        pub pid: u32,
        /// Its fencing number.
        pub epoch: u64,
        /// The harnesses.
        pub harnesses: Vec<HarnessInfo>,
        /// Names of the environment variables that agents get. Values are not shown.
        pub agent_environment: Vec<String>,
        /// The state directory.
        pub state_dir: String,
        /// The history service's socket.
        pub hstry_socket: String,
        /// The directory that relative workspaces are taken from; the page offers it for a first session.
        pub home: String,
        /// Whether agents talk to the scripted demo model because no provider is connected.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "schema", ts(as = "Option<bool>", optional))]
        pub demo: bool,
        /// The model gateway that agents use; absent: they ask providers themselves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub gateway: Option<GatewayInfo>,
        /// What starts Pi, where that is not simply `pi` on the PATH.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub pi_command: Option<String>,
    }
}
