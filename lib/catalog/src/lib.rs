//! Many repositories: finding them, and what is known of each.
//!
//! | module | what it holds |
//! |---|---|
//! | [`find`] | the repositories below some folders |
//! | [`facts`] | languages, description, files that a repository has |
//! | [`survey`] | where every work tree stands, asked in parallel |
//! | [`catalog`] | the catalog file: read, made anew, written as a whole |
//! | [`error`] | [`CatalogError`] |
//!
//! Invariants: the same repositories give the same bytes; a repository that cannot be read is named with its reason and
//! does not hide the others; a catalog file is replaced as a whole or not at all.

pub mod catalog;
pub mod error;
pub mod facts;
pub mod find;
mod parallel;
pub mod survey;

pub use catalog::Catalog;
pub use error::{CatalogError, Result};
pub use find::{Found, find};
