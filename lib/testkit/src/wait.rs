//! Waiting for a named condition, with a deadline. Tests never sleep.

use std::time::{Duration, Instant};

/// A condition did not come true in time.
#[derive(Debug, Clone, thiserror::Error)]
#[error("timed out after {deadline:?} waiting for {what}")]
pub struct TimedOut {
    what: String,
    deadline: Duration,
}

impl TimedOut {
    /// The failure to see `what` within `deadline`.
    pub fn new(what: impl Into<String>, deadline: Duration) -> Self {
        Self { what: what.into(), deadline }
    }
}

/// How often a condition is looked at that cannot announce itself.
const POLL: Duration = Duration::from_millis(5);

/// Waits until `check` gives a value, looking every 5 ms.
///
/// # Errors
/// [`TimedOut`], naming `what`, when it does not within `deadline`.
pub async fn until<T, F>(what: &str, deadline: Duration, mut check: impl FnMut() -> F) -> Result<T, TimedOut>
where
    F: Future<Output = Option<T>>,
{
    let met = async {
        loop {
            if let Some(value) = check().await {
                return value;
            }
            tokio::time::sleep(POLL).await;
        }
    };
    tokio::time::timeout(deadline, met).await.map_err(|_| TimedOut::new(what, deadline))
}

/// [`until`] for code without a runtime.
///
/// # Errors
/// [`TimedOut`], naming `what`, when `check` gives nothing within `deadline`.
pub fn until_blocking<T>(what: &str, deadline: Duration, mut check: impl FnMut() -> Option<T>) -> Result<T, TimedOut> {
    let start = Instant::now();
    loop {
        if let Some(value) = check() {
            return Ok(value);
        }
        if start.elapsed() >= deadline {
            return Err(TimedOut::new(what, deadline));
        }
        std::thread::park_timeout(POLL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_condition_that_comes_true_is_seen() {
        let mut looks = 0;
        let seen = until("three looks", Duration::from_secs(1), || {
            looks += 1;
            let found = (looks == 3).then_some(looks);
            async move { found }
        });
        assert_eq!(seen.await.ok(), Some(3));
    }

    #[tokio::test(start_paused = true)]
    async fn a_condition_that_stays_false_is_named() {
        let missed = until("the moon", Duration::from_secs(2), || async { None::<()> }).await;
        assert_eq!(missed.unwrap_err().to_string(), "timed out after 2s waiting for the moon");
        let missed = until_blocking("the sun", Duration::ZERO, || None::<()>);
        assert_eq!(missed.unwrap_err().to_string(), "timed out after 0ns waiting for the sun");
    }
}
