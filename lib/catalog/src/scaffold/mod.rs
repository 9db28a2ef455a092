//! New projects from templates.
//!
//! | module | what it holds |
//! |---|---|
//! | [`template`] | a folder or repository that projects are made from, and its `template.toml` |
//! | [`hook`] | programs that a template wants to be run |
//! | [`write`](mod@write) | the project: names and files filled in, written as a whole |
//!
//! A template is a folder. Names of files and folders, and the content of files whose name ends with `.jinja` (which is
//! taken off), are filled in; everything else is copied byte for byte. `template.toml` at its root describes it and is not
//! copied, nor is anything called `.git`.
//!
//! Invariants:
//! - Nothing is ever overwritten: a project is made beside its place and moved there when all of it is written.
//! - Nothing is written outside of the project, whatever the template and the values say: a name that would lead out, or a
//!   symbolic link, is refused.
//! - Nothing of the template is run unless that was asked for.

pub mod hook;
pub mod template;
pub mod write;

pub use template::{Template, Variable};
pub use write::write;
