//! oqto-hold.

fn main() {}
