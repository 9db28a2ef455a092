//! The file of accounts: read, changed under a lock, replaced as a whole.
//!
//! The first line says the format and the fingerprint of the key; every other line is one account. A line that cannot be
//! read is kept as it is, so that nothing is lost that another version or a careful person could still read.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use oqto_whole::{Access, Draft};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::{AccountsError, Unreadable};
use super::key::{self, KeyPlace, MasterKey, Sealing};
use super::record::{Record, Sealed, Sort};
use crate::config::{AccountsSettings, KeyKeeper};

/// The name of the file where none is configured, beside the database.
pub const ACCOUNTS_FILE: &str = "eavs-accounts.jsonl";

/// The format that this version reads and writes.
const FORMAT: u64 = 1;
/// The most that is read of the file.
const LARGEST: u64 = 16 << 20;
/// How long another process may change the file.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Serialize, Deserialize)]
struct Head {
    eavs_accounts: u64,
    key: String,
}

/// Lines with their numbers.
type Numbered = Vec<(usize, String)>;

/// Where accounts are, and the key to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vault {
    file: PathBuf,
    key: KeyPlace,
}

/// One line of the file.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// The provider, where that can be read.
    pub provider: Option<String>,
    /// The label, where that can be read.
    pub label: Option<String>,
    /// What it is, where that can be read.
    pub sort: Option<Sort>,
    /// The account, or why there is none.
    pub record: Result<Record, Unreadable>,
    text: String,
}

/// What the file holds.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    /// The lines of accounts, in the order of the file.
    pub lines: Vec<Line>,
}

impl Contents {
    /// The accounts that can be read.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.lines.iter().filter_map(|line| line.record.as_ref().ok())
    }

    /// One account.
    #[must_use]
    pub fn find(&self, provider: &str, label: &str) -> Option<&Record> {
        self.records().find(|record| record.provider == provider && record.label == label)
    }
}

/// A change of the file.
#[derive(Debug)]
pub enum Change {
    /// This account, in place of one of the same provider and label.
    Put(Box<Record>),
    /// Without the account of this provider and label, even where its line is damaged.
    Remove {
        /// The provider.
        provider: String,
        /// The label.
        label: String,
    },
}

/// By what a file is known to be the same as before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp(Option<[i128; 5]>);

impl Stamp {
    /// That of a file; one that is not there has one too.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
        Self(fs::metadata(path).ok().map(|about| {
            let changed = nanoseconds(about.ctime(), about.ctime_nsec());
            let written = nanoseconds(about.mtime(), about.mtime_nsec());
            [about.dev().into(), about.ino().into(), about.size().into(), written, changed]
        }))
    }
}

impl Vault {
    /// The accounts of a database: beside it, where nothing else is named.
    #[must_use]
    pub fn beside(database: &Path, settings: &AccountsSettings) -> Self {
        let file = settings.file.clone().unwrap_or_else(|| database.with_file_name(ACCOUNTS_FILE));
        let key = match settings.key {
            KeyKeeper::File => KeyPlace::File(settings.key_file.clone().unwrap_or_else(|| key::beside(database))),
            KeyKeeper::Keyring => KeyPlace::Keyring(file.clone()),
        };
        Self { file, key }
    }

    /// The file of the accounts.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Where the key is.
    #[must_use]
    pub fn key(&self) -> &KeyPlace {
        &self.key
    }

    /// The files that say something new when they change.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let key = match &self.key {
            KeyPlace::File(path) => Some(path.clone()),
            KeyPlace::Keyring(_) => None,
        };
        [self.file.clone()].into_iter().chain(key).collect()
    }

    /// What is in the file; nothing where there is none.
    ///
    /// # Errors
    /// [`AccountsError`], for what concerns all of them; a damaged line is in its place.
    pub fn read(&self) -> Result<Contents, AccountsError> {
        let Some((head, lines)) = self.lines()? else { return Ok(Contents::default()) };
        if lines.is_empty() {
            return Ok(Contents::default());
        }
        let key = MasterKey::at(&self.key, Sealing::Known)?;
        self.fits(&head, &key)?;
        Ok(Contents { lines: lines.into_iter().map(|(number, text)| line(number, text, Some(&key))).collect() })
    }

    /// The same without the key: who they are, and nothing of their secrets.
    ///
    /// # Errors
    /// [`AccountsError`].
    pub fn names(&self) -> Result<Vec<Line>, AccountsError> {
        let lines = self.lines()?.map(|(_, lines)| lines).unwrap_or_default();
        Ok(lines.into_iter().map(|(number, text)| line(number, text, None)).collect())
    }

    /// Changes the file.
    ///
    /// # Errors
    /// [`AccountsError`]; the file is as it was then.
    pub fn change(&self, change: Change) -> Result<(), AccountsError> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        make_folder(folder)?;
        let _lock = lock(&beside(&self.file, ".lock"), PATIENCE)?;
        let (head, mut lines) = match self.lines()? {
            Some((head, lines)) => (Some(head), lines.into_iter().map(|(_, text)| text).collect()),
            None => (None, Vec::new()),
        };
        let sealing = if lines.is_empty() { Sealing::First } else { Sealing::Known };
        match change {
            Change::Put(record) => {
                check_label(&record.label)?;
                let key = MasterKey::at(&self.key, sealing)?;
                if let Some(head) = head.filter(|_| !lines.is_empty()) {
                    self.fits(&head, &key)?;
                }
                let new = record.line(&key)?;
                match lines.iter_mut().find(|line| is(line, &record.provider, &record.label)) {
                    Some(line) => *line = new,
                    None => lines.push(new),
                }
                self.write(&key.fingerprint(), &lines)
            }
            Change::Remove { provider, label } => {
                let before = lines.len();
                lines.retain(|line| !is(line, &provider, &label));
                match head {
                    Some(head) if lines.len() < before => self.write(&head.key, &lines),
                    Some(_) | None => Err(AccountsError::Unknown { provider, label }),
                }
            }
        }
    }

    /// Holds the right to ask for new tokens of one account, among all processes, until it is dropped.
    ///
    /// # Errors
    /// [`AccountsError::Busy`] when another has it for too long.
    pub(crate) fn claim(&self, provider: &str, label: &str, patience: Duration) -> Result<File, AccountsError> {
        let name = crate::keys::token::Hash::of(&format!("{}:{provider}{label}", provider.len()));
        let short: String = name.bytes().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        lock(&beside(&self.file, &format!(".{short}.lock")), patience)
    }

    fn fits(&self, head: &Head, key: &MasterKey) -> Result<(), AccountsError> {
        let found = key.fingerprint();
        if found == head.key {
            return Ok(());
        }
        Err(AccountsError::KeyWrong { place: self.key.to_string(), found, needed: head.key.clone() })
    }

    /// The head and the numbered lines; `None` where there is no file.
    fn lines(&self) -> Result<Option<(Head, Numbered)>, AccountsError> {
        let file = match File::open(&self.file) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(AccountsError::io("open", &self.file, error)),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).map_err(|error| AccountsError::io("read", &self.file, error))?;
        // A byte that is no text damages its own line only.
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end().to_owned()));
        let not_accounts = || AccountsError::NotAccounts { path: self.file.clone() };
        let (_, head) = lines.next().ok_or_else(not_accounts)?;
        let head: Head = serde_json::from_str(&head).map_err(|_| not_accounts())?;
        if head.eavs_accounts > FORMAT {
            return Err(AccountsError::Newer { path: self.file.clone(), version: head.eavs_accounts });
        }
        Ok(Some((head, lines.filter(|(_, line)| !line.is_empty()).collect())))
    }

    /// The new file in place of the old one. When this returns, it is on the disk.
    fn write(&self, fingerprint: &str, lines: &[String]) -> Result<(), AccountsError> {
        let head = Head { eavs_accounts: FORMAT, key: fingerprint.to_owned() };
        let head =
            serde_json::to_string(&head).map_err(|error| AccountsError::io("write", &self.file, error.into()))?;
        let mut text = Zeroizing::new(head);
        for line in lines {
            text.push('\n');
            text.push_str(line);
        }
        text.push('\n');
        let written = oqto_whole::write(&self.file, text.as_bytes(), Access::Owner);
        written.map_err(|error| AccountsError::io("write", &self.file, error.source))
    }

    /// Whether the file can be replaced by one that is not much larger: asked before a token is given up for a new one.
    ///
    /// # Errors
    /// [`AccountsError`], for example a disk that is full.
    pub(crate) fn can_grow(&self, bytes: usize) -> Result<(), AccountsError> {
        let size = usize::try_from(fs::metadata(&self.file).map_or(0, |about| about.size())).unwrap_or(0);
        let tried = Draft::of(&self.file, &vec![b'\n'; size.saturating_add(bytes)], Access::Owner);
        tried.map(drop).map_err(|error| AccountsError::io("write beside", &self.file, error.source))
    }
}

fn line(number: usize, text: String, key: Option<&MasterKey>) -> Line {
    let Ok(sealed) = serde_json::from_str::<Sealed>(&text) else {
        let readable: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let part = |name: &str| readable[name].as_str().map(str::to_owned);
        let (provider, label) = (part("provider"), part("label"));
        return Line { number, provider, label, sort: None, record: Err(Unreadable::Line), text };
    };
    let record = key.map_or(Err(Unreadable::Sealed), |key| sealed.open(key));
    Line { number, provider: Some(sealed.provider), label: Some(sealed.label), sort: Some(sealed.kind), record, text }
}

impl Line {
    /// Whether this line is of that account, as far as it can be read.
    #[must_use]
    pub fn is(&self, provider: &str, label: &str) -> bool {
        is(&self.text, provider, label)
    }
}

fn is(text: &str, provider: &str, label: &str) -> bool {
    let readable: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    readable["provider"] == provider && readable["label"] == label
}

/// A label that can be shown and typed.
fn check_label(label: &str) -> Result<(), AccountsError> {
    let right = !label.trim().is_empty() && label.chars().count() <= 64 && !label.chars().any(char::is_control);
    if right { Ok(()) } else { Err(AccountsError::Label(label.to_owned())) }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

pub(super) fn make_folder(folder: &Path) -> Result<(), AccountsError> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| AccountsError::io("create", folder, error))
}

/// Takes a lock that ends with the process that has it.
fn lock(path: &Path, patience: Duration) -> Result<File, AccountsError> {
    let opened = File::options().create(true).truncate(false).write(true).mode(0o600).open(path);
    let file = opened.map_err(|error| AccountsError::io("open", path, error))?;
    let failed = |error| AccountsError::io("lock", path, error);
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    // The system queues those who wait, and has no deadline: a thread waits, and lets go should it get the lock after all.
    let (tell, told) = mpsc::sync_channel(0);
    let waiting = file.try_clone().map_err(failed)?;
    let spawned = std::thread::Builder::new().name("accounts-lock".into()).spawn(move || {
        let locked = waiting.lock();
        if tell.send(locked).is_err() {
            let _ = waiting.unlock();
        }
    });
    spawned.map_err(failed)?;
    match told.recv_timeout(patience) {
        Ok(locked) => locked.map_err(failed).map(|()| file),
        Err(_) => Err(AccountsError::Busy { path: path.to_path_buf(), waited: patience }),
    }
}

#[cfg(test)]
mod tests;
