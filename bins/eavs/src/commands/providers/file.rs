//! The configuration file, changed in one place and left as it is everywhere else.

use std::fs;
use std::path::PathBuf;

use oqto_gateway::config::{Settings, Weight, check};
use oqto_kit::config::Schema as _;
use oqto_kit::{Ctx, Error, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use oqto_whole::Access;
use toml_edit::{DocumentMut, Table};

use crate::place::variable;

/// The file as a document.
pub(super) struct ConfigFile {
    pub(super) path: PathBuf,
    pub(super) document: DocumentMut,
}

impl ConfigFile {
    /// Reads it; the template where there is none yet.
    pub(super) fn read(ctx: &Ctx) -> Result<Self> {
        let path = ctx.config_files::<Settings>()?.own;
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Settings::TEMPLATE.to_owned(),
            Err(error) => {
                return Err(Error::new(ErrorKind::Config, format!("cannot read {}", path.display())).because(error));
            }
        };
        let document = text.parse().or_fail(ErrorKind::Config, || format!("cannot read {}", path.display()))?;
        Ok(Self { path, document })
    }

    /// Where there are comments alone, a first table comes after them.
    pub(super) fn after_the_comments(&mut self, table: &mut Table) {
        if self.document.as_table().is_empty() {
            let comments = self.document.trailing().as_str().unwrap_or_default().to_owned();
            table.decor_mut().set_prefix(format!("{comments}\n"));
            self.document.set_trailing("");
        }
    }

    /// Puts the changed file in place of the old one, when it can work. `before` is what it said until now.
    pub(super) fn write(&self, before: &Settings) -> Result<()> {
        let text = self.document.to_string();
        let refused = |why: String| {
            Error::new(ErrorKind::Config, "the configuration would not work; it stays as it is").because(why)
        };
        let settings: Settings = toml::from_str(&text).map_err(|error| refused(error.message().to_owned()))?;
        let known = check(before, &variable);
        let new = check(&settings, &variable)
            .into_iter()
            .find(|finding| finding.weight == Weight::Error && !known.contains(finding));
        if let Some(finding) = new {
            return Err(refused(format!("{}: {}", finding.key, finding.problem)));
        }
        let failed = || format!("cannot write {}", self.path.display());
        fs::create_dir_all(oqto_whole::folder(&self.path)).or_fail(ErrorKind::Failed, failed)?;
        oqto_whole::write(&self.path, text.as_bytes(), Access::KeptOrOwner).or_fail(ErrorKind::Failed, failed)
    }
}
