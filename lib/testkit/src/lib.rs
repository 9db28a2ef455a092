//! oqto-testkit.
