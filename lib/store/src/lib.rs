//! oqto-store.
