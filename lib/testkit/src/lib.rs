//! What tests share, and the demo model that `oqto` ships.
//!
//! - [`model`]: a scriptable model provider that speaks the APIs of OpenAI and Anthropic on a loopback port.
//! - [`demo`]: configuration and a sample workspace for a first chat without a provider key.
//! - [`home`], [`binaries`], [`pi`]: what a test needs around a real process: a hermetic home, our own binaries, a real Pi.
//! - [`net`]: pipes and sockets that are cut, delayed or stopped on purpose.
//! - [`transcript`]: recorded dialogues with real agents, for replay.
//! - [`wait`], [`seed`]: waiting for a named condition, and chance that can be repeated.
//!
//! Not here: anything that asserts. A helper returns a `Result`, and the test decides.

pub mod binaries;
pub mod demo;
pub mod home;
pub mod model;
pub mod net;
pub mod pi;
pub mod seed;
pub mod transcript;
pub mod wait;
