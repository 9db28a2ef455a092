//! Lanes: threads that each have connections of their own, from the client's socket to the provider's.
//!
//! What happens on a connection happens on one thread: nothing is handed to another one, and no connection waits behind
//! the queue of a thread that others take from. Tasks that are ready take turns in the order in which they became so.

use std::cell::Cell;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// The most lanes of a process.
pub(crate) const MOST: usize = 8;

thread_local! {
    static LANE: Cell<usize> = const { Cell::new(0) };
}

/// The number of this thread's lane, from 1; 0 on every thread that is none.
pub(crate) fn current() -> usize {
    LANE.get()
}

/// The threads. They end when this is dropped, and what runs on them with them.
pub(crate) struct Lanes {
    first: Lane,
    others: Vec<Lane>,
}

struct Lane {
    number: usize,
    handle: Handle,
    /// Connections that it has.
    load: Arc<AtomicUsize>,
    _end: oneshot::Sender<()>,
}

/// A place on a lane, until it is dropped.
pub(crate) struct Place {
    pub(crate) handle: Handle,
    number: usize,
    load: Arc<AtomicUsize>,
}

impl Place {
    /// A connection of the current lane, watched by this one from now on.
    pub(crate) fn watch(&self, stream: TcpStream) -> io::Result<TcpStream> {
        if self.number == current() {
            return Ok(stream);
        }
        let stream = stream.into_std()?;
        let _there = self.handle.enter();
        TcpStream::from_std(stream)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.load.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Lanes {
    /// As many as there are processors, up to [`MOST`].
    pub(crate) fn start() -> io::Result<Self> {
        let count = std::thread::available_parallelism().map_or(1, usize::from).min(MOST);
        let others = (2..=count).map(Lane::start).collect::<io::Result<_>>()?;
        Ok(Self { first: Lane::start(1)?, others })
    }

    /// The lane for what waits for connections: it serves the next one itself unless another has fewer, so that one
    /// thread wakes up for it, not three.
    pub(crate) fn first(&self) -> &Handle {
        &self.first.handle
    }

    /// A place where there are the fewest connections; on the first lane if no other has fewer.
    pub(crate) fn place(&self) -> Place {
        let load = |lane: &Lane| lane.load.load(Ordering::Relaxed);
        let fewest = |least, lane| if load(lane) < load(least) { lane } else { least };
        let lane = self.others.iter().fold(&self.first, fewest);
        lane.load.fetch_add(1, Ordering::Relaxed);
        Place { handle: lane.handle.clone(), number: lane.number, load: Arc::clone(&lane.load) }
    }
}

impl Lane {
    fn start(number: usize) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (handle, (end, ended)) = (runtime.handle().clone(), oneshot::channel());
        std::thread::Builder::new().name(format!("lane-{number}")).spawn(move || {
            LANE.set(number);
            // It ends when the sender is dropped.
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        })?;
        Ok(Self { number, handle, load: Arc::default(), _end: end })
    }
}
