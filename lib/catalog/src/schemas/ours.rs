//! The schemas of our own files.

use serde::Serialize;

/// A schema of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ours {
    /// Its name.
    pub name: &'static str,
    /// The files that keep it; in a repository from its root, else below the configuration directory.
    pub file: &'static str,
    /// What it is of.
    pub title: &'static str,
    /// The schema itself.
    #[serde(skip)]
    pub text: &'static str,
}

macro_rules! ours {
    ($($name:literal, $file:literal, $title:literal;)*) => {
        /// All of them, by name.
        pub const OURS: &[Ours] = &[$(Ours {
            name: $name,
            file: $file,
            title: $title,
            text: include_str!(concat!("../../schemas/", $name, ".schema.json")),
        }),*];
    };
}

ours! {
    "byt-catalog", "CATALOG.json", "what is known of many repositories";
    "byt-config", "byt/config.toml", "the configuration of byt";
    "mmry-event", ".mmry/mmry.jsonl", "a line of the memories";
    "sx-config", "oqto/sx.toml", "the configuration of sx";
    "trx-event", ".trx/events.jsonl", "a line of the log of issues";
    "trx-issue", ".trx/issues.jsonl", "a line of the interchange form of issues";
}

/// The schema of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Ours> {
    OURS.iter().find(|ours| ours.name == name)
}
