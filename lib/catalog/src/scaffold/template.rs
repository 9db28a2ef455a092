//! A folder or repository that projects are made from.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use oqto_repo::Git;
use serde::{Deserialize, Serialize};

use crate::error::{CatalogError, Result};

/// The file that describes a template.
pub const FILE: &str = "template.toml";

/// A value that a template asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Variable {
    /// What a person is asked.
    pub prompt: String,
    /// What it is when nobody says otherwise; may name other values. Without it somebody has to say.
    pub default: Option<String>,
    /// The only values that it may have; any, where empty.
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Described {
    description: String,
    variables: BTreeMap<String, Variable>,
    after: Vec<Vec<String>>,
}

/// A template that lies on this machine.
#[derive(Debug)]
pub struct Template {
    /// Its folder.
    pub root: PathBuf,
    /// What it is for.
    pub description: String,
    /// The values that it asks for, by name.
    pub variables: BTreeMap<String, Variable>,
    /// Programs with their arguments that it wants to be run in a new project.
    pub after: Vec<Vec<String>>,
    /// The clone, which lasts as long as this.
    _clone: Option<tempfile::TempDir>,
}

impl Template {
    /// The template in a folder.
    ///
    /// # Errors
    /// There is no such folder, or its `template.toml` is not understood.
    pub fn open(root: &Path) -> Result<Self> {
        let root = root.canonicalize().map_err(CatalogError::io(root))?;
        fs::read_dir(&root).map_err(CatalogError::io(&root))?;
        Self::described(root, None)
    }

    /// The newest state of a git repository (of `reference`, a branch or tag, where given).
    ///
    /// # Errors
    /// As [`open`](Self::open); unreachable, not permitted, no such remote.
    pub fn fetch(git: &Git, url: &str, reference: Option<&str>) -> Result<Self> {
        let clone = tempfile::Builder::new().prefix("oqto-template-").tempdir();
        let clone = clone.map_err(CatalogError::io(&std::env::temp_dir()))?;
        let folder = clone.path().join("template");
        git.beside(clone.path()).clone_newest(url, reference, &folder)?;
        Self::described(folder, Some(clone))
    }

    fn described(root: PathBuf, clone: Option<tempfile::TempDir>) -> Result<Self> {
        let path = root.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(CatalogError::io(&path)(error)),
        };
        let wrong = |why: &dyn std::fmt::Display| CatalogError::Template { what: format!("{FILE}: {why}") };
        let Described { description, variables, after } = toml::from_str(&text).map_err(|error| wrong(&error))?;
        if let Some(name) = variables.keys().find(|name| !is_name(name)) {
            return Err(wrong(&format!("{name:?} is no name of a variable")));
        }
        if after.iter().any(Vec::is_empty) {
            return Err(wrong(&"a program of `after` has no name"));
        }
        Ok(Self { root, description, variables, after, _clone: clone })
    }
}

/// Letters, digits and underscores, not beginning with a digit.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && name.chars().all(plain)
}
