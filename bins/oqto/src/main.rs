//! oqto.

fn main() {}
