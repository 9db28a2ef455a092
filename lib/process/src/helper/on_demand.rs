//! A daemon that whoever needs it first starts. Who starts it, and that it was started, makes no difference to the others:
//! several may try at once, and the daemon's own lock lets one of them live.

use std::error::Error;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep};

use super::{Detached, Helper, HelperError, detached};

/// How soon after its start a daemon is looked for, and how often at most after that. There is nothing to wait on: what it
/// makes is made by another process.
const SOON: Duration = Duration::from_millis(2);
const SELDOM: Duration = Duration::from_millis(50);

/// The longest piece of a daemon's log that is looked at for its last words, in bytes.
const LAST_WORDS: u64 = 4096;

/// A daemon, and how it is started when nobody answers for it.
#[derive(Debug)]
pub struct OnDemand {
    start: Option<Helper>,
    log: PathBuf,
    patience: Duration,
    /// Held while it is being started, so that many who need it start one.
    starting: Mutex<()>,
}

/// What a look at a daemon found.
#[derive(Debug)]
pub enum Look<T, E> {
    /// It answers.
    Answers(T),
    /// Nobody answers; a start may change that.
    Absent(E),
    /// It cannot be used, and no start changes that.
    Unusable(E),
}

impl<T, E> Look<T, E> {
    /// What a try to reach it means; `is_absent` says of which errors a start may be the cure.
    pub fn of(tried: Result<T, E>, is_absent: impl Fn(&E) -> bool) -> Self {
        match tried {
            Ok(found) => Self::Answers(found),
            Err(why) if is_absent(&why) => Self::Absent(why),
            Err(why) => Self::Unusable(why),
        }
    }
}

/// Why a daemon does not answer.
#[derive(Debug, thiserror::Error)]
pub enum OnDemandError<E: Error + 'static> {
    /// It cannot be used, or nobody answers and it is not ours to start.
    #[error("it does not answer")]
    Absent(#[source] E),
    /// It cannot be started.
    #[error("it cannot be started")]
    Start(#[source] HelperError),
    /// It was started and has ended.
    #[error("it ended at once ({how}){words}")]
    Ended {
        /// Its status.
        how: String,
        /// What it wrote last, after a colon; empty when it wrote nothing.
        words: String,
        /// What was found then.
        source: E,
    },
    /// It was started and does not answer.
    #[error("it was started and did not answer within {} s", after.as_secs())]
    Deadline {
        /// The time it had.
        after: Duration,
        /// What was found then.
        source: E,
    },
}

impl OnDemand {
    /// A daemon that `start` starts (`None`: it is not ours to start), whose words go to `log` (its folder must be there), and
    /// which has `patience` from its start until it answers.
    pub fn new(start: Option<Helper>, log: impl Into<PathBuf>, patience: Duration) -> Self {
        Self { start, log: log.into(), patience, starting: Mutex::new(()) }
    }

    /// Where its words go.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// What `look` finds once the daemon answers; it is started if nobody does.
    ///
    /// # Errors
    ///
    /// [`OnDemandError`]; it may still come up later.
    pub async fn reach<T, E, L>(&self, look: impl Fn() -> L) -> Result<T, OnDemandError<E>>
    where
        E: Error + 'static,
        L: Future<Output = Look<T, E>>,
    {
        let start = match (look().await, &self.start) {
            (Look::Answers(found), _) => return Ok(found),
            (Look::Unusable(why), _) | (Look::Absent(why), None) => return Err(OnDemandError::Absent(why)),
            (Look::Absent(_), Some(start)) => start,
        };
        if let Ok(_starting) = self.starting.try_lock() {
            return self.start(start, look).await;
        }
        // Somebody else is starting it.
        let _starting = self.starting.lock().await;
        match look().await {
            Look::Answers(found) => Ok(found),
            Look::Unusable(why) => Err(OnDemandError::Absent(why)),
            Look::Absent(_) => self.start(start, look).await,
        }
    }

    async fn start<T, E, L>(&self, start: &Helper, look: impl Fn() -> L) -> Result<T, OnDemandError<E>>
    where
        E: Error + 'static,
        L: Future<Output = Look<T, E>>,
    {
        let said_before = std::fs::metadata(&self.log).map_or(0, |log| log.len());
        let mut daemon = Running { daemon: detached(start, &self.log).map_err(OnDemandError::Start)?, ended: None };
        let deadline = Instant::now() + self.patience;
        let mut pause = SOON;
        loop {
            daemon.rest(pause).await;
            let why = match look().await {
                Look::Answers(found) => return Ok(found),
                Look::Unusable(why) => return Err(OnDemandError::Absent(why)),
                Look::Absent(why) => why,
            };
            if let Some(how) = daemon.failed() {
                return Err(OnDemandError::Ended { how, words: last_words(&self.log, said_before), source: why });
            }
            if Instant::now() >= deadline {
                return Err(OnDemandError::Deadline { after: self.patience, source: why });
            }
            pause = (pause * 2).min(SELDOM);
        }
    }
}

/// A daemon that was started just now.
struct Running {
    daemon: Detached,
    /// How it ended, once it has.
    ended: Option<std::io::Result<ExitStatus>>,
}

impl Running {
    /// Waits a moment, or until it ends.
    async fn rest(&mut self, pause: Duration) {
        if self.ended.is_some() {
            sleep(pause).await;
            return;
        }
        tokio::select! {
            ended = self.daemon.exited() => self.ended = Some(ended),
            () = sleep(pause) => {}
        }
    }

    /// How it failed. One that ends well has found another that serves, which may need a moment to answer.
    fn failed(&self) -> Option<String> {
        match self.ended.as_ref()? {
            Ok(status) => (!status.success()).then(|| status.to_string()),
            Err(error) => Some(error.to_string()),
        }
    }
}

/// What was added to a log at last, after a colon.
fn last_words(log: &Path, from: u64) -> String {
    let read = || {
        let mut file = std::fs::File::open(log)?;
        let end = file.metadata()?.len();
        file.seek(SeekFrom::Start(from.max(end.saturating_sub(LAST_WORDS))))?;
        let mut bytes = Vec::new();
        file.take(LAST_WORDS).read_to_end(&mut bytes)?;
        Ok::<_, std::io::Error>(bytes)
    };
    // Without a log there are no words; the status is told all the same.
    let bytes = read().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let last = last_of(&text);
    if last.is_empty() { last } else { format!(": {last}") }
}

/// The last error of our own programs, with its reasons and its hint, in one line; of any other, the last line.
fn last_of(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let from = lines.iter().rposition(|line| line.starts_with("error: ")).unwrap_or(lines.len().saturating_sub(1));
    lines[from..].join("; ").trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_told_with_its_reasons_and_its_hint() {
        let log = "earlier\nerror: old\n  hint: old\nerror: it is locked\n  because: by 7\n  hint: end it\n\n";
        assert_eq!(last_of(log), "it is locked; because: by 7; hint: end it");
        assert_eq!((last_of("one\ntwo \n"), last_of("\n"), last_of("")), ("two".into(), String::new(), String::new()));
    }
}
