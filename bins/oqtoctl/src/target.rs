//! Which session a person means: an id, the beginning of one, or a title.

use crate::client::Client;
use crate::listing;
use oqto_kit::{Error, Result};
use oqto_protocol::command::{Command, SessionList, SessionReply};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::ids::SessionId;
use oqto_protocol::live::Empty;
use oqto_protocol::session::SessionInfo;

/// How a session is written where other targets are possible too.
const PREFIX: &str = "@@session:";

/// The most sessions that a list of candidates shows.
const CANDIDATES: usize = 8;

/// How freely a text may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Also by a part of the title.
    Generous,
    /// Only by the beginning of the id or the whole title: what follows cannot be undone.
    Careful,
}

/// Finds the session that a text means.
///
/// # Errors
/// `not_found` when there is none; `conflict`, with the candidates, when there are several.
pub(crate) async fn session(client: &Client, text: &str, reading: Reading) -> Result<SessionInfo> {
    let text = text.strip_prefix(PREFIX).unwrap_or(text).trim();
    if let Ok(id) = text.parse::<SessionId>() {
        let reply: Result<SessionReply> = client.about(id, &Command::SessionGet(Empty {})).await;
        let is_none = |error: &Error| error.kind() == ErrorKind::NotFound;
        return reply.map(|reply| reply.session).map_err(|error| if is_none(&error) { none(text) } else { error });
    }
    let all = client.sessions(&SessionList { limit: Some(10_000), ..SessionList::default() }).await?;
    choose(text, &all.rows, reading)
}

fn choose(text: &str, sessions: &[SessionInfo], reading: Reading) -> Result<SessionInfo> {
    let wanted = text.to_lowercase();
    if wanted.is_empty() {
        return Err(Error::new(ErrorKind::InvalidParams, "no session is named").hint("oqtoctl session list"));
    }
    let by_id = |row: &SessionInfo| {
        let id = row.id.to_string();
        id.starts_with(&wanted) || id.trim_start_matches("ses_").starts_with(&wanted)
    };
    let by_title = |row: &SessionInfo| row.title.to_lowercase() == wanted;
    let by_part = |row: &SessionInfo| reading == Reading::Generous && row.title.to_lowercase().contains(&wanted);
    let ways: [&dyn Fn(&SessionInfo) -> bool; 3] = [&by_id, &by_title, &by_part];
    for fits in ways {
        let mut fitting: Vec<&SessionInfo> = sessions.iter().filter(|row| fits(row)).collect();
        match (fitting.pop(), fitting.is_empty()) {
            (None, _) => {}
            (Some(only), true) => return Ok(only.clone()),
            (Some(last), false) => {
                fitting.push(last);
                return Err(several(text, &fitting));
            }
        }
    }
    Err(none(text))
}

fn none(text: &str) -> Error {
    Error::new(ErrorKind::NotFound, format!("no session {text}")).hint("see which there are: oqtoctl session list")
}

fn several(text: &str, fitting: &[&SessionInfo]) -> Error {
    let mut shown: Vec<String> = fitting.iter().take(CANDIDATES).map(|row| listing::line(row)).collect();
    if fitting.len() > CANDIDATES {
        shown.push(format!("and {} more", fitting.len() - CANDIDATES));
    }
    let what = format!("{} sessions fit {text}:\n    {}", fitting.len(), shown.join("\n    "));
    Error::new(ErrorKind::Conflict, what).hint("write more of the id")
}

#[cfg(test)]
mod tests {
    use super::*;
    use oqto_protocol::session::SessionState;

    fn row(title: &str) -> SessionInfo {
        SessionInfo {
            id: SessionId::mint(),
            runner: "local".into(),
            title: title.into(),
            workspace: "/w".into(),
            harness: "pi".into(),
            state: SessionState::Idle,
            model: None,
            provider: None,
            head: 1,
            created_at: 1,
            updated_at: 1,
            last_turn: None,
            open_inputs: 0,
            parent: None,
        }
    }

    fn chosen(text: &str, rows: &[SessionInfo], reading: Reading) -> Result<String> {
        choose(text, rows, reading).map(|row| row.title)
    }

    #[test]
    fn an_id_its_beginning_a_title_or_a_part_of_it() {
        let rows = [row("Fix the parser"), row("Write the docs"), row("docs")];
        let id = rows[1].id.to_string();
        for text in [id.as_str(), &id[..29], &id[4..29], "write the docs", "WRITE"] {
            assert_eq!(chosen(text, &rows, Reading::Generous).unwrap(), "Write the docs", "{text}");
        }
        assert_eq!(chosen("docs", &rows, Reading::Generous).unwrap(), "docs", "a whole title goes before a part");
    }

    #[test]
    fn what_cannot_be_undone_is_not_guessed_from_a_part() {
        let rows = [row("Fix the parser")];
        assert_eq!(chosen("parser", &rows, Reading::Generous).unwrap(), "Fix the parser");
        assert_eq!(chosen("parser", &rows, Reading::Careful).unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn several_are_listed_and_none_is_chosen() {
        let rows = [row("docs one"), row("docs two")];
        let error = chosen("docs", &rows, Reading::Generous).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
        assert!(rows.iter().all(|row| error.what().contains(&row.id.to_string())), "{error:?}");
        assert_eq!(chosen("", &rows, Reading::Generous).unwrap_err().kind(), ErrorKind::InvalidParams);
    }
}
