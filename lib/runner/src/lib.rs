//! oqto-runner-core.
