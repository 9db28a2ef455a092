//! What time does to mail: it expires, and long after that it goes.

use oqto_store::rusqlite::Connection;

use crate::clock::Moment;
use crate::error::MailError;

/// Why a mail is dead that nobody read in time.
pub(super) const EXPIRED: &str = "not read in time";

/// How long after its expiry a mail is kept (milliseconds).
const KEPT: i64 = 60 * 86_400_000;

/// At most this many mails go with one change, so that none takes long.
const AT_ONCE: u32 = 100;

/// Ends the deliveries whose time is over.
pub(crate) fn expire(db: &Connection, moment: Moment) -> Result<(), MailError> {
    db.prepare_cached(
        "UPDATE delivery SET state = 'dead', why = ?1, ended_at = ?2 + expires - ?3
         WHERE state IN ('queued', 'delivered') AND expires <= ?3",
    )?
    .execute((EXPIRED, moment.wall, moment.time))?;
    Ok(())
}

/// Whether [`expire`] would end something.
pub(super) fn is_due(db: &Connection, moment: Moment) -> Result<bool, MailError> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM delivery WHERE state IN ('queued', 'delivered') AND expires <= ?1)",
    )?;
    Ok(statement.query_row([moment.time], |row| row.get(0))?)
}

/// Removes mails that expired long ago. Each is dead, read or acknowledged at every recipient by then.
pub(super) fn prune(db: &Connection, moment: Moment) -> Result<(), MailError> {
    db.prepare_cached(
        "DELETE FROM letter WHERE n IN (SELECT n FROM letter WHERE expires <= ?1 ORDER BY expires LIMIT ?2)",
    )?
    .execute((moment.time - KEPT, AT_ONCE))?;
    Ok(())
}
