//! `hstry stats`

use std::path::PathBuf;

use clap::Args;
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use serde::Serialize;

use crate::cli::Place;
use crate::failure::failed;

/// Show sizes and counts
#[derive(Args, Debug)]
pub(crate) struct Stats {}

#[derive(Serialize)]
struct Figures {
    database: PathBuf,
    lineage: String,
    conversations: u64,
    entries: u64,
    messages: u64,
    database_bytes: u64,
    index_bytes: u64,
    blob_bytes: u64,
    position: u64,
    indexed_to: u64,
}

impl Report for Figures {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["WHAT", "VALUE"]);
        table.row(["database", &self.database.display().to_string()]);
        table.row(["lineage", &self.lineage]);
        let numbers = [
            ("conversations", self.conversations),
            ("entries", self.entries),
            ("messages", self.messages),
            ("database bytes", self.database_bytes),
            ("search index bytes", self.index_bytes),
            ("blob bytes", self.blob_bytes),
            ("last position", self.position),
            ("indexed to", self.indexed_to),
        ];
        for (name, number) in numbers {
            table.row([name, &number.to_string()]);
        }
        page.table(&table)
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, _: &Stats) -> Result<Exit> {
    let reader = place.reader(ctx)?;
    let stats = ctx.block_on(async { reader.stats().await.map_err(|error| failed("cannot read figures", &error)) })?;
    ctx.print(&Figures {
        database: reader.path().to_path_buf(),
        lineage: stats.lineage,
        conversations: stats.conversations,
        entries: stats.entries,
        messages: stats.messages,
        database_bytes: stats.database_bytes,
        index_bytes: stats.index_bytes,
        blob_bytes: stats.blob_bytes,
        position: stats.position,
        indexed_to: stats.indexed_to,
    })
}
