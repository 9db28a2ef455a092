//! oqto-e2e.
