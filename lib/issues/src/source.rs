//! Where time and randomness come from.

use std::io;

/// Time and randomness, so that tests are exact.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Nanoseconds since 1970.
    pub now: fn() -> i64,
    /// Fills the bytes.
    pub random: fn(&mut [u8]) -> io::Result<()>,
}

impl Source {
    /// The system's clock and random numbers.
    pub const SYSTEM: Self = Self { now, random };
}

fn now() -> i64 {
    i64::try_from(jiff::Timestamp::now().as_nanosecond()).unwrap_or(i64::MAX)
}

fn random(bytes: &mut [u8]) -> io::Result<()> {
    let mut filled = 0;
    while filled < bytes.len() {
        filled += rustix::rand::getrandom(&mut bytes[filled..], rustix::rand::GetRandomFlags::empty())?;
    }
    Ok(())
}
