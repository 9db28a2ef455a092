//! Many repositories: finding them, and what is known of each.
//!
//! | module | what it holds |
//! |---|---|
//! | [`find`] | the repositories below some folders |
//! | [`facts`] | languages, description, files that a repository has |
//! | [`survey`] | where every work tree stands, asked in parallel |
//! | [`parallel`] | the same work on many things, a few at a time |
//! | [`stores`] | the issues and memories that a repository keeps |
//! | [`ready`] | the issues that can be begun, of all repositories |
//! | [`recall`] | memories, searched in many stores at once |
//! | [`catalog`] | the catalog file: read, made anew, written as a whole |
//! | [`lint`] | rules that every repository keeps |
//! | [`release`] | versions, changelogs and tags: whether they agree, and what comes next |
//! | [`schemas`] | JSON Schemas of our files, and files checked against schemas |
//! | [`scaffold`] | new projects from templates |
//! | [`sync`] | memories and issues to and from a git remote |
//! | [`error`] | [`CatalogError`] |
//!
//! Invariants: the same repositories give the same bytes; a repository that cannot be read is named with its reason and
//! does not hide the others; a catalog file is replaced as a whole or not at all.

pub mod catalog;
pub mod error;
pub mod facts;
pub mod find;
pub mod lint;
pub mod parallel;
pub mod ready;
pub mod recall;
pub mod release;
pub mod scaffold;
pub mod schemas;
pub mod stores;
pub mod survey;
pub mod sync;

pub use catalog::Catalog;
pub use error::{CatalogError, Result};
pub use find::{Found, find};
