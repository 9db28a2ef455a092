//! What a request path asks for, whatever its prefix.

use crate::dialect::Dialect;

/// One thing that the server can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// The list of models.
    Models,
    /// An answer; the body says which model, and whether as a stream.
    Answer(Dialect),
    /// An answer of a model that the path names.
    Google {
        /// The model.
        model: String,
        /// Whether it is streamed.
        stream: bool,
    },
    /// How many tokens a request has.
    CountTokens(Dialect),
    /// Vectors for texts.
    Embed(Dialect),
}

impl Route {
    /// Nothing for a path of no model API.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let ends = [
            ("/messages/count_tokens", Self::CountTokens(Dialect::Messages)),
            ("/chat/completions", Self::Answer(Dialect::Chat)),
            ("/responses", Self::Answer(Dialect::Responses)),
            ("/messages", Self::Answer(Dialect::Messages)),
            ("/embeddings", Self::Embed(Dialect::Chat)),
            ("/models", Self::Models),
        ];
        let found = ends.into_iter().find_map(|(end, route)| path.ends_with(end).then_some(route));
        found.or_else(|| google(path))
    }
}

fn google(path: &str) -> Option<Route> {
    let (model, method) = path.split_once("/models/")?.1.rsplit_once(':')?;
    let model = model.to_owned();
    match method {
        "generateContent" => Some(Route::Google { model, stream: false }),
        "streamGenerateContent" => Some(Route::Google { model, stream: true }),
        "countTokens" => Some(Route::CountTokens(Dialect::Generate)),
        "embedContent" | "batchEmbedContents" => Some(Route::Embed(Dialect::Generate)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_is_asked() {
        assert_eq!(Route::of("/v1/chat/completions"), Some(Route::Answer(Dialect::Chat)));
        assert_eq!(Route::of("/x/v1/messages/count_tokens"), Some(Route::CountTokens(Dialect::Messages)));
        let stream = Route::Google { model: "a/b".into(), stream: true };
        assert_eq!(Route::of("/v1beta/models/a/b:streamGenerateContent"), Some(stream));
        assert_eq!(Route::of("/v1beta/models/a:batchEmbedContents"), Some(Route::Embed(Dialect::Generate)));
        assert_eq!(Route::of("/v1beta/models/a:unheardOf"), None);
        assert_eq!(Route::of("/v1/audio"), None);
    }
}
