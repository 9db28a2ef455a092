//! A runner that hangs keeps its connections open: only its silence tells. It is asked for a sign of life, and given up
//! when none comes.

use crate::asks;
use bytes::Bytes;
use oqto_protocol::frame::{Channel, Frame};
use oqto_wire::greeting::frame_line;
use std::io;
use std::time::Duration;
use tokio::time::Instant;

/// A runner from which nothing came for so long is asked for a sign of life.
pub(super) const ASK_AFTER: Duration = Duration::from_secs(5);

/// A runner from which nothing came for so long is given up. One that only waits, for its history or for a slow disk,
/// answers all the same.
pub(super) const DEAD_AFTER: Duration = Duration::from_secs(12);

/// What silence calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A question.
    Ask,
    /// Nothing more: nobody is there.
    Dead,
}

/// How long nothing has come.
#[derive(Debug)]
pub(super) struct Silence {
    since: Instant,
    asked: bool,
}

impl Silence {
    /// Something has just come.
    pub(super) fn begins() -> Self {
        Self { since: Instant::now(), asked: false }
    }

    /// Waits until the silence calls for something. Cancel-safe.
    pub(super) async fn asks(&mut self) -> Verdict {
        if self.asked {
            tokio::time::sleep_until(self.since + DEAD_AFTER).await;
            return Verdict::Dead;
        }
        tokio::time::sleep_until(self.since + ASK_AFTER).await;
        self.asked = true;
        Verdict::Ask
    }
}

/// The question as a line; its reply is for nobody but counts as a sign of life, whatever it says.
pub(super) fn ping() -> io::Result<Bytes> {
    frame_line(&Frame { id: Some(asks::PING.to_owned()), ..ping_frame() })
}

/// The question.
pub(super) fn ping_frame() -> Frame {
    Frame { channel: Some(Channel::System), cmd: Some("ping".to_owned()), ..Frame::default() }
}

/// Why the connection of a runner that is given up is over.
pub(super) fn said() -> String {
    format!("it has said nothing for {} s, and does not answer", DEAD_AFTER.as_secs())
}
