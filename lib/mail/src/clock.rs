//! What time it is, for deadlines that a jump of the wall clock must not move.
//!
//! Deadlines are kept in *store time*: milliseconds that advance with the machine's boot clock (`CLOCK_BOOTTIME`, the
//! same for all processes, counting sleep, untouched by whoever sets the date). A row of the database anchors it: the
//! boot it was written in, the boot clock and the wall clock then, and the store time then. Within one boot, store time
//! is the anchor plus what the boot clock says has passed. After a restart of the machine it is the anchor plus what the
//! wall clock says has passed, never less than nothing. So it never runs backwards, and setting the date neither ends a
//! lease nor prolongs one.

use std::fmt::Debug;
use std::time::{SystemTime, UNIX_EPOCH};

use oqto_store::rusqlite::{Connection, OptionalExtension as _};
use serde::{Serialize, Serializer};

use crate::error::MailError;

/// What the clocks of the machine say at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// The wall clock, in Unix milliseconds.
    pub wall: i64,
    /// Which start of the machine this is; empty where that is not known.
    pub boot: String,
    /// Milliseconds since that start, sleep included.
    pub since_boot: i64,
}

/// Where the time comes from.
pub trait Clock: Debug + Send + Sync {
    /// The clocks now.
    fn now(&self) -> Now;
}

/// The clocks of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let boot = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Now {
            wall: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX),
            boot: std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default().trim().to_owned(),
            since_boot: boot.tv_sec.saturating_mul(1000).saturating_add(boot.tv_nsec / 1_000_000),
        }
    }
}

/// A time on the wall clock, in Unix milliseconds; serialized as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(pub i64);

impl std::fmt::Display for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(time) => write!(f, "{time}"),
            Err(_) => write!(f, "{}", self.0),
        }
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One moment as a transaction sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Store time, in milliseconds; deadlines are compared with it.
    pub(crate) time: i64,
    /// The wall clock, for people.
    pub(crate) wall: i64,
    /// What the wall clock is ahead of store time. It stays the same while the clocks agree, so that a deadline is shown
    /// as the same time whenever it is looked at.
    ahead: i64,
}

impl Moment {
    /// When a deadline will be, as the wall clock goes now.
    pub(crate) fn shown(self, deadline: i64) -> Stamp {
        Stamp(deadline.saturating_add(self.ahead))
    }
}

/// The row that anchors store time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Anchor {
    boot: String,
    since_boot: i64,
    wall: i64,
    time: i64,
}

/// By how much the clocks may differ from what the anchor says, in milliseconds, until that counts as another date: they
/// tick in steps, and the wall clock is corrected all the time.
const AGREE: u64 = 1000;

/// The moment `now`, seen from an anchor.
fn seen_from(anchor: Option<&Anchor>, now: &Now) -> Moment {
    let time = store_time(anchor, now);
    let ahead = now.wall.saturating_sub(time);
    let noted = anchor.map(|anchor| anchor.wall.saturating_sub(anchor.time));
    let ahead = noted.filter(|noted| noted.abs_diff(ahead) <= AGREE).unwrap_or(ahead);
    Moment { time, wall: now.wall, ahead }
}

/// Store time at `now`, seen from an anchor.
fn store_time(anchor: Option<&Anchor>, now: &Now) -> i64 {
    let Some(anchor) = anchor else { return now.wall };
    let same_boot = !now.boot.is_empty() && anchor.boot == now.boot;
    let passed = if same_boot { now.since_boot - anchor.since_boot } else { now.wall - anchor.wall };
    anchor.time.saturating_add(passed.max(0))
}

/// The moment `now`, without writing.
pub(crate) fn moment(db: &Connection, now: &Now) -> Result<Moment, MailError> {
    Ok(seen_from(anchor(db)?.as_ref(), now))
}

/// The moment `now`, which becomes the anchor of later ones.
pub(crate) fn advance(db: &Connection, now: &Now) -> Result<Moment, MailError> {
    let moment = moment(db, now)?;
    db.prepare_cached(
        "INSERT INTO clock (one, boot, since_boot, wall, time) VALUES (1, ?1, ?2, ?3, ?4)
         ON CONFLICT (one) DO UPDATE SET boot = ?1, since_boot = ?2, wall = ?3, time = ?4",
    )?
    .execute((&now.boot, now.since_boot, moment.time.saturating_add(moment.ahead), moment.time))?;
    Ok(moment)
}

fn anchor(db: &Connection) -> Result<Option<Anchor>, MailError> {
    let mut statement = db.prepare_cached("SELECT boot, since_boot, wall, time FROM clock")?;
    let read = |row: &oqto_store::rusqlite::Row<'_>| {
        Ok(Anchor { boot: row.get(0)?, since_boot: row.get(1)?, wall: row.get(2)?, time: row.get(3)? })
    };
    Ok(statement.query_row([], read).optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(boot: &str, since_boot: i64, wall: i64) -> Now {
        Now { wall, boot: boot.into(), since_boot }
    }

    #[test]
    fn within_a_boot_only_the_boot_clock_counts() {
        let anchor = Anchor { boot: "a".into(), since_boot: 1000, wall: 5_000_000, time: 7_000_000 };
        for wall in [0, 5_000_000, 9_000_000_000] {
            assert_eq!(store_time(Some(&anchor), &now("a", 1500, wall)), 7_000_500);
        }
        // Another time namespace: it stands still rather than run backwards.
        assert_eq!(store_time(Some(&anchor), &now("a", 10, 5_000_000)), 7_000_000);
    }

    #[test]
    fn across_a_restart_the_wall_clock_counts_but_not_backwards() {
        let anchor = Anchor { boot: "a".into(), since_boot: 1000, wall: 5_000_000, time: 7_000_000 };
        assert_eq!(store_time(Some(&anchor), &now("b", 3, 5_060_000)), 7_060_000);
        assert_eq!(store_time(Some(&anchor), &now("b", 3, 1)), 7_000_000);
        assert_eq!(store_time(Some(&anchor), &now("", 3, 5_000_001)), 7_000_001);
        assert_eq!(store_time(None, &now("b", 3, 42)), 42);
    }

    #[test]
    fn a_deadline_is_shown_as_one_time_until_somebody_sets_the_date() {
        let anchor = Anchor { boot: "a".into(), since_boot: 1000, wall: 5_000_000, time: 7_000_000 };
        let shown = |since_boot, wall| seen_from(Some(&anchor), &now("a", since_boot, wall)).shown(7_100_000).0;
        for (since_boot, wall) in [(1000, 5_000_000), (2000, 5_001_001), (2000, 5_000_999), (61_000, 5_060_900)] {
            assert_eq!(shown(since_boot, wall), 5_100_000);
        }
        assert_eq!(shown(2000, 9_000_000), 9_099_000);
    }

    #[test]
    fn this_machine_has_clocks_that_run() {
        let (first, second) = (SystemClock.now(), SystemClock.now());
        assert!(!first.boot.is_empty() && first.boot == second.boot);
        assert!(first.since_boot > 0 && second.since_boot >= first.since_boot);
        assert_eq!(Stamp(0).to_string(), "1970-01-01T00:00:00Z");
    }
}
