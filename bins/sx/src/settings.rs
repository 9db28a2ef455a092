//! The configuration: `sx.toml`.

use std::time::Duration;

use clap::ValueEnum;
use oqto_kit::config::Schema;
use oqto_kit::{Error, Result, Secret};
use oqto_protocol::env;
use oqto_protocol::error::ErrorKind;
use serde::{Deserialize, Serialize};

use crate::agent::{Certificates, Hosts, Manner, UserAgent};
use crate::instance::{Instance, Login};
use crate::question::{Category, Method, SafeSearch};

/// The file's name below the configuration directories.
pub(crate) const FILE: &str = "sx.toml";

/// Every setting. The names are those that today's users of the command know.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) searxng_url: Option<Instance>,
    pub(crate) searxng_urls: Vec<Instance>,
    pub(crate) searxng_strategy: Strategy,
    pub(crate) searxng_username: String,
    pub(crate) searxng_password: Secret,
    pub(crate) result_count: u32,
    pub(crate) safe_search: SafeSearch,
    pub(crate) http_method: Method,
    pub(crate) timeout: f64,
    pub(crate) expand: bool,
    pub(crate) no_verify_ssl: bool,
    pub(crate) private_pages: bool,
    pub(crate) no_user_agent: bool,
    pub(crate) no_color: bool,
    pub(crate) debug: bool,
    pub(crate) history_enabled: bool,
    pub(crate) max_history: u32,
    pub(crate) categories: Vec<Category>,
    pub(crate) engines: Vec<String>,
    pub(crate) language: String,
    pub(crate) url_handler: String,
}

/// Which instance is asked when there are several.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Strategy {
    /// One after the other, until one has results.
    #[default]
    Ordered,
    /// All at once; the first that has results wins.
    ParallelFastest,
}

impl Strategy {
    /// As the configuration spells it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::ParallelFastest => "parallel-fastest",
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            searxng_url: None,
            searxng_urls: Vec::new(),
            searxng_strategy: Strategy::default(),
            searxng_username: String::new(),
            searxng_password: Secret::default(),
            result_count: 10,
            safe_search: SafeSearch::default(),
            http_method: Method::default(),
            timeout: 30.0,
            expand: false,
            no_verify_ssl: false,
            private_pages: false,
            no_user_agent: false,
            no_color: false,
            debug: false,
            history_enabled: true,
            max_history: 100,
            categories: Vec::new(),
            engines: Vec::new(),
            language: String::new(),
            url_handler: String::new(),
        }
    }
}

impl Schema for Settings {
    const FILE: &'static str = FILE;
    const ENVIRONMENT: &'static [(&'static str, &'static str)] = &[(env::SEARXNG_URL, "searxng_url")];
    const TEMPLATE: &'static str = include_str!("settings.template.toml");
}

/// Whether a request may take so many seconds.
///
/// # Errors
/// Why not.
pub(crate) fn check_timeout(seconds: f64) -> Result<(), &'static str> {
    if (0.1..=3600.0).contains(&seconds) { Ok(()) } else { Err("it is a number of seconds from 0.1 to 3600") }
}

/// The most results that one run gives.
pub(crate) const MOST_RESULTS: u32 = 500;

impl Settings {
    /// The instances in the order in which they are asked, each once. The configured name and password are for the
    /// first alone: another instance belongs to someone else.
    pub(crate) fn instances(&self) -> Vec<Instance> {
        let user = Some(&self.searxng_username).filter(|user| !user.is_empty());
        let login = user.map(|user| Login { user: user.clone(), password: self.searxng_password.clone() });
        let mut instances: Vec<Instance> = Vec::new();
        for instance in self.searxng_url.iter().chain(&self.searxng_urls) {
            if !instances.iter().any(|known| known.is_same_place(instance)) {
                let login = if instances.is_empty() { login.clone() } else { None };
                instances.push(instance.clone().with_login(login));
            }
        }
        instances
    }

    /// Whose pages are read.
    pub(crate) fn hosts(&self) -> Hosts {
        if self.private_pages { Hosts::Any } else { Hosts::Public }
    }

    /// How requests are made.
    ///
    /// # Errors
    /// A time or a number out of its range.
    pub(crate) fn manner(&self) -> Result<Manner> {
        let out_of_range = |what: &str| Err(Error::new(ErrorKind::Config, what));
        if let Err(why) = check_timeout(self.timeout) {
            return out_of_range(&format!("timeout: {why}"));
        }
        if self.result_count > MOST_RESULTS {
            return out_of_range(&format!("result_count is at most {MOST_RESULTS}"));
        }
        Ok(Manner {
            timeout: Duration::from_secs_f64(self.timeout),
            certificates: if self.no_verify_ssl { Certificates::Ignored } else { Certificates::Verified },
            user_agent: if self.no_user_agent { UserAgent::Unsaid } else { UserAgent::Named },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_goes_to_its_own_instance_only() {
        let settings: Settings = toml::from_str(
            "searxng_url = 'https://mine.org'\nsearxng_urls = ['https://mine.org/', 'https://other.org', 'https://u:p@third.org']\n\
             searxng_username = 'ada'\nsearxng_password = 'pw'",
        )
        .unwrap();
        let instances = settings.instances();
        let users: Vec<_> = instances.iter().map(|i| i.login().map(|login| login.user.clone())).collect();
        assert_eq!(users, [Some("ada".into()), None, Some("u".into())]);
    }

    #[test]
    fn the_template_changes_nothing_and_its_examples_are_right() {
        let plain: Settings = toml::from_str(Settings::TEMPLATE).unwrap();
        assert_eq!(format!("{plain:?}"), format!("{:?}", Settings::default()));
        let examples = Settings::TEMPLATE.replace("#: ", "");
        let shown: Settings = toml::from_str(&examples).unwrap();
        assert_eq!(shown.instances().len(), 3);
        let keys = toml::Table::try_from(&shown).unwrap();
        for key in keys.keys() {
            assert!(Settings::TEMPLATE.contains(&format!("#: {key} = ")), "{key} is not explained");
        }
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        for timeout in [0.0, -1.0, f64::NAN, 1e9] {
            assert!(Settings { timeout, ..Settings::default() }.manner().is_err());
        }
        assert!(Settings { result_count: 501, ..Settings::default() }.manner().is_err());
        assert!(Settings::default().manner().is_ok());
    }
}
