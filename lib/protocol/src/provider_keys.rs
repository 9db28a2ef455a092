//! In which environment variables people keep the keys of model providers: `eavs` reads them, and `oqto serve` starts it
//! with those that are set.

/// The key of one provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProviderKey {
    /// The provider, as the configuration of `eavs` names it.
    pub provider: &'static str,
    /// The variable.
    pub variable: &'static str,
    /// Where the provider is reached.
    pub address: Address,
}

/// Where a provider is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// Where it publishes: the key is all that is needed.
    Published,
    /// Where each customer has an own place, which has to be told too.
    Own,
}

/// All of them.
pub const PROVIDER_KEYS: [ProviderKey; 11] = [
    published("openai", "OPENAI_API_KEY"),
    published("anthropic", "ANTHROPIC_API_KEY"),
    published("google", "GEMINI_API_KEY"),
    ProviderKey { provider: "azure", variable: "AZURE_OPENAI_API_KEY", address: Address::Own },
    published("openrouter", "OPENROUTER_API_KEY"),
    published("groq", "GROQ_API_KEY"),
    published("mistral", "MISTRAL_API_KEY"),
    published("deepseek", "DEEPSEEK_API_KEY"),
    published("xai", "XAI_API_KEY"),
    published("together", "TOGETHER_API_KEY"),
    published("cerebras", "CEREBRAS_API_KEY"),
];

const fn published(provider: &'static str, variable: &'static str) -> ProviderKey {
    ProviderKey { provider, variable, address: Address::Published }
}
