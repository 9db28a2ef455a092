//! The checks of `cargo xtask tidy`. Each gives its problems as sentences that name the place.

pub(crate) mod layers;
pub(crate) mod sources;
pub(crate) mod tree;
