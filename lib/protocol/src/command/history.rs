//! The `hstry` channel: bytes that entries refer to, and searching.

use crate::ids::SessionId;
use crate::message::Media;
use crate::tagged::wire;

wire! {
    /// Parameters of `blob.put` on the `hstry` channel: bytes of a picture or file, in order, in chunks of at most 4 MiB.
    #[derive(Eq)]
    pub struct BlobPut {
        /// Names the upload on this connection; chosen by the asker.
        pub upload: String,
        /// The next bytes, standard base64 with padding.
        pub data: String,
        /// Whether these are the last ones.
        pub last: bool,
        /// For example `image/png`.
        pub mime_type: String,
    }

    /// Reply of `blob.put`.
    #[derive(Eq)]
    pub struct BlobStored {
        /// Bytes received so far.
        pub bytes: u64,
        /// After the last chunk: where the bytes are now. Durable.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub media: Option<Media>,
    }

    /// Parameters of `blob.get` on the `hstry` channel.
    #[derive(Eq)]
    pub struct BlobGet {
        /// Lower-case hexadecimal SHA-256 of the bytes.
        pub sha256: String,
        /// Where to begin, in bytes.
        #[serde(default)]
        pub offset: u64,
    }

    /// Reply of `blob.get`: at most 4 MiB of the bytes.
    #[derive(Eq)]
    pub struct BlobChunk {
        /// The bytes, standard base64 with padding.
        pub data: String,
        /// Where they begin.
        pub offset: u64,
        /// Size of the whole.
        pub total: u64,
    }

    /// Parameters of `search` on the `hstry` channel.
    #[derive(Default, Eq)]
    pub struct Search {
        /// What to look for.
        pub query: String,
        /// `auto`, `natural` or `code`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub mode: Option<String>,
        /// Only in this workspace.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub workspace: Option<String>,
        /// Only from this harness.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub harness: Option<String>,
        /// Only messages of this role.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub role: Option<String>,
        /// Only answers of this model.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub model: Option<String>,
        /// Only after this time, Unix milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub after: Option<u64>,
        /// Only before this time, Unix milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub before: Option<u64>,
        /// At most so many, 1 to 200; 20 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub limit: Option<u32>,
    }

    /// One message that was found.
    pub struct SearchHit {
        /// The session.
        pub session: SessionId,
        /// The number of the message's entry.
        pub seq: u64,
        /// The message.
        pub message_id: String,
        /// Who it is from.
        pub role: String,
        /// The place, with the hits between U+E000 and U+E001.
        pub snippet: String,
        /// Unix milliseconds of the message.
        pub ts: u64,
        /// The session's title.
        pub title: String,
        /// The session's workspace.
        pub workspace: String,
        /// Higher is better.
        pub score: f64,
    }

    /// Reply of `search`, best first.
    pub struct SearchResults {
        /// What was found.
        pub hits: Vec<SearchHit>,
        /// Whether there may be more.
        pub more: bool,
    }
}
