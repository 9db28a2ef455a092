//! oqto-process.
