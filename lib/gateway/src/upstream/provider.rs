//! One provider, ready to be asked.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, Uri};
use oqto_kit::Secret;

use super::account::Account;
use super::trust::Trust;
use crate::catalog::{Catalog, Cost, Modality, Model};
use crate::config::{Kind, ModelSettings, ProviderSettings, resolve};
use crate::limit::Limit;
use crate::wire::{Api, Call};

/// The label of the only account of a provider that has a key and no accounts.
pub(crate) const ONLY: &str = "default";

#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    base: Uri,
    api_version: Option<String>,
    apis: Vec<Api>,
    pub(crate) accounts: Vec<Arc<Account>>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The secrets that a request to it carries beside those of its account.
    secrets: Vec<Secret>,
    pub(crate) gate: Option<Arc<Limit>>,
    pub(crate) trust: Option<Arc<Trust>>,
    models: BTreeMap<String, Arc<Model>>,
    /// Whether nothing but `models` may be asked for.
    closed: bool,
}

impl Provider {
    /// Makes one of its settings. `None` where they were not checked and say nothing that works.
    pub(crate) fn new(
        name: &str,
        settings: &ProviderSettings,
        catalog: &Catalog,
        var: &dyn Fn(&str) -> Option<OsString>,
    ) -> Option<Self> {
        let kind = settings.kind.or_else(|| Kind::named(name))?;
        let base = crate::config::base(settings.base_url.as_deref().or(kind.base_url())?).ok()?;
        let base = if kind == Kind::Azure { azure(base, settings.api_version.as_deref())? } else { base };
        let accounts = accounts(settings, kind, var);
        let headers = headers(settings, var);
        let known: BTreeMap<_, _> =
            catalog.of(kind.name()).map(|model| (model.id.clone(), Arc::new(model.clone()))).collect();
        let closed = !settings.models.is_empty();
        let models = if closed {
            let own =
                |model: &ModelSettings| (model.id.clone(), Arc::new(merged(name, kind, model, known.get(&model.id))));
            settings.models.iter().map(own).collect()
        } else {
            known
        };
        let limit = usize::try_from(settings.max_concurrent).ok().filter(|limit| *limit > 0);
        let mut secrets: Vec<_> = settings.headers.values().filter_map(|secret| resolve(secret, var).ok()).collect();
        secrets.retain(|secret| secret.expose().len() >= 8);
        Some(Self {
            name: name.to_owned(),
            kind,
            base,
            api_version: settings.api_version.clone(),
            apis: settings.apis.clone().unwrap_or_else(|| kind.apis().to_vec()),
            accounts,
            headers,
            secrets,
            trust: settings.ca_file.as_deref().map(|path| Arc::new(Trust::new(path))),
            gate: limit.map(Limit::new),
            models,
            closed,
        })
    }

    /// With accounts that are kept beside those of the settings. A label of the settings wins.
    pub(crate) fn with_kept(mut self, kept: Vec<Arc<Account>>) -> Self {
        if !kept.is_empty() {
            self.accounts.retain(|account| !account.secret().is_empty());
        }
        for account in kept {
            if self.accounts.iter().all(|known| known.label != account.label) {
                self.accounts.push(account);
            }
        }
        self
    }

    /// Its accounts go on as those of the same label and secret did.
    pub(crate) fn follows(&mut self, old: &Self) {
        for account in &self.accounts {
            if let Some(old) = old.accounts.iter().find(|old| old.label == account.label) {
                account.follows(old);
            }
        }
        // Requests on their way count still.
        if let (Some(gate), Some(old)) = (&mut self.gate, &old.gate) {
            old.set(gate.most());
            *gate = Arc::clone(old);
        }
    }

    /// Whether it speaks this API itself.
    pub(crate) fn speaks(&self, api: Api) -> bool {
        self.apis.contains(&api)
    }

    /// The APIs that it speaks itself.
    pub(crate) fn apis(&self) -> &[Api] {
        &self.apis
    }

    /// The models that are known of it, by id.
    pub(crate) fn models(&self) -> impl Iterator<Item = &Arc<Model>> {
        self.models.values()
    }

    /// Whether it is known to have this model.
    pub(crate) fn has(&self, model: &str) -> bool {
        self.models.contains_key(model)
    }

    /// Whether it may be asked for this model: it is known, or nothing is known of what it has.
    pub(crate) fn may_have(&self, model: &str) -> bool {
        self.has(model) || !self.closed
    }

    /// What is known of a model. A model of a free provider costs nothing even when nothing else is known.
    pub(crate) fn model(&self, id: &str) -> Option<Arc<Model>> {
        self.models.get(id).cloned().or_else(|| {
            let unknown = ModelSettings { id: id.to_owned(), ..ModelSettings::default() };
            self.kind.is_free().then(|| Arc::new(merged(&self.name, self.kind, &unknown, None)))
        })
    }

    /// Where a call is made. Azure's older API names the deployment in the address, but for its responses.
    pub(crate) fn path(&self, call: &Call, model: &str) -> String {
        let path = call.path(model);
        let by_deployment = self.kind == Kind::Azure
            && self.base.path().trim_end_matches('/').ends_with("/openai")
            && call.api() != Api::Responses;
        if by_deployment { format!("/deployments/{}{path}", crate::wire::in_path(model)) } else { path }
    }

    /// The address of a path below its own, with a question that begins without `?`.
    ///
    /// Nothing for a path that leads elsewhere than it says: a model's name may have slashes, and steps up between them.
    pub(crate) fn uri(&self, path: &str, query: Option<&str>) -> Option<Uri> {
        let is_step = |part: &str| matches!(part.split(':').next(), Some("" | "." | ".."));
        if path.split('/').skip(1).any(is_step) {
            return None;
        }
        let mut parts = self.base.clone().into_parts();
        let below = parts.path_and_query.as_ref().map_or("", |path| path.path().trim_end_matches('/'));
        let version = self.api_version.as_ref().map(|version| format!("api-version={version}"));
        let query: Vec<&str> = query.into_iter().chain(version.as_deref()).collect();
        let separator = if query.is_empty() { "" } else { "?" };
        parts.path_and_query = Some(format!("{below}{path}{separator}{}", query.join("&")).parse().ok()?);
        Uri::from_parts(parts).ok()
    }

    /// A text of the provider without the secrets that it was sent, as they are or as JSON writes them.
    pub(crate) fn scrub(&self, text: &str) -> String {
        let accounts = self.accounts.iter().flat_map(|account| account.secrets());
        let all: Vec<_> = accounts.chain(self.secrets.iter().cloned()).collect();
        // Of a header with its scheme, a provider may tell the rest alone.
        let parts = all.iter().flat_map(|secret| [Some(secret.expose()), secret.expose().split_once(' ').map(|p| p.1)]);
        let mut forms: Vec<_> = parts.flatten().filter(|secret| secret.len() >= 8).flat_map(written).collect();
        // A secret may begin as another one does.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.iter().fold(text.to_owned(), |text, form| text.replace(form.as_str(), oqto_kit::secret::HIDDEN))
    }
}

/// The forms of a text in JSON, in which a slash may have a backslash before it.
fn written(secret: &str) -> [String; 3] {
    let json = serde_json::Value::from(secret).to_string();
    let json = json.trim_matches('"').to_owned();
    [secret.to_owned(), json.replace('/', "\\/"), json]
}

fn accounts(settings: &ProviderSettings, kind: Kind, var: &dyn Fn(&str) -> Option<OsString>) -> Vec<Arc<Account>> {
    if settings.accounts.is_empty() {
        let secret = resolve(&settings.api_key, var).unwrap_or_default();
        if secret.is_empty() && !kind.needs_no_key() {
            return Vec::new();
        }
        return vec![Arc::new(Account::new(ONLY, secret, 1))];
    }
    let ready = settings.accounts.iter().filter_map(|account| {
        let secret = resolve(&account.api_key, var).ok().filter(|secret| !secret.is_empty())?;
        Some(Arc::new(Account::new(&account.label, secret, account.weight)))
    });
    ready.collect()
}

/// The address of Azure's API: of a resource without a path, the newer one, or the older one where its version is dated.
fn azure(base: Uri, version: Option<&str>) -> Option<Uri> {
    if !matches!(base.path(), "" | "/") {
        return Some(base);
    }
    let dated = version.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()));
    let mut parts = base.into_parts();
    parts.path_and_query = Some(if dated { "/openai" } else { "/openai/v1" }.parse().ok()?);
    Uri::from_parts(parts).ok()
}

fn headers(settings: &ProviderSettings, var: &dyn Fn(&str) -> Option<OsString>) -> Vec<(HeaderName, HeaderValue)> {
    let header = |(name, value): (&String, &Secret)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let mut value = HeaderValue::from_str(resolve(value, var).ok()?.expose()).ok()?;
        value.set_sensitive(true);
        Some((name, value))
    };
    settings.headers.iter().filter_map(header).collect()
}

/// What the settings say of a model, and for the rest the catalog.
pub(crate) fn merged(provider: &str, kind: Kind, own: &ModelSettings, known: Option<&Arc<Model>>) -> Model {
    let free = kind.is_free().then(Cost::default);
    let known = known.map(AsRef::as_ref);
    Model {
        provider: provider.to_owned(),
        id: own.id.clone(),
        name: own.name.clone().or_else(|| known.map(|m| m.name.clone())).unwrap_or_else(|| own.id.clone()),
        reasoning: own.reasoning.or(known.map(|m| m.reasoning)).unwrap_or(false),
        tools: own.tools.or(known.map(|m| m.tools)).unwrap_or(true),
        input: own.input.clone().or_else(|| known.map(|m| m.input.clone())).unwrap_or_else(|| vec![Modality::Text]),
        output: known.map_or_else(|| vec![Modality::Text], |m| m.output.clone()),
        context: own.context.or(known.map(|m| m.context)).unwrap_or(128_000),
        max_output: own.max_output.or(known.map(|m| m.max_output)).unwrap_or(16_384),
        cost: own.cost.or(known.and_then(|m| m.cost)).or(free),
        tiers: if own.cost.is_some() { Vec::new() } else { known.map_or_else(Vec::new, |m| m.tiers.clone()) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(name: &str, toml: &str) -> Provider {
        let settings: ProviderSettings = toml::from_str(toml).unwrap();
        let var = |name: &str| (name == "KEY").then(|| OsString::from("sk-planted"));
        Provider::new(name, &settings, &Catalog::shipped(), &var).unwrap()
    }

    #[test]
    fn an_address_keeps_its_path_and_gets_the_question() {
        let azure =
            provider("azure", "base_url = 'https://x.example/openai/v1/'\napi_version = 'preview'\napi_key = 'k'");
        let uri = |provider: &Provider, query| provider.uri("/chat/completions", query).unwrap().to_string();
        assert_eq!(uri(&azure, None), "https://x.example/openai/v1/chat/completions?api-version=preview");
        let plain = provider("openai", "api_key = 'env:KEY'");
        assert_eq!(uri(&plain, None), "https://api.openai.com/v1/chat/completions");
        assert_eq!(uri(&plain, Some("alt=sse")), "https://api.openai.com/v1/chat/completions?alt=sse");
        for path in
            ["/models/a/../b:generateContent", "/models/..:generateContent", "/models/a//b", "/models/./b", "//x"]
        {
            assert_eq!(plain.uri(path, None), None, "{path}");
        }
        assert!(plain.uri("/models/a..b/v1.5:generateContent", None).is_some());
    }

    #[test]
    fn models_of_the_settings_are_the_only_ones_and_keep_their_catalog_facts() {
        let some = provider(
            "anthropic",
            "api_key = 'env:KEY'\nmodels = [{id = 'claude-haiku-4-5', context = 5}, {id = 'own'}]",
        );
        let haiku = some.model("claude-haiku-4-5").unwrap();
        assert_eq!((haiku.context, haiku.cost.map(|cost| cost.output)), (5, Some(5.0)));
        assert!(some.has("own") && !some.may_have("claude-sonnet-4-5"));
        assert_eq!(some.model("own").unwrap().cost, None);
        let all = provider("anthropic", "api_key = 'env:KEY'");
        assert!(all.has("claude-haiku-4-5") && all.may_have("unheard-of"));
    }

    #[test]
    fn what_runs_at_home_is_free_and_a_key_that_is_not_there_is_no_account() {
        let home = provider("ollama", "");
        assert_eq!(home.model("anything").unwrap().cost, Some(Cost::default()));
        assert_eq!(home.accounts.len(), 1);
        assert!(provider("groq", "api_key = 'env:NONE'").accounts.is_empty());
        assert_eq!(provider("groq", "api_key = 'env:KEY'").scrub("no sk-planted!"), "no [hidden]!");
    }

    #[test]
    fn a_secret_is_hidden_in_every_form_in_which_it_may_come_back() {
        let some = provider(
            "groq",
            "accounts = [{label = 'a', api_key = 'sk-abcdef'}, {label = 'b', api_key = 'sk-abcdef/gh+ij=='}]\n\
             headers = {x-auth = 'Token zyxwvutsr'}",
        );
        for text in ["sk-abcdef/gh+ij==", "sk-abcdef\\/gh+ij==", "sk-abcdef", "zyxwvutsr", "Token zyxwvutsr"] {
            assert_eq!(some.scrub(&format!("<{text}>")), "<[hidden]>", "{text}");
        }
    }
}
