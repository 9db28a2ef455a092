//! What tests share.
//!
//! - [`model`], [`demo`]: the scripted model and its configuration, from `oqto-scripted`.
//! - [`home`], [`binaries`], [`pi`]: what a test needs around a real process: a hermetic home, our own binaries, a real Pi.
//! - [`net`]: pipes and sockets that are cut, delayed or stopped on purpose.
//! - [`transcript`]: recorded dialogues with real agents, for replay.
//! - [`figure`]: what a bench prints.
//! - [`wait`], [`seed`]: waiting for a named condition, and chance that can be repeated.
//!
//! Not here: anything that asserts. A helper returns a `Result`, and the test decides.

pub mod binaries;
pub mod figure;
pub mod home;
pub mod net;
pub mod pi;
pub mod seed;
pub mod transcript;
pub mod wait;

pub use oqto_scripted as model;
pub use oqto_scripted::demo;
