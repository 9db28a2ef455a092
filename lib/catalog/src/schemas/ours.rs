//! The schemas of our own files.

use serde::Serialize;

/// Where the files lie that keep a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// At the root of repositories.
    Repository,
    /// In the folder of a person's configurations.
    Configuration,
    /// Wherever the person wants it.
    Anywhere,
}

/// A schema of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ours {
    /// Its name.
    pub name: &'static str,
    /// Where its files lie.
    pub place: Place,
    /// The file that keeps it, from there.
    pub file: &'static str,
    /// What it is of.
    pub title: &'static str,
    /// The schema itself.
    #[serde(skip)]
    pub text: &'static str,
}

macro_rules! ours {
    ($($name:literal, $place:ident / $file:literal, $title:literal;)*) => {
        /// All of them, by name.
        pub const OURS: &[Ours] = &[$(Ours {
            name: $name,
            place: Place::$place,
            file: $file,
            title: $title,
            text: include_str!(concat!("../../schemas/", $name, ".schema.json")),
        }),*];
    };
}

ours! {
    "byt-catalog", Anywhere / "CATALOG.json", "what is known of many repositories";
    "byt-config", Configuration / "byt/config.toml", "the configuration of byt";
    "mmry-event", Repository / ".mmry/mmry.jsonl", "a line of the memories";
    "sx-config", Configuration / "oqto/sx.toml", "the configuration of sx";
    "trx-event", Repository / ".trx/events.jsonl", "a line of the log of issues";
    "trx-issue", Repository / ".trx/issues.jsonl", "a line of the interchange form of issues";
}

/// The schema of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Ours> {
    OURS.iter().find(|ours| ours.name == name)
}
