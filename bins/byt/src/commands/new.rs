//! `byt new`

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use oqto_catalog::CatalogError;
use oqto_catalog::scaffold::write::{Values, complete};
use oqto_catalog::scaffold::{Template, Variable, write};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Report, Result, escape};
use oqto_protocol::error::ErrorKind;
use oqto_repo::Git;
use serde::Serialize;

use crate::failure::failed;
use crate::settings::{Where, Workspace};

/// How long a template may take to be fetched.
const FETCH: Duration = Duration::from_secs(120);

/// Make a project from a template
///
/// A template is a folder, a git repository (its URL or path), or a name of the setting `templates`. Names of files, and the
/// content of files whose name ends with `.jinja`, are filled in; `template.toml` says which values there are:
///   [variables.title]
///   prompt = "The title"
///   default = "The {{ name }}"
///   choices = []
/// `name`, `year` and `author` are always there. Nothing is ever overwritten, and nothing of a template is run unless
/// `--hooks` is given.
#[derive(Args, Debug)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  byt new ~/templates/service api --var port=7700
  byt new https://host.example/templates.git app --ref v2
  byt new service api --show            what the template asks for

Exit codes: 0 done, 1 the place is taken, 2 a value is missing or not allowed, 3 no such template, 69 unreachable"
)]
pub(crate) struct New {
    /// A folder, a git URL, or a name of the setting `templates`
    template: String,
    /// The folder to make; its name is the value `name`
    #[arg(value_name = "DIR", required_unless_present = "show")]
    place: Option<PathBuf>,
    /// A value (repeatable)
    #[arg(long = "var", short = 'D', value_name = "NAME=VALUE", value_parser = pair)]
    values: Vec<(String, String)>,
    /// A branch or tag of the template's repository
    #[arg(long = "ref", value_name = "REF")]
    reference: Option<String>,
    /// Do not make a git repository of it
    #[arg(long)]
    no_git: bool,
    /// Run the programs that the template names
    #[arg(long)]
    hooks: bool,
    /// Never ask, also at a terminal
    #[arg(long)]
    no_input: bool,
    /// Only show what the template asks for
    #[arg(long)]
    show: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    if oqto_catalog::scaffold::template::is_name(name) {
        Ok((name.to_owned(), value.to_owned()))
    } else {
        Err(format!("{name:?} is no name of a variable"))
    }
}

#[derive(Serialize)]
struct Made {
    path: PathBuf,
    files: Vec<PathBuf>,
    /// Programs that the template names and that were run, or were not.
    hooks: Vec<Vec<String>>,
    hooks_run: bool,
}

impl Report for Made {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let path = self.path.display().to_string();
        page.line(format!("{} ({} files)", escape::line(&path), self.files.len()))
    }
}

#[derive(Serialize)]
struct Shown {
    description: String,
    variables: std::collections::BTreeMap<String, Variable>,
    hooks: Vec<Vec<String>>,
}

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        if !self.description.is_empty() {
            page.line(escape::line(&self.description))?;
        }
        let mut table = oqto_kit::Table::new(&["VARIABLE", "DEFAULT", "CHOICES", "WHAT"]);
        for (name, variable) in &self.variables {
            let default = variable.default.as_deref().unwrap_or("-");
            table.row([name.as_str(), default, &variable.choices.join(", "), &variable.prompt]);
        }
        page.table(&table)
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Where, args: &New) -> Result<Exit> {
    let git = Git::at(".").map_err(|error| failed("cannot ask git", error))?;
    let template = template(ctx, place, &git, args)?;
    let Some(folder) = args.place.as_deref().filter(|_| !args.show) else {
        let Template { description, variables, after, .. } = template;
        return ctx.print(&Shown { description, variables, hooks: after });
    };
    let values = values(&git, &template, folder, args)?;
    let hooks = if args.hooks { template.after.as_slice() } else { &[] };
    let made = write(&template, &values, folder, |project| {
        if !args.no_git {
            git.beside(project).init()?;
        }
        hooks.iter().try_for_each(|hook| oqto_catalog::scaffold::hook::run(project, hook))
    });
    let files = made.map_err(|error| failed("cannot make the project", error))?;
    if !args.hooks && !template.after.is_empty() {
        let named: Vec<String> = template.after.iter().map(|hook| hook.join(" ")).collect();
        ctx.note(&escape::line(&format!("not run (--hooks runs them): {}", named.join("; "))));
    }
    let path = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    ctx.print(&Made { path, files, hooks_run: args.hooks, hooks: template.after })
}

fn template(ctx: &Ctx, place: &Where, git: &Git, args: &New) -> Result<Template> {
    let known = Workspace::open(ctx, place)?.template(ctx, &args.template)?;
    let named = known.as_deref().unwrap_or(&args.template);
    let folder = Path::new(named);
    let is_bare = folder.is_dir() && oqto_repo::locate::at(folder).is_some_and(|place| place.work_tree.is_none());
    let is_remote = named.contains("://") || (!folder.exists() && named.contains(':')) || named.ends_with(".git");
    let opened = if is_bare || is_remote || args.reference.is_some() {
        let url = if folder.exists() {
            folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
        } else {
            folder.to_owned()
        };
        Template::fetch(&git.clone().until(Instant::now() + FETCH), &url.to_string_lossy(), args.reference.as_deref())
    } else {
        Template::open(folder)
    };
    opened.map_err(|error| failed("cannot use the template", error))
}

fn values(git: &Git, template: &Template, folder: &Path, args: &New) -> Result<Values> {
    let place = std::path::absolute(folder).or_fail(ErrorKind::InvalidParams, || "the folder has no name")?;
    let name = place.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| Error::new(ErrorKind::InvalidParams, "the folder has no name that is UTF-8"))?;
    let author = git.identity().ok().flatten().map_or_else(String::new, |identity| identity.name);
    let year = jiff::Zoned::now().year().to_string();
    let known = [("name", name.to_owned()), ("year", year), ("author", author)];
    let known = known.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
    let told = args.values.iter().cloned().collect();
    let is_asked = !args.no_input && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let asked = complete(
        template,
        told,
        &known,
        |name, variable, default| {
            if is_asked { ask(name, variable, default) } else { Ok(None) }
        },
    );
    asked.map_err(|error| failed("cannot fill in the template", error))
}

/// Asks a person, on stderr. An empty answer is the default.
fn ask(name: &str, variable: &Variable, default: Option<&str>) -> Result<Option<String>, CatalogError> {
    let failed = |source| CatalogError::Io { path: PathBuf::from("the terminal"), source };
    let prompt = if variable.prompt.is_empty() { name } else { &variable.prompt };
    let choices =
        if variable.choices.is_empty() { String::new() } else { format!(" ({})", variable.choices.join(", ")) };
    let default = default.map_or_else(String::new, |default| format!(" [{default}]"));
    let mut stderr = std::io::stderr().lock();
    write!(stderr, "{}: ", escape::line(&format!("{prompt}{choices}{default}"))).map_err(failed)?;
    stderr.flush().map_err(failed)?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).map_err(failed)?;
    Ok(Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()))
}
