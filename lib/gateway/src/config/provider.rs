//! The settings of one provider.

use std::collections::BTreeMap;
use std::path::PathBuf;

use oqto_kit::Secret;
use oqto_protocol::provider_keys::PROVIDER_KEYS;
use serde::{Deserialize, Serialize};

use crate::catalog::{Cost, Modality};
use crate::wire::Api;

/// What a provider is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// OpenAI.
    Openai,
    /// Anthropic.
    Anthropic,
    /// Google's Gemini API.
    Google,
    /// Azure OpenAI, by its `/openai/v1` API.
    Azure,
    /// OpenRouter.
    Openrouter,
    /// Groq.
    Groq,
    /// Mistral.
    Mistral,
    /// DeepSeek.
    Deepseek,
    /// xAI.
    Xai,
    /// Together.
    Together,
    /// Cerebras.
    Cerebras,
    /// Ollama.
    Ollama,
    /// vLLM.
    Vllm,
    /// The server of llama.cpp.
    LlamaCpp,
    /// Anything else that speaks OpenAI's chat completions.
    OpenaiCompatible,
    /// The scripted model, which is part of the program.
    Scripted,
}

/// How a provider is told the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credential {
    Bearer,
    XApiKey,
    ApiKey,
    Google,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Openai,
        Self::Anthropic,
        Self::Google,
        Self::Azure,
        Self::Openrouter,
        Self::Groq,
        Self::Mistral,
        Self::Deepseek,
        Self::Xai,
        Self::Together,
        Self::Cerebras,
        Self::Ollama,
        Self::Vllm,
        Self::LlamaCpp,
        Self::OpenaiCompatible,
        Self::Scripted,
    ];

    /// Its name in the configuration, which is its name in the catalog too where that knows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Openai => "openai",
            Self::Anthropic => "anthropic",
            Self::Google => "google",
            Self::Azure => "azure",
            Self::Openrouter => "openrouter",
            Self::Groq => "groq",
            Self::Mistral => "mistral",
            Self::Deepseek => "deepseek",
            Self::Xai => "xai",
            Self::Together => "together",
            Self::Cerebras => "cerebras",
            Self::Ollama => "ollama",
            Self::Vllm => "vllm",
            Self::LlamaCpp => "llama_cpp",
            Self::OpenaiCompatible => "openai_compatible",
            Self::Scripted => "scripted",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its address, version included, as the provider publishes it; none where everybody has an own one.
    #[must_use]
    pub const fn base_url(self) -> Option<&'static str> {
        match self {
            Self::Openai => Some("https://api.openai.com/v1"),
            Self::Anthropic => Some("https://api.anthropic.com/v1"),
            Self::Google => Some("https://generativelanguage.googleapis.com/v1beta"),
            Self::Openrouter => Some("https://openrouter.ai/api/v1"),
            Self::Groq => Some("https://api.groq.com/openai/v1"),
            Self::Mistral => Some("https://api.mistral.ai/v1"),
            Self::Deepseek => Some("https://api.deepseek.com/v1"),
            Self::Xai => Some("https://api.x.ai/v1"),
            Self::Together => Some("https://api.together.xyz/v1"),
            Self::Cerebras => Some("https://api.cerebras.ai/v1"),
            Self::Ollama => Some("http://127.0.0.1:11434/v1"),
            Self::Vllm => Some("http://127.0.0.1:8000/v1"),
            Self::LlamaCpp => Some("http://127.0.0.1:8080/v1"),
            Self::Scripted => Some("http://scripted.invalid/v1"),
            Self::Azure | Self::OpenaiCompatible => None,
        }
    }

    /// The variable in which people usually keep its key.
    #[must_use]
    pub fn usual_variable(self) -> Option<&'static str> {
        PROVIDER_KEYS.iter().find(|key| key.provider == self.name()).map(|key| key.variable)
    }

    /// The APIs that it speaks itself.
    #[must_use]
    pub const fn apis(self) -> &'static [Api] {
        match self {
            Self::Openai | Self::Azure => &[Api::Chat, Api::Responses, Api::Embeddings],
            Self::Anthropic => &[Api::Messages],
            Self::Google => &[Api::Generate],
            Self::Scripted => &[Api::Chat, Api::Responses, Api::Embeddings, Api::Messages, Api::Generate],
            Self::Openrouter
            | Self::Groq
            | Self::Mistral
            | Self::Deepseek
            | Self::Xai
            | Self::Together
            | Self::Cerebras
            | Self::Ollama
            | Self::Vllm
            | Self::LlamaCpp
            | Self::OpenaiCompatible => &[Api::Chat, Api::Embeddings],
        }
    }

    /// Whether asking it costs nothing: it runs on one's own machine.
    #[must_use]
    pub const fn is_free(self) -> bool {
        matches!(self, Self::Ollama | Self::Vllm | Self::LlamaCpp | Self::Scripted)
    }

    /// Whether it answers without a key.
    #[must_use]
    pub const fn needs_no_key(self) -> bool {
        self.is_free() || matches!(self, Self::OpenaiCompatible)
    }

    /// Whether a chat request may show it what the model thought before; some models want that in the middle of their
    /// tools. The others refuse the field.
    pub(crate) const fn takes_thoughts(self) -> bool {
        match self {
            Self::Deepseek
            | Self::Openrouter
            | Self::Vllm
            | Self::LlamaCpp
            | Self::Ollama
            | Self::OpenaiCompatible
            | Self::Scripted => true,
            Self::Openai
            | Self::Anthropic
            | Self::Google
            | Self::Azure
            | Self::Groq
            | Self::Mistral
            | Self::Xai
            | Self::Together
            | Self::Cerebras => false,
        }
    }

    pub(crate) const fn credential(self) -> Credential {
        match self {
            Self::Anthropic => Credential::XApiKey,
            Self::Google => Credential::Google,
            Self::Azure => Credential::ApiKey,
            Self::Openai
            | Self::Openrouter
            | Self::Groq
            | Self::Mistral
            | Self::Deepseek
            | Self::Xai
            | Self::Together
            | Self::Cerebras
            | Self::Ollama
            | Self::Vllm
            | Self::LlamaCpp
            | Self::OpenaiCompatible
            | Self::Scripted => Credential::Bearer,
        }
    }
}

/// One provider.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProviderSettings {
    /// What it is; its name in the configuration, where that is a kind's.
    pub kind: Option<Kind>,
    /// Its address with the version; the published one where it is not named.
    pub base_url: Option<String>,
    /// The key, or `env:NAME`.
    pub api_key: Secret,
    /// Several keys, instead of one.
    pub accounts: Vec<AccountSettings>,
    /// How people log in to it, where it lets programs of others do so.
    pub oauth: Option<OauthSettings>,
    /// A file of certificates in PEM that are trusted beside those of the system.
    pub ca_file: Option<PathBuf>,
    /// Headers that every request gets.
    pub headers: BTreeMap<String, Secret>,
    /// Azure's `api-version`, where one is needed.
    pub api_version: Option<String>,
    /// The APIs that it speaks, where they are not those of its kind.
    pub apis: Option<Vec<Api>>,
    /// Requests at the same time; more wait. 0 is any number.
    pub max_concurrent: u32,
    /// The only models that it may be asked for; empty is all of the catalog.
    pub models: Vec<ModelSettings>,
}

/// One key of a provider.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountSettings {
    /// What people call it, and virtual keys are bound by.
    pub label: String,
    /// The key, or `env:NAME`.
    pub api_key: Secret,
    /// Its part of the requests, in relation to those of the others.
    #[serde(default = "one")]
    pub weight: u32,
}

/// How a registered program shows its secret (`token_endpoint_auth_methods_supported` of RFC 8414).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuth {
    /// In the form, beside what is asked.
    #[default]
    ClientSecretPost,
    /// In a header, with the name (RFC 6749, 2.3.1).
    ClientSecretBasic,
}

/// How people log in to a provider: what it gave the operator when this program was registered there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OauthSettings {
    /// The name under which this program is registered.
    pub client_id: String,
    /// The secret of the registration, or `env:NAME`; programs on people's machines usually have none.
    pub client_secret: Secret,
    /// How the secret is told, in the words in which a provider says it of itself.
    pub client_auth: ClientAuth,
    /// Where a person allows it, in a browser.
    pub authorize_url: Option<String>,
    /// Where tokens are given.
    pub token_url: String,
    /// Where a login without a browser on this machine begins.
    pub device_url: Option<String>,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// Further fields of the address where a person allows it.
    pub authorize_fields: BTreeMap<String, String>,
    /// The port of this machine that the browser comes back to, where the registration names one; 0 is any free one.
    pub redirect_port: u16,
    /// The path that the browser comes back to; `/callback` where none is named.
    pub redirect_path: Option<String>,
}

const fn one() -> u32 {
    1
}

/// One model of a provider; what is not said is as in the catalog.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelSettings {
    /// The provider's name of it.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
    /// Whether it thinks before it answers.
    pub reasoning: Option<bool>,
    /// Whether it can call tools.
    pub tools: Option<bool>,
    /// What it can be given.
    pub input: Option<Vec<Modality>>,
    /// Tokens that a request and its answer may have together.
    pub context: Option<u64>,
    /// Tokens that an answer may have.
    pub max_output: Option<u64>,
    /// Its prices.
    pub cost: Option<Cost>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::provider_keys::Address;

    #[test]
    fn keys_are_known_of_providers_that_are_known() {
        for key in PROVIDER_KEYS {
            let kind = Kind::named(key.provider).unwrap();
            assert_eq!(kind.usual_variable(), Some(key.variable));
            assert_eq!(kind.base_url().is_some(), key.address == Address::Published, "{}", key.provider);
        }
        let without = Kind::ALL.into_iter().filter(|kind| kind.usual_variable().is_none());
        assert!(without.clone().all(Kind::needs_no_key), "{:?}", without.collect::<Vec<_>>());
    }
}
