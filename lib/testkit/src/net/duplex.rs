//! An in-memory connection with faults.

use tokio::io::{DuplexStream, duplex, split};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::faults::{Ended, Faults, pump};

/// The wire between the two ends of a faulty pipe. Dropping it leaves the connection as it is.
#[derive(Debug, Clone)]
pub struct Link {
    cut: CancellationToken,
}

impl Link {
    /// Cuts both directions now.
    pub fn cut(&self) {
        self.cut.cancel();
    }

    /// Waits until the connection is gone.
    pub async fn gone(&self) {
        self.cut.cancelled().await;
    }
}

/// A connection in memory (client end, server end) with `capacity` bytes of buffer at each end, and its faults.
///
/// Must be called inside a tokio runtime; time may be paused.
pub fn faulty_duplex(capacity: usize, faults: Faults) -> (DuplexStream, DuplexStream, Link) {
    let (client, near) = duplex(capacity);
    let (far, server) = duplex(capacity);
    let link = Link { cut: CancellationToken::new() };
    let cut = link.cut.clone();
    tokio::spawn(async move {
        // Dropping both inner ends is what the outer ends see as the cut.
        cut.run_until_cancelled(join(near, far, faults, watch::channel(true).1)).await;
        cut.cancel();
    });
    (client, server, link)
}

/// Pumps both directions until both have closed, or either was cut.
pub(super) async fn join<A, B>(near: A, far: B, faults: Faults, open: watch::Receiver<bool>) -> Ended
where
    A: tokio::io::AsyncRead + tokio::io::AsyncWrite,
    B: tokio::io::AsyncRead + tokio::io::AsyncWrite,
{
    let ((near_read, near_write), (far_read, far_write)) = (split(near), split(far));
    let closed = |ended| {
        if ended == Ended::Closed { Ok(()) } else { Err(()) }
    };
    let up = async { closed(pump(near_read, far_write, faults.up, open.clone()).await) };
    let down = async { closed(pump(far_read, near_write, faults.down, open.clone()).await) };
    match tokio::try_join!(up, down) {
        Ok(_) => Ended::Closed,
        Err(()) => Ended::Cut,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;
    use crate::net::{Fault, FaultAt};

    async fn all(mut end: DuplexStream) -> String {
        let mut text = String::new();
        end.read_to_string(&mut text).await.unwrap();
        text
    }

    #[tokio::test]
    async fn without_faults_everything_arrives() {
        let (mut client, mut server, _link) = faulty_duplex(64, Faults::default());
        client.write_all(b"question").await.unwrap();
        client.shutdown().await.unwrap();
        server.write_all(b"answer").await.unwrap();
        server.shutdown().await.unwrap();
        assert_eq!((all(server).await, all(client).await), ("question".into(), "answer".into()));
    }

    #[tokio::test]
    async fn a_cut_comes_at_the_exact_byte() {
        let (mut client, server, link) = faulty_duplex(64, Faults::cut_up(5));
        client.write_all(b"hello world").await.unwrap();
        assert_eq!(all(server).await, "hello");
        link.gone().await;
        assert!(client.write_all(b"more").await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_delay_delays_and_a_stop_is_silent_but_open() {
        let delay = FaultAt { position: 2, fault: Fault::Delay(Duration::from_secs(3)) };
        let stop = FaultAt { position: 4, fault: Fault::Stop };
        let (client, mut server, link) = faulty_duplex(64, Faults { up: vec![stop, delay], down: Vec::new() });
        let (mut client, start) = (client, tokio::time::Instant::now());
        client.write_all(b"abcdef").await.unwrap();
        let mut four = [0; 4];
        server.read_exact(&mut four).await.unwrap();
        assert_eq!((&four, start.elapsed().as_secs()), (b"abcd", 3));
        let more = tokio::time::timeout(Duration::from_secs(60), server.read(&mut four)).await;
        assert!(more.is_err(), "nothing comes after a stop: {more:?}");
        link.cut();
        assert_eq!(server.read(&mut four).await.unwrap(), 0);
    }
}
