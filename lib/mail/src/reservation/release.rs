//! Releasing and renewing.

use std::time::Duration;

use oqto_store::rusqlite::{Connection, OptionalExtension as _};

use super::model::Reservation;
use super::reserve::{check_ttl, one, run_out};
use crate::clock::Moment;
use crate::error::MailError;
use crate::glob::Glob;
use crate::party::{self, Actor};
use crate::store::Store;

/// One's own reservations, or some of them.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// All in the workspace.
    All,
    /// Those with these patterns and these numbers; each must be there.
    These {
        /// As they were reserved.
        patterns: Vec<Glob>,
        /// As they were granted.
        numbers: Vec<i64>,
    },
}

impl Store {
    /// Releases reservations of the actor: all that are chosen, or none. Returns what was released.
    ///
    /// # Errors
    /// `NotHeld` when there is nothing to release or one of the chosen is not held, or a failure of the database.
    pub fn release(&self, actor: &Actor, chosen: &Chosen) -> Result<Vec<Reservation>, MailError> {
        self.write(|db, moment| {
            run_out(db, moment)?;
            let me = party::seen(db, actor, moment)?;
            let numbers = numbers(db, actor, me, chosen, moment)?;
            let mut released = Vec::new();
            for number in numbers {
                released.push(one(db, number, moment)?);
                end(db, number, moment)?;
            }
            Ok(released)
        })
    }

    /// Prolongs reservations of the actor to `ttl` from now, or by what they were granted for; never shortens one.
    ///
    /// # Errors
    /// `RanOut` when it is too late for one, `NotHeld`, `Invalid`, or a failure of the database. Then none is prolonged.
    pub fn renew(&self, actor: &Actor, chosen: &Chosen, ttl: Option<Duration>) -> Result<Vec<Reservation>, MailError> {
        if let Some(ttl) = ttl {
            check_ttl(ttl)?;
        }
        let ttl = ttl.map(|ttl| i64::try_from(ttl.as_millis()).unwrap_or(i64::MAX));
        self.write(|db, moment| {
            run_out(db, moment)?;
            let me = party::seen(db, actor, moment)?;
            let numbers = numbers(db, actor, me, chosen, moment)?;
            let mut renewed = Vec::new();
            for number in numbers {
                db.prepare_cached(
                    "UPDATE reservation SET expires = max(expires, ?2 + coalesce(?3, ttl)), ttl = coalesce(?3, ttl)
                     WHERE fence = ?1",
                )?
                .execute((number, moment.time, ttl))?;
                renewed.push(one(db, number, moment)?);
            }
            Ok(renewed)
        })
    }
}

/// The numbers of what is chosen, in order, each once.
fn numbers(db: &Connection, actor: &Actor, me: i64, chosen: &Chosen, moment: Moment) -> Result<Vec<i64>, MailError> {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    match chosen {
        Chosen::All => {
            let mut statement = db.prepare_cached(
                "SELECT fence FROM reservation WHERE workspace = ?1 AND holder = ?2 AND ended IS NULL ORDER BY fence",
            )?;
            found = statement.query_map((&actor.workspace, me), |row| row.get(0))?.collect::<Result<_, _>>()?;
            if found.is_empty() {
                missing.push("anything here".to_owned());
            }
        }
        Chosen::These { patterns, numbers } => {
            for pattern in patterns {
                match live(db, "workspace = ?1 AND pattern = ?3", &actor.workspace, me, pattern.text())? {
                    Some(number) => found.push(number),
                    None => {
                        missed(db, "workspace = ?1 AND pattern = ?3", &actor.workspace, me, pattern.text(), moment)?;
                        missing.push(pattern.text().to_owned());
                    }
                }
            }
            for number in numbers {
                match live(db, "?1 IS NOT NULL AND fence = ?3", &actor.workspace, me, number)? {
                    Some(number) => found.push(number),
                    None => {
                        missed(db, "?1 IS NOT NULL AND fence = ?3", &actor.workspace, me, number, moment)?;
                        missing.push(format!("number {number}"));
                    }
                }
            }
        }
    }
    if !missing.is_empty() {
        return Err(MailError::NotHeld { who: actor.name.shown().to_owned(), what: missing });
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

type Value<'a> = &'a dyn oqto_store::rusqlite::ToSql;

fn live(
    db: &Connection,
    condition: &str,
    workspace: &str,
    me: i64,
    value: impl oqto_store::rusqlite::ToSql,
) -> Result<Option<i64>, MailError> {
    let sql = format!("SELECT fence FROM reservation WHERE {condition} AND holder = ?2 AND ended IS NULL");
    let parameters: [Value<'_>; 3] = [&workspace, &me, &value];
    Ok(db.prepare_cached(&sql)?.query_row(&parameters[..], |row| row.get(0)).optional()?)
}

/// Says so when the last one that fits ran out, which its holder must hear.
fn missed(
    db: &Connection,
    condition: &str,
    workspace: &str,
    me: i64,
    value: impl oqto_store::rusqlite::ToSql,
    moment: Moment,
) -> Result<(), MailError> {
    let sql = format!(
        "SELECT fence, pattern, ended, expires FROM reservation WHERE {condition} AND holder = ?2
         ORDER BY fence DESC LIMIT 1"
    );
    let parameters: [Value<'_>; 3] = [&workspace, &me, &value];
    let last: Option<(i64, String, String, i64)> = db
        .prepare_cached(&sql)?
        .query_row(&parameters[..], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    match last {
        Some((fence, pattern, ended, expires)) if ended == "ran out" => {
            Err(MailError::RanOut { pattern, fence, at: moment.shown(expires) })
        }
        Some(_) | None => Ok(()),
    }
}

fn end(db: &Connection, number: i64, moment: Moment) -> Result<(), MailError> {
    db.prepare_cached("UPDATE reservation SET ended = 'released', ended_at = ?2 WHERE fence = ?1")?
        .execute((number, moment.time))?;
    Ok(())
}

/// Releases what somebody holds in any workspace; how many that were.
pub(crate) fn release_everywhere(db: &Connection, who: i64, moment: Moment) -> Result<usize, MailError> {
    run_out(db, moment)?;
    Ok(db.execute(
        "UPDATE reservation SET ended = 'released', ended_at = ?2 WHERE holder = ?1 AND ended IS NULL",
        (who, moment.time),
    )?)
}
