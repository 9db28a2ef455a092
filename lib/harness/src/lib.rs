//! One module a dialect: native lines in, canonical events out, as pure state machines without I/O.
//!
//! An adapter sees one order only, the holder's journal: what the child wrote, what was sent to it, how it ended.
//! Replaying the same records gives the same outputs with the same ids, so a runner that was killed goes on from its
//! last checkpoint. What an adapter wants to send is an [`Output::Send`] with an id of its own; it takes effect when
//! the journal echoes it as [`Input::Sent`], and an id is never sent twice.
//!
//! | module | holds |
//! |---|---|
//! | [`adapter`] | the contract between a session and its harness |
//! | [`pi`] | the Pi coding agent, both wire generations |

pub mod adapter;
pub mod pi;
