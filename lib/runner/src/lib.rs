//! The runner: one actor a session, the log, the channels.
//!
//! | module | holds |
//! |---|---|
//! | [`context`] | what every session of a runner shares: history, harnesses, paths, clock |
//! | [`session`] | one actor a session: the turn machine, the outbox, the process, recovery |
//! | [`subscription`] | a task a subscriber: past entries, then a snapshot, then live |
//! | `folding` | reading a log page by page |
//! | `joining` | deltas that wait behind a busy pipe become one |
//! | [`registry`] | which sessions there are, and the list that is watched |
//! | [`connection`] | one peer: its requests in order, its bounded queue |
//! | [`dispatch`] | commands that are not about one session |
//! | [`server`] | the socket: one runner a user, peer credentials, taking over |
//! | [`socket`] | the socket, and taking it over from a runner that does not move |
//! | [`stdio`] | the same for a script that speaks for one peer |
//! | [`harnesses`] | where the agents' programs are, their versions, how they are started |
//! | [`gateway`] | the gateway between agents and model providers: a key for each start, a budget for each session |
//! | [`models`] | which models there are, before there is a session |
//! | [`acting`] | who acts, as an agent's tools are told |
//! | [`environment`] | the environment that agents get: an allow-list |
//! | [`history`] | the history service: starting it on demand, talking to it |
//!
//! Invariants: an entry is durable before anybody sees it; every turn ends once, also after a crash; nothing with side
//! effects is sent twice; a slow reader costs only itself; an older runner of the same state cannot write.

pub mod acting;
pub mod config;
pub mod connection;
pub mod context;
pub mod dispatch;
pub mod environment;
mod folding;
pub mod gateway;
pub mod harnesses;
pub mod history;
mod joining;
pub mod media;
pub mod models;
pub mod registry;
mod search;
pub mod server;
pub mod session;
pub mod socket;
pub mod stdio;
pub mod subscription;
pub mod trust;
