//! `byt schemas`

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use oqto_catalog::schemas::{Checked, OURS, Ours, check, configurations, ours};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Report, Result, Table};
use oqto_protocol::error::{ErrorKind, exit};
use serde::Serialize;

use crate::settings::{Where, Workspace};

/// JSON Schemas of our files, and checks against schemas
#[derive(Subcommand, Debug)]
pub(crate) enum Schemas {
    /// List the schemas
    #[command(after_help = "Examples:\n  byt schemas list")]
    List,
    /// Check issues, memories and configurations of repositories, and the configurations of byt and sx
    ///
    /// The configurations are declared in the settings:
    ///   [[schemas]]
    ///   repo = "api"                      # without it every repository that has the file
    ///   file = "config/default.toml"      # .json, .jsonl or .toml
    ///   schema = "config/schema.json"     # a file of the repository, or one of ours by name
    #[command(verbatim_doc_comment)]
    Check(Check),
    /// Print a schema, or write all into a folder
    Export(Export),
}

/// Arguments of `check`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  byt schemas check\n  byt schemas check --repo api --json\n\nExit codes: 0 all as they should be, 1 something is not"
)]
pub(crate) struct Check {
    /// Only this repository (repeatable)
    #[arg(long, value_name = "NAME")]
    repo: Vec<String>,
}

/// Arguments of `export`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  byt schemas export trx-event > trx-event.schema.json\n  byt schemas export --output schemas"
)]
pub(crate) struct Export {
    /// The schema
    #[arg(value_name = "NAME", required_unless_present = "output")]
    name: Option<String>,
    /// Write all (or this one) into this folder
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

#[derive(Serialize)]
#[serde(transparent)]
struct Listed(&'static [Ours]);

impl Report for Listed {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["NAME", "FILE", "WHAT"]);
        for ours in self.0 {
            table.row([ours.name, ours.file, ours.title]);
        }
        page.table(&table)
    }
}

#[derive(Serialize)]
struct Told {
    passed: bool,
    #[serde(flatten)]
    checked: Checked,
}

impl Report for Told {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["REPOSITORY", "FILE", "AT", "WHAT"]);
        for fault in &self.checked.faults {
            table.row([&fault.repository, &fault.file, &fault.at, &fault.why]);
        }
        page.table(&table)
    }
}

#[derive(Serialize)]
struct Written {
    files: Vec<PathBuf>,
}

impl Report for Written {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        self.files.iter().try_for_each(|file| page.line(oqto_kit::escape::line(&file.display().to_string())))
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Where, command: &Schemas) -> Result<Exit> {
    match command {
        Schemas::List => ctx.print(&Listed(OURS)),
        Schemas::Check(args) => checked(ctx, place, args),
        Schemas::Export(args) => export(ctx, args),
    }
}

fn checked(ctx: &Ctx, place: &Where, args: &Check) -> Result<Exit> {
    let workspace = Workspace::open(ctx, place)?;
    let repositories = workspace.named(&args.repo)?;
    let bar = ctx.printer().progress(Some(repositories.len() as u64), "checking");
    let mut checked = check(&repositories, &workspace.settings.schemas, &|| bar.inc(1));
    bar.finish_and_clear();
    let dirs = ctx.dirs()?;
    if let Some(home) = dirs.config.parent().filter(|_| args.repo.is_empty()) {
        let own = configurations(home);
        checked.files += own.files;
        checked.faults.extend(own.faults);
    }
    let (passed, files) = (checked.faults.is_empty(), checked.files);
    ctx.print(&Told { passed, checked })?;
    ctx.note(&format!("{files} files looked at"));
    Ok(if passed { Exit::DONE } else { Exit::code(exit::FAILED) })
}

fn export(ctx: &Ctx, args: &Export) -> Result<Exit> {
    let unknown =
        |name: &str| Error::new(ErrorKind::NotFound, format!("there is no schema {name}")).hint("byt schemas list");
    let named = args.name.as_deref().map(|name| ours::named(name).ok_or_else(|| unknown(name))).transpose()?;
    let Some(folder) = &args.output else {
        let Some(ours) = named else { return Err(unknown("without a name")) };
        if !ctx.printer().is_json() {
            ctx.printer().data(ours.text.as_bytes())?;
            return Ok(Exit::DONE);
        }
        return ctx.print(&Text(BTreeMap::from([(ours.name, parsed(ours)?)])));
    };
    fs::create_dir_all(folder).or_fail(ErrorKind::Failed, || format!("cannot make {}", folder.display()))?;
    let wanted = named.map_or(OURS, std::slice::from_ref);
    let files = wanted.iter().map(|ours| written(folder, ours)).collect::<Result<_>>()?;
    ctx.print(&Written { files })
}

#[derive(Serialize)]
#[serde(transparent)]
struct Text(BTreeMap<&'static str, serde_json::Value>);

impl Report for Text {
    fn people(&self, _: &mut Page<'_>) -> Result<()> {
        Ok(())
    }
}

fn parsed(ours: &Ours) -> Result<serde_json::Value> {
    serde_json::from_str(ours.text).or_fail(ErrorKind::Internal, || format!("the schema {} is not JSON", ours.name))
}

fn written(folder: &Path, ours: &Ours) -> Result<PathBuf> {
    let path = folder.join(format!("{}.schema.json", ours.name));
    fs::write(&path, ours.text).or_fail(ErrorKind::Failed, || format!("cannot write {}", path.display()))?;
    Ok(path)
}
