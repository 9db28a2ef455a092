//! Reading whole mails from the database.

use oqto_store::rusqlite::{Connection, OptionalExtension as _, Row};

use super::model::{Letter, Receipt, State};
use crate::clock::{Moment, Stamp};
use crate::error::MailError;

const LETTER: &str = "SELECT letter.n, letter.id, thread, reply_to, party.name, workspace, broadcast, subject, body,
    importance, ack_wanted, attachments, context, sent_at, expires
    FROM letter JOIN party ON party.id = letter.sender";

/// The mail with this id.
pub(super) fn by_id(db: &Connection, id: &str, moment: Moment) -> Result<Letter, MailError> {
    let mut statement = db.prepare_cached(&format!("{LETTER} WHERE letter.id = ?1"))?;
    let found = statement.query_row([id], |row| letter(row, moment)).optional()?;
    let (n, letter) = found.ok_or_else(|| MailError::NoMail { id: id.to_owned() })?;
    with_receipts(db, n, letter, moment)
}

/// The mails that a condition on `letter` chooses, with its parameters.
pub(super) fn chosen(
    db: &Connection,
    condition: &str,
    parameters: impl oqto_store::rusqlite::Params,
    moment: Moment,
) -> Result<Vec<Letter>, MailError> {
    let mut statement = db.prepare_cached(&format!("{LETTER} {condition}"))?;
    let rows: Vec<(i64, Letter)> =
        statement.query_map(parameters, |row| letter(row, moment))?.collect::<Result<_, _>>()?;
    rows.into_iter().map(|(n, letter)| with_receipts(db, n, letter, moment)).collect()
}

fn letter(row: &Row<'_>, moment: Moment) -> oqto_store::rusqlite::Result<(i64, Letter)> {
    let attachments: String = row.get(11)?;
    let context: String = row.get(12)?;
    let letter = Letter {
        id: row.get(1)?,
        thread: row.get(2)?,
        reply_to: row.get(3)?,
        from: row.get(4)?,
        to: Vec::new(),
        workspace: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        broadcast: row.get(6)?,
        subject: row.get(7)?,
        body: row.get(8)?,
        importance: row.get(9)?,
        ack_wanted: row.get(10)?,
        // What this program wrote itself; anything else is shown as nothing.
        attachments: serde_json::from_str(&attachments).unwrap_or_default(),
        context: serde_json::from_str(&context).unwrap_or_default(),
        sent_at: Stamp(row.get(13)?),
        expires_at: moment.shown(row.get(14)?),
    };
    Ok((row.get(0)?, letter))
}

fn with_receipts(db: &Connection, n: i64, mut letter: Letter, moment: Moment) -> Result<Letter, MailError> {
    letter.to = receipts(db, n, moment)?;
    Ok(letter)
}

/// What became of a mail, by the names of its recipients.
pub(super) fn receipts(db: &Connection, n: i64, moment: Moment) -> Result<Vec<Receipt>, MailError> {
    let mut statement = db.prepare_cached(
        "SELECT name, state, why, delivered_at, read_at, ended_at, expires
         FROM delivery JOIN party ON party.id = delivery.party WHERE letter = ?1 ORDER BY key",
    )?;
    let rows = statement.query_map([n], |row| {
        let stamp = |place| row.get::<_, Option<i64>>(place).map(|time| time.map(Stamp));
        let receipt = Receipt {
            name: row.get(0)?,
            state: row.get(1)?,
            why: row.get(2)?,
            delivered_at: stamp(3)?,
            read_at: stamp(4)?,
            ended_at: stamp(5)?,
        };
        Ok(receipt.at(moment, row.get(6)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Receipt {
    /// The same at a moment: what has expired since the last change is dead.
    fn at(mut self, moment: Moment, expires: i64) -> Self {
        if matches!(self.state, State::Queued | State::Delivered) && expires <= moment.time {
            self.state = State::Dead;
            self.why = Some(super::sweep::EXPIRED.to_owned());
            self.ended_at = Some(moment.shown(expires));
        }
        self
    }
}
