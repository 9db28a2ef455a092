//! Sending.

use std::time::Duration;

use oqto_store::rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::model::{Ack, Draft, Newcomers, To};
use super::sweep;
use crate::clock::{Moment, Stamp};
use crate::error::MailError;
use crate::id;
use crate::name::Name;
use crate::party::{self, Actor, Party};
use crate::store::Store;

/// The longest time that a mail may stay unread.
pub const LONGEST_TTL: Duration = Duration::from_secs(366 * 86_400);

const LONGEST_SUBJECT: usize = 500;
/// The longest text of a mail, in bytes.
pub const LARGEST_BODY: usize = 1 << 20;
const MOST_ATTACHMENTS: usize = 100;
const MOST_RECIPIENTS: usize = 1000;

/// A mail that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// Its id.
    pub id: String,
    /// The id of the first mail of its thread.
    pub thread: String,
    /// Who gets it.
    pub to: Vec<String>,
    /// When it was sent.
    pub sent_at: Stamp,
    /// When it dies if it is not read.
    pub expires_at: Stamp,
    /// The same mail was sent before with the same key; nothing was sent now.
    pub repeated: bool,
}

/// What a mail answers.
pub(super) struct Origin {
    pub(super) id: String,
    pub(super) thread: String,
}

impl Store {
    /// Sends a mail: to all of its recipients or to none. When this returns, it is on the disk.
    ///
    /// # Errors
    /// `Unknown`, `Left` or `NobodyThere` for recipients, `Invalid` for what the mail says, `KeyUsed`, or a failure of
    /// the database.
    pub fn send(&self, actor: &Actor, draft: &Draft) -> Result<Sent, MailError> {
        check(draft)?;
        self.write(|db, moment| send(db, actor, draft, None, moment))
    }
}

/// Sends within a transaction.
pub(super) fn send(
    db: &Connection,
    actor: &Actor,
    draft: &Draft,
    origin: Option<Origin>,
    moment: Moment,
) -> Result<Sent, MailError> {
    sweep::expire(db, moment)?;
    sweep::prune(db, moment)?;
    let sender = party::seen(db, actor, moment)?;
    if let Some(sent) = sent_before(db, sender, draft, moment)? {
        return Ok(sent);
    }
    let recipients = recipients(db, actor, sender, draft)?;
    let id = id::fresh(db)?;
    let (thread, reply_to) = match origin {
        Some(Origin { id, thread }) => (thread, Some(id)),
        None => (id.clone(), None),
    };
    let expires = moment.time.saturating_add(milliseconds(draft.ttl));
    db.prepare_cached(
        "INSERT INTO letter (id, thread, reply_to, sender, key, workspace, broadcast, subject, body, importance,
            ack_wanted, attachments, context, sent_at, expires)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(oqto_store::rusqlite::params![
        id,
        thread,
        reply_to,
        sender,
        draft.key,
        actor.workspace,
        draft.to == To::Workspace,
        draft.subject.trim(),
        draft.body,
        draft.importance,
        draft.ack == Ack::Wanted,
        json(&draft.attachments)?,
        json(&actor.context)?,
        moment.wall,
        expires,
    ])?;
    let letter = db.last_insert_rowid();
    for recipient in &recipients {
        deliver(db, letter, recipient.id, expires)?;
    }
    let to = recipients.into_iter().map(|recipient| recipient.name).collect();
    let (sent_at, expires_at) = (Stamp(moment.wall), moment.shown(expires));
    Ok(Sent { id, thread, to, sent_at, expires_at, repeated: false })
}

fn json<T: Serialize>(value: &T) -> Result<String, MailError> {
    serde_json::to_string(value).map_err(|error| MailError::Invalid(error.to_string()))
}

fn deliver(db: &Connection, letter: i64, recipient: i64, expires: i64) -> Result<(), MailError> {
    let seq: i64 = db
        .prepare_cached("UPDATE party SET last_seq = last_seq + 1 WHERE id = ?1 RETURNING last_seq")?
        .query_row([recipient], |row| row.get(0))?;
    db.prepare_cached("INSERT INTO delivery (party, seq, letter, state, expires) VALUES (?1, ?2, ?3, 'queued', ?4)")?
        .execute((recipient, seq, letter, expires))?;
    Ok(())
}

/// What is wrong with a mail, whoever gets it.
pub(super) fn check(draft: &Draft) -> Result<(), MailError> {
    let wrong = |why: String| Err(MailError::Invalid(why));
    let subject = draft.subject.trim();
    if subject.is_empty() {
        return wrong("a mail needs a subject".into());
    }
    if subject.chars().any(char::is_control) {
        return wrong("a subject is one line without control characters".into());
    }
    if subject.chars().count() > LONGEST_SUBJECT {
        return wrong(format!("a subject has at most {LONGEST_SUBJECT} characters"));
    }
    if draft.body.len() > LARGEST_BODY {
        return wrong(format!("a mail has at most {LARGEST_BODY} bytes; attach a file for more"));
    }
    if draft.attachments.len() > MOST_ATTACHMENTS {
        return wrong(format!("a mail has at most {MOST_ATTACHMENTS} attachments"));
    }
    if draft.ttl < Duration::from_secs(1) || draft.ttl > LONGEST_TTL {
        return wrong("a mail lives between a second and a year".into());
    }
    match &draft.to {
        To::Names(names) if names.is_empty() => wrong("a mail needs a recipient".into()),
        To::Names(names) if names.len() > MOST_RECIPIENTS => {
            wrong(format!("a mail has at most {MOST_RECIPIENTS} recipients"))
        }
        To::Names(_) | To::Workspace => Ok(()),
    }
}

/// The mail that was sent with the draft's key before.
fn sent_before(db: &Connection, sender: i64, draft: &Draft, moment: Moment) -> Result<Option<Sent>, MailError> {
    let Some(key) = &draft.key else { return Ok(None) };
    let mut statement = db.prepare_cached(
        "SELECT n, id, thread, subject, body, sent_at, expires FROM letter WHERE sender = ?1 AND key = ?2",
    )?;
    let found = statement
        .query_row((sender, key), |row| {
            let sent = Sent {
                id: row.get(1)?,
                thread: row.get(2)?,
                to: Vec::new(),
                sent_at: Stamp(row.get(5)?),
                expires_at: moment.shown(row.get(6)?),
                repeated: true,
            };
            Ok((row.get::<_, i64>(0)?, sent, row.get::<_, String>(3)?, row.get::<_, String>(4)?))
        })
        .optional()?;
    let Some((n, mut sent, subject, body)) = found else { return Ok(None) };
    if subject != draft.subject.trim() || body != draft.body {
        return Err(MailError::KeyUsed { key: key.clone(), id: sent.id });
    }
    sent.to = super::letters::receipts(db, n, moment)?.into_iter().map(|receipt| receipt.name).collect();
    Ok(Some(sent))
}

fn recipients(db: &Connection, actor: &Actor, sender: i64, draft: &Draft) -> Result<Vec<Party>, MailError> {
    match &draft.to {
        To::Names(names) => named(db, names, draft),
        To::Workspace => {
            let mut statement = db.prepare_cached(
                "SELECT id, name FROM party JOIN member ON party = id
                 WHERE workspace = ?1 AND id <> ?2 AND left_at IS NULL ORDER BY key",
            )?;
            let rows = statement.query_map((&actor.workspace, sender), |row| {
                Ok(Party { id: row.get(0)?, name: row.get(1)?, left: false })
            })?;
            let all: Vec<Party> = rows.collect::<Result<_, _>>()?;
            if all.is_empty() {
                return Err(MailError::NobodyThere { workspace: actor.workspace.clone() });
            }
            Ok(all)
        }
    }
}

fn named(db: &Connection, names: &[Name], draft: &Draft) -> Result<Vec<Party>, MailError> {
    let (mut found, mut unknown, mut alike, mut left) = (Vec::<Party>::new(), Vec::new(), Vec::new(), Vec::new());
    for name in names {
        match party::find(db, name)? {
            Some(party) if party.left => left.push(party.name),
            Some(party) if found.iter().all(|known| known.id != party.id) => found.push(party),
            Some(_) => {}
            None if draft.newcomers == Newcomers::Welcome || draft.also_known.contains(name) => {
                found.push(party::expected(db, name)?);
            }
            None => {
                alike.extend(party::alike(db, name)?);
                unknown.push(name.shown().to_owned());
            }
        }
    }
    if !unknown.is_empty() {
        return Err(MailError::Unknown { names: unknown, alike });
    }
    if left.is_empty() { Ok(found) } else { Err(MailError::Left { names: left }) }
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
