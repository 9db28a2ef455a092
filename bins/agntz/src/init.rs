//! `agntz init`: tells the agents of a repository, in its `AGENTS.md`, what they can do with this program, and makes the
//! store of issues that they are told of.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use oqto_issues::{IssueError, Store};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Report, Result, escape};
use oqto_mail::workspace::Workspace;
use oqto_protocol::agent_context::AgentContext;
use oqto_protocol::error::ErrorKind;
use oqto_whole::Access;
use serde::Serialize;

use crate::failure::failed;

const BEGIN: &str = "<!-- agntz:begin -->";
const END: &str = "<!-- agntz:end -->";

/// What agents are told: short, since every one of them reads it in every session.
const SECTION: &str = "\
## Working with others here (agntz)

- `agntz context` says what matters now: issues, mail, reservations, memories. Run it first.
- `agntz ready` lists issues that can be begun; `agntz issues claim ID` takes one, `agntz issues close ID -r WHY` ends it.
- `agntz reserve PATH... --reason WHY` before changing files that others may change; `agntz release --all` after it.
  Exit code 75 means that somebody else holds them: the message says who, and until when.
- `agntz mail inbox`, `agntz mail send NAME SUBJECT BODY`, `agntz mail ack ID`.
- `agntz memory search WORDS` before asking again; `agntz memory add TEXT -c CATEGORY` for what the next one must know.
- `--json` works everywhere, also for errors; `agntz help COMMAND` has examples.
";

/// Arguments of `init`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz init\n  agntz init --file CLAUDE.md\n  agntz init --no-issues\n  agntz init --remove\n\nOnly the section between the two marks is written; running it again brings it up to date. Where there is no store of\nissues, one is made in .trx/."
)]
pub(crate) struct Init {
    /// The file, if not AGENTS.md at the root of the workspace
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Make no store of issues
    #[arg(long)]
    no_issues: bool,
    /// Take the section out again; issues stay
    #[arg(long)]
    remove: bool,
}

/// What was done.
#[derive(Serialize)]
struct Done {
    file: String,
    changed: bool,
    /// The store of issues that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    made: Option<String>,
}

impl Report for Done {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let word = if self.changed { "wrote" } else { "nothing to do in" };
        page.line(format_args!("{word} {}", escape::line(&self.file)))?;
        match &self.made {
            Some(store) => page.line(format_args!("made {} for issues", escape::line(store))),
            None => Ok(()),
        }
    }
}

impl Init {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let file = match self.file {
            Some(file) => file,
            None => agents_file()?,
        };
        let old = read(&file)?;
        let new = if self.remove { without(&old) } else { with(&old) };
        let new = new.map_err(|why| {
            Error::new(ErrorKind::Conflict, format!("{}: {why}", file.display()))
                .hint(format!("put the missing mark in, or take both out: {BEGIN} … {END}"))
        })?;
        let changed = new != old;
        if changed {
            let written = oqto_whole::write(&file, new.as_bytes(), Access::KeptOrUsual);
            written.or_fail(ErrorKind::Failed, || format!("cannot write {}", file.display()))?;
        }
        let made = if self.remove || self.no_issues { None } else { issues()? };
        ctx.print(&Done { file: file.display().to_string(), changed, made })
    }
}

/// Makes a store of issues at the root of the workspace, where there is none and may be one.
fn issues() -> Result<Option<String>> {
    let context = AgentContext::read(|name| std::env::var(name).ok());
    let root = Workspace::of(Path::new("."), &context).map_err(failed)?.root().to_path_buf();
    let is_bare = oqto_repo::locate(&root).is_some_and(|place| place.work_tree.is_none());
    match Store::discover(&root) {
        Err(IssueError::NoStore { .. }) if !is_bare => {
            let store = Store::init(&root, "trx")?;
            Ok(Some(store.folder().display().to_string()))
        }
        // What is wrong with one that is there is told by the commands that use it.
        Ok(_) | Err(_) => Ok(None),
    }
}

/// The `AGENTS.md` of the workspace.
pub(crate) fn agents_file() -> Result<PathBuf> {
    let context = AgentContext::read(|name| std::env::var(name).ok());
    Ok(Workspace::of(Path::new("."), &context).map_err(failed)?.root().join("AGENTS.md"))
}

/// Whether the section of a file is there, and whether it is the one this version writes.
pub(crate) fn state(file: &Path) -> Result<Section> {
    let text = read(file)?;
    Ok(match with(&text) {
        Ok(same) if same == text => Section::Current,
        Ok(_) if text.contains(BEGIN) => Section::Old,
        Ok(_) => Section::Missing,
        Err(_) => Section::Broken,
    })
}

/// How the section of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Current,
    Old,
    Missing,
    Broken,
}

fn read(file: &Path) -> Result<String> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(Error::new(ErrorKind::Failed, format!("cannot read {}", file.display())).because(error)),
    }
}

/// Where the section is, its marks included.
fn place(text: &str) -> std::result::Result<Option<std::ops::Range<usize>>, String> {
    let (begins, ends): (Vec<usize>, Vec<usize>) =
        (text.match_indices(BEGIN).map(|(at, _)| at).collect(), text.match_indices(END).map(|(at, _)| at).collect());
    match (begins.as_slice(), ends.as_slice()) {
        ([], []) => Ok(None),
        ([begin], [end]) if begin < end => Ok(Some(*begin..*end + END.len())),
        _ => Err("the marks of the section are not one beginning and one end after it".into()),
    }
}

/// The text with the section: in its place, else at the end.
fn with(text: &str) -> std::result::Result<String, String> {
    let mut section = format!("{BEGIN}\n{SECTION}{END}");
    if text.contains("\r\n") {
        section = section.replace('\n', "\r\n");
    }
    Ok(match place(text)? {
        Some(place) => format!("{}{section}{}", &text[..place.start], &text[place.end..]),
        None if text.is_empty() => format!("{section}\n"),
        None => format!("{}\n\n{section}\n", text.trim_end()),
    })
}

/// The text without the section.
fn without(text: &str) -> std::result::Result<String, String> {
    let Some(place) = place(text)? else { return Ok(text.to_owned()) };
    let (before, after) = (text[..place.start].trim_end(), text[place.end..].trim_start());
    Ok(match (before.is_empty(), after.is_empty()) {
        (true, _) => after.to_owned(),
        (false, true) => format!("{before}\n"),
        (false, false) => format!("{before}\n\n{after}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_is_written_once_and_the_rest_stays() {
        for old in ["", "# Rules\n\nBe kind.\n", "# Régles\r\n\r\nÜ 日本\r\n", "no newline at the end"] {
            let new = with(old).unwrap();
            assert!(new.contains(BEGIN) && new.contains("agntz context") && new.starts_with(old.trim_end()), "{new}");
            assert_eq!(with(&new).unwrap(), new, "again changes nothing");
            assert_eq!(without(&new).unwrap().trim_end(), old.trim_end());
        }
        let around = format!("above\n\n{BEGIN}\nof an older version\n{END}\n\nbelow\n");
        let new = with(&around).unwrap();
        assert!(new.starts_with("above\n\n<!--") && new.ends_with("-->\n\nbelow\n") && !new.contains("older"), "{new}");
        assert_eq!(without(&around).unwrap(), "above\n\nbelow\n");
    }

    #[test]
    fn marks_that_do_not_belong_together_are_refused() {
        for bad in [format!("{BEGIN}\nx"), format!("{END}\n{BEGIN}"), format!("{BEGIN}{END}{BEGIN}{END}")] {
            assert!(with(&bad).unwrap_err().contains("marks"), "{bad}");
        }
    }
}
