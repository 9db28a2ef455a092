//! `hstry verify`

use std::path::PathBuf;

use clap::Args;
use oqto_history::check::{Report as Checked, quarantine, verify};
use oqto_kit::{Ctx, Error, Exit, Page, Report, Result, escape};
use oqto_protocol::error::ErrorKind;
use serde::Serialize;

use crate::cli::Place;
use crate::failure::failed;

/// Look for damage, and move it aside
///
/// Every row, every log and every blob is checked. Damage makes this fail with exit code 1.
#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// Move a damaged database aside and go on with what is whole of it; no service may be running
    #[arg(long)]
    quarantine: bool,
}

#[derive(Serialize)]
struct Found {
    rows: u64,
    blobs: u64,
    damage: Vec<String>,
    damaged_blobs: Vec<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quarantine: Option<Moved>,
}

#[derive(Serialize)]
struct Moved {
    moved_to: Option<PathBuf>,
    moved_blobs: Vec<PathBuf>,
    kept: u64,
    replaced: u64,
    remarks: Vec<String>,
}

impl Report for Found {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        for text in &self.damage {
            page.line(escape::line(text))?;
        }
        for blob in &self.damaged_blobs {
            page.line(format_args!("blob {} does not hash to its name", escape::line(&blob.display().to_string())))?;
        }
        if let Some(moved) = &self.quarantine {
            moved.people(page)?;
        }
        page.line(format_args!("{} rows and {} blobs checked", self.rows, self.blobs))
    }
}

impl Moved {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        for path in self.moved_to.iter().chain(&self.moved_blobs) {
            page.line(format_args!("moved aside: {}", escape::line(&path.display().to_string())))?;
        }
        for remark in &self.remarks {
            page.line(escape::line(remark))?;
        }
        if self.moved_to.is_some() {
            page.line(format_args!("{} entries kept, {} replaced by a note", self.kept, self.replaced))?;
        }
        Ok(())
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Verify) -> Result<Exit> {
    let database = place.database(ctx)?;
    let found = if args.quarantine {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(now.as_millis()).unwrap_or(i64::MAX);
        let moved = quarantine(&database, now).map_err(|error| failed("cannot move damage aside", &error))?;
        let kept = Moved {
            moved_to: moved.moved_to,
            moved_blobs: moved.moved_blobs,
            kept: moved.kept,
            replaced: moved.replaced,
            remarks: moved.remarks,
        };
        found(moved.found, Some(kept))
    } else {
        found(verify(&database).map_err(|error| failed("cannot check the history", &error))?, None)
    };
    if found.damage.is_empty() && found.damaged_blobs.is_empty() || found.quarantine.is_some() {
        return ctx.print(&found);
    }
    if ctx.printer().is_json() {
        ctx.print(&found)?;
        return Ok(Exit::code(ErrorKind::Corrupt.exit_code()));
    }
    ctx.print(&found)?;
    let count = found.damage.len() + found.damaged_blobs.len();
    let error = Error::new(ErrorKind::Corrupt, format!("the history is damaged in {count} places"));
    Err(error.hint("hstry verify --quarantine"))
}

fn found(report: Checked, quarantine: Option<Moved>) -> Found {
    let Checked { rows, blobs, damage, damaged_blobs } = report;
    Found { rows, blobs, damage, damaged_blobs, quarantine }
}
