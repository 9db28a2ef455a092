//! Typed calls to `git`.
