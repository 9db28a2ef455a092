//! One-time sign-in links: kept in memory as hashes, good once and for a while.

use super::token::{Token, TokenHash};
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long a link is good for.
pub const LINK_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// At most so many unused links; the oldest goes first.
const MOST_LINKS: usize = 64;

/// The links that have been given out and not yet used.
#[derive(Debug, Default)]
pub struct Links {
    open: Mutex<Vec<(TokenHash, Instant)>>,
}

impl Links {
    /// A fresh link's token.
    ///
    /// # Errors
    /// When the system has no random bytes to give.
    pub fn create(&self) -> io::Result<Token> {
        let token = Token::draw()?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(_, until)| *until > Instant::now());
        if open.len() >= MOST_LINKS {
            open.remove(0);
        }
        open.push((token.hash(), Instant::now() + LINK_LIFETIME));
        Ok(token)
    }

    /// Uses a link up. `false`: it was never given out, was used, or is too old.
    pub fn redeem(&self, presented: &str) -> bool {
        let presented = TokenHash::of(presented);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(_, until)| *until > Instant::now());
        let before = open.len();
        open.retain(|(hash, _)| !hash.same(&presented));
        open.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_link_works_once_and_not_for_ever() {
        let links = Links::default();
        let first = links.create().unwrap();
        assert!(!links.redeem("guessed"));
        assert!(links.redeem(first.expose()));
        assert!(!links.redeem(first.expose()));
        let second = links.create().unwrap();
        tokio::time::advance(LINK_LIFETIME + Duration::from_secs(1)).await;
        assert!(!links.redeem(second.expose()));
    }
}
