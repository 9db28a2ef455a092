//! Pi's `models.json`: what the gateway's models look like there, and how they get into a file that is a person's.
//!
//! | module | holds |
//! |---|---|
//! | [`entry`] | one provider of the gateway as Pi reads it |
//! | [`merge`] | three versions of a file (what was written last, what is there, what there is now) made into one. Pure |
//! | `text` | JSON with comments: where everything is in the text |
//! | `edit` | changes of such a text that leave the rest as it is |
//! | [`file`](mod@file) | the file itself: read, replaced as a whole, refused where it cannot be read |
//!
//! Invariants:
//! - No key is in the file: Pi asks the environment for `EAVS_API_KEY`.
//! - Whatever a person wrote stays, byte for byte: entries of others, comments, fields that are not known, and their own
//!   changes within our entries, deletions included.
//! - What vanished from the gateway is taken out only where nobody changed it.
//! - Writing twice is writing once; a file that cannot be read is not touched.
//!
//! ```
//! use oqto_gateway::pi_models::merge::merge;
//! use serde_json::json;
//!
//! let ours = [("eavs-demo".to_owned(), json!({"api": "openai-completions", "models": [{"id": "one"}]}))];
//! let theirs = "{\n  // mine\n  \"providers\": {\"home\": {\"baseUrl\": \"http://box\"}}\n}\n";
//! let merged = merge(theirs, &ours.into_iter().collect())?;
//! assert!(merged.text.contains("// mine") && merged.text.contains("http://box") && merged.text.contains("eavs-demo"));
//! # Ok::<_, oqto_gateway::pi_models::merge::NotMerged>(())
//! ```

mod edit;
pub mod entry;
pub mod file;
pub mod merge;
mod text;

use crate::config::Settings;
use crate::gateway::{Variables, providers};

/// The entries of the configured providers that have a key. `address` is that of the gateway.
#[must_use]
pub fn configured(settings: &Settings, var: &Variables, address: &str) -> entry::Entries {
    let providers = providers(settings, var);
    entry::entries(address, providers.values().map(AsRef::as_ref), |_, _| true)
}
