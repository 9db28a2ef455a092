//! oqto-wire.
