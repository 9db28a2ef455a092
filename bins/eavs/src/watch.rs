//! Files that are looked at once a second: whether they are others than before.
//!
//! A look costs a call of the system for each file. It sees what every editor does (writing in place, or moving a new file
//! there), on every kind of file system, and through links, which what the system tells of changes does not.

use std::path::PathBuf;
use std::time::Duration;

use oqto_gateway::accounts::Stamp;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Some files, as they were when they were looked at last.
pub(crate) struct Watch {
    files: Vec<PathBuf>,
    seen: Vec<Stamp>,
}

impl Watch {
    pub(crate) fn new(files: Vec<PathBuf>) -> Self {
        let mut watch = Self { files, seen: Vec::new() };
        watch.seen = watch.look();
        watch
    }

    /// The same, taken for others than before whatever they are.
    pub(crate) fn unseen(files: Vec<PathBuf>) -> Self {
        Self { files, seen: Vec::new() }
    }

    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    fn look(&self) -> Vec<Stamp> {
        self.files.iter().map(|file| Stamp::of(file)).collect()
    }

    /// Waits until one of them is another, and none changed between two looks: whoever writes is done.
    pub(crate) async fn changed(&mut self) {
        let mut last = self.look();
        loop {
            tokio::time::sleep(PAUSE).await;
            let now = self.look();
            if now != self.seen && now == last {
                self.seen = now;
                return;
            }
            last = now;
        }
    }
}
