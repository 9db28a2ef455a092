//! What a harness is asked about itself, and told to change: models, commands, tokens, its context.

use crate::entry::BudgetPart;
use crate::message::Usage;
use crate::tagged::wire;

wire! {
    /// Parameters of `set_model`.
    #[derive(Eq)]
    pub struct SetModel {
        /// The model's id at its provider.
        pub model: String,
        /// The provider.
        pub provider: String,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `set_thinking_level`.
    #[derive(Eq)]
    pub struct SetThinkingLevel {
        /// `off`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`: what the harness offers.
        pub level: String,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `compact`.
    #[derive(Default, Eq)]
    pub struct Compact {
        /// What the summary should keep.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub instructions: Option<String>,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// Parameters of `get_models`.
    #[derive(Default, Eq)]
    pub struct GetModels {
        /// Without a session: the harness to ask.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub harness: Option<String>,
        /// Without a session: the workspace to ask in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub workspace: Option<String>,
    }

    /// A model that a harness offers.
    pub struct ModelInfo {
        /// Its id at the provider.
        pub id: String,
        /// The provider.
        pub provider: String,
        /// The name to show.
        pub name: String,
        /// Whether it can think.
        #[serde(default)]
        pub reasoning: bool,
        /// Whether it understands pictures.
        #[serde(default)]
        pub images: bool,
        /// Tokens of its context.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub context_window: Option<u64>,
    }

    /// Reply of `get_models`.
    pub struct Models {
        /// What can be chosen.
        pub models: Vec<ModelInfo>,
        /// Thinking levels that can be chosen.
        pub thinking_levels: Vec<String>,
    }

    /// A slash command that a harness offers.
    #[derive(Eq)]
    pub struct CommandInfo {
        /// Its name, without the slash.
        pub name: String,
        /// What it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub description: Option<String>,
        /// Where it comes from: `extension`, `prompt`, `skill`.
        pub source: String,
    }

    /// Reply of `get_commands`.
    #[derive(Eq)]
    pub struct Commands {
        /// What can be typed.
        pub commands: Vec<CommandInfo>,
    }

    /// Reply of `get_stats`.
    pub struct Stats {
        /// Tokens and cost of the session, as the harness counts them.
        pub usage: Usage,
        /// Messages of the person.
        pub user_messages: u64,
        /// Messages of the agent.
        pub assistant_messages: u64,
        /// Tool calls.
        pub tool_calls: u64,
        /// Tokens in the context now, where they are known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub context_tokens: Option<u64>,
        /// Size of the context.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub context_window: Option<u64>,
        /// What the session may use of the model gateway and has used, where one is in use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub budget: Option<Budget>,
    }

    /// Parameters of `set_budget`. What is not said stays as it is.
    #[derive(Default)]
    pub struct SetBudget {
        /// US dollars that the session may cost over all its starts, what it has cost so far included.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub usd: Option<f64>,
        /// Tokens that it may use, read and written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub tokens: Option<u64>,
        /// What is to have no limit.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", ts(as = "Option<Vec<BudgetPart>>", optional))]
        pub unlimited: Vec<BudgetPart>,
        /// The key of the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub client_id: Option<String>,
    }

    /// What a session may use of the model gateway over all its starts, and what it has used by the gateway's book.
    #[derive(Copy)]
    pub struct Budget {
        /// US dollars that it may cost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub usd: Option<f64>,
        /// Tokens that it may use, read and written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub tokens: Option<u64>,
        /// US dollars that it has cost.
        pub spent_usd: f64,
        /// Tokens that it has used.
        pub spent_tokens: u64,
        /// The most US dollars that it may be given; absent: as many as one likes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub max_usd: Option<f64>,
        /// The most tokens that it may be given; absent: as many as one likes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub max_tokens: Option<u64>,
    }
}
