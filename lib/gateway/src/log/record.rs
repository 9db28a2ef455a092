//! What was said in one request, held within bounds until it is written down.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

use super::joined::without_joined_secrets;
use super::redact::{is_of_run, redact};

/// The most bytes that all requests on their way, and those that wait to be written down, hold together.
const MOST_HELD: usize = 64 << 20;
/// So many times what is kept of an answer is read of it, as data is taken out of it.
const READ_FOR_KEPT: usize = 4;

/// How much is kept, and how much is held.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recorder {
    /// Bytes that are kept of a request, and again of its answer; 0 keeps nothing.
    most: Arc<AtomicUsize>,
    held: Arc<AtomicUsize>,
}

impl Recorder {
    /// From now on so many bytes of each request and each answer are kept; 0 is nothing.
    pub(crate) fn keep(&self, most: usize) {
        self.most.store(most, Ordering::Relaxed);
    }

    /// Begins to keep a request; nothing where it is not wanted, or too much is held.
    pub(crate) fn begin(&self, sent: &Bytes) -> Option<Record> {
        let most = self.most.load(Ordering::Relaxed);
        if most == 0 {
            return None;
        }
        let mut record =
            Record { sent: Bytes::new(), heard: Vec::new(), most, size: 0, full: false, held: Arc::clone(&self.held) };
        if record.hold(sent.len()) {
            record.sent = sent.clone();
        }
        Some(record)
    }
}

/// What was said in one request, as it was said.
#[derive(Debug)]
pub(crate) struct Record {
    sent: Bytes,
    heard: Vec<u8>,
    most: usize,
    /// Something of the answer was not taken: what comes after it would be taken for its continuation.
    full: bool,
    /// What of `held` is this one's.
    size: usize,
    held: Arc<AtomicUsize>,
}

/// What is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) sent: String,
    pub(crate) heard: String,
    /// Whether something is missing at an end of them.
    pub(crate) cut: bool,
}

impl Record {
    fn hold(&mut self, bytes: usize) -> bool {
        if self.held.fetch_add(bytes, Ordering::AcqRel) + bytes > MOST_HELD {
            self.held.fetch_sub(bytes, Ordering::AcqRel);
            return false;
        }
        self.size += bytes;
        true
    }

    /// Bytes of the answer.
    pub(crate) fn hear(&mut self, bytes: &[u8]) {
        let room = (self.most * READ_FOR_KEPT).saturating_sub(self.heard.len());
        let taken = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        if self.full || bytes.is_empty() {
            return;
        }
        let is_held = self.hold(taken.len());
        if is_held {
            self.heard.extend_from_slice(taken);
        }
        self.full = !is_held || taken.len() < bytes.len();
    }

    /// What is kept: without secrets and data, and not too much.
    pub(crate) fn said(&self) -> Said {
        const GZIP: [u8; 2] = [0x1f, 0x8b];
        let packed = self.heard.starts_with(&GZIP);
        let unpacked = packed.then(|| crate::wire::tap::unpacked(&self.heard, self.most * READ_FOR_KEPT)).flatten();
        let heard = if packed { unpacked.as_deref().unwrap_or(b"[packed]") } else { &self.heard };
        let (heard, part_left_out) = without_joined_secrets(&String::from_utf8_lossy(heard));
        // A word that is cut may be the beginning of a secret.
        let heard = if self.full { heard.trim_end_matches(is_of_run) } else { &heard };
        let (sent, sent_cut) = redact(&self.sent, self.most);
        let (heard, heard_cut) = redact(heard.as_bytes(), self.most);
        Said { sent, heard, cut: sent_cut || heard_cut || part_left_out || self.full }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        self.held.fetch_sub(self.size, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_unless_it_is_wanted_and_never_too_much() {
        let recorder = Recorder::default();
        assert!(recorder.begin(&Bytes::from_static(b"x")).is_none());
        recorder.keep(8);
        let mut record = recorder.begin(&Bytes::from_static(b"a request")).unwrap();
        for _ in 0..100 {
            record.hear(b"word ");
        }
        let said = record.said();
        assert_eq!((said.sent.as_str(), said.heard.as_str(), said.cut), ("a reques", "word wor", true));
        assert_eq!(recorder.held.load(Ordering::Relaxed), 9 + 32);
        let large = Bytes::from(vec![b' '; MOST_HELD]);
        assert_eq!(recorder.begin(&large).unwrap().said().sent, "", "too much is held");
        drop(record);
        assert_eq!(recorder.held.load(Ordering::Relaxed), 0);
        assert_ne!(recorder.begin(&large).unwrap().said().sent, "");
    }

    #[test]
    fn a_packed_answer_is_unpacked() {
        use std::io::Write as _;
        let recorder = Recorder::default();
        recorder.keep(100);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(b"hello").unwrap();
        let mut record = recorder.begin(&Bytes::new()).unwrap();
        record.hear(&gzip.finish().unwrap());
        assert_eq!(record.said().heard, "hello");
    }
}
