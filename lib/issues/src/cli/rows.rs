//! Lists of issues: a row each for people, an array for programs. An array is written piece by piece, so that a long one
//! takes no room.

use oqto_kit::printer::{Page, Report};
use oqto_kit::{Ctx, Exit, Result, Table};
use serde::Serialize;

use crate::Store;
use crate::store::{Entry, Links, Ready};

/// Bytes written at once.
const PIECE: usize = 128 << 10;

/// Prints issues.
pub(super) fn print(ctx: &Ctx, store: &Store, entries: &[Entry]) -> Result<Exit> {
    if ctx.printer().is_json() { array(ctx, store, entries, &store.links()?) } else { text(ctx, store, entries) }
}

/// The same of what can be begun, which knows already how issues hang together.
pub(super) fn print_ready(ctx: &Ctx, store: &Store, ready: Ready) -> Result<Exit> {
    if ctx.printer().is_json() {
        array(ctx, store, &ready.issues, &store.named(ready.web)?)
    } else {
        text(ctx, store, &ready.issues)
    }
}

fn text(ctx: &Ctx, store: &Store, entries: &[Entry]) -> Result<Exit> {
    ctx.print(&Rows { table: table(store, entries)? })
}

fn array(ctx: &Ctx, store: &Store, entries: &[Entry], links: &Links) -> Result<Exit> {
    let put = &mut |bytes: &[u8]| ctx.printer().data(bytes);
    // Anything that fails does so before the first byte, or the machine's disk does.
    put(b"{\"ok\":[")?;
    stream(store, entries, links, put)?;
    put(b"]}\n")?;
    Ok(Exit::DONE)
}

/// Writes issues with commas between them.
pub(super) fn stream(
    store: &Store,
    entries: &[Entry],
    links: &Links,
    put: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let mut out = Vec::with_capacity(PIECE + (16 << 10));
    let mut first = true;
    store.each_line(entries, |entry, line| {
        if !std::mem::take(&mut first) {
            out.push(b',');
        }
        entry.write_json(line, &links.of(entry), &mut out);
        if out.len() >= PIECE {
            put(&out)?;
            out.clear();
        }
        Ok::<_, oqto_kit::Error>(())
    })?;
    put(&out)
}

fn table(store: &Store, entries: &[Entry]) -> Result<Table> {
    let mut table = Table::new(&["ID", "P", "TYPE", "STATUS", "TITLE"]);
    let shorts = store.shorts(entries.iter().map(|entry| entry.id.as_str()))?;
    for (entry, short) in entries.iter().zip(shorts) {
        let status = match &entry.claim {
            Some((by, _)) => format!("{} ({by})", entry.status),
            None => entry.status.to_string(),
        };
        table.row([short, format!("P{}", entry.priority), entry.kind.to_string(), status, entry.title.clone()]);
    }
    Ok(table)
}

#[derive(Serialize)]
struct Rows {
    #[serde(skip)]
    table: Table,
}

impl Report for Rows {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.table(&self.table)
    }
}
