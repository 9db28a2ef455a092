//! Files of memories.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result, Told};
use oqto_protocol::error::ErrorKind;
use oqto_whole::Access;
use serde::Serialize;

use super::failed;
use super::stores::{One, here, open};
use crate::exchange::{Format, Writing};

/// Bytes of the largest file that is taken in.
const MOST: u64 = 1 << 30;

/// One of the forms.
#[derive(ValueEnum, Clone, Copy, Debug)]
enum Form {
    /// One record a memory, as it is now
    Json,
    /// Everything that happened, in the form of the store
    Jsonl,
    /// For people; comes back whole too
    #[value(alias = "markdown")]
    Md,
}

impl Form {
    fn format(self) -> Format {
        match self {
            Self::Json => Format::Json,
            Self::Jsonl => Format::Jsonl,
            Self::Md => Format::Markdown,
        }
    }
}

/// Arguments of `export`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz memory export -o memories.json\n  agntz memory export -f md > MEMORIES.md\n  agntz memory export -f jsonl --store user | ssh other agntz memory import - --store user"
)]
pub struct Export {
    /// Into this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How; without it as the file's name ends, else JSON
    #[arg(long, short, value_enum)]
    format: Option<Form>,
    #[command(flatten)]
    one: One,
}

/// What is exported to standard output with `--json`.
#[derive(Serialize)]
#[serde(untagged)]
enum Printed {
    Records(serde_json::Map<String, serde_json::Value>),
    Text { format: Format, text: String },
}

fn compact(text: &str) -> Result<serde_json::Map<String, serde_json::Value>> {
    serde_json::from_str(text).or_fail(ErrorKind::Internal, || "the records are no JSON object")
}

#[derive(Serialize)]
struct Exported {
    output: String,
    format: Format,
    memories: usize,
}

impl Export {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let here = here(ctx)?;
        let (place, store) = self.one.open(ctx, &here)?;
        let by_name = self.output.as_deref().and_then(Format::of_name);
        let format = self.format.map(Form::format).or(by_name).unwrap_or(Format::Json);
        let text = store.export(format, &place).map_err(failed)?;
        let Some(output) = self.output else {
            if !ctx.printer().is_json() {
                return ctx.printer().data(text.as_bytes()).map(|()| Exit::DONE);
            }
            let text = match format {
                Format::Json => Printed::Records(compact(&text)?),
                Format::Jsonl | Format::Markdown => Printed::Text { format, text },
            };
            return ctx.print(&Told { value: text, text: String::new() });
        };
        write(&output, &text)?;
        let memories = store.count().map_err(failed)?;
        let many = if memories == 1 { "memory" } else { "memories" };
        let said = format!("{memories} {many} written to {}", output.display());
        ctx.print(&Told { value: Exported { output: output.display().to_string(), format, memories }, text: said })
    }
}

/// Writes a file at once, and the folder where there is none.
fn write(path: &Path, text: &str) -> Result<()> {
    let put = || {
        std::fs::create_dir_all(oqto_whole::folder(path))?;
        oqto_whole::write(path, text.as_bytes(), Access::KeptOrUsual).map_err(|error| error.source)
    };
    put().map_err(|error| {
        let full = error.kind() == std::io::ErrorKind::StorageFull;
        let kind = if full { ErrorKind::DiskFull } else { ErrorKind::Failed };
        Error::new(kind, format!("cannot write {}", path.display())).because(error)
    })
}

/// Arguments of `import`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz memory import .memories/export.json\n  agntz memory import ../other/.mmry/mmry.jsonl --dry-run\n  agntz memory import - --store user < MEMORIES.md\n\nExit codes: 0 all was taken in or there already, 1 something in it could not be read (the rest was taken in)"
)]
pub struct Import {
    /// A file of JSON, JSON lines or Markdown; `-` reads standard input
    path: PathBuf,
    /// What it is; without it as the file's name ends and the text looks
    #[arg(long, short, value_enum)]
    format: Option<Form>,
    /// Only tell what would happen
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    one: One,
}

impl Import {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let here = here(ctx)?;
        let bytes = read(&self.path)?;
        let by_name = Format::of_name(&self.path).filter(|format| *format != Format::Json);
        let guessed = || Format::of_text(&String::from_utf8_lossy(&bytes));
        let format = self.format.map(Form::format).or(by_name).unwrap_or_else(guessed);
        let place = self.one.place(&here.places)?;
        let mut store = open(ctx, &place, &here)?;
        let is_stdin = self.path == Path::new("-");
        let name = if is_stdin { "standard input".into() } else { self.path.display().to_string() };
        let writing = if self.dry_run { Writing::Try } else { Writing::Do };
        let report = store.import(&name, &bytes, format, writing).map_err(failed)?;
        if !self.dry_run {
            let _ = here.places.remember(&place);
        }
        let would = if self.dry_run { " would be" } else { "" };
        let mut text = format!(
            "{}{would} added, {}{would} updated, {} there already",
            report.added, report.updated, report.skipped
        );
        for line in report.notes.iter().chain(&report.damage) {
            text.push_str(&format!("\n{line}"));
        }
        let bad = !report.damage.is_empty();
        ctx.print(&Told { value: report, text })?;
        Ok(if bad { Exit::code(1) } else { Exit::DONE })
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let what = || format!("cannot read {}", path.display());
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        let missing = |error: &std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
        let kind = |error: &std::io::Error| if missing(error) { ErrorKind::NotFound } else { ErrorKind::Failed };
        let file = std::fs::File::open(path).map_err(|error| Error::new(kind(&error), what()).because(error))?;
        file.take(MOST + 1).read_to_end(&mut bytes)
    };
    read.or_fail(ErrorKind::Failed, what)?;
    if bytes.len() as u64 > MOST {
        return Err(Error::new(ErrorKind::TooLarge, format!("{}: more than {MOST} bytes", path.display())));
    }
    Ok(bytes)
}
