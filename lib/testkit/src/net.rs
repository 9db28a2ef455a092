//! Connections that fail on purpose.
//!
//! [`faulty_duplex`] is an in-memory pipe with faults at scripted byte positions; [`ChaosProxy`] stands between a real
//! client and a real server on a Unix socket or a TCP port.

mod duplex;
mod faults;
mod proxy;

pub use duplex::{Link, faulty_duplex};
pub use faults::{Fault, FaultAt, Faults};
pub use proxy::{ChaosProxy, Endpoint, ProxyError, Temper};
