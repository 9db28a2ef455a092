//! Which providers a model's name means.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::provider::Provider;
use crate::policy::Policy;
use crate::wire::Api;

/// One way to answer a request.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) provider: Arc<Provider>,
    /// The provider's name of the model.
    pub(crate) model: String,
    /// In which words the provider is asked.
    pub(crate) api: Api,
}

/// Why a name means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoTarget {
    /// No provider has this name.
    Provider(String),
    /// No provider is known to have this model. The nearest name that one has.
    Model(Option<String>),
    /// The provider has no key.
    NoAccount(String),
    /// The provider does not speak this API, and nothing translates it.
    Api(String),
}

#[derive(Debug, Default)]
pub(crate) struct Routing {
    providers: BTreeMap<String, Arc<Provider>>,
    aliases: BTreeMap<String, Vec<String>>,
    pub(crate) policy: Policy,
}

impl Routing {
    pub(crate) fn new(
        providers: BTreeMap<String, Arc<Provider>>,
        aliases: BTreeMap<String, Vec<String>>,
        policy: Policy,
    ) -> Self {
        Self { providers, aliases, policy }
    }

    pub(crate) fn providers(&self) -> impl Iterator<Item = &Arc<Provider>> {
        self.providers.values()
    }

    pub(crate) fn provider(&self, name: &str) -> Option<&Arc<Provider>> {
        self.providers.get(name)
    }

    pub(crate) fn aliases(&self) -> impl Iterator<Item = &str> {
        self.aliases.keys().map(String::as_str)
    }

    /// The ways to answer a request for a model, best first: by the provider that the path names; else by the alias of
    /// this name; else by the provider that the name begins with; else by those that are known to have it, of which the
    /// ones that speak the client's API come first.
    pub(crate) fn targets(&self, named: Option<&str>, model: &str, api: Api) -> Result<Vec<Target>, NoTarget> {
        if let Some(name) = named {
            let provider = self.providers.get(name).ok_or_else(|| NoTarget::Provider(name.to_owned()))?;
            return self.of(provider, model, api).map(|target| vec![target]);
        }
        if let Some(list) = self.aliases.get(model) {
            return self.all(list.iter().filter_map(|target| self.prefixed(target)), api);
        }
        if let Some((provider, model)) = self.prefixed(model) {
            return self.of(provider, model, api).map(|target| vec![target]);
        }
        let having = |speaks: bool| {
            self.providers.values().filter(move |p| p.has(model) && p.speaks(api) == speaks).map(move |p| (p, model))
        };
        let targets = self.all(having(true).chain(having(false)), api)?;
        // Without an alias nobody asked for more than one provider to see the prompt.
        Ok(targets.into_iter().take(1).collect())
    }

    fn prefixed<'a>(&self, name: &'a str) -> Option<(&Arc<Provider>, &'a str)> {
        let (provider, model) = name.split_once('/')?;
        Some((self.providers.get(provider)?, model)).filter(|(_, model)| !model.is_empty())
    }

    fn all<'a>(
        &self,
        pairs: impl Iterator<Item = (&'a Arc<Provider>, &'a str)>,
        api: Api,
    ) -> Result<Vec<Target>, NoTarget> {
        let (mut targets, mut problem) = (Vec::new(), NoTarget::Model(None));
        for (provider, model) in pairs {
            match self.of(provider, model, api) {
                Ok(target) => targets.push(target),
                Err(why) => problem = why,
            }
        }
        if targets.is_empty() { Err(problem) } else { Ok(targets) }
    }

    fn of(&self, provider: &Arc<Provider>, model: &str, api: Api) -> Result<Target, NoTarget> {
        if !provider.may_have(model) {
            return Err(NoTarget::Model(nearest(provider, model)));
        }
        if provider.accounts.is_empty() {
            return Err(NoTarget::NoAccount(provider.name.clone()));
        }
        let api = spoken(provider, api).ok_or_else(|| NoTarget::Api(provider.name.clone()))?;
        Ok(Target { provider: Arc::clone(provider), model: model.to_owned(), api })
    }
}

/// The API in which a provider is asked what a client asks in `api`.
fn spoken(provider: &Provider, api: Api) -> Option<Api> {
    if provider.speaks(api) {
        return Some(api);
    }
    let other = match api {
        Api::Chat => Api::Messages,
        Api::Messages => Api::Chat,
        Api::Responses | Api::Embeddings | Api::Generate => return None,
    };
    provider.speaks(other).then_some(other)
}

fn nearest(provider: &Provider, model: &str) -> Option<String> {
    let near = |known: &str| strsim::jaro_winkler(known, model);
    let best = provider.models().map(|m| m.id.as_str()).max_by(|a, b| near(a).total_cmp(&near(b)))?;
    (near(best) > 0.8).then(|| best.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::config::Settings;

    fn routing(toml: &str) -> Routing {
        let settings: Settings = toml::from_str(toml).unwrap();
        let catalog = Catalog::shipped();
        let provider = |(name, settings): (&String, _)| {
            (name.clone(), Arc::new(Provider::new(name, settings, &catalog, &|_| None).unwrap()))
        };
        Routing::new(settings.providers.iter().map(provider).collect(), settings.aliases, Policy::default())
    }

    fn named(routing: &Routing, provider: Option<&str>, model: &str, api: Api) -> Result<Vec<String>, NoTarget> {
        let targets = routing.targets(provider, model, api)?;
        Ok(targets.into_iter().map(|t| format!("{}/{} {}", t.provider.name, t.model, t.api.name())).collect())
    }

    const ALL: &str = "[providers.anthropic]\napi_key = 'k'\n[providers.openrouter]\napi_key = 'k'\n[providers.openai]\napi_key = 'k'\n\
                       [providers.groq]\n[providers.box]\nkind = 'vllm'\nmodels = [{id = 'qwen/coder'}]\n\
                       [aliases]\nfast = ['groq/x', 'anthropic/claude-haiku-4-5', 'box/qwen/coder']";

    #[test]
    fn a_name_means_one_provider_an_alias_several() {
        let routing = routing(ALL);
        let to = |name: &str| Ok(vec![name.to_owned()]);
        assert_eq!(named(&routing, None, "claude-haiku-4-5", Api::Messages), to("anthropic/claude-haiku-4-5 messages"));
        assert_eq!(named(&routing, None, "anthropic/new", Api::Messages), to("anthropic/new messages"));
        assert_eq!(named(&routing, Some("box"), "qwen/coder", Api::Chat), to("box/qwen/coder chat"));
        assert_eq!(named(&routing, None, "qwen/coder", Api::Chat), to("box/qwen/coder chat"));
        assert_eq!(named(&routing, None, "claude-haiku-4-5", Api::Chat), to("anthropic/claude-haiku-4-5 messages"));
        assert_eq!(
            named(&routing, None, "fast", Api::Messages),
            Ok(vec!["anthropic/claude-haiku-4-5 messages".into(), "box/qwen/coder chat".into()])
        );
    }

    #[test]
    fn what_means_nothing_is_told_apart() {
        let routing = routing(ALL);
        let none = |provider, model, api| named(&routing, provider, model, api).unwrap_err();
        assert_eq!(none(Some("nobody"), "m", Api::Chat), NoTarget::Provider("nobody".into()));
        assert_eq!(none(Some("box"), "qwen/codr", Api::Chat), NoTarget::Model(Some("qwen/coder".into())));
        assert_eq!(none(None, "no-such-model", Api::Chat), NoTarget::Model(None));
        assert_eq!(none(Some("groq"), "m", Api::Chat), NoTarget::NoAccount("groq".into()));
        assert_eq!(none(Some("anthropic"), "m", Api::Responses), NoTarget::Api("anthropic".into()));
    }
}
