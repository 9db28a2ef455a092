//! hstry.

fn main() {}
