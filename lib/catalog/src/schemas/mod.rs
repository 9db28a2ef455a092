//! JSON Schemas of our files, and files checked against schemas.
//!
//! | module | what it holds |
//! |---|---|
//! | [`ours`](mod@ours) | the schemas of our own files |
//! | [`validate`] | a value against a schema |
//! | [`check`](mod@check) | the files of repositories, ours and those that are declared |

pub mod check;
pub mod ours;
pub mod validate;

use serde::{Deserialize, Serialize};

pub use check::{Checked, check, configurations};
pub use ours::{OURS, Ours};

/// A configuration of repositories, and the schema that it keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// The repository; without it every one that has the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repo: Option<String>,
    /// The file, from the root: `.json`, `.jsonl` or `.toml`.
    pub file: String,
    /// The schema: one of ours by name, or a file from the root.
    pub schema: String,
}
