//! Looking at reservations without changing any.

use super::model::{self, Conflict, Mode, Reservation};
use super::reserve::{overlaps, stored};
use crate::error::MailError;
use crate::glob::Glob;
use crate::party::{self, Actor};
use crate::store::Store;

impl Store {
    /// What is held now, in a workspace or in all of them; by workspace, pattern and number.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn reservations(&self, workspace: Option<&str>) -> Result<Vec<Reservation>, MailError> {
        self.read(|db, moment| {
            let condition = "WHERE (?1 IS NULL OR workspace = ?1) AND ended IS NULL AND expires > ?2
                ORDER BY workspace, pattern, fence";
            model::chosen(db, condition, (workspace, moment.time), moment)
        })
    }

    /// What keeps the actor from changing these paths: an exclusive reservation of somebody else, or a shared one when
    /// the actor does not share the path.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn in_the_way(&self, actor: &Actor, paths: &[Glob]) -> Result<Vec<Conflict>, MailError> {
        let me = self.read(|db, _| Ok(party::find(db, &actor.name)?.map(|party| party.name)))?;
        let (mine, others): (Vec<_>, Vec<_>) =
            self.reservations(Some(&actor.workspace))?.into_iter().partition(|held| Some(&held.holder) == me.as_ref());
        let is_shared = |held: &&Reservation| held.mode == Mode::Shared;
        let shares = others.iter().any(|held| is_shared(&held));
        // One's own count only where somebody shares; reading a pattern takes far longer than passing it over.
        let mine: Vec<Glob> =
            mine.iter().filter(|_| shares).map(|own| stored(&own.pattern)).collect::<Result<_, _>>()?;
        let mut conflicts = Vec::new();
        for held in &others {
            let shared_by_both = |path: &str| is_shared(&held) && mine.iter().any(|own| own.matches(path));
            conflicts.extend(overlaps(paths, held)?.into_iter().filter(|conflict| !shared_by_both(&conflict.path)));
        }
        let place = |asked: &str| paths.iter().position(|path| path.text() == asked);
        conflicts.sort_by_key(|conflict| place(&conflict.asked));
        Ok(conflicts)
    }

    /// Whether the reservation with a number is still held by the actor.
    ///
    /// # Errors
    /// `RanOut` or `NotHeld` when it is not, or a failure of the database.
    pub fn still_held(&self, actor: &Actor, number: i64) -> Result<Reservation, MailError> {
        self.read(|db, moment| {
            let me = party::find(db, &actor.name)?.map_or(0, |party| party.id);
            let held = model::chosen(db, "WHERE fence = ?1 AND holder = ?2 AND ended IS NULL", (number, me), moment)?;
            let not_held =
                || MailError::NotHeld { who: actor.name.shown().to_owned(), what: vec![format!("number {number}")] };
            let ran_out = model::chosen(
                db,
                "WHERE fence = ?1 AND holder = ?2 AND expires <= ?3",
                (number, me, moment.time),
                moment,
            )?;
            match (held.into_iter().next(), ran_out.into_iter().next()) {
                (_, Some(gone)) => Err(MailError::RanOut { pattern: gone.pattern, fence: number, at: gone.expires_at }),
                (Some(held), None) => Ok(held),
                (None, None) => Err(not_held()),
            }
        })
    }
}
