//! Sessions as people see them in a list.

use crate::ago;
use crate::client::Unreachable;
use oqto_kit::{Ctx, Page, Report, Result, Table, escape};
use oqto_protocol::session::{SessionInfo, SessionState};
use serde::Serialize;
use std::path::Path;

/// Some sessions.
#[derive(Debug, Serialize)]
pub(crate) struct Listing {
    /// Newest first.
    pub(crate) sessions: Vec<SessionInfo>,
    /// Runners that did not answer, so that the list may not be whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unreachable: Vec<Unreachable>,
}

impl Report for Listing {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["ID", "STATE", "USED", "WORKSPACE", "TITLE"]);
        for row in &self.sessions {
            table.row([row.id.to_string(), state(row), ago::since(row.updated_at), short(&row.workspace), title(row)]);
        }
        page.table(&table)
    }
}

/// Says on stderr which runners are missing from a list.
pub(crate) fn warn(ctx: &Ctx, unreachable: &[Unreachable]) {
    for Unreachable { runner, error } in unreachable {
        ctx.printer().warn(&format!("runner {runner} does not answer: {}", error.message));
    }
}

/// What a session is doing, in words.
pub(crate) fn state(session: &SessionInfo) -> String {
    match session.state {
        SessionState::Starting => "starting".to_owned(),
        SessionState::Idle => "idle".to_owned(),
        SessionState::Working => "working".to_owned(),
        SessionState::Waiting => "waits for you".to_owned(),
        SessionState::Asleep => "asleep".to_owned(),
        SessionState::Stopped => "stopped".to_owned(),
        SessionState::Failed => "failed".to_owned(),
    }
}

/// The title, or that there is none.
pub(crate) fn title(session: &SessionInfo) -> String {
    if session.title.is_empty() { "(no title yet)".to_owned() } else { session.title.clone() }
}

/// A session in one line, for messages.
pub(crate) fn line(session: &SessionInfo) -> String {
    escape::line(&format!("{}  {}  {}", session.id, state(session), title(session))).into_owned()
}

/// A path with the person's own home as `~`.
pub(crate) fn short(path: &str) -> String {
    let home = std::env::var("HOME").ok().filter(|home| home.len() > 1);
    match home.and_then(|home| Path::new(path).strip_prefix(&home).ok().map(Path::to_path_buf)) {
        Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
        Some(rest) => format!("~/{}", rest.display()),
        None => path.to_owned(),
    }
}
