//! Granting.

use std::time::Duration;

use oqto_store::rusqlite::{Connection, OptionalExtension as _};

use super::model::{self, Conflict, Mode, Reservation};
use crate::clock::Moment;
use crate::error::MailError;
use crate::glob::{Glob, plain_beginning};
use crate::party::{self, Actor};
use crate::store::Store;

/// How long a reservation lasts unless its holder says otherwise.
pub const DEFAULT_TTL: Duration = Duration::from_secs(30 * 60);
/// The shortest reservation.
pub const SHORTEST_TTL: Duration = Duration::from_secs(1);
/// The longest one.
pub const LONGEST_TTL: Duration = Duration::from_secs(7 * 86_400);

/// The most patterns of one request.
const MOST: usize = 256;
/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;
/// How long after its end a reservation is remembered (milliseconds), so that its holder can be told what became of it.
const REMEMBERED: i64 = 30 * 86_400_000;

/// What somebody wants to hold.
#[derive(Debug, Clone)]
pub struct Request {
    /// The paths.
    pub patterns: Vec<Glob>,
    /// Who else may hold them.
    pub mode: Mode,
    /// How long.
    pub ttl: Duration,
    /// What for.
    pub reason: Option<String>,
}

impl Store {
    /// Reserves all patterns of a request, or none. What the actor holds already in the same mode is prolonged (never
    /// shortened) and keeps its number; in the other mode it is replaced.
    ///
    /// # Errors
    /// `Held` with everything that is in the way, `Invalid`, or a failure of the database.
    pub fn reserve(&self, actor: &Actor, request: &Request) -> Result<Vec<Reservation>, MailError> {
        check(request)?;
        self.write(|db, moment| {
            run_out(db, moment)?;
            let me = party::seen(db, actor, moment)?;
            let conflicts = conflicts(db, actor, me, request, moment)?;
            if !conflicts.is_empty() {
                return Err(MailError::Held(conflicts));
            }
            let mut numbers: Vec<i64> = Vec::new();
            for pattern in &request.patterns {
                let number = grant(db, actor, me, pattern, request, moment)?;
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
            numbers.into_iter().map(|number| one(db, number, moment)).collect()
        })
    }
}

fn check(request: &Request) -> Result<(), MailError> {
    let wrong = |why: String| Err(MailError::Invalid(why));
    if request.patterns.is_empty() {
        return wrong("name a path to reserve".into());
    }
    if request.patterns.len() > MOST {
        return wrong(format!("at most {MOST} paths can be reserved at once; use a pattern"));
    }
    check_ttl(request.ttl)?;
    let Some(reason) = &request.reason else { return Ok(()) };
    if reason.chars().any(char::is_control) || reason.chars().count() > LONGEST_REASON {
        return wrong(format!("a reason is one line of at most {LONGEST_REASON} characters"));
    }
    Ok(())
}

pub(super) fn check_ttl(ttl: Duration) -> Result<(), MailError> {
    if (SHORTEST_TTL..=LONGEST_TTL).contains(&ttl) {
        return Ok(());
    }
    Err(MailError::Invalid("a reservation lasts between a second and seven days".into()))
}

/// Ends what has run out, and forgets what ended long ago.
pub(super) fn run_out(db: &Connection, moment: Moment) -> Result<(), MailError> {
    db.prepare_cached(
        "UPDATE reservation SET ended = 'ran out', ended_at = expires WHERE ended IS NULL AND expires <= ?1",
    )?
    .execute([moment.time])?;
    db.prepare_cached(
        "DELETE FROM reservation WHERE fence IN
            (SELECT fence FROM reservation WHERE ended IS NOT NULL AND ended_at <= ?1 LIMIT 100)",
    )?
    .execute([moment.time - REMEMBERED])?;
    Ok(())
}

fn conflicts(
    db: &Connection,
    actor: &Actor,
    me: i64,
    request: &Request,
    moment: Moment,
) -> Result<Vec<Conflict>, MailError> {
    let condition = "WHERE workspace = ?1 AND holder <> ?2 AND ended IS NULL AND expires > ?3 ORDER BY fence";
    let others = model::chosen(db, condition, (&actor.workspace, me, moment.time), moment)?;
    let mut conflicts = Vec::new();
    for held in others {
        if held.mode == Mode::Shared && request.mode == Mode::Shared {
            continue;
        }
        conflicts.extend(overlaps(&request.patterns, &held)?);
    }
    Ok(conflicts)
}

/// What of `asked` shares a path with what is held. The held pattern is read only when their beginnings do not tell.
pub(super) fn overlaps(asked: &[Glob], held: &Reservation) -> Result<Vec<Conflict>, MailError> {
    let beginning = plain_beginning(&held.pattern);
    let near: Vec<&Glob> = asked.iter().filter(|pattern| !pattern.begins_apart(beginning)).collect();
    if near.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = stored(&held.pattern)?;
    let conflict = |pattern: &Glob| {
        let path = pattern.shared(&theirs)?;
        Some(Conflict { asked: pattern.text().to_owned(), path, held: held.clone() })
    };
    Ok(near.into_iter().filter_map(conflict).collect())
}

/// A pattern that was stored, so that it was one when it was.
pub(super) fn stored(pattern: &str) -> Result<Glob, MailError> {
    Glob::parse(pattern).map_err(|why| {
        MailError::Store(oqto_store::error::StoreError::corrupt(format!(
            "the reserved pattern `{pattern}` is none: {why}"
        )))
    })
}

fn grant(
    db: &Connection,
    actor: &Actor,
    me: i64,
    pattern: &Glob,
    request: &Request,
    moment: Moment,
) -> Result<i64, MailError> {
    let ttl = i64::try_from(request.ttl.as_millis()).unwrap_or(i64::MAX);
    let expires = moment.time.saturating_add(ttl);
    let mine: Option<(i64, Mode)> = db
        .prepare_cached(
            "SELECT fence, mode FROM reservation WHERE workspace = ?1 AND holder = ?2 AND pattern = ?3 AND ended IS NULL",
        )?
        .query_row((&actor.workspace, me, pattern.text()), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match mine {
        Some((number, mode)) if mode == request.mode => {
            db.prepare_cached(
                "UPDATE reservation SET expires = max(expires, ?2), ttl = ?3, reason = coalesce(?4, reason)
                 WHERE fence = ?1",
            )?
            .execute((number, expires, ttl, &request.reason))?;
            return Ok(number);
        }
        Some((number, _)) => {
            db.execute(
                "UPDATE reservation SET ended = 'replaced', ended_at = ?2 WHERE fence = ?1",
                (number, moment.time),
            )?;
        }
        None => {}
    }
    db.prepare_cached(
        "INSERT INTO reservation (workspace, pattern, mode, holder, reason, ttl, granted_at, expires)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((&actor.workspace, pattern.text(), request.mode, me, &request.reason, ttl, moment.wall, expires))?;
    Ok(db.last_insert_rowid())
}

/// The reservation with a number.
pub(super) fn one(db: &Connection, number: i64, moment: Moment) -> Result<Reservation, MailError> {
    let mut statement = db.prepare_cached(&format!("SELECT {} WHERE fence = ?1", model::COLUMNS))?;
    Ok(statement.query_row([number], |row| model::reservation(row, moment))?)
}
