//! How long to wait before trying again: doubling, with jitter, so that many browsers do not knock at once.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(15);

/// Waiting times between attempts.
#[derive(Debug)]
pub(crate) struct Backoff {
    next: Duration,
    seed: u64,
}

impl Backoff {
    /// Begins anew; `seed` tells one waiting connection from another.
    pub(crate) fn new(seed: u64) -> Self {
        Self { next: FIRST, seed: seed | 1 }
    }

    /// The next waiting time: between half and all of a duration that doubles up to 15 s.
    pub(crate) fn wait(&mut self) -> Duration {
        // xorshift: jitter needs spread, not secrecy.
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        let half = self.next / 2;
        let part = u32::try_from(self.seed % 1024).unwrap_or(0);
        self.next = (self.next * 2).min(LONGEST);
        half + half * part / 1024
    }

    /// After a success.
    pub(crate) fn reset(&mut self) {
        self.next = FIRST;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_to_a_limit_and_differs_between_connections() {
        let (mut a, mut b) = (Backoff::new(1), Backoff::new(77));
        let waits: Vec<Duration> = (0..12).map(|_| a.wait()).collect();
        assert!(waits[0] <= FIRST && waits[0] >= FIRST / 2);
        assert!(waits.iter().all(|wait| *wait <= LONGEST));
        assert!(waits[11] >= LONGEST / 2);
        assert_ne!(waits, (0..12).map(|_| b.wait()).collect::<Vec<_>>());
        a.reset();
        assert!(a.wait() <= FIRST);
    }
}
