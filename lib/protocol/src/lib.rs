//! oqto-protocol.
