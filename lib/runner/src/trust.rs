//! Which workspaces a person trusts to bring extensions and prompts of their own. A choice is a person's, per
//! workspace, kept in `trust.json` of the runner's directory; without one a workspace is not trusted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use oqto_protocol::error::{ErrorKind, WireError};
use oqto_whole::Access;

/// The choices, as they are kept.
#[derive(Debug)]
pub struct TrustStore {
    file: PathBuf,
    choices: Mutex<BTreeMap<String, bool>>,
}

impl TrustStore {
    /// Reads the choices; a missing file means none.
    ///
    /// # Errors
    /// `config` when the file cannot be read or is not what was written: choices about trust are not guessed.
    pub fn open(state: &Path) -> Result<Self, WireError> {
        let file = state.join("trust.json");
        let choices = match std::fs::read_to_string(&file) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| {
                WireError::new(ErrorKind::Config, format!("{} is not readable: {error}", file.display()))
                    .with_hint(format!("mend or remove {}", file.display()))
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => {
                return Err(WireError::new(ErrorKind::Config, format!("cannot read {}: {error}", file.display())));
            }
        };
        Ok(Self { file, choices: Mutex::new(choices) })
    }

    /// The choice for a workspace.
    #[must_use]
    pub fn get(&self, workspace: &str) -> Option<bool> {
        self.choices.lock().unwrap_or_else(PoisonError::into_inner).get(workspace).copied()
    }

    /// Keeps a choice, on the disk before it counts.
    ///
    /// # Errors
    /// `unavailable` or `disk_full` when it cannot be written; the old choice stays.
    pub fn set(&self, workspace: &str, trusted: bool) -> Result<(), WireError> {
        let mut choices = self.choices.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = choices.clone();
        next.insert(workspace.to_owned(), trusted);
        let text = serde_json::to_string_pretty(&next)
            .map_err(|error| not_written(&self.file, &std::io::Error::from(error)))?;
        oqto_whole::write(&self.file, text.as_bytes(), Access::KeptOrUsual)
            .map_err(|error| not_written(&self.file, &error.source))?;
        *choices = next;
        Ok(())
    }
}

/// A file that cannot be written, as it crosses a pipe: `disk_full` or `unavailable`.
#[must_use]
pub fn not_written(path: &Path, error: &std::io::Error) -> WireError {
    let full = [std::io::ErrorKind::StorageFull, std::io::ErrorKind::QuotaExceeded].contains(&error.kind());
    let kind = if full { ErrorKind::DiskFull } else { ErrorKind::Unavailable };
    WireError::new(kind, format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_survives_and_damage_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let store = TrustStore::open(dir.path()).unwrap();
        assert_eq!(store.get("/w"), None);
        store.set("/w", true).unwrap();
        assert_eq!(TrustStore::open(dir.path()).unwrap().get("/w"), Some(true));
        std::fs::write(dir.path().join("trust.json"), "{").unwrap();
        assert_eq!(TrustStore::open(dir.path()).unwrap_err().code, ErrorKind::Config);
    }
}
