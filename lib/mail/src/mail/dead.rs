//! Mail that nobody read: expired, or its recipient left.

use serde::Serialize;

use super::model::State;
use super::sweep;
use crate::clock::Stamp;
use crate::error::MailError;
use crate::party::{self, Actor};
use crate::store::Store;

/// A mail that died at one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadLetter {
    /// The mail.
    pub id: String,
    /// Who sent it.
    pub from: String,
    /// Who did not read it.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Why it died.
    pub why: String,
    /// When it was sent.
    pub sent_at: Stamp,
    /// When it died.
    pub died_at: Stamp,
}

/// What leaving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// Mails that will not be read.
    pub mails: usize,
    /// Reservations that were released.
    pub reservations: usize,
}

impl Store {
    /// The dead mails that the actor sent or should have got, the newest first.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn dead(&self, actor: &Actor, limit: u32) -> Result<Vec<DeadLetter>, MailError> {
        self.read(|db, moment| {
            let me = party::find(db, &actor.name)?.map_or(0, |party| party.id);
            let mut statement = db.prepare(
                "SELECT letter.id, s.name, r.name, subject, state, why, sent_at, ended_at, delivery.expires
                 FROM delivery JOIN letter ON letter.n = delivery.letter
                    JOIN party s ON s.id = letter.sender JOIN party r ON r.id = delivery.party
                 WHERE (letter.sender = ?1 OR delivery.party = ?1)
                    AND (state = 'dead' OR state IN ('queued', 'delivered') AND delivery.expires <= ?2)
                 ORDER BY letter.n DESC, r.key LIMIT ?3",
            )?;
            let rows = statement.query_map((me, moment.time, limit), |row| {
                let noted = row.get::<_, State>(4)? == State::Dead;
                let why: Option<String> = row.get(5)?;
                let died_at = if noted { Stamp(row.get(7)?) } else { moment.shown(row.get(8)?) };
                Ok(DeadLetter {
                    id: row.get(0)?,
                    from: row.get(1)?,
                    to: row.get(2)?,
                    subject: row.get(3)?,
                    why: why.unwrap_or_else(|| sweep::EXPIRED.to_owned()),
                    sent_at: Stamp(row.get(6)?),
                    died_at,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Closes the actor's mailbox: what is unread dies, later mail to it is refused, and what they reserved anywhere is
    /// released. Whatever they do next under this name opens it again.
    ///
    /// # Errors
    /// `Unknown` when nobody has this name, or a failure of the database.
    pub fn leave(&self, actor: &Actor) -> Result<Gone, MailError> {
        self.write(|db, moment| {
            sweep::expire(db, moment)?;
            let Some(me) = party::find(db, &actor.name)? else {
                let alike = party::alike(db, &actor.name)?;
                return Err(MailError::Unknown { names: vec![actor.name.shown().to_owned()], alike });
            };
            let mails = db.execute(
                "UPDATE delivery SET state = 'dead', why = 'its recipient left', ended_at = ?2
                 WHERE party = ?1 AND state IN ('queued', 'delivered')",
                (me.id, moment.wall),
            )?;
            let reservations = crate::reservation::release_everywhere(db, me.id, moment)?;
            db.execute("DELETE FROM member WHERE party = ?1", [me.id])?;
            db.execute("UPDATE party SET left_at = coalesce(left_at, ?2) WHERE id = ?1", (me.id, moment.wall))?;
            Ok(Gone { mails, reservations })
        })
    }
}
