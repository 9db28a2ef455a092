//! Layered configuration with provenance: defaults < `/etc/oqto/FILE` < `$XDG_CONFIG_HOME/oqto/FILE` < environment <
//! flags. An unknown key or a value of the wrong type is an error that names its file and line.

mod layer;
mod show;

use crate::dirs::Dirs;
use crate::error::{OrFail as _, Result};
use layer::Layer;
use oqto_protocol::{env, error::ErrorKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

pub use show::{Files, Settings, write_template};

/// The configuration of one binary. The struct and all structs in it must carry
/// `#[serde(default, deny_unknown_fields)]`, so that each layer may name only what it changes and a typo is noticed.
pub trait Schema: Serialize + DeserializeOwned + Default {
    /// The file's name below the configuration directories, such as `config.toml`.
    const FILE: &'static str;
    /// Which environment variable sets which dotted key.
    const ENVIRONMENT: &'static [(&'static str, &'static str)];
    /// A complete file with every key commented out, for `init`.
    const TEMPLATE: &'static str;
}

/// A flag that sets a key.
#[derive(Clone, Debug)]
pub struct FlagValue {
    /// How the flag is spelled, such as `--listen`.
    pub flag: &'static str,
    /// The dotted key it sets.
    pub key: &'static str,
    /// The value.
    pub value: Value,
}

impl FlagValue {
    /// A flag with its value, or nothing where the flag was not given.
    pub fn given<V: Into<Value>>(flag: &'static str, key: &'static str, value: Option<V>) -> Option<Self> {
        value.map(|value| Self { flag, key, value: value.into() })
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Origin {
    /// Built in.
    Default,
    /// A line of a file.
    File {
        /// The file.
        path: PathBuf,
        /// Its line, counted from 1.
        line: usize,
    },
    /// An environment variable.
    Environment {
        /// Its name.
        name: String,
    },
    /// A flag.
    Flag {
        /// Its spelling.
        name: String,
    },
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Environment { name } | Self::Flag { name } => f.write_str(name),
        }
    }
}

/// What to read.
pub struct Sources<'a> {
    dirs: &'a Dirs,
    named: Option<&'a Path>,
    var: &'a dyn Fn(&str) -> Option<OsString>,
    flags: Vec<FlagValue>,
}

impl<'a> Sources<'a> {
    /// The usual files, or `named` in place of the person's own one; `var` looks up environment variables.
    pub fn new(dirs: &'a Dirs, named: Option<&'a Path>, var: &'a dyn Fn(&str) -> Option<OsString>) -> Self {
        Self { dirs, named, var, flags: Vec::new() }
    }

    /// Adds the flags of the command line.
    #[must_use]
    pub fn with_flags(mut self, flags: Vec<FlagValue>) -> Self {
        self.flags = flags;
        self
    }

    /// The files that would be read, whether they are there or not.
    #[must_use]
    pub fn files(&self, file: &str) -> Files {
        let named = self.named.map(Path::to_path_buf).or_else(|| self.named_by_environment(file));
        Files {
            system: self.dirs.system.join(file),
            must_exist: named.is_some(),
            own: named.unwrap_or_else(|| self.dirs.config.join(file)),
        }
    }

    /// `OQTO_CONFIG` names `config.toml`; the files of the other programs are looked for beside it.
    fn named_by_environment(&self, file: &str) -> Option<PathBuf> {
        let named = (self.var)(env::OQTO_CONFIG).filter(|v| !v.is_empty()).map(PathBuf::from)?;
        match file {
            "config.toml" => Some(named),
            _ => Some(named.with_file_name(file)).filter(|beside| beside.exists()),
        }
    }
}

/// A configuration and where each of its values comes from.
#[derive(Clone, Debug)]
pub struct Loaded<C> {
    /// The values.
    pub value: C,
    /// The files that were looked for.
    pub files: Files,
    origins: BTreeMap<String, Origin>,
}

/// Reads and merges every layer.
///
/// # Errors
/// `config`: an unreadable file, a syntax error, an unknown key (with a suggestion) or a value of the wrong type.
pub fn load<C: Schema>(sources: Sources<'_>) -> Result<Loaded<C>> {
    let files = sources.files(C::FILE);
    let mut layers = Vec::new();
    layers.extend(layer::file::<C>(&files.system, layer::Missing::Ignored)?);
    let own = if files.must_exist { layer::Missing::Refused } else { layer::Missing::Ignored };
    layers.extend(layer::file::<C>(&files.own, own)?);
    layers.extend(layer::environment::<C>(sources.var)?);
    layers.extend(layer::flags::<C>(sources.flags)?);

    let mut merged = Table::new();
    let mut origins = BTreeMap::new();
    for Layer { table, origins: named } in layers {
        merge(&mut merged, table);
        origins.extend(named);
    }
    let value = Value::Table(merged).try_into();
    let value = value.or_fail(ErrorKind::Config, || "the configuration layers do not fit together")?;
    Ok(Loaded { value, files, origins })
}

/// Tables are merged key by key; everything else, lists too, is replaced.
fn merge(into: &mut Table, from: Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Table(old)), Value::Table(new)) => merge(old, new),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests;
