//! `config show`, `config path` and `init`.

use super::{Loaded, Origin, Schema};
use crate::error::{Error, OrFail as _, Result};
use crate::escape;
use crate::printer::{Page, Report};
use oqto_protocol::error::ErrorKind;
use serde::Serialize;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The files that a configuration is read from, the later winning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Files {
    /// That of the whole machine.
    pub system: PathBuf,
    /// The person's own, or the one that was named.
    pub own: PathBuf,
    #[serde(skip)]
    pub(super) must_exist: bool,
}

impl Report for Files {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        for path in [&self.system, &self.own] {
            let shown = escape::line(&path.display().to_string()).into_owned();
            if path.exists() {
                page.line(shown)?;
            } else {
                let absent = page.styles().dim("(not there)");
                page.line(format!("{shown} {absent}"))?;
            }
        }
        Ok(())
    }
}

/// Every value with its origin, secrets hidden.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Settings(Vec<Setting>);

/// One value with its origin.
#[derive(Clone, Debug, Serialize)]
struct Setting {
    key: String,
    value: Value,
    origin: Origin,
}

impl<C: Schema> Loaded<C> {
    /// Every value with its origin.
    ///
    /// # Errors
    /// When the configuration cannot be written as TOML, which is a bug.
    pub fn settings(&self) -> Result<Settings> {
        let table = Table::try_from(&self.value)
            .or_fail(ErrorKind::Internal, || "the configuration cannot be written as TOML")?;
        let mut settings = Vec::new();
        flatten(&table, "", &mut |key, value| {
            let origin = self.origins.get(&key).cloned().unwrap_or(Origin::Default);
            settings.push(Setting { key, value: value.clone(), origin });
        });
        Ok(Settings(settings))
    }
}

fn flatten(table: &Table, prefix: &str, each: &mut impl FnMut(String, &Value)) {
    for (key, value) in table {
        let name = super::layer::join(prefix, key);
        match value {
            Value::Table(inner) if !inner.is_empty() => flatten(inner, &name, each),
            Value::Table(_)
            | Value::String(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Boolean(_)
            | Value::Datetime(_)
            | Value::Array(_) => each(name, value),
        }
    }
}

impl Report for Settings {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        for Setting { key, value, origin } in &self.0 {
            let value = escape::line(&value.to_string()).into_owned();
            let origin = page.styles().dim(&format!("# {}", escape::line(&origin.to_string())));
            page.line(format!("{} = {value}  {origin}", page.styles().bold(key)))?;
        }
        Ok(())
    }
}

/// Writes the commented template of a configuration where no file is yet.
///
/// # Errors
/// `already_exists` where there is one, else what the file system says.
pub fn write_template<C: Schema>(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).or_fail(ErrorKind::Failed, || format!("cannot create {}", folder.display()))?;
    }
    let created = std::fs::File::create_new(path);
    let mut file = created.map_err(|e| {
        let shown = path.display();
        if e.kind() == std::io::ErrorKind::AlreadyExists {
            let what = format!("{shown} is already there and stays as it is");
            Error::new(ErrorKind::AlreadyExists, what)
                .hint(format!("edit it, or move it away first: mv {shown} {shown}.old"))
        } else {
            Error::new(ErrorKind::Failed, format!("cannot create {shown}")).because(e)
        }
    })?;
    file.write_all(C::TEMPLATE.as_bytes()).or_fail(ErrorKind::Failed, || format!("cannot write {}", path.display()))
}
