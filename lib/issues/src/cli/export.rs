//! `export`.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use oqto_kit::{Ctx, Exit, OrFail as _, Result, Told};
use oqto_protocol::error::ErrorKind;
use serde::Serialize;

use super::{open, rows};
use crate::Store;
use crate::store::Query;

/// Arguments of `export`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx export > ISSUES.md\n  trx export --format jsonl -o issues.jsonl")]
pub struct Export {
    /// How
    #[arg(long, short, value_enum, default_value = "markdown")]
    format: Format,
    /// Into this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Closed issues too (lines have all always)
    #[arg(long, short)]
    all: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// For people.
    #[value(alias = "md")]
    Markdown,
    /// An array.
    Json,
    /// The interchange form.
    Jsonl,
}

impl Export {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let query = Query { all: self.all, ..Query::default() };
        if ctx.printer().is_json() && self.output.is_none() {
            return rows::print(ctx, &store, &store.list(&query)?);
        }
        if matches!(self.format, Format::Jsonl) {
            store.compact()?;
        }
        let Some(path) = self.output else {
            write(&store, self.format, &query, &mut |bytes| ctx.printer().data(bytes))?;
            return Ok(Exit::DONE);
        };
        let failed = || format!("cannot write {}", path.display());
        let mut file = std::fs::File::create(&path).or_fail(ErrorKind::Failed, failed)?;
        let mut put = |bytes: &[u8]| file.write_all(bytes).or_fail(ErrorKind::Failed, failed);
        let issues = write(&store, self.format, &query, &mut put)?;
        let value = Exported { file: path.display().to_string(), issues };
        let text = format!("{issues} issues written to {}", path.display());
        ctx.print(&Told { value, text })
    }
}

#[derive(Serialize)]
struct Exported {
    file: String,
    issues: usize,
}

/// Writes the issues piece by piece; says how many.
fn write(store: &Store, format: Format, query: &Query, put: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<usize> {
    match format {
        Format::Markdown => {
            let text = markdown(store, query)?;
            put(text.as_bytes())?;
            Ok(store.list(query)?.len())
        }
        Format::Json => {
            let entries = store.list(query)?;
            put(b"[")?;
            rows::stream(store, &entries, &store.links()?, put)?;
            put(b"]\n")?;
            Ok(entries.len())
        }
        Format::Jsonl => {
            let lines = store.lines()?;
            lines.iter().try_for_each(|line| put(format!("{line}\n").as_bytes()))?;
            Ok(lines.len())
        }
    }
}

fn markdown(store: &Store, query: &Query) -> Result<String> {
    let mut text = String::from("# Issues\n");
    for entry in store.list(query)? {
        let issue = store.issue(&entry.id)?;
        text.push_str(&format!("\n## {} {}\n\n", issue.id, issue.title));
        text.push_str(&format!("{} · {} · P{}", issue.status, issue.kind, issue.priority));
        if !issue.labels.is_empty() {
            text.push_str(&format!(" · {}", issue.labels.join(", ")));
        }
        text.push('\n');
        for part in [&issue.description, &issue.notes].into_iter().flatten() {
            text.push_str(&format!("\n{part}\n"));
        }
        for remark in &issue.comments {
            let quoted = remark.text.replace('\n', "\n> ");
            text.push_str(&format!(
                "\n> {} ({}): {quoted}\n",
                remark.author.as_deref().unwrap_or("?"),
                remark.created_at
            ));
        }
    }
    Ok(text)
}
