//! Mending files that somebody tore or left in the middle of a merge.

use oqto_store::ledger::Aside;

use super::{Store, interchange};
use crate::error::Result;

impl Store {
    /// Moves lines that no program can read into files beside the log and the interchange form, byte for byte. What is
    /// JSON stays, and what is wrong with it is told by [`Store::damage`].
    ///
    /// # Errors
    /// Those of files.
    pub fn mend(&mut self) -> Result<Vec<Aside>> {
        let mut moved = Vec::new();
        let mut locked = self.ledger.lock()?;
        // What others wrote is taken in first: afterwards the file is not as they left it.
        self.take_in_locked(&mut locked)?;
        moved.extend(locked.set_aside()?);
        let file = interchange::file(self);
        if file.path().exists() {
            moved.extend(file.lock()?.set_aside()?);
        }
        drop(locked);
        self.refresh()?;
        Ok(moved)
    }
}
