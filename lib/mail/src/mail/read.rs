//! Reading, acknowledging, answering.

use oqto_store::rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::letters;
use super::model::{Draft, Letter, State, To};
use super::send::{self, Origin, Sent};
use super::sweep;
use crate::clock::Moment;
use crate::error::MailError;
use crate::id;
use crate::name::Name;
use crate::party::{self, Actor};
use crate::store::Store;

/// Who gets an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Who sent the mail.
    Sender,
    /// Who sent it and everybody who got it.
    Everyone,
}

/// A mail that was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Acknowledged {
    /// The mail.
    pub id: String,
    /// It had been acknowledged before.
    pub again: bool,
}

impl Store {
    /// Reads mails that the actor got or sent; those that they got are read from now on.
    ///
    /// # Errors
    /// `NoMail`, `NotYours`, `Ambiguous`, or a failure of the database. Then nothing is marked.
    pub fn read_mail(&self, actor: &Actor, ids: &[String]) -> Result<Vec<Letter>, MailError> {
        self.write(|db, moment| {
            sweep::expire(db, moment)?;
            let me = party::seen(db, actor, moment)?;
            let mut letters = Vec::new();
            for id in ids {
                let id = mine(db, actor, me, id)?;
                mark(db, me, &id, State::Read, moment)?;
                letters.push(letters::by_id(db, &id, moment)?);
            }
            Ok(letters)
        })
    }

    /// Mails that the actor got or sent, without marking anything.
    ///
    /// # Errors
    /// As [`Store::read_mail`].
    pub fn letters(&self, actor: &Actor, ids: &[String]) -> Result<Vec<Letter>, MailError> {
        self.read(|db, moment| {
            let me = party::find(db, &actor.name)?.map_or(0, |party| party.id);
            ids.iter().map(|id| letters::by_id(db, &mine(db, actor, me, id)?, moment)).collect()
        })
    }

    /// Acknowledges mails: all or none. Doing it again changes nothing.
    ///
    /// # Errors
    /// `NoMail`, `NotYours`, `Ambiguous`, `Invalid` for a dead one, or a failure of the database.
    pub fn acknowledge(&self, actor: &Actor, ids: &[String]) -> Result<Vec<Acknowledged>, MailError> {
        self.write(|db, moment| {
            sweep::expire(db, moment)?;
            let me = party::seen(db, actor, moment)?;
            let mut all = Vec::new();
            for id in ids {
                let id = id::resolve(db, id)?;
                let state = state(db, me, &id)?.ok_or_else(|| not_yours(actor, &id))?;
                if state == State::Dead {
                    return Err(MailError::Invalid(format!(
                        "mail {id} is dead: its sender was told that nobody read it"
                    )));
                }
                mark(db, me, &id, State::Acknowledged, moment)?;
                all.push(Acknowledged { id, again: state == State::Acknowledged });
            }
            Ok(all)
        })
    }

    /// Answers a mail in its thread. A mail that waits for an acknowledgement has it with the answer, any other is read.
    /// The draft's recipients are those of `answer` and the ones that it names itself.
    ///
    /// # Errors
    /// As [`Store::send`] and [`Store::read_mail`].
    pub fn reply(&self, actor: &Actor, to: &str, answer: Answer, draft: &Draft) -> Result<Sent, MailError> {
        self.write(|db, moment| {
            sweep::expire(db, moment)?;
            let me = party::seen(db, actor, moment)?;
            let id = mine(db, actor, me, to)?;
            let original = letters::by_id(db, &id, moment)?;
            let mut draft = draft.clone();
            if draft.subject.trim().is_empty() {
                draft.subject = answered(&original.subject);
            }
            let mut names = match &draft.to {
                To::Names(names) => names.clone(),
                To::Workspace => Vec::new(),
            };
            names.extend(partners(&original, actor, answer)?);
            if draft.to != To::Workspace {
                draft.to = To::Names(names);
            }
            send::check(&draft)?;
            let done = if original.ack_wanted { State::Acknowledged } else { State::Read };
            if state(db, me, &id)?.is_some_and(|state| state != State::Dead) {
                mark(db, me, &id, done, moment)?;
            }
            let origin = Origin { id, thread: original.thread };
            send::send(db, actor, &draft, Some(origin), moment)
        })
    }

    /// A mail's thread as far as the actor sent or got it, the oldest first.
    ///
    /// # Errors
    /// `NoMail`, `NotYours`, `Ambiguous`, or a failure of the database.
    pub fn thread(&self, actor: &Actor, id: &str) -> Result<Vec<Letter>, MailError> {
        self.read(|db, moment| {
            let me = party::find(db, &actor.name)?.map_or(0, |party| party.id);
            let id = mine(db, actor, me, id)?;
            let thread: String = db.query_row("SELECT thread FROM letter WHERE id = ?1", [&id], |row| row.get(0))?;
            let condition = "WHERE thread = ?1
                AND (sender = ?2 OR letter.n IN (SELECT letter FROM delivery WHERE party = ?2)) ORDER BY letter.n";
            letters::chosen(db, condition, (thread, me), moment)
        })
    }

    /// What the actor sent and what became of it, the newest first.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn sent(&self, actor: &Actor, limit: u32) -> Result<Vec<Letter>, MailError> {
        self.read(|db, moment| {
            let me = party::find(db, &actor.name)?.map_or(0, |party| party.id);
            letters::chosen(db, "WHERE sender = ?1 ORDER BY letter.n DESC LIMIT ?2", (me, limit), moment)
        })
    }
}

/// The id of a mail that the actor sent or got.
fn mine(db: &Connection, actor: &Actor, me: i64, id: &str) -> Result<String, MailError> {
    let id = id::resolve(db, id)?;
    let is_mine: bool = db
        .prepare_cached(
            "SELECT sender = ?2 OR EXISTS (SELECT 1 FROM delivery WHERE letter = n AND party = ?2)
             FROM letter WHERE id = ?1",
        )?
        .query_row((&id, me), |row| row.get(0))?;
    if is_mine { Ok(id) } else { Err(not_yours(actor, &id)) }
}

fn not_yours(actor: &Actor, id: &str) -> MailError {
    MailError::NotYours { id: id.to_owned(), name: actor.name.shown().to_owned() }
}

fn state(db: &Connection, me: i64, id: &str) -> Result<Option<State>, MailError> {
    let mut statement =
        db.prepare_cached("SELECT state FROM delivery JOIN letter ON letter = n WHERE party = ?1 AND id = ?2")?;
    Ok(statement.query_row((me, id), |row| row.get(0)).optional()?)
}

/// Moves a delivery on, never back; the dead stay dead.
fn mark(db: &Connection, me: i64, id: &str, to: State, moment: Moment) -> Result<(), MailError> {
    let sql = match to {
        State::Acknowledged => {
            "UPDATE delivery SET state = 'acknowledged', delivered_at = coalesce(delivered_at, ?3),
                read_at = coalesce(read_at, ?3), ended_at = ?3
             WHERE party = ?1 AND letter = (SELECT n FROM letter WHERE id = ?2)
                AND state IN ('queued', 'delivered', 'read')"
        }
        State::Read | State::Queued | State::Delivered | State::Dead => {
            "UPDATE delivery SET state = 'read', delivered_at = coalesce(delivered_at, ?3), read_at = ?3
             WHERE party = ?1 AND letter = (SELECT n FROM letter WHERE id = ?2) AND state IN ('queued', 'delivered')"
        }
    };
    db.prepare_cached(sql)?.execute((me, id, moment.wall))?;
    Ok(())
}

/// Who an answer goes to: the sender; for one's own mail those who got it.
fn partners(original: &Letter, actor: &Actor, answer: Answer) -> Result<Vec<Name>, MailError> {
    let sender = Name::parse(&original.from)?;
    let mut names = Vec::new();
    if sender == actor.name || answer == Answer::Everyone {
        for receipt in &original.to {
            names.push(Name::parse(&receipt.name)?);
        }
    }
    names.retain(|name| *name != actor.name);
    if sender != actor.name || names.is_empty() {
        names.insert(0, sender);
    }
    Ok(names)
}

fn answered(subject: &str) -> String {
    let begins_with_re = subject.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"));
    if begins_with_re { subject.to_owned() } else { format!("Re: {subject}").chars().take(500).collect() }
}
