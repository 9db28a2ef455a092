//! Every environment variable that a program of the project reads or sets, with what it means. What agents are told of
//! who they act for (`AGENT_CTX_*`) is a contract of its own: [`crate::agent_context`].

/// One environment variable.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

macro_rules! variables {
    ($($(#[$doc:meta])* $ident:ident = $name:literal, $meaning:literal;)*) => {
        $(#[doc = $meaning] pub const $ident: &str = $name;)*

        /// All of them, in the order of the definition.
        pub const ALL: &[Variable] = &[$(Variable { name: $name, meaning: $meaning }),*];
    };
}

variables! {
    OQTO_CONFIG = "OQTO_CONFIG", "Path of the configuration file, instead of the user's own.";
    OQTO_LISTEN = "OQTO_LISTEN", "Address and port that `oqto serve` listens on.";
    OQTO_SERVER = "OQTO_SERVER", "Address of the server that `oqtoctl` talks to, instead of the admin socket.";
    OQTO_TOKEN = "OQTO_TOKEN", "Credential that `oqtoctl` presents to a server over HTTP.";
    OQTO_ADMIN_SOCKET = "OQTO_ADMIN_SOCKET", "Path of the admin socket of `oqto serve`.";
    OQTO_RUNNER_SOCKET = "OQTO_RUNNER_SOCKET", "Path of the runner's socket.";
    OQTO_RUNNER_STATE = "OQTO_RUNNER_STATE", "Directory where the runner keeps its holders and its state.";
    OQTO_HSTRY_SOCKET = "OQTO_HSTRY_SOCKET", "Path of the history service's socket.";
    OQTO_HSTRY_DB = "OQTO_HSTRY_DB", "Path of the history database.";
    OQTO_BIN_DIR = "OQTO_BIN_DIR", "Directory where the programs of the project find each other, instead of beside the running one.";
    OQTO_PI = "OQTO_PI", "Command that starts Pi, instead of the `pi` on the PATH.";
    OQTO_DEMO_PI_DIR = "OQTO_DEMO_PI_DIR", "Set by `oqto serve` while no provider is connected: Pi's configuration directory of the demo model.";
    OQTO_HOLD = "OQTO_HOLD", "Set by a holder for the processes of its child, so that none of them is lost.";
    OQTO_LOG = "OQTO_LOG", "What to log, as a tracing filter (for example `oqto=debug`).";
    SEARXNG_URL = "SEARXNG_URL", "Address of the SearXNG instance that `sx` asks first.";
    EAVS_LISTEN = "EAVS_LISTEN", "Loopback address and port that `eavs serve` listens on.";
    EAVS_SOCKET = "EAVS_SOCKET", "Path of the admin socket of `eavs serve`.";
    EAVS_DB = "EAVS_DB", "Path of the database of `eavs`: keys and use.";
    OQTO_GATEWAY = "OQTO_GATEWAY", "Path of the admin socket of the model gateway that the runner's agents use; set by `oqto serve` for its runner.";
    EAVS_API_KEY = "EAVS_API_KEY", "Key with which a client of `eavs` asks for models; set by the runner for its agents where a gateway is in use.";
    EAVS_ADMIN_KEY = "EAVS_ADMIN_KEY", "Key of the admin routes of `eavs serve` over HTTP.";
    EAVS_ACCOUNTS = "EAVS_ACCOUNTS", "Path of the sealed file of provider accounts of `eavs`.";
    EAVS_KEY_FILE = "EAVS_KEY_FILE", "Path of the key that the provider accounts of `eavs` are sealed with.";
    NO_COLOR = "NO_COLOR", "Any value: no colour.";
}
