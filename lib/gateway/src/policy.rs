//! What is changed in a request, or refused, before it goes on.
//!
//! Rules of the configuration set, cap, remove or default top-level fields, or deny; they are taken in order. Beside them
//! two things are left out unless they are allowed, because a provider would reach out for them into a network that
//! is not the agent's: files by their address, and tools that run at the provider. And no request may cost what nobody is
//! told, or more than its model is known to.
//!
//! A field that has to be looked into and cannot be, or that two readers would read in two ways, is a reason to deny.

mod hosted;
mod price;
mod remote;
mod strict;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::keys::glob::fits;
use crate::wire::Api;
use crate::wire::document::Document;

/// The policy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Whether files may be named by their address.
    pub allow_remote_files: bool,
    /// The tools of providers that may be used, by their type, with `*` for any text.
    pub allow_hosted_tools: Vec<String>,
    /// Whether a faster service may be asked for, which costs more than the model is known to.
    pub allow_priority: bool,
    /// What else is changed or denied, in order.
    pub rules: Vec<Rule>,
}

/// One rule. It holds for the requests that fit all that it names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// The name or the id of a key, with `*` for any text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The name of a provider, with `*` for any text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The provider's name of a model, with `*` for any text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Refuses the request, and says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deny: Option<String>,
    /// Fields that are taken away.
    pub remove: Vec<String>,
    /// Fields that get a value where they have none.
    pub default: Map<String, Value>,
    /// Fields that get a value whatever they have.
    pub set: Map<String, Value>,
    /// Numbers that fields may have at most.
    pub cap: Map<String, Value>,
}

/// Whose request it is, and where it goes.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The API of the request.
    pub api: Api,
    /// The id of the key.
    pub key: &'a str,
    /// The name of the key.
    pub key_name: &'a str,
    /// The provider's name.
    pub provider: &'a str,
    /// The provider's name of the model.
    pub model: &'a str,
}

/// A rule that denies a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Denied(pub String);

impl Policy {
    /// Applies itself to a request, and tells what it changed, a sentence each. A request that nothing concerns keeps its
    /// bytes.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn apply(&self, document: &mut Document, about: About<'_>) -> Result<Vec<String>, Denied> {
        let mut changes = Vec::new();
        if !self.allow_remote_files {
            remote::strip(document, about.api, &mut changes)?;
        }
        hosted::strip(document, about.api, &self.allow_hosted_tools, &mut changes)?;
        price::hold(document, about, self.allow_priority, &self.allow_hosted_tools, &mut changes)?;
        changes.extend(self.rules(document, about)?);
        Ok(changes)
    }

    /// The same with the rules of the configuration alone, for a request that was put into the words of its provider.
    ///
    /// # Errors
    /// [`Denied`].
    pub(crate) fn rules(&self, document: &mut Document, about: About<'_>) -> Result<Vec<String>, Denied> {
        let mut changes = Vec::new();
        for rule in self.rules.iter().filter(|rule| rule.concerns(about)) {
            rule.apply(document, &mut changes)?;
        }
        Ok(changes)
    }
}

impl Rule {
    fn concerns(&self, about: About<'_>) -> bool {
        let is = |pattern: &Option<String>, names: &[&str]| {
            pattern.as_ref().is_none_or(|pattern| names.iter().any(|name| fits(pattern, name)))
        };
        is(&self.key, &[about.key, about.key_name])
            && is(&self.provider, &[about.provider])
            // Some providers do not tell the cases of a model's name apart.
            && self.model.as_ref().is_none_or(|pattern| fits(&pattern.to_lowercase(), &about.model.to_lowercase()))
    }

    fn apply(&self, document: &mut Document, changes: &mut Vec<String>) -> Result<(), Denied> {
        if let Some(reason) = &self.deny {
            return Err(Denied(reason.clone()));
        }
        for name in &self.remove {
            if document.remove(name) {
                changes.push(format!("{name} was removed"));
            }
        }
        for (name, value) in &self.default {
            if document.raw(name).is_none_or(|raw| raw == b"null") {
                document.set(name, value);
                changes.push(format!("{name} was set"));
            }
        }
        for (name, value) in &self.set {
            // Another text of the same value may be another value to another reader.
            if document.raw(name) != Some(value.to_string().as_bytes()) {
                document.set(name, value);
                changes.push(format!("{name} was set"));
            }
        }
        for (name, most) in &self.cap {
            // What is no number here may be one to the provider.
            let within = |raw: &[u8]| {
                let number = serde_json::from_slice::<f64>(raw).ok();
                raw == b"null" || number.zip(most.as_f64()).is_some_and(|(number, most)| number <= most)
            };
            if document.raw(name).is_some_and(|raw| !within(raw)) {
                document.set(name, most);
                changes.push(format!("{name} was capped"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
