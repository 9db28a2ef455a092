//! The tables of the history database.

use oqto_store::schema::{Migration, Schema};
use oqto_store::verify::CheckedTable;

/// `hstr`, as a number in the file's header.
const APPLICATION_ID: i32 = 0x6873_7472;

/// The history database.
pub(crate) static HISTORY: Schema = Schema {
    application_id: APPLICATION_ID,
    migrations: &[
        Migration { name: "conversations and their logs", sql: include_str!("schema/history_1.sql") },
        Migration {
            name: "deleting in small steps, blobs that nothing names",
            sql: include_str!("schema/history_2.sql"),
        },
    ],
};

/// Every table whose rows carry a checksum.
pub(crate) const CHECKED: &[CheckedTable] = &[
    CheckedTable { name: "identity", key: "lineage", columns: IDENTITY },
    CheckedTable { name: "writer", key: "id", columns: WRITER },
    CheckedTable { name: "conversation", key: "id", columns: CONVERSATION },
    CheckedTable { name: "entry", key: "id", columns: ENTRY },
    CheckedTable { name: "checkpoint", key: "conversation", columns: CHECKPOINT },
    CheckedTable { name: "outcome", key: "client_id", columns: OUTCOME },
    CheckedTable { name: "blob_ref", key: "sha256", columns: BLOB_REF },
];

pub(crate) const IDENTITY: &[&str] = &["lineage", "generation", "position", "created_at"];
pub(crate) const WRITER: &[&str] = &["id", "epoch", "claimed_at"];
pub(crate) const CONVERSATION: &[&str] = &[
    "key",
    "id",
    "log",
    "writer",
    "title",
    "workspace",
    "harness",
    "model",
    "provider",
    "state",
    "parent",
    "parent_seq",
    "native_id",
    "native_file",
    "created_at",
    "updated_at",
    "head",
    "message_count",
    "metadata",
    "checkpoint",
];
pub(crate) const ENTRY: &[&str] = &["position", "conversation", "seq", "id", "ts", "event", "data"];
pub(crate) const CHECKPOINT: &[&str] = &["conversation", "position", "state"];
pub(crate) const BLOB_REF: &[&str] = &["sha256", "conversation"];
pub(crate) const OUTCOME: &[&str] = &["client_id", "reply", "created_at"];
