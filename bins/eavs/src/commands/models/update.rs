//! `eavs models update`

use std::path::Path;

use axum::http::Method;
use clap::Args;
use oqto_gateway::catalog::Catalog;
use oqto_gateway::catalog::refresh::{self, Change, RefreshError, changes};
use oqto_gateway::config::Settings;
use oqto_gateway::server::{Door, DoorError, Lock};
use oqto_kit::{Ctx, Error, Exit, Page, Result, Table};
use oqto_protocol::error::{ErrorKind, exit};
use serde_json::{Value, json};

use super::catalog;
use crate::failure::failed;
use crate::place::{Place, variable};
use crate::shown::{Shown, entries, text};

/// Changes that are shown one by one to a person; more are counted.
const MOST_SHOWN: usize = 40;

/// Take a newer catalog of models and prices
///
/// From the address under [catalog] in the configuration, or from a file or another address: the catalog of models.dev, or
/// one model a line as `eavs models list --all --json` knows them. It is checked before it counts, and kept beside the
/// database; a service that runs takes it at once. The shipped catalog counts for providers that the newer one has not, and
/// again when the file is deleted. What the configuration says of a model always counts.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs models update\n  eavs models update --check\n  \
    eavs models update --from ./api.json\n\nExit codes: with --check 0 nothing is new, 1 something is.")]
pub(crate) struct Update {
    /// A file, - for stdin, or an address
    #[arg(long, value_name = "FILE|URL")]
    from: Option<String>,
    /// Only say what would change
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Update) -> Result<Exit> {
    let settings = ctx.config::<Settings>(Vec::new())?.value;
    let kept = catalog(&settings, ctx, place)?;
    let file = kept.file.clone().unwrap_or_default();
    let source = args.from.clone().unwrap_or(kept.url);
    let text = read(ctx, &source)?;
    let newer = refresh::parse(&text).map_err(|error| refused(&source, &error))?;
    let old = refresh::current(&file);
    // For providers that it has not, the shipped one goes on to count.
    let changes = changes(&old, &Catalog::shipped().under(newer.clone()));
    let told = json!({"source": source, "file": file, "models": newer.len(), "changes": changes});
    ctx.print(&Shown(told, |told: &Value, page: &mut Page<'_>| for_people(entries(&told["changes"]), page)))?;
    let counted = counted(&changes, newer.len());
    if args.check {
        ctx.note(&counted);
        return Ok(if changes.is_empty() { Exit::DONE } else { Exit::code(exit::FAILED) });
    }
    if changes.is_empty() {
        ctx.note("nothing is new");
        return Ok(Exit::DONE);
    }
    refresh::keep(&newer, &file, &format!("{source}, taken {}", jiff::Timestamp::now()))
        .map_err(|error| Error::new(ErrorKind::Failed, "cannot keep the newer catalog").because(error))?;
    ctx.note(&counted);
    tell_service(ctx, place)?;
    Ok(Exit::DONE)
}

fn read(ctx: &Ctx, source: &str) -> Result<String> {
    if source.contains("://") {
        return ctx.block_on(async { refresh::fetch(source).await.map_err(|error| refused(source, &error)) });
    }
    let bytes = if source == "-" { from_stdin() } else { from_file(Path::new(source)) };
    let bytes = bytes.map_err(|error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let kind = if missing { ErrorKind::NotFound } else { ErrorKind::Failed };
        Error::new(kind, format!("cannot read {source}")).because(error)
    })?;
    String::from_utf8(bytes).map_err(|error| {
        Error::new(ErrorKind::InvalidParams, format!("cannot take the catalog of {source}")).because(error)
    })
}

fn from_stdin() -> std::io::Result<Vec<u8>> {
    bounded(std::io::stdin().lock())
}

fn from_file(path: &Path) -> std::io::Result<Vec<u8>> {
    bounded(std::fs::File::open(path)?)
}

/// One byte more than the largest is enough to refuse it.
fn bounded(reader: impl std::io::Read) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    reader.take(refresh::LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn refused(source: &str, error: &RefreshError) -> Error {
    let (kind, hint) = match error {
        RefreshError::Form(_) | RefreshError::Nonsense { .. } | RefreshError::Empty | RefreshError::TooLarge => {
            (ErrorKind::InvalidParams, "eavs models update --from https://models.dev/api.json")
        }
        RefreshError::Address(_) => (ErrorKind::InvalidParams, "eavs models update --from https://models.dev/api.json"),
        RefreshError::Fetch(_) => (ErrorKind::Unreachable, "eavs models update --from FILE"),
        RefreshError::Write { .. } => (ErrorKind::Failed, "eavs doctor"),
    };
    let mut why = error.to_string();
    if let Some(source) = std::error::Error::source(error) {
        why.push_str(&format!(": {source}"));
    }
    Error::new(kind, format!("cannot take the catalog of {source}; the one that counts stays")).because(why).hint(hint)
}

/// Asks the service that runs to take it.
fn tell_service(ctx: &Ctx, place: &Place) -> Result<()> {
    let (socket, database) = (place.socket(ctx)?, place.database(ctx)?);
    let told = |error: DoorError| failed("the service did not take the newer catalog", &error);
    ctx.block_on(async {
        let door = match Door::open(&socket, &database, Lock::Left, Settings::default, &variable).await {
            Ok(door) => door,
            Err(DoorError::Absent { .. }) => return Ok(()),
            Err(error) => return Err(told(error)),
        };
        door.ask(Method::POST, "/admin/models/reload", None).await.map_err(told)?;
        ctx.note("the service has taken it");
        Ok(())
    })
}

fn counted(changes: &[Change], models: usize) -> String {
    let (mut added, mut removed, mut changed) = (0, 0, 0);
    for change in changes {
        match change {
            Change::Added { .. } => added += 1,
            Change::Removed { .. } => removed += 1,
            Change::Changed { .. } => changed += 1,
        }
    }
    format!("{models} models: {added} new, {changed} different, {removed} gone")
}

fn for_people(changes: &[Value], page: &mut Page<'_>) -> Result<()> {
    let mut table = Table::new(&["WHAT", "MODEL", "HOW"]);
    for change in changes.iter().take(MOST_SHOWN) {
        table.row(row(change));
    }
    page.table(&table)?;
    let more = changes.len().saturating_sub(MOST_SHOWN);
    if more > 0 { page.line(format!("and {more} more (--json has all)")) } else { Ok(()) }
}

fn row(change: &Value) -> [String; 3] {
    let name = |model: &Value| format!("{}/{}", text(&model["provider"]), text(&model["id"]));
    match change["what"].as_str() {
        Some("added") => ["new".to_owned(), name(&change["model"]), super::costs(&change["model"]["cost"])],
        Some("removed") => ["gone".to_owned(), name(&change["model"]), String::new()],
        Some(_) | None => {
            ["different".to_owned(), name(&change["after"]), differences(&change["before"], &change["after"])]
        }
    }
}

/// What is different about a model, in a line.
fn differences(before: &Value, after: &Value) -> String {
    let (Some(was), Some(is)) = (before.as_object(), after.as_object()) else { return String::new() };
    let mut names: Vec<_> = was.keys().chain(is.keys()).filter(|name| before[*name] != after[*name]).collect();
    names.sort();
    names.dedup();
    let price = |value: &Value, name: &str| {
        value["cost"][name].as_f64().map_or_else(|| "–".to_owned(), |usd| format!("${usd}"))
    };
    let mut told = Vec::new();
    for name in names {
        if name == "cost" {
            let fields = ["input", "output", "cache_read", "cache_write"];
            let changed = fields.iter().filter(|field| before["cost"][**field] != after["cost"][**field]);
            told.extend(changed.map(|field| format!("{field} {} → {}", price(before, field), price(after, field))));
        } else if before[name].is_array() || after[name].is_array() {
            told.push(name.clone());
        } else {
            told.push(format!("{name} {} → {}", plain(&before[name]), plain(&after[name])));
        }
    }
    told.join(", ")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_by_their_names() {
        let before = json!({"name": "A", "context": 10, "input": ["text"], "cost": {"input": 1.0, "output": 2.0}});
        let after = json!({"name": "A", "context": 20, "input": ["text", "image"], "cost": {"input": 1.5, "output": 2.0, "cache_read": 0.1}});
        let told = differences(&before, &after);
        assert_eq!(told, "context 10 → 20, input $1 → $1.5, cache_read – → $0.1, input");
    }
}
