//! Issues that live in a repository.
