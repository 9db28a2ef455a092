//! Reads an answer while it passes, without holding it up.

use std::io::Write as _;

use flate2::write::GzDecoder;
use serde_json::value::RawValue;

use super::call::Api;
use super::sse::Parser;
use super::usage::{self, Partial};

/// The largest answer without streaming whose usage is read: 32 MiB. A larger one passes, and its usage is estimated.
const LARGEST_JSON: usize = 32 << 20;

/// How an answer is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// `text/event-stream`.
    Events,
    /// One JSON text.
    Json,
    /// Something whose usage cannot be read.
    Opaque,
}

/// How an answer is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// gzip.
    Gzip,
}

/// What was seen of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The usage that it said.
    pub usage: Option<Partial>,
    /// Bytes that the model wrote.
    pub written: u64,
    /// Whether the answer said that it is over.
    pub ended: bool,
    /// An error inside it.
    pub error: Option<String>,
}

/// Reads one answer.
#[derive(Debug)]
pub struct Tap {
    gzip: Option<GzDecoder<Vec<u8>>>,
    reader: Reader,
}

#[derive(Debug)]
struct Reader {
    api: Api,
    framing: Framing,
    events: Parser,
    json: Vec<u8>,
    seen: Seen,
    /// Nothing of it can be read from the beginning on.
    is_opaque: bool,
}

impl Tap {
    /// A tap on an answer in the words of `api`.
    #[must_use]
    pub fn new(api: Api, framing: Framing, packing: Packing) -> Self {
        let gzip = match packing {
            Packing::Gzip => Some(GzDecoder::new(Vec::new())),
            Packing::Plain => None,
        };
        let is_opaque = framing == Framing::Opaque;
        let reader =
            Reader { api, framing, events: Parser::default(), json: Vec::new(), seen: Seen::default(), is_opaque };
        Self { gzip, reader }
    }

    /// The next bytes of the answer.
    pub fn feed(&mut self, bytes: &[u8]) {
        let Some(gzip) = &mut self.gzip else { return self.reader.feed(bytes) };
        // What a small chunk can become is bounded by taking it in parts.
        for part in bytes.chunks(4096) {
            let unpacked = gzip.write_all(part).and_then(|()| gzip.flush());
            self.reader.feed(gzip.get_ref());
            gzip.get_mut().clear();
            if unpacked.is_err() {
                self.gzip = None;
                self.reader.framing = Framing::Opaque;
                self.reader.is_opaque = false;
                return;
            }
        }
    }

    /// What was seen, after the last byte.
    #[must_use]
    pub fn finish(mut self) -> Seen {
        if self.reader.framing == Framing::Json {
            let json = std::mem::take(&mut self.reader.json);
            self.reader.whole(&json);
        }
        let Seen { ended, usage, .. } = &mut self.reader.seen;
        if self.reader.framing == Framing::Events && !*ended {
            *usage = usage.map(Partial::unfinished);
        }
        self.reader.seen
    }

    /// Whether the answer said that it is over.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.reader.seen.ended
    }
}

/// What gzip bytes hold; nothing where they are broken or hold more than `largest` bytes.
#[must_use]
pub fn unpacked(bytes: &[u8], largest: usize) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut text = Vec::new();
    let limit = u64::try_from(largest).unwrap_or(u64::MAX).saturating_add(1);
    flate2::read::MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut text).ok()?;
    (text.len() <= largest).then_some(text)
}

impl Reader {
    fn feed(&mut self, bytes: &[u8]) {
        match self.framing {
            // A guess at what it holds, where nothing was read of it before.
            Framing::Opaque => self.seen.written += if self.is_opaque { bytes.len() as u64 } else { 0 },
            Framing::Json => {
                if self.json.len() + bytes.len() > LARGEST_JSON {
                    self.json = Vec::new();
                    self.framing = Framing::Opaque;
                } else {
                    self.json.extend_from_slice(bytes);
                }
            }
            Framing::Events => {
                let mut reports = Vec::new();
                let api = self.api;
                let read = self.events.feed(bytes, &mut |event| reports.push(usage::read(api, event.data)));
                for report in reports {
                    self.take(report);
                }
                if read.is_err() {
                    self.framing = Framing::Opaque;
                }
            }
        }
    }

    /// Reads a whole answer that is one JSON text.
    fn whole(&mut self, json: &[u8]) {
        // Google's streams are one list of objects where no events were asked for.
        if json.trim_ascii_start().first() == Some(&b'[')
            && let Ok(list) = serde_json::from_slice::<Vec<&RawValue>>(json)
        {
            return list.iter().for_each(|one| self.take(usage::read(self.api, one.get().as_bytes())));
        }
        let report = usage::read(self.api, json);
        // One that was cut is measured as a whole.
        if report == usage::Report::default()
            && serde_json::from_slice::<&RawValue>(json).is_err_and(|error| error.is_eof())
        {
            self.seen.written += json.len() as u64;
        }
        self.take(report);
    }

    fn take(&mut self, report: usage::Report) {
        if let Some(usage) = report.usage {
            self.seen.usage.get_or_insert_default().merge(usage);
        }
        self.seen.written += report.written;
        self.seen.ended |= report.ended;
        self.seen.error = report.error.or(self.seen.error.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::usage::Usage;

    const STREAM: &str = "data: {\"choices\":[{\"delta\":{\"content\":\"hé\"}}]}\r\n\r\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\r\n\r\ndata: [DONE]\r\n\r\n";

    fn seen(bytes: &[u8], packing: Packing, chunk: usize) -> Seen {
        let mut tap = Tap::new(Api::Chat, Framing::Events, packing);
        bytes.chunks(chunk).for_each(|chunk| tap.feed(chunk));
        tap.finish()
    }

    #[test]
    fn a_stream_is_read_in_any_cut_and_packed() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(STREAM.as_bytes()).unwrap();
        let packed = packer.finish().unwrap();
        for chunk in [1, 7, 10_000] {
            for (bytes, packing) in [(STREAM.as_bytes(), Packing::Plain), (&packed, Packing::Gzip)] {
                let seen = seen(bytes, packing, chunk);
                assert_eq!(seen.usage.unwrap().usage(), Usage { input: 3, output: 2, ..Usage::default() });
                assert_eq!((seen.written, seen.ended), (3, true));
            }
        }
    }

    #[test]
    fn a_list_is_read_like_the_events_that_it_has() {
        let mut tap = Tap::new(Api::Generate, Framing::Json, Packing::Plain);
        tap.feed(br#"[{"candidates":[{"content":{"parts":[{"text":"abc"}]}}]},"#);
        tap.feed(br#"{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":1}}]"#);
        let seen = tap.finish();
        assert_eq!(seen.usage.unwrap().usage(), Usage { input: 3, output: 1, ..Usage::default() });
        assert!(seen.ended);
    }

    #[test]
    fn unpacking_is_bounded() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&[b'a'; 1000]).unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(unpacked(&packed, 1000).map(|text| text.len()), Some(1000));
        assert_eq!(unpacked(&packed, 999), None);
        assert_eq!(unpacked(b"{}", 999), None);
    }

    #[test]
    fn what_was_cut_or_cannot_be_unpacked_is_measured() {
        let written = |framing, bytes: &[u8]| {
            let mut tap = Tap::new(Api::Chat, framing, Packing::Plain);
            tap.feed(bytes);
            tap.finish().written
        };
        assert_eq!(written(Framing::Json, br#"{"choices":[{"message":{"content":"four fo"#), 42);
        assert_eq!(written(Framing::Json, br#"[{"candidates":[{"content""#), 26);
        assert_eq!(written(Framing::Opaque, b"anything"), 8);
        assert_eq!(written(Framing::Json, b"<html>"), 0);
    }

    #[test]
    fn what_cannot_be_read_is_no_usage_and_no_harm() {
        assert_eq!(seen(b"not gzip at all", Packing::Gzip, 4), Seen::default());
        let mut tap = Tap::new(Api::Chat, Framing::Json, Packing::Plain);
        tap.feed(b"<html>");
        assert_eq!(tap.finish(), Seen::default());
    }
}
