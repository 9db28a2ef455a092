//! What a configuration says that cannot work, beyond what its types refuse.

use std::ffi::OsString;

use hyper::Uri;
use serde::Serialize;

use super::{KeyKeeper, Kind, OauthSettings, ProviderSettings, Settings, resolve};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// The server does not start.
    Error,
    /// It starts, and something of it will not work.
    Warning,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it matters.
    pub weight: Weight,
    /// The dotted key.
    pub key: String,
    /// What is wrong, in one sentence without a full stop.
    pub problem: String,
    /// The provider, where nothing is wrong but that it has no key here: one may be kept elsewhere.
    #[serde(skip)]
    pub lacks_key_of: Option<String>,
}

/// Looks at a configuration. `var` looks up environment variables.
#[must_use]
pub fn check(settings: &Settings, var: &dyn Fn(&str) -> Option<OsString>) -> Vec<Finding> {
    let mut findings = Findings(Vec::new());
    findings.server(settings, var);
    if settings.accounts.key == KeyKeeper::Keyring && settings.accounts.key_file.is_some() {
        findings.error("accounts.key_file", "the keyring has the key: name a file or the keyring, not both");
    }
    for (name, provider) in &settings.providers {
        findings.provider(name, provider, var);
    }
    for (alias, targets) in &settings.aliases {
        findings.alias(settings, alias, targets);
    }
    if settings.providers.is_empty() {
        findings.warn("providers", "no provider is configured: every request will be refused");
    }
    findings.0
}

struct Findings(Vec<Finding>);

impl Findings {
    fn error(&mut self, key: impl Into<String>, problem: impl Into<String>) {
        self.0.push(Finding { weight: Weight::Error, key: key.into(), problem: problem.into(), lacks_key_of: None });
    }

    fn warn(&mut self, key: impl Into<String>, problem: impl Into<String>) {
        self.0.push(Finding { weight: Weight::Warning, key: key.into(), problem: problem.into(), lacks_key_of: None });
    }

    fn server(&mut self, settings: &Settings, var: &dyn Fn(&str) -> Option<OsString>) {
        let server = &settings.server;
        if !server.listen.ip().is_loopback() {
            self.error("server.listen", format!("{} is not a loopback address", server.listen.ip()));
        }
        if let Err(unset) = resolve(&server.admin_key, var) {
            self.error("server.admin_key", unset.to_string());
        }
        let at_least_one = [
            ("server.max_body_mib", server.max_body_mib),
            ("server.max_connections", server.max_connections),
            ("server.receive_timeout_seconds", server.receive_timeout_seconds),
            ("server.send_timeout_seconds", server.send_timeout_seconds),
            ("upstream.connect_timeout_seconds", settings.upstream.connect_timeout_seconds),
            ("upstream.answer_timeout_seconds", settings.upstream.answer_timeout_seconds),
            ("upstream.idle_timeout_seconds", settings.upstream.idle_timeout_seconds),
            ("usage.retention_days", settings.usage.retention_days),
            ("log.max_body_kib", settings.log.max_body_kib),
            ("log.retention_days", settings.log.retention_days),
            ("log.max_mib", settings.log.max_mib),
        ];
        for (key, _) in at_least_one.into_iter().filter(|(_, number)| *number == 0) {
            self.error(key, "it is at least 1");
        }
        for name in settings.catalog.models.keys() {
            let known = name.split_once('/').is_some_and(|(kind, id)| Kind::named(kind).is_some() && !id.is_empty());
            if !known {
                self.error(format!("catalog.models.{name}"), "it is not KIND/MODEL, as in anthropic/claude-haiku-4-5");
            }
        }
        if settings.usage.max_requests == 0 {
            self.error("usage.max_requests", "it is at least 1");
        }
        if settings.log.max_body_kib > 16_384 {
            self.error("log.max_body_kib", "it is at most 16384");
        }
        if server.max_bodies_mib < server.max_body_mib {
            self.error("server.max_bodies_mib", "it is at least server.max_body_mib");
        }
        if server.max_body_mib > 1024 {
            self.error("server.max_body_mib", "it is at most 1024");
        }
    }

    fn provider(&mut self, name: &str, provider: &ProviderSettings, var: &dyn Fn(&str) -> Option<OsString>) {
        let key = |field: &str| format!("providers.{name}.{field}");
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
            self.error(key("kind"), "a provider's name has letters, digits, '-', '_' and '.' only");
        }
        if [
            "admin",
            "health",
            "providers",
            "v1",
            "v1beta",
            "v1alpha",
            "chat",
            "responses",
            "embeddings",
            "messages",
            "models",
        ]
        .contains(&name)
        {
            self.error(key("kind"), "this name is a path of the gateway's own");
        }
        let Some(kind) = provider.kind.or_else(|| Kind::named(name)) else {
            let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
            return self.error(key("kind"), format!("no kind is called {name:?}: name one of {}", kinds.join(", ")));
        };
        match provider.base_url.as_deref().or(kind.base_url()) {
            None => self.error(key("base_url"), format!("a provider of the kind {} needs its address", kind.name())),
            Some(url) => {
                if let Err(problem) = base(url) {
                    self.error(key("base_url"), problem);
                }
            }
        }
        for header in provider.headers.keys() {
            if hyper::header::HeaderName::from_bytes(header.as_bytes()).is_err() {
                self.error(key("headers"), format!("{header:?} is not the name of a header"));
            }
        }
        if provider.models.iter().any(|model| model.id.is_empty()) {
            self.error(key("models"), "a model has no id");
        }
        if let Some(path) = &provider.ca_file
            && let Err(problem) = crate::upstream::trust::certificates(path)
        {
            self.error(key("ca_file"), problem);
        }
        if let Some(oauth) = &provider.oauth {
            self.oauth(&key("oauth"), oauth, var);
        }
        self.keys(name, provider, kind, var);
    }

    fn oauth(&mut self, key: &str, oauth: &OauthSettings, var: &dyn Fn(&str) -> Option<OsString>) {
        if oauth.client_id.is_empty() {
            self.error(format!("{key}.client_id"), "a login needs the name that the provider gave this program");
        }
        let addresses = [
            ("token_url", Some(&oauth.token_url)),
            ("authorize_url", oauth.authorize_url.as_ref()),
            ("device_url", oauth.device_url.as_ref()),
        ];
        for (field, url) in addresses {
            if let Some(Err(problem)) = url.map(|url| endpoint(url)) {
                self.error(format!("{key}.{field}"), problem);
            }
        }
        if oauth.authorize_url.is_none() && oauth.device_url.is_none() {
            self.error(key, "a login needs an authorize_url or a device_url");
        }
        if oauth.redirect_path.as_ref().is_some_and(|path| !right_path(path)) {
            self.error(format!("{key}.redirect_path"), "it begins with '/', and has no '?', no '#' and no space");
        }
        if let Err(unset) = resolve(&oauth.client_secret, var) {
            self.error(format!("{key}.client_secret"), unset.to_string());
        }
    }

    fn keys(&mut self, name: &str, provider: &ProviderSettings, kind: Kind, var: &dyn Fn(&str) -> Option<OsString>) {
        let key = |field: &str| format!("providers.{name}.{field}");
        if !provider.accounts.is_empty() && !provider.api_key.is_empty() {
            self.error(key("api_key"), "name the key here or under accounts, not both");
        }
        if provider.accounts.is_empty() && provider.api_key.is_empty() && !kind.needs_no_key() {
            let example = kind.usual_variable().unwrap_or("KEY");
            self.0.push(Finding {
                weight: Weight::Warning,
                key: key("api_key"),
                problem: format!("it has no key; keep one: eavs accounts add {name}, or api_key = \"env:{example}\""),
                lacks_key_of: Some(name.to_owned()),
            });
        }
        if let Err(unset) = resolve(&provider.api_key, var) {
            self.warn(key("api_key"), unset.to_string());
        }
        for secret in provider.headers.values() {
            if let Err(unset) = resolve(secret, var) {
                self.warn(key("headers"), unset.to_string());
            }
        }
        for (index, account) in provider.accounts.iter().enumerate() {
            let key = format!("providers.{name}.accounts[{index}]");
            if account.label.is_empty() || provider.accounts.iter().take(index).any(|a| a.label == account.label) {
                self.error(key.clone(), "every account has a label of its own");
            }
            if account.weight == 0 {
                self.error(key.clone(), "a weight is at least 1");
            }
            if let Err(unset) = resolve(&account.api_key, var) {
                self.warn(key, unset.to_string());
            }
        }
    }

    fn alias(&mut self, settings: &Settings, alias: &str, targets: &[String]) {
        let key = format!("aliases.{alias}");
        if targets.is_empty() {
            self.error(key.clone(), "it names no model");
        }
        for target in targets {
            match target.split_once('/') {
                Some((provider, model)) if settings.providers.contains_key(provider) && !model.is_empty() => {}
                Some((provider, _)) if !settings.providers.contains_key(provider) => {
                    self.error(
                        key.clone(),
                        format!("{target:?} names the provider {provider:?}, which is not configured"),
                    );
                }
                Some(_) | None => self.error(key.clone(), format!("{target:?} is not PROVIDER/MODEL")),
            }
        }
    }
}

/// Where tokens pass: https, or http on this machine alone.
pub(crate) fn endpoint(url: &str) -> Result<Uri, String> {
    let uri: Uri = url.parse().map_err(|error| format!("it is not an address: {error}"))?;
    let authority = uri.authority().ok_or("it is not an address with a host")?;
    if authority.as_str().contains('@') || url.contains('#') {
        return Err("it has no credentials and no '#'".to_owned());
    }
    let here = matches!(authority.host(), "127.0.0.1" | "[::1]" | "localhost");
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if here => Ok(uri),
        Some(_) | None => Err("it begins with https://: tokens do not pass in the open".to_owned()),
    }
}

fn right_path(path: &str) -> bool {
    path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#".contains(&byte))
}

/// A provider's address: http or https, a host, no credentials, no question, no trailing slash.
pub(crate) fn base(url: &str) -> Result<Uri, String> {
    let uri: Uri = url.trim_end_matches('/').parse().map_err(|error| format!("it is not an address: {error}"))?;
    let authority = uri.authority().ok_or("it is not an address with a host")?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("it begins with http:// or https://".to_owned());
    }
    if authority.as_str().contains('@') {
        return Err("it holds no credentials; name them as api_key".to_owned());
    }
    if uri.query().is_some() || url.contains('#') {
        return Err("it has no '?' and no '#'".to_owned());
    }
    Ok(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(toml: &str) -> Vec<String> {
        let settings: Settings = toml::from_str(toml).unwrap();
        let var = |name: &str| (name == "SET").then(|| OsString::from("x"));
        check(&settings, &var).into_iter().map(|f| format!("{:?} {}: {}", f.weight, f.key, f.problem)).collect()
    }

    #[test]
    fn a_right_configuration_has_no_findings() {
        let right = "[providers.openai]\napi_key = 'env:SET'\n[providers.scripted]\n[aliases]\nfast = ['openai/x']";
        assert_eq!(findings(right), Vec::<String>::new());
    }

    #[test]
    fn what_cannot_work_is_named_by_its_key() {
        let wrong = "[server]\nlisten = '0.0.0.0:1'\nmax_body_mib = 0\n[providers.box]\n[providers.azure]\napi_key = 'env:UNSET'\n\
                     [providers.mine]\nkind = 'vllm'\nbase_url = 'ftp://x'\n[providers.two]\nkind = 'groq'\n\
                     accounts = [{label = 'a', api_key = 'k'}, {label = 'a', api_key = 'k', weight = 0}]\n\
                     [providers.mistral]\napi_key = 'k'\nca_file = '/no/such/ca.pem'\n\
                     oauth = {token_url = 'http://example.org/t', redirect_path = 'x', client_secret = 'env:UNSET'}\n\
                     [aliases]\nfast = ['nobody/x', 'mine']\nnone = []";
        let said = findings(wrong);
        for part in [
            "Error server.listen: 0.0.0.0 is not a loopback address",
            "Error server.max_body_mib: it is at least 1",
            "Error providers.box.kind: no kind is called \"box\"",
            "Error providers.azure.base_url: a provider of the kind azure needs its address",
            "Warning providers.azure.api_key: the environment variable UNSET is not set",
            "Error providers.mine.base_url: it begins with http:// or https://",
            "Error providers.two.accounts[1]: every account has a label of its own",
            "Error providers.two.accounts[1]: a weight is at least 1",
            "Error aliases.fast: \"nobody/x\" names the provider \"nobody\", which is not configured",
            "Error aliases.fast: \"mine\" is not PROVIDER/MODEL",
            "Error aliases.none: it names no model",
            "Error providers.mistral.ca_file: cannot read /no/such/ca.pem",
            "Error providers.mistral.oauth.client_id: a login needs the name that the provider gave this program",
            "Error providers.mistral.oauth.token_url: it begins with https://: tokens do not pass in the open",
            "Error providers.mistral.oauth: a login needs an authorize_url or a device_url",
            "Error providers.mistral.oauth.redirect_path: it begins with '/'",
            "Error providers.mistral.oauth.client_secret: the environment variable UNSET is not set",
        ] {
            assert!(said.iter().any(|line| line.starts_with(part)), "{part} in {said:#?}");
        }
    }

    #[test]
    fn an_address_is_an_address() {
        assert!(base("https://api.example.org/v1/").is_ok());
        for wrong in
            ["example.org", "https://u:p@example.org", "https://example.org/?key=1", "file:///etc", "http://x/#a"]
        {
            assert!(base(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn unknown_keys_are_refused() {
        assert!(toml::from_str::<Settings>("[providers.x]\napi_kee = 'k'").is_err());
        assert!(toml::from_str::<Settings>("[sever]").is_err());
    }

    #[test]
    fn the_template_changes_nothing_and_its_examples_are_right() {
        use oqto_kit::config::Schema as _;
        let plain: Settings = toml::from_str(Settings::TEMPLATE).unwrap();
        assert_eq!(format!("{plain:?}"), format!("{:?}", Settings::default()));
        let shown: Settings = toml::from_str(&Settings::TEMPLATE.replace("#: ", "")).unwrap();
        let wrong: Vec<_> =
            check(&shown, &|_| Some("x".into())).into_iter().filter(|f| f.weight == Weight::Error).collect();
        assert_eq!(wrong, Vec::new());
    }
}
