//! The Pi coding agent (`pi --mode rpc`), both wire generations.
