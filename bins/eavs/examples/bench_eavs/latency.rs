//! What one request waits for.

use std::time::Instant;

use oqto_testkit::figure::percentile;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::raw::{Way, asked};

/// Requests at the same time.
pub(crate) const AT_ONCE: usize = 16;
/// Requests of each client, each way.
const TIMES: u64 = 250;
/// The first few find no open connection.
const WARM: usize = 10;

/// About 20 ms, and nobody's the same as his neighbour's.
fn think(client: usize, time: u64) -> u64 {
    16 + (client as u64 * 7 + time * 5) % 9
}

/// The median and the 99th percentile of both: the percent, what a direct request takes beyond the thinking, and what
/// one through the gateway takes more, in milliseconds.
pub(crate) async fn added(direct: &Way, through: &Way, at_once: usize) -> [(usize, f64, f64); 2] {
    let tasks: Vec<_> =
        (0..at_once).map(|client| tokio::spawn(alternating(client, direct.clone(), through.clone()))).collect();
    let (mut plain, mut proxied) = (Vec::new(), Vec::new());
    for task in tasks {
        let (a, b) = task.await.unwrap();
        plain.extend_from_slice(&a[WARM..]);
        proxied.extend_from_slice(&b[WARM..]);
    }
    [50, 99].map(|percent| {
        let base = percentile(&mut plain, percent);
        (percent, base, percentile(&mut proxied, percent) - base)
    })
}

async fn alternating(client: usize, direct: Way, through: Way) -> (Vec<f64>, Vec<f64>) {
    let (mut near, mut far) = (direct.open().await, through.open().await);
    let mut took = (Vec::new(), Vec::new());
    for time in 0..TIMES {
        let think = think(client, time);
        let prompt = format!("think {think}");
        took.0.push(asked(&mut near, &direct.request(&prompt, "")).await - think as f64);
        took.1.push(asked(&mut far, &through.request(&prompt, "")).await - think as f64);
    }
    took
}

/// What the first streamed byte takes on a new direct connection beyond the thinking, and what it takes more through the
/// gateway; medians in milliseconds.
pub(crate) async fn first_byte(direct: &Way, through: &Way) -> (f64, f64) {
    let (mut plain, mut proxied) = (Vec::new(), Vec::new());
    for time in 0..150 {
        let think = think(0, time);
        let prompt = format!("think {think}");
        for (way, took) in [(direct, &mut plain), (through, &mut proxied)] {
            let (mut stream, request) = (way.open().await, way.request(&prompt, "\"stream\":true,"));
            took.push(first(&mut stream, &request).await - think as f64);
        }
    }
    let base = percentile(&mut plain, 50);
    (base, percentile(&mut proxied, 50) - base)
}

async fn first(stream: &mut TcpStream, request: &[u8]) -> f64 {
    let begun = Instant::now();
    stream.write_all(request).await.unwrap();
    let mut heard = Vec::new();
    until(stream, &mut heard, b"first").await;
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    // As clients do: to the end.
    until(stream, &mut heard, b"\r\n0\r\n\r\n").await;
    took
}

async fn until(stream: &mut TcpStream, heard: &mut Vec<u8>, what: &[u8]) {
    while memchr::memmem::find(heard, what).is_none() {
        let mut buffer = [0; 4096];
        let count = stream.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "{}", String::from_utf8_lossy(heard));
        heard.extend_from_slice(&buffer[..count]);
    }
}
