//! oqto-kit.
