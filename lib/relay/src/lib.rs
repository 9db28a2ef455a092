//! oqto-relay.
