//! oqto-history.
