//! Reservations as values, and how they are read.

use oqto_store::rusqlite::{Connection, Params, Row};
use serde::Serialize;

use crate::clock::{Moment, Stamp};
use crate::error::MailError;
use crate::words::words;

words! {
    /// Who else may hold the same paths.
    Mode {
        /// Nobody.
        Exclusive = "exclusive",
        /// Others who share them too.
        Shared = "shared",
    }
}

/// A reservation that is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reservation {
    /// Its number: higher than that of every earlier one.
    pub number: i64,
    /// The paths, relative to the workspace.
    pub pattern: String,
    /// Who else may hold them.
    pub mode: Mode,
    /// Whose it is.
    pub holder: String,
    /// Where.
    pub workspace: String,
    /// What for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was granted.
    pub granted_at: Stamp,
    /// When it runs out.
    pub expires_at: Stamp,
    /// Seconds until then.
    pub seconds_left: i64,
}

/// Something that was asked for, and the reservation of somebody else that is in its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// What was asked for.
    pub asked: String,
    /// A path that both match.
    pub path: String,
    /// What is in the way.
    pub held: Reservation,
}

/// How many conflicts a refusal names one by one.
const NAMED: usize = 5;

/// The sentence of a refusal.
pub(crate) fn refusal(conflicts: &[Conflict]) -> String {
    let mut said: Vec<String> = conflicts.iter().take(NAMED).map(sentence).collect();
    if conflicts.len() > NAMED {
        said.push(format!("and {} more", conflicts.len() - NAMED));
    }
    said.join("; ")
}

fn sentence(conflict: &Conflict) -> String {
    let Conflict { asked, path, held } = conflict;
    let shared = if held.mode == Mode::Shared { "shared " } else { "" };
    let overlap = if *asked == held.pattern { String::new() } else { format!(" by {shared}{}", held.pattern) };
    let path = if path == asked || path == &held.pattern { String::new() } else { format!(" (both match {path})") };
    let reason = held.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let Reservation { holder, expires_at, number, .. } = held;
    let verb = if overlap.is_empty() {
        format!("is {shared}reserved")
    } else {
        format!("is covered{overlap}{path}, reserved")
    };
    format!("{asked} {verb} by {holder} until {expires_at}, number {number}{reason}")
}

/// The columns that [`reservation`] reads.
pub(super) const COLUMNS: &str = "fence, pattern, mode, name, workspace, reason, granted_at, expires
    FROM reservation JOIN party ON party.id = holder";

/// Reservations that a condition chooses.
pub(super) fn chosen(
    db: &Connection,
    condition: &str,
    parameters: impl Params,
    moment: Moment,
) -> Result<Vec<Reservation>, MailError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} {condition}"))?;
    Ok(statement.query_map(parameters, |row| reservation(row, moment))?.collect::<Result<_, _>>()?)
}

pub(super) fn reservation(row: &Row<'_>, moment: Moment) -> oqto_store::rusqlite::Result<Reservation> {
    let expires: i64 = row.get(7)?;
    Ok(Reservation {
        number: row.get(0)?,
        pattern: row.get(1)?,
        mode: row.get(2)?,
        holder: row.get(3)?,
        workspace: row.get(4)?,
        reason: row.get(5)?,
        granted_at: Stamp(row.get(6)?),
        expires_at: moment.shown(expires),
        seconds_left: (expires - moment.time).max(0) / 1000,
    })
}
