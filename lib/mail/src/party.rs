//! Agents and people: who is known, and where they were seen.

use oqto_protocol::agent_context::AgentContext;
use oqto_store::rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use crate::clock::{Moment, Stamp};
use crate::error::MailError;
use crate::name::{Name, fold};
use crate::store::Store;

/// How long after a sign of life another one is not worth a write (milliseconds).
const SEEN_LATELY: i64 = 10 * 60 * 1000;

/// Who acts, and where.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The name that mail and reservations are under.
    pub name: Name,
    /// The workspace, as one text for all who work in it.
    pub workspace: String,
    /// What else is known of who acts; kept with what they send.
    pub context: AgentContext,
}

/// Somebody who sent, got or looked for mail, or reserved something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    /// The name as it was first written.
    pub name: String,
    /// When they last did something; nothing if they only got mail.
    pub seen_at: Option<Stamp>,
    /// When they left, if they did not come back.
    pub left_at: Option<Stamp>,
    /// How many mails wait for them.
    pub unread: i64,
}

/// A row of the table.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) left: bool,
}

impl Store {
    /// Everybody who is known, or only those of a workspace; by name.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn known(&self, workspace: Option<&str>) -> Result<Vec<Known>, MailError> {
        self.read(|db, moment| {
            let mut statement = db.prepare(
                "SELECT name, seen_at, left_at,
                    (SELECT count(*) FROM delivery
                     WHERE party = id AND state IN ('queued', 'delivered') AND expires > ?2)
                 FROM party WHERE ?1 IS NULL OR id IN (SELECT party FROM member WHERE workspace = ?1) ORDER BY key",
            )?;
            let rows = statement.query_map((workspace, moment.time), |row| {
                Ok(Known {
                    name: row.get(0)?,
                    seen_at: row.get::<_, Option<i64>>(1)?.map(Stamp),
                    left_at: row.get::<_, Option<i64>>(2)?.map(Stamp),
                    unread: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

pub(crate) fn find(db: &Connection, name: &Name) -> Result<Option<Party>, MailError> {
    let mut statement = db.prepare_cached("SELECT id, name, left_at IS NOT NULL FROM party WHERE key = ?1")?;
    let read =
        |row: &oqto_store::rusqlite::Row<'_>| Ok(Party { id: row.get(0)?, name: row.get(1)?, left: row.get(2)? });
    Ok(statement.query_row([name.key()], read).optional()?)
}

/// Somebody who gets mail before they did anything.
pub(crate) fn expected(db: &Connection, name: &Name) -> Result<Party, MailError> {
    db.prepare_cached("INSERT INTO party (key, name) VALUES (?1, ?2)")?.execute((name.key(), name.shown()))?;
    Ok(Party { id: db.last_insert_rowid(), name: name.shown().to_owned(), left: false })
}

/// The actor did something: from now on they are known here. Who left is back.
pub(crate) fn seen(db: &Connection, actor: &Actor, moment: Moment) -> Result<i64, MailError> {
    let id: i64 = db
        .prepare_cached(
            "INSERT INTO party (key, name, seen_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET seen_at = max(coalesce(seen_at, 0), ?3), left_at = NULL RETURNING id",
        )?
        .query_row((actor.name.key(), actor.name.shown(), moment.wall), |row| row.get(0))?;
    db.prepare_cached(
        "INSERT INTO member (workspace, party, seen_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (workspace, party) DO UPDATE SET seen_at = max(seen_at, ?3)",
    )?
    .execute((&actor.workspace, id, moment.wall))?;
    Ok(id)
}

/// Whether a sign of life is recent enough to spare a write.
pub(crate) fn was_seen_lately(db: &Connection, actor: &Actor, moment: Moment) -> Result<Option<i64>, MailError> {
    let mut statement = db.prepare_cached(
        "SELECT party.id FROM party JOIN member ON member.party = party.id AND member.workspace = ?2
         WHERE party.key = ?1 AND party.left_at IS NULL AND abs(member.seen_at - ?3) < ?4",
    )?;
    let found = statement.query_row((actor.name.key(), &actor.workspace, moment.wall, SEEN_LATELY), |row| row.get(0));
    Ok(found.optional()?)
}

/// Known names that look like one, the best first.
pub(crate) fn alike(db: &Connection, name: &Name) -> Result<Vec<String>, MailError> {
    let mut statement = db.prepare("SELECT name FROM party WHERE left_at IS NULL ORDER BY key")?;
    let names: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let near = |known: &String| {
        let folded = fold(known);
        let contains = folded.contains(name.key()) || name.key().contains(folded.as_str());
        let score = strsim::jaro_winkler(&folded, name.key()) + if contains { 0.2 } else { 0.0 };
        (score > 0.8).then_some((score, known.clone()))
    };
    let mut found: Vec<(f64, String)> = names.iter().filter_map(near).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(found.into_iter().take(3).map(|(_, name)| name).collect())
}
