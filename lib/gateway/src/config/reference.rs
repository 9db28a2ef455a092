//! Secrets that the configuration names instead of holding them.

use std::ffi::OsString;

use oqto_kit::Secret;

/// An environment variable that the configuration names is not there, or is not text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment variable {0} is not set")]
pub struct Unset(pub String);

/// The secret that a setting means: `env:NAME` is the content of that variable, everything else is itself. An empty
/// setting is an empty secret.
///
/// # Errors
/// [`Unset`].
pub fn resolve(setting: &Secret, var: &dyn Fn(&str) -> Option<OsString>) -> Result<Secret, Unset> {
    let Some(name) = setting.expose().strip_prefix("env:") else { return Ok(setting.clone()) };
    let value = var(name).and_then(|value| value.into_string().ok()).filter(|value| !value.trim().is_empty());
    value.map(|value| Secret::new(value.trim())).ok_or_else(|| Unset(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_followed_once() {
        let var = |name: &str| (name == "KEY").then(|| OsString::from("env:OTHER\n"));
        assert_eq!(resolve(&Secret::new("env:KEY"), &var), Ok(Secret::new("env:OTHER")));
        assert_eq!(resolve(&Secret::new("plain"), &var), Ok(Secret::new("plain")));
        assert_eq!(resolve(&Secret::new("env:NONE"), &var), Err(Unset("NONE".into())));
    }
}
