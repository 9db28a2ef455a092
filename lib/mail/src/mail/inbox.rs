//! What waits in a mailbox.

use oqto_store::rusqlite::Connection;
use serde::Serialize;

use super::model::{Importance, State};
use super::sweep;
use crate::clock::{Moment, Stamp};
use crate::error::MailError;
use crate::party::{self, Actor};
use crate::store::Store;

/// How much of a mail's text an inbox shows, in characters.
const PREVIEW: usize = 160;

/// Which mails to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that want something: not read, or read but waiting for an acknowledgement.
    Open,
    /// Those that were not read.
    Unread,
    /// All, the dead ones too.
    All,
}

/// What to list.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Which mails.
    pub which: Which,
    /// Only those with a higher number in this mailbox.
    pub after: i64,
    /// At most this many.
    pub limit: u32,
}

/// A page of a mailbox, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inbox {
    /// Whose it is.
    pub mailbox: String,
    /// The highest number that was ever listed here.
    pub cursor: i64,
    /// The mails.
    pub mails: Vec<Item>,
    /// Whether there are more after the last one.
    pub more: bool,
    /// How many mails are not read, on this page or not.
    pub unread: i64,
    /// How many mails from here died unread.
    pub dead: i64,
}

/// A mail in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its number in this mailbox.
    pub seq: i64,
    /// Its id.
    pub id: String,
    /// The first mail of its thread.
    pub thread: String,
    /// Who sent it.
    pub from: String,
    /// Its subject.
    pub subject: String,
    /// The beginning of its text.
    pub preview: String,
    /// How urgent it is.
    pub importance: Importance,
    /// How far it has come.
    pub state: State,
    /// Whether the sender waits for an acknowledgement.
    pub ack_wanted: bool,
    /// How many files are attached.
    pub attachments: i64,
    /// When it was sent.
    pub sent_at: Stamp,
}

impl Store {
    /// Lists a mailbox. What was queued is delivered from now on; nothing is read by it.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn inbox(&self, actor: &Actor, filter: Filter) -> Result<Inbox, MailError> {
        let quiet = self.read(|db, moment| {
            let Some(party) = party::was_seen_lately(db, actor, moment)? else { return Ok(None) };
            if sweep::is_due(db, moment)? {
                return Ok(None);
            }
            let inbox = page(db, party, actor, filter, moment)?;
            let news = inbox.mails.iter().any(|mail| mail.state == State::Queued);
            Ok((!news).then_some(inbox))
        })?;
        match quiet {
            Some(inbox) => Ok(inbox),
            None => self.write(|db, moment| deliver(db, actor, filter, moment)),
        }
    }

    /// Looks into a mailbox without delivering anything and without a sign of life.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn peek(&self, actor: &Actor, filter: Filter) -> Result<Inbox, MailError> {
        self.read(|db, moment| match party::find(db, &actor.name)? {
            Some(party) => page(db, party.id, actor, filter, moment),
            None => Ok(Inbox {
                mailbox: actor.name.shown().to_owned(),
                cursor: 0,
                mails: Vec::new(),
                more: false,
                unread: 0,
                dead: 0,
            }),
        })
    }
}

fn deliver(db: &Connection, actor: &Actor, filter: Filter, moment: Moment) -> Result<Inbox, MailError> {
    sweep::expire(db, moment)?;
    let party = party::seen(db, actor, moment)?;
    let mut inbox = page(db, party, actor, filter, moment)?;
    let mut mark = db.prepare_cached(
        "UPDATE delivery SET state = 'delivered', delivered_at = ?3 WHERE party = ?1 AND seq = ?2 AND state = 'queued'",
    )?;
    for mail in inbox.mails.iter_mut().filter(|mail| mail.state == State::Queued) {
        mark.execute((party, mail.seq, moment.wall))?;
        mail.state = State::Delivered;
    }
    let listed = inbox.mails.last().map_or(0, |mail| mail.seq);
    inbox.cursor = db
        .prepare_cached("UPDATE party SET cursor = max(cursor, ?2) WHERE id = ?1 RETURNING cursor")?
        .query_row((party, listed), |row| row.get(0))?;
    Ok(inbox)
}

fn page(db: &Connection, party: i64, actor: &Actor, filter: Filter, moment: Moment) -> Result<Inbox, MailError> {
    // What has expired since the last change is not marked as dead yet.
    let condition = match filter.which {
        Which::Open => "(state IN ('queued', 'delivered') AND delivery.expires > ?4 OR state = 'read' AND ack_wanted)",
        Which::Unread => "state IN ('queued', 'delivered') AND delivery.expires > ?4",
        Which::All => "?4 = ?4",
    };
    let mut statement = db.prepare_cached(&format!(
        "SELECT seq, letter.id, thread, party.name, subject, substr(body, 1, {}), importance, state, ack_wanted,
            json_array_length(attachments), sent_at
         FROM delivery JOIN letter ON letter.n = delivery.letter JOIN party ON party.id = letter.sender
         WHERE delivery.party = ?1 AND seq > ?2 AND {condition} ORDER BY seq LIMIT ?3",
        PREVIEW * 2
    ))?;
    let rows = statement.query_map((party, filter.after, i64::from(filter.limit) + 1, moment.time), |row| {
        Ok(Item {
            seq: row.get(0)?,
            id: row.get(1)?,
            thread: row.get(2)?,
            from: row.get(3)?,
            subject: row.get(4)?,
            preview: preview(&row.get::<_, String>(5)?),
            importance: row.get(6)?,
            state: row.get(7)?,
            ack_wanted: row.get(8)?,
            attachments: row.get(9)?,
            sent_at: Stamp(row.get(10)?),
        })
    })?;
    let mut mails: Vec<Item> = rows.collect::<Result<_, _>>()?;
    let limit = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let more = mails.len() > limit;
    mails.truncate(limit);
    let (cursor, unread, dead) = db
        .prepare_cached(
            "SELECT cursor,
                (SELECT count(*) FROM delivery WHERE party = ?1 AND state IN ('queued', 'delivered') AND expires > ?2),
                (SELECT count(*) FROM letter JOIN delivery ON letter = n WHERE sender = ?1 AND state = 'dead')
             FROM party WHERE id = ?1",
        )?
        .query_row((party, moment.time), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(Inbox { mailbox: actor.name.shown().to_owned(), cursor, mails, more, unread, dead })
}

/// The beginning of a text as one line.
pub(super) fn preview(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.chars().count() > PREVIEW {
        line = line.chars().take(PREVIEW - 1).chain(['…']).collect();
    }
    line
}
