//! What a request path asks for.

use serde::{Deserialize, Serialize};

use crate::percent;

/// A family of request and answer shapes that a provider speaks or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Api {
    /// OpenAI chat completions.
    Chat,
    /// OpenAI responses.
    Responses,
    /// OpenAI embeddings.
    Embeddings,
    /// Anthropic messages, token counting included.
    Messages,
    /// Google generateContent, its streaming form and token counting included.
    Generate,
}

impl Api {
    /// Its name in configuration, logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Responses => "responses",
            Self::Embeddings => "embeddings",
            Self::Messages => "messages",
            Self::Generate => "generate",
        }
    }
}

/// One thing that can be asked of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// `POST …/chat/completions`
    Chat,
    /// `POST …/responses`
    Responses,
    /// `POST …/embeddings`
    Embeddings,
    /// `POST …/messages`
    Messages,
    /// `POST …/messages/count_tokens`
    CountTokens,
    /// `POST …/models/MODEL:METHOD`, where the method is one of Google's.
    Google {
        /// The model, from the path.
        model: String,
        /// What is asked of it.
        method: GoogleMethod,
    },
}

/// What Google's API can do with a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoogleMethod {
    /// One answer.
    Generate,
    /// One answer as a stream.
    StreamGenerate,
    /// How many tokens a request has.
    CountTokens,
    /// An embedding of one text.
    Embed,
    /// Embeddings of several texts.
    BatchEmbed,
}

impl GoogleMethod {
    /// The name in the path.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Generate => "generateContent",
            Self::StreamGenerate => "streamGenerateContent",
            Self::CountTokens => "countTokens",
            Self::Embed => "embedContent",
            Self::BatchEmbed => "batchEmbedContents",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Generate, Self::StreamGenerate, Self::CountTokens, Self::Embed, Self::BatchEmbed]
            .into_iter()
            .find(|method| method.name() == name)
    }
}

impl Call {
    /// The API that it belongs to.
    #[must_use]
    pub const fn api(&self) -> Api {
        match self {
            Self::Chat => Api::Chat,
            Self::Responses => Api::Responses,
            Self::Embeddings => Api::Embeddings,
            Self::Messages | Self::CountTokens => Api::Messages,
            Self::Google { .. } => Api::Generate,
        }
    }

    /// Whether the provider bills for it: counting tokens is free.
    #[must_use]
    pub const fn is_billed(&self) -> bool {
        match self {
            Self::Chat | Self::Responses | Self::Embeddings | Self::Messages => true,
            Self::CountTokens => false,
            Self::Google { method, .. } => !matches!(method, GoogleMethod::CountTokens),
        }
    }

    /// The path below a provider's base URL, which ends with the version.
    #[must_use]
    pub fn path(&self, model: &str) -> String {
        match self {
            Self::Chat => "/chat/completions".to_owned(),
            Self::Responses => "/responses".to_owned(),
            Self::Embeddings => "/embeddings".to_owned(),
            Self::Messages => "/messages".to_owned(),
            Self::CountTokens => "/messages/count_tokens".to_owned(),
            Self::Google { method, .. } => format!("/models/{}:{}", in_path(model), method.name()),
        }
    }
}

/// A model's name as a part of a path: slashes stay, everything else that a path gives a meaning to does not.
pub(crate) fn in_path(model: &str) -> String {
    percent::encoded_but(model, b"/@")
}

/// Where a request goes, by its path alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// To a model.
    Call {
        /// The provider that the path begins with.
        provider: Option<String>,
        /// What is asked.
        call: Call,
    },
    /// The list of models, in the words of OpenAI or (`v1beta`) of Google.
    Models {
        /// The provider that the path begins with.
        provider: Option<String>,
        /// Only this one.
        id: Option<String>,
        /// Whether the path has Google's version in it.
        google: bool,
    },
}

impl Endpoint {
    /// Reads `[/PROVIDER](/v1|/v1beta|/openai)*/REST`, in which clients repeat or leave out the version as their base
    /// URL has it. Nothing for a path that is none of ours, or has a `.` or an empty part in it.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        if parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
            return None;
        }
        let is_version = |part: &&str| matches!(*part, "v1" | "v1beta" | "v1alpha" | "openai");
        let first = parts.first().filter(|part| !is_version(part) && !begins_a_call(part));
        let rest = parts.get(usize::from(first.is_some())..)?;
        let versions = rest.iter().take_while(|part| is_version(part)).count();
        // `openai` may be a provider's name too: then a version follows it.
        let (provider, versions_from) = match (first, rest.first()) {
            (None, Some(&"openai")) if rest.get(1).is_some_and(is_version) => (Some("openai"), 1),
            (first, _) => (first.copied(), 0),
        };
        let google =
            rest.get(versions_from..versions)?.iter().any(|part| part.starts_with("v1beta") || *part == "v1alpha");
        let provider = match provider {
            Some(name) => Some(decode(name)?),
            None => None,
        };
        Self::below(provider, rest.get(versions..)?, google)
    }

    fn below(provider: Option<String>, rest: &[&str], google: bool) -> Option<Self> {
        let call = match rest {
            ["chat", "completions"] => Call::Chat,
            ["responses"] => Call::Responses,
            ["embeddings"] => Call::Embeddings,
            ["messages"] => Call::Messages,
            ["messages", "count_tokens"] => Call::CountTokens,
            ["models"] => return Some(Self::Models { provider, id: None, google }),
            ["models", ..] => {
                let name = decode(&rest.get(1..)?.join("/"))?;
                return Some(
                    match name.rsplit_once(':').and_then(|(m, method)| Some((m, GoogleMethod::named(method)?))) {
                        Some((model, method)) => {
                            Self::Call { provider, call: Call::Google { model: model.to_owned(), method } }
                        }
                        None => Self::Models { provider, id: Some(name), google },
                    },
                );
            }
            _ => return None,
        };
        Some(Self::Call { provider, call })
    }
}

fn begins_a_call(part: &str) -> bool {
    matches!(part, "chat" | "responses" | "embeddings" | "messages" | "models")
}

/// Percent-decoding; nothing where it is not UTF-8 or has control characters in it.
fn decode(text: &str) -> Option<String> {
    percent::decoded(text).filter(|text| !text.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(path: &str) -> Option<(Option<String>, Call)> {
        match Endpoint::parse(path)? {
            Endpoint::Call { provider, call } => Some((provider, call)),
            Endpoint::Models { .. } => None,
        }
    }

    #[test]
    fn a_path_names_a_call_and_perhaps_a_provider() {
        let at = |provider: &str| Some(provider.to_owned());
        assert_eq!(call("/v1/chat/completions"), Some((None, Call::Chat)));
        assert_eq!(call("/chat/completions"), Some((None, Call::Chat)));
        assert_eq!(call("/my%20box/v1/responses"), Some((at("my box"), Call::Responses)));
        assert_eq!(call("/openai/v1/embeddings"), Some((at("openai"), Call::Embeddings)));
        assert_eq!(call("/anthropic/v1/v1/messages"), Some((at("anthropic"), Call::Messages)));
        assert_eq!(call("/v1beta/openai/chat/completions"), Some((None, Call::Chat)));
        assert_eq!(call("/v1/messages/count_tokens"), Some((None, Call::CountTokens)));
        let stream = Call::Google { model: "gemini-3:x".into(), method: GoogleMethod::StreamGenerate };
        assert_eq!(call("/google/v1beta/models/gemini-3%3Ax:streamGenerateContent"), Some((at("google"), stream)));
    }

    #[test]
    fn everything_else_is_nothing() {
        for path in [
            "/",
            "",
            "/v1",
            "/v1/audio/speech",
            "/v1//chat/completions",
            "/../v1/messages",
            "/v1/chat",
            "/%zz/v1/messages",
            "/a%0ab/v1/messages",
        ] {
            assert_eq!(Endpoint::parse(path), None, "{path}");
        }
    }

    #[test]
    fn models_are_listed_in_two_forms() {
        let models = |provider: Option<&str>, id: Option<&str>, google| {
            Some(Endpoint::Models { provider: provider.map(Into::into), id: id.map(Into::into), google })
        };
        assert_eq!(Endpoint::parse("/v1/models"), models(None, None, false));
        assert_eq!(Endpoint::parse("/v1beta/models"), models(None, None, true));
        assert_eq!(Endpoint::parse("/x/v1/models/meta/llama"), models(Some("x"), Some("meta/llama"), false));
    }

    #[test]
    fn a_model_is_a_part_of_a_path_and_never_more() {
        let call = Call::Google { model: String::new(), method: GoogleMethod::Generate };
        assert_eq!(call.path("a?b#c d%"), "/models/a%3Fb%23c%20d%25:generateContent");
    }
}
