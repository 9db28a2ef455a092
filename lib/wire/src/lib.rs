//! JSON-lines peers: the same frames over stdio, a Unix socket, a child process, a WebSocket or memory.
//!
//! | module | holds |
//! |---|---|
//! | [`source`] | [`LineSource`] and [`LineSink`]: the two halves of any connection |
//! | [`framing`], [`writing`] | lines of a byte stream; [`framing::split`] is the framing as a pure function |
//! | [`messages`] | lines of a WebSocket, whatever implements it |
//! | [`pipes`], [`unix`] | stdio, children, memory; Unix sockets with peer credentials |
//! | [`queue`], [`mod@pump`] | a bounded queue of lines and the task that empties it |
//! | [`greeting`] | hello, protocol version |
//! | [`server`] | accept a connection: requests in, replies and events out |
//! | [`peer`] | open a connection: ask and be answered, read events |
//! | [`http`] | one question to a service of this user that speaks HTTP |
//!
//! It knows the envelope, not the commands; it spawns nothing: what must run is handed to the caller as a future.
//!
//! Invariants: a line is at most 8 MiB, a longer one is skipped with bounded memory; what is no frame is an error of
//! that frame; every queue is bounded; a line is forwarded as the bytes that came.
//!
//! ```
//! use oqto_protocol::{frame::{Channel, Frame}, raw::RawJson};
//! use oqto_wire::{greeting, pipes, peer, queue::Limits, server};
//! use std::time::Duration;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let hello = |software: &str| greeting::hello(software, &[]);
//! let (near, far) = pipes::memory(4096);
//!
//! let serving = async {
//!     let rule = server::HelloRule::Required;
//!     let mut accepted = server::accept(far.0, far.1, hello("server/1"), rule, Limits::default()).await?;
//!     let answering = async move {
//!         while let Some(request) = accepted.incoming.next().await? {
//!             let reply = request.reply(Ok(RawJson::of(&request.cmd())?))?;
//!             accepted.outgoing.send(reply).await?;
//!         }
//!         Ok::<(), Box<dyn std::error::Error>>(())
//!     };
//!     let (answered, _) = tokio::join!(answering, accepted.writer.run());
//!     answered
//! };
//! let asking = async {
//!     let (peer, _events, driver) = peer::open(near.0, near.1, hello("client/1")).await?;
//!     let frame = Frame { cmd: Some("echo".into()), channel: Some(Channel::Agent), ..Frame::default() };
//!     let asked = async move { peer.call(frame, Duration::from_secs(1)).await };
//!     let (reply, _) = tokio::join!(asked, driver.run());
//!     assert_eq!(reply?.get(), "\"echo\"");
//!     Ok::<(), Box<dyn std::error::Error>>(())
//! };
//! let (served, asked) = tokio::join!(serving, asking);
//! served?;
//! asked
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod framing;
pub mod greeting;
pub mod http;
pub mod messages;
pub mod peer;
pub mod pipes;
pub mod pump;
pub mod queue;
pub mod server;
pub mod source;
pub mod unix;
pub mod writing;

pub use framing::LineReader;
pub use peer::{CallError, Event, Events, Peer};
pub use pump::pump;
pub use queue::{Closed, Limits, Outbox, Outgoing, Refusal, queue};
pub use server::{HelloRule, Incoming, Request, accept};
pub use source::{LineSink, LineSource, Received};
pub use writing::LineWriter;
