//! Keys of starts that are over end: when a process is gone, and for those that a runner left behind when it was killed.

use std::path::Path;
use std::time::Duration;

use oqto_protocol::error::{ErrorKind, WireError};
use serde_json::Value;

use super::{Gateway, asking};
use crate::context::Shared;

/// How soon it is tried again while the gateway does not answer.
const AGAIN: Duration = Duration::from_secs(5);

/// Ends keys for as long as the runner runs.
pub async fn keep(ctx: Shared) {
    let Some(gateway) = &ctx.gateway else { return };
    loop {
        let left = gateway.tidy(&ctx.places.state.join("holders")).await;
        let woken = gateway.over.notified();
        tokio::select! {
            () = ctx.shutdown.cancelled() => return,
            () = woken => {}
            () = tokio::time::sleep(AGAIN), if left > 0 => {}
        }
    }
}

impl Gateway {
    /// A start is over: its key ends soon.
    pub fn start_is_over(&self) {
        self.over.notify_one();
    }

    /// Ends the keys of starts that have no holder. Gives how many sessions could not be looked after.
    pub async fn tidy(&self, holders: &Path) -> usize {
        let mut left = 0;
        for session in folders(&self.state) {
            // `look` is no session.
            if !session.starts_with("ses_") {
                continue;
            }
            if let Err(error) = self.tidy_session(&session, holders).await {
                tracing::debug!(session, %error, "its key cannot be ended yet");
                left += 1;
            }
        }
        left
    }

    async fn tidy_session(&self, session: &str, holders: &Path) -> Result<(), WireError> {
        let place = self.state.join(session);
        let lives = |start: &String| self.is_beginning(start) || holders.join(session).join(start).exists();
        let (living, over): (Vec<_>, Vec<_>) = folders(&place).into_iter().partition(lives);
        for start in &over {
            // The key of a start has its name.
            let path = format!("/admin/keys/{start}");
            match asking::ask::<Value>(&self.socket, "DELETE", &path, None).await {
                // Without a key there is nothing to end.
                Err(error) if error.code != ErrorKind::NotFound => return Err(error),
                Ok(_) | Err(_) => remove(&place.join(start)),
            }
        }
        if living.is_empty() {
            // A start may have begun meanwhile; then the folder is not empty, and stays.
            let _stays = std::fs::remove_dir(&place);
        }
        Ok(())
    }

    fn is_beginning(&self, start: &str) -> bool {
        self.beginning.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(start)
    }
}

fn folders(place: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(place).into_iter().flatten().filter_map(Result::ok);
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

fn remove(folder: &Path) {
    if let Err(error) = std::fs::remove_dir_all(folder)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(path = %folder.display(), %error, "cannot be removed");
    }
}
