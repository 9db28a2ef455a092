//! The runner core with a real history service and real holders, driven over connections in memory. The agent is
//! `fake_pi`, which misbehaves as it is told; what works with a real Pi is tested end to end.

mod commands;
mod harness;
mod lifecycle;
mod scripts;
mod subscribing;
mod successors;
mod support;
