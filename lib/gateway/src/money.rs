//! Amounts of money, exact.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// An amount in US dollars, kept in millionths of a millionth (picodollars), so that the price of a single token is
/// exact. At most about 18 million dollars; sums stay at the largest amount instead of wrapping.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(u64);

const PICO: f64 = 1e12;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount in picodollars.
    #[must_use]
    pub const fn from_pico(pico: u64) -> Self {
        Self(pico)
    }

    /// The amount in picodollars.
    #[must_use]
    pub const fn pico(self) -> u64 {
        self.0
    }

    /// An amount in dollars; negative ones and what is no number are nothing.
    #[must_use]
    pub fn from_usd(usd: f64) -> Self {
        // A float becomes an integer at the nearest end where it is too large, and 0 where it is negative or no number.
        Self((usd * PICO).round() as u64)
    }

    /// The amount in dollars, as near as a float can say it.
    #[must_use]
    pub fn usd(self) -> f64 {
        self.0 as f64 / PICO
    }

    /// The price of so many tokens, at so many dollars for a million of them.
    #[must_use]
    pub fn of_tokens(tokens: u64, usd_per_million: f64) -> Self {
        Self(Self::from_usd(usd_per_million / 1e6).0.saturating_mul(tokens))
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Money {
    /// Cents for amounts that have them, six digits for smaller ones.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let usd = self.usd();
        if self.0 == 0 || usd >= 1.0 { write!(f, "${usd:.2}") } else { write!(f, "${usd:.6}") }
    }
}

impl Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.usd())
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let usd = f64::deserialize(deserializer)?;
        if usd.is_finite() && usd >= 0.0 {
            return Ok(Self::from_usd(usd));
        }
        Err(serde::de::Error::custom("an amount of money is 0 or more"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_an_exact_price() {
        assert_eq!(Money::of_tokens(3, 1.25), Money::from_pico(3_750_000));
        assert_eq!(Money::of_tokens(1_000_000, 0.05).to_string(), "$0.050000");
        assert_eq!(Money::from_usd(12.345).to_string(), "$12.35");
        assert_eq!(Money::from_usd(-1.0), Money::ZERO);
        assert_eq!(Money::from_pico(1) - Money::from_pico(2), Money::ZERO);
    }
}
