//! oqto-harness.
