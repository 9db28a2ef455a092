//! A thousand streams at once: one thread writes them all, another one reads them all.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::AsFd as _;
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use memchr::memmem::find;
use oqto_testkit::figure::percentile;
use rustix::event::epoll;

use super::raw::{LAST, STREAM, Way, chunk, whole};

const STREAMS: usize = 1000;
/// Chunks of a stream, and those of them that are not looked at.
const CHUNKS: usize = 400;
const WARM: usize = 100;
/// A stream has a chunk every so many ticks.
const TICKS: usize = 10;
const TICK: Duration = Duration::from_millis(1);
const TURNS: usize = 2;

/// Nanoseconds since this program began to measure.
fn now() -> u64 {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    u64::try_from(BEGUN.get_or_init(Instant::now).elapsed().as_nanos()).unwrap()
}

/// A provider whose every answer is a stream of 100 chunks a second. They begin when all of them are asked for.
pub(crate) fn provider() -> SocketAddr {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    // Whoever finds the queue full comes back a second later.
    let listener = socket.listen(u32::try_from(STREAMS).unwrap()).unwrap().into_std().unwrap();
    listener.set_nonblocking(false).unwrap();
    let address = listener.local_addr().unwrap();
    let (asked, streams) = channel();
    std::thread::spawn(move || accept(&listener, &asked));
    std::thread::spawn(move || pace(&streams));
    address
}

/// Reads each request, and hands its connection over.
fn accept(listener: &TcpListener, asked: &Sender<TcpStream>) {
    for stream in listener.incoming() {
        let (mut stream, asked) = (stream.unwrap(), asked.clone());
        stream.set_nodelay(true).unwrap();
        std::thread::Builder::new()
            .stack_size(64 << 10)
            .spawn(move || {
                let (mut held, mut buffer) = (Vec::new(), [0; 8192]);
                while whole(&held).is_none() {
                    match stream.read(&mut buffer) {
                        Ok(0) | Err(_) => return,
                        Ok(count) => held.extend_from_slice(&buffer[..count]),
                    }
                }
                stream.write_all(STREAM.as_bytes()).unwrap();
                stream.set_nonblocking(true).unwrap();
                let _ = asked.send(stream);
            })
            .unwrap();
    }
}

/// A chunk in which the moment of its sending is written.
struct Stamped {
    text: Vec<u8>,
    at: usize,
}

impl Stamped {
    fn new() -> Self {
        let data = format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"@{:020}@\"}}}}]}}\n\n", 0);
        let text = chunk(&data).into_bytes();
        let at = find(&text, b"@").unwrap() + 1;
        Self { text, at }
    }

    fn now(&mut self) -> &[u8] {
        let mut rest = now();
        for digit in self.text[self.at..self.at + 20].iter_mut().rev() {
            *digit = b'0' + u8::try_from(rest % 10).unwrap();
            rest /= 10;
        }
        &self.text
    }
}

/// Writes to a tenth of the streams at each tick.
fn pace(asked: &Receiver<TcpStream>) {
    let mut slots: [Vec<(TcpStream, usize)>; TICKS] = Default::default();
    let (mut stamped, mut next) = (Stamped::new(), Instant::now());
    let last = format!("{}0\r\n\r\n", chunk(LAST));
    loop {
        if slots.iter().all(Vec::is_empty) {
            for index in 0..STREAMS {
                let Ok(stream) = asked.recv() else { return };
                slots[index % TICKS].push((stream, 0));
            }
            next = Instant::now();
        }
        for slot in &mut slots {
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
            // No stream has more than its hundred a second, even after a moment without a processor.
            next = (next + TICK).max(Instant::now() - TICK);
            slot.retain_mut(|(stream, sent)| {
                *sent += 1;
                if *sent > CHUNKS {
                    let _ = stream.set_nonblocking(false).and_then(|()| stream.write_all(last.as_bytes()));
                    return false;
                }
                send(stream, stamped.now()).is_ok()
            });
        }
    }
}

/// Writes, and waits where a reader is far behind.
fn send(stream: &mut TcpStream, text: &[u8]) -> std::io::Result<()> {
    let written = match stream.write(text) {
        Ok(written) => written,
        Err(error) if error.kind() == ErrorKind::WouldBlock => 0,
        Err(error) => return Err(error),
    };
    if let Some(rest) = text.get(written..).filter(|rest| !rest.is_empty()) {
        stream.set_nonblocking(false)?;
        stream.write_all(rest)?;
        stream.set_nonblocking(true)?;
    }
    Ok(())
}

/// The 99th percentiles of the delays in milliseconds, direct and through the gateway, and how many chunks went through
/// it.
pub(crate) async fn delays(ways: [&Way; 2]) -> ([f64; 2], usize) {
    let mut found = [Vec::new(), Vec::new()];
    for _ in 0..TURNS {
        for (way, found) in ways.iter().zip(&mut found) {
            let way = (*way).clone();
            let mut delays = tokio::task::spawn_blocking(move || read_all(&way)).await.unwrap();
            found.push(percentile(&mut delays, 99));
        }
    }
    let middle = |mut found: Vec<f64>| (percentile(&mut found, 0) + percentile(&mut found, 99)) / 2.0;
    (found.map(middle), TURNS * STREAMS * CHUNKS)
}

struct Reading {
    stream: TcpStream,
    held: Vec<u8>,
    heard: usize,
}

/// Opens all streams, reads them to their end, and gives the delays of their chunks in milliseconds.
fn read_all(way: &Way) -> Vec<f64> {
    let poll = epoll::create(epoll::CreateFlags::CLOEXEC).unwrap();
    let request = way.request("many", "\"stream\":true,");
    let mut all: Vec<Reading> = Vec::with_capacity(STREAMS);
    for index in 0..STREAMS {
        let mut stream = TcpStream::connect(way.address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.write_all(&request).unwrap();
        stream.set_nonblocking(true).unwrap();
        let data = epoll::EventData::new_u64(index as u64);
        epoll::add(&poll, stream.as_fd(), data, epoll::EventFlags::IN).unwrap();
        all.push(Reading { stream, held: Vec::new(), heard: 0 });
    }
    let (mut open, mut delays) = (STREAMS, Vec::with_capacity(STREAMS * CHUNKS));
    let mut events = Vec::with_capacity(STREAMS);
    let mut next = Instant::now();
    while open > 0 {
        // Being woken for each chunk would cost this machine more than what is measured; a tick is what a delay may be off.
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
        next = (next + TICK).max(Instant::now());
        events.clear();
        epoll::wait(&poll, rustix::buffer::spare_capacity(&mut events), None).unwrap();
        for event in &events {
            let reading = &mut all[usize::try_from(event.data.u64()).unwrap()];
            if reading.read(&mut delays) {
                open -= 1;
                epoll::delete(&poll, reading.stream.as_fd()).unwrap();
            }
        }
    }
    delays
}

impl Reading {
    /// Reads what is there; says whether the stream is over.
    fn read(&mut self, delays: &mut Vec<f64>) -> bool {
        let mut buffer = [0; 4096];
        let count = match self.stream.read(&mut buffer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => return false,
            read => read.unwrap(),
        };
        assert_ne!(count, 0, "it ended early: {}", String::from_utf8_lossy(&self.held));
        let at = now();
        self.held.extend_from_slice(&buffer[..count]);
        let mut done = 0;
        while let Some(begin) = memchr::memchr(b'@', &self.held[done..]).map(|found| done + found) {
            let Some(stamp) = self.held.get(begin + 1..begin + 21) else { break };
            let sent = stamp.iter().fold(0, |sum: u64, digit| sum * 10 + u64::from(digit - b'0'));
            self.heard += 1;
            if self.heard > WARM {
                delays.push(at.saturating_sub(sent) as f64 / 1e6);
            }
            done = (begin + 22).min(self.held.len());
        }
        let over = find(&self.held[done..], b"[DONE]").is_some();
        // Whatever is left may be the beginning of a stamp, or of the end.
        let kept = self.held.len().saturating_sub(256).max(done);
        self.held.drain(..kept);
        assert!(!over || self.heard == CHUNKS, "{} of {CHUNKS} chunks", self.heard);
        over
    }
}
