//! `~/.config/byt/config.toml`, and the flags that stand above it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;
use oqto_catalog::lint::Rules;
use oqto_catalog::release::Style;
use oqto_catalog::schemas::Declared;
use oqto_catalog::{Found, find};
use oqto_kit::config::{self, FlagValue, Loaded, Schema, Sources};
use oqto_kit::{Ctx, Dirs, Error, Result};
use oqto_protocol::error::ErrorKind;
use serde::{Deserialize, Serialize};

use crate::failure::failed;

/// Where repositories are looked for.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Where {
    /// Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    #[arg(long, global = true, value_name = "DIR")]
    root: Vec<PathBuf>,
    /// The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    #[arg(long, global = true, value_name = "FILE")]
    catalog: Option<PathBuf>,
}

impl Where {
    /// Whether folders are named.
    pub(crate) fn is_named(&self) -> bool {
        !self.root.is_empty()
    }
}

/// The configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    roots: Vec<String>,
    ignore: Vec<String>,
    depth: usize,
    catalog_path: String,
    /// Days without a commit after which a repository counts as stale.
    pub(crate) stale_days: i64,
    /// The rules of `lint`.
    pub(crate) lint: Rules,
    /// How versions are tagged and told of.
    pub(crate) release: Style,
    /// Configurations of repositories and their schemas.
    pub(crate) schemas: Vec<Declared>,
    /// Templates by name: folders or git URLs.
    templates: BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            roots: Vec::new(),
            ignore: Vec::new(),
            depth: 4,
            catalog_path: String::new(),
            stale_days: 90,
            lint: Rules::default(),
            release: Style::default(),
            schemas: Vec::new(),
            templates: BTreeMap::new(),
        }
    }
}

impl Schema for Settings {
    const FILE: &'static str = "config.toml";
    const ENVIRONMENT: &'static [(&'static str, &'static str)] = &[];
    const TEMPLATE: &'static str = "\
# Folders below which repositories are looked for; without any, the current one.
# roots = [\"~/code\"]
# Names of folders that are passed over.
# ignore = [\"archive\"]
# How many folders deep.
# depth = 4
# The catalog file.
# catalog_path = \"~/code/govnr/CATALOG.json\"
# Days without a commit after which a repository counts as stale.
# stale_days = 90

[lint]
# Files that every repository has.
# required = [\"AGENTS.md\"]
# Days that a change may wait to be committed.
# dirty_days = 7
# Days without a commit after which the rule `stale` is broken.
# stale_days = 365
# Repositories that are not checked.
# except = [\"playground\"]
# How rules count: error, warning or off; `byt lint --rules` lists them.
# rules = { ci = \"error\", upstream = \"off\" }

[release]
# What stands before the version in a tag.
# tag_prefix = \"v\"
# Manifests that have the same version as those at the root.
# manifests = [\"frontend/package.json\"]
# The changelog; empty: there need not be one.
# changelog = \"CHANGELOG.md\"

# Where `byt new` finds templates: a folder or a git URL.
[templates]
# service = \"~/templates/service\"

# Configurations of repositories that `byt schemas check` holds against their schemas.
# [[schemas]]
# repo = \"api\"
# file = \"config/default.toml\"
# schema = \"config/schema.json\"
";
}

/// Everything a command has to know.
pub(crate) struct Workspace {
    pub(crate) settings: Settings,
    pub(crate) catalog: PathBuf,
    roots: Vec<PathBuf>,
}

/// Reads the layers.
pub(crate) fn load(ctx: &Ctx, place: &Where) -> Result<Loaded<Settings>> {
    let mut dirs = ctx.dirs()?;
    dirs.config = dirs.config.with_file_name("byt");
    dirs.system = dirs.system.with_file_name("byt");
    // The file that `OQTO_CONFIG` names is another program's.
    let nothing = |_: &str| None::<OsString>;
    let text = |path: &PathBuf| toml_text(path);
    let roots: Vec<_> = place.root.iter().map(text).collect::<Result<_>>()?;
    let flags = [
        FlagValue::given("--root", "roots", (!roots.is_empty()).then_some(roots)),
        FlagValue::given("--catalog", "catalog_path", place.catalog.as_ref().map(text).transpose()?),
    ];
    let sources = Sources::new(&dirs, ctx.config_file(), &nothing);
    config::load(sources.with_flags(flags.into_iter().flatten().collect()))
}

fn toml_text(path: &Path) -> Result<String> {
    let wrong = || Error::new(ErrorKind::InvalidParams, format!("{} is not UTF-8", path.display()));
    path.to_str().map(ToOwned::to_owned).ok_or_else(wrong)
}

impl Workspace {
    /// Reads the configuration.
    pub(crate) fn open(ctx: &Ctx, place: &Where) -> Result<Self> {
        let settings = load(ctx, place)?.value;
        let dirs = ctx.dirs()?;
        let roots: Vec<_> = settings.roots.iter().map(|root| at_home(&dirs, root)).collect();
        let catalog = match settings.catalog_path.as_str() {
            "" => dirs.data.join("CATALOG.json"),
            named => at_home(&dirs, named),
        };
        Ok(Self { roots: if roots.is_empty() { vec![PathBuf::from(".")] } else { roots }, settings, catalog })
    }

    /// The repositories below the roots.
    pub(crate) fn repositories(&self) -> Result<Vec<Found>> {
        let found = find(&self.roots, &self.settings.ignore, self.settings.depth);
        let found = found.map_err(|error| failed("cannot look for repositories", error))?;
        if found.is_empty() {
            let roots: Vec<_> = self.roots.iter().map(|root| root.display().to_string()).collect();
            let what = format!("no repositories below {}", roots.join(", "));
            return Err(
                Error::new(ErrorKind::NotFound, what).hint("name a folder that has some: byt --root ~/code status")
            );
        }
        Ok(found)
    }
}

impl Workspace {
    /// The folder or URL that the settings have for a template of this name.
    pub(crate) fn template(&self, ctx: &Ctx, name: &str) -> Result<Option<String>> {
        let dirs = ctx.dirs()?;
        Ok(self.settings.templates.get(name).map(|place| at_home(&dirs, place).to_string_lossy().into_owned()))
    }

    /// The repositories with these names; all of them where none is named.
    pub(crate) fn named(&self, names: &[String]) -> Result<Vec<Found>> {
        let mut found = self.repositories()?;
        for name in names {
            self.known(&found, name)?;
        }
        found.retain(|found| names.is_empty() || names.contains(&found.name));
        Ok(found)
    }

    /// The repository with this name.
    pub(crate) fn one(&self, name: &str) -> Result<Found> {
        let mut found = self.repositories()?;
        let at = self.known(&found, name)?;
        Ok(found.swap_remove(at))
    }

    fn known(&self, found: &[Found], name: &str) -> Result<usize> {
        found.iter().position(|found| found.name == name).ok_or_else(|| {
            let what = format!("there is no repository {name} below the roots");
            Error::new(ErrorKind::NotFound, what).hint("byt status")
        })
    }
}

/// `~/` is the home directory.
fn at_home(dirs: &Dirs, path: &str) -> PathBuf {
    match path.strip_prefix("~/") {
        Some(rest) => dirs.home.join(rest),
        None => PathBuf::from(path),
    }
}
