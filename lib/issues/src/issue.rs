//! An issue and its words.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap as _};
use serde_json::value::RawValue;

use crate::error::{IssueError, Result};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal $(| $alias:literal)*,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word $(, alias = $alias)*)] $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in files.
            #[must_use]
            pub const fn word(self) -> &'static str { match self { $(Self::$variant => $word),* } }

            /// Its number in the index.
            pub(crate) const fn code(self) -> i64 { self as i64 }

            /// What has this number in the index.
            pub(crate) fn of_code(code: i64) -> Option<Self> { Self::ALL.get(usize::try_from(code).ok()?).copied() }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.word()) }
        }

        impl FromStr for $name {
            type Err = IssueError;
            fn from_str(text: &str) -> Result<Self> {
                match text {
                    $($word $(| $alias)* => Ok(Self::$variant),)*
                    _ => Err(IssueError::invalid(format!("{text:?} is no {}; one of {}", $what, [$($word),*].join(", ")))),
                }
            }
        }
    };
}

words! {
    /// How far an issue is.
    Status, "status" {
        /// Nobody has begun.
        Open = "open",
        /// Somebody works on it.
        InProgress = "in_progress" | "in-progress" | "inprogress",
        /// It waits for something outside.
        Blocked = "blocked",
        /// It is done, or will not be done.
        Closed = "closed",
        /// It was deleted.
        Tombstone = "tombstone",
    }
}

words! {
    /// What an issue is about.
    Kind, "type" {
        /// Something is wrong.
        Bug = "bug",
        /// Something new.
        Feature = "feature",
        /// Something to do.
        Task = "task",
        /// Something large, made of others.
        Epic = "epic",
        /// Upkeep.
        Chore = "chore",
    }
}

words! {
    /// How an issue hangs together with another.
    Link, "kind of dependency" {
        /// It waits for the other.
        Blocks = "blocks",
        /// The other is its parent.
        ParentChild = "parent_child" | "parent-child",
        /// See there.
        Related = "related",
    }
}

/// Where an issue hangs together with another; kept with the issue that waits, or with the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// The issue that has this.
    pub issue_id: String,
    /// The blocker, the parent, or the other.
    pub depends_on_id: String,
    /// How.
    #[serde(rename = "type")]
    pub link: Link,
    /// RFC 3339.
    pub created_at: String,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
}

/// A remark on an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What they wrote.
    pub text: String,
    /// RFC 3339.
    pub created_at: String,
}

/// Who works on an issue, and until when nobody else may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Who.
    pub by: String,
    /// RFC 3339.
    pub until: String,
}

/// An issue. Serialized it is the interchange form: these fields in this order, absent ones left out, and what is not
/// known after them.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Its id.
    pub id: String,
    /// One line.
    pub title: String,
    /// Any text.
    pub description: Option<String>,
    /// How far it is.
    pub status: Status,
    /// 0 (critical) to 4 (some day).
    pub priority: u8,
    /// What it is about.
    pub kind: Kind,
    /// Sorted.
    pub labels: Vec<String>,
    /// RFC 3339, as all times.
    pub created_at: String,
    /// The last change.
    pub updated_at: String,
    /// Only while closed.
    pub closed_at: Option<String>,
    /// Only when deleted, as the three below.
    pub deleted_at: Option<String>,
    /// In the order they were made.
    pub dependencies: Vec<Dependency>,
    /// Who made it.
    pub created_by: Option<String>,
    /// Only while closed.
    pub close_reason: Option<String>,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// Any text.
    pub notes: Option<String>,
    /// Sessions that touched it.
    pub sessions: Vec<String>,
    /// What a deleted issue was about.
    pub original_type: Option<String>,
    /// Who deleted it.
    pub deleted_by: Option<String>,
    /// Why it was deleted.
    pub delete_reason: Option<String>,
    /// Fields that are not known, as they were written.
    pub unknown: BTreeMap<String, Box<RawValue>>,
    /// Remarks, oldest first. Not in the interchange form.
    pub comments: Vec<Comment>,
    /// Who works on it. Not in the interchange form.
    pub claim: Option<Claim>,
}

impl Issue {
    /// What it hangs together with. A parent by the form of the id that blocks its child, as an old fault of command
    /// lines left it, is only its parent.
    pub(crate) fn edges(&self) -> impl Iterator<Item = (Link, &str)> {
        let above = crate::id::parent_of(&self.id).map(|(parent, _)| parent);
        let parent = self.dependencies.iter().find(|there| there.link == Link::ParentChild);
        let parent = parent.map(|there| there.depends_on_id.as_str());
        self.dependencies.iter().filter_map(move |dependency| {
            let target = dependency.depends_on_id.as_str();
            let is_above = dependency.link == Link::Blocks && above == Some(target);
            match parent {
                None if is_above => Some((Link::ParentChild, target)),
                Some(parent) if is_above && parent == target => None,
                None | Some(_) => Some((dependency.link, target)),
            }
        })
    }
}

/// The fields of the interchange form that are no sets.
pub(crate) const FIELDS: [&str; 17] = [
    "title",
    "description",
    "status",
    "priority",
    "issue_type",
    "created_at",
    "updated_at",
    "closed_at",
    "deleted_at",
    "created_by",
    "close_reason",
    "assignee",
    "notes",
    "original_type",
    "deleted_by",
    "delete_reason",
    "id",
];

/// Its fields that are sets.
pub(crate) const SETS: [&str; 4] = ["labels", "dependencies", "sessions", "comments"];

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("title", &self.title)?;
        if let Some(description) = &self.description {
            map.serialize_entry("description", description)?;
        }
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("priority", &self.priority)?;
        map.serialize_entry("issue_type", &self.kind)?;
        if !self.labels.is_empty() {
            map.serialize_entry("labels", &self.labels)?;
        }
        map.serialize_entry("created_at", &self.created_at)?;
        map.serialize_entry("updated_at", &self.updated_at)?;
        for (name, value) in [("closed_at", &self.closed_at), ("deleted_at", &self.deleted_at)] {
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        if !self.dependencies.is_empty() {
            map.serialize_entry("dependencies", &self.dependencies)?;
        }
        let texts = [
            ("created_by", &self.created_by),
            ("close_reason", &self.close_reason),
            ("assignee", &self.assignee),
            ("notes", &self.notes),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        if !self.sessions.is_empty() {
            map.serialize_entry("sessions", &self.sessions)?;
        }
        let texts = [
            ("original_type", &self.original_type),
            ("deleted_by", &self.deleted_by),
            ("delete_reason", &self.delete_reason),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        for (name, value) in &self.unknown {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
