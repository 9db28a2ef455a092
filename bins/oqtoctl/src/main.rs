//! oqtoctl.

fn main() {}
