//! oqto-runner.

fn main() {}
