//! The envelope: one JSON object on one line, a request, a reply or an event.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::MAX_LINE_BYTES;
use crate::entry::LogEntry;
use crate::error::{ErrorKind, WireError};
use crate::ids::SessionId;
use crate::live::LiveEvent;
use crate::raw::RawJson;
use crate::system::SystemEvent;
use crate::tagged::words;

words! {
    /// What a frame is about.
    #[derive(Default)]
    pub enum Channel {
        /// Sessions: commands, log entries, live events.
        #[default]
        Agent = "agent",
        /// Files of a workspace.
        Files = "files",
        /// Terminals.
        Terminal = "terminal",
        /// History beyond live sessions.
        Hstry = "hstry",
        /// The workspace's issues.
        Trx = "trx",
        /// The connection itself.
        System = "system",
    }
}

/// A frame. Which of the fields are there decides its [kind](Frame::kind).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Frame {
    /// What it is about; `agent` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub channel: Option<Channel>,
    /// Chosen by the asker, unique on its connection; the reply repeats it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub id: Option<String>,
    /// The session it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub session: Option<SessionId>,
    /// The runner it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub runner: Option<String>,
    /// Number of a durable event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub seq: Option<u64>,
    /// Unix milliseconds of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub ts: Option<u64>,
    /// The command of a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub cmd: Option<String>,
    /// The parameters of a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Value>"), ts(optional, type = "unknown"))]
    pub params: Option<RawJson>,
    /// The result of a request that succeeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Value>"), ts(optional, type = "unknown"))]
    pub ok: Option<RawJson>,
    /// Why a request failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub error: Option<WireError>,
    /// The name of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub event: Option<String>,
    /// The payload of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Value>"), ts(optional, type = "unknown"))]
    pub data: Option<RawJson>,
}

/// Which of the three a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameKind {
    /// `cmd` is there.
    Request,
    /// `ok` or `error` is there.
    Reply,
    /// `event` is there.
    Event,
    /// None of them, or more than one.
    Malformed,
}

/// Why a line is not a frame.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// Longer than [`MAX_LINE_BYTES`].
    #[error("the line has {0} bytes; at most {MAX_LINE_BYTES} are allowed")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("the line is not UTF-8")]
    Utf8,
    /// Not a JSON object of the frame's shape.
    #[error("the line is not a frame: {0}")]
    Json(#[from] serde_json::Error),
    /// Neither request, reply nor event.
    #[error("the frame is neither a request (cmd), a reply (ok or error) nor an event (event)")]
    Kind,
}

impl From<&FrameError> for WireError {
    fn from(error: &FrameError) -> Self {
        let kind = match error {
            FrameError::TooLong(_) => ErrorKind::TooLarge,
            FrameError::Utf8 | FrameError::Json(_) | FrameError::Kind => ErrorKind::MalformedFrame,
        };
        let told = Self::new(kind, error.to_string());
        match error {
            FrameError::TooLong(_) => {
                told.with_hint("put what is long into a file of the workspace, or send it in chunks: blob.put")
            }
            FrameError::Utf8 | FrameError::Json(_) | FrameError::Kind => {
                told.with_hint("a frame is one JSON object on one line, such as {\"cmd\":\"session.list\"}")
            }
        }
    }
}

impl Frame {
    /// Reads a line (without its newline).
    ///
    /// # Errors
    /// [`FrameError`] when the line is too long, not UTF-8, not an object of this shape, or none of the three kinds.
    pub fn parse(line: &[u8]) -> Result<Self, FrameError> {
        if line.len() > MAX_LINE_BYTES {
            return Err(FrameError::TooLong(line.len()));
        }
        let frame: Self = serde_json::from_str(object(line)?)?;
        match frame.kind() {
            FrameKind::Request | FrameKind::Reply | FrameKind::Event => Ok(frame),
            FrameKind::Malformed => Err(FrameError::Kind),
        }
    }

    /// The frame as one line, without the newline.
    ///
    /// # Errors
    /// Only where a payload's own `Serialize` fails, which none of this crate does.
    pub fn to_line(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// What it is about; `agent` when it does not say.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel.unwrap_or_default()
    }

    /// Request, reply or event.
    #[must_use]
    pub const fn kind(&self) -> FrameKind {
        match (self.cmd.is_some(), self.ok.is_some() || self.error.is_some(), self.event.is_some()) {
            (true, false, false) => FrameKind::Request,
            (false, true, false) => FrameKind::Reply,
            (false, false, true) => FrameKind::Event,
            (_, _, _) => FrameKind::Malformed,
        }
    }

    /// A request.
    #[must_use]
    pub fn request(channel: Channel, id: impl Into<String>, cmd: impl Into<String>, params: Option<RawJson>) -> Self {
        Self { channel: Some(channel), id: Some(id.into()), cmd: Some(cmd.into()), params, ..Self::default() }
    }

    /// The reply to a request that succeeded.
    #[must_use]
    pub fn reply(channel: Channel, id: Option<String>, ok: RawJson) -> Self {
        Self { channel: Some(channel), id, ok: Some(ok), ..Self::default() }
    }

    /// The reply to a request that failed.
    #[must_use]
    pub fn failure(channel: Channel, id: Option<String>, error: WireError) -> Self {
        Self { channel: Some(channel), id, error: Some(error), ..Self::default() }
    }

    /// A durable event.
    #[must_use]
    pub fn entry(session: SessionId, entry: &LogEntry) -> Self {
        Self {
            channel: Some(Channel::Agent),
            session: Some(session),
            seq: Some(entry.seq),
            ts: Some(entry.ts),
            event: Some(entry.event.clone()),
            data: Some(entry.data.clone()),
            ..Self::default()
        }
    }

    /// A live event of a session.
    ///
    /// # Errors
    /// Only where a payload's own `Serialize` fails, which none of this crate does.
    pub fn live(session: SessionId, ts: u64, event: &LiveEvent) -> Result<Self, serde_json::Error> {
        Ok(Self {
            channel: Some(Channel::Agent),
            session: Some(session),
            ts: Some(ts),
            event: Some(event.name().to_owned()),
            data: Some(event.data()?),
            ..Self::default()
        })
    }

    /// An event of the connection.
    ///
    /// # Errors
    /// Only where a payload's own `Serialize` fails, which none of this crate does.
    pub fn system(ts: u64, event: &SystemEvent) -> Result<Self, serde_json::Error> {
        Ok(Self {
            channel: Some(Channel::System),
            ts: Some(ts),
            event: Some(event.name().to_owned()),
            data: Some(event.data()?),
            ..Self::default()
        })
    }
}

/// A live event as it is written: borrowed, so that a delta costs one allocation, its line.
#[derive(Serialize)]
struct LiveFrame<'a> {
    channel: Channel,
    session: SessionId,
    ts: u64,
    #[serde(rename = "event")]
    name: &'static str,
    data: LiveEventData<'a>,
}

struct LiveEventData<'a>(&'a LiveEvent);

impl Serialize for LiveEventData<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_data(serializer)
    }
}

/// The line (without newline) of a live event, with one allocation.
///
/// # Errors
/// Only where a payload's own `Serialize` fails, which none of this crate does.
pub fn live_line(session: SessionId, ts: u64, event: &LiveEvent) -> Result<Vec<u8>, serde_json::Error> {
    let data = LiveEventData(event);
    serde_json::to_vec(&LiveFrame { channel: Channel::Agent, session, ts, name: event.name(), data })
}

/// The fields that decide where a line goes, borrowed from it; everything else is skipped, not decoded.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Routing<'a> {
    /// What the frame is about.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The id of a request or reply.
    #[serde(default, borrow)]
    pub id: Option<Cow<'a, str>>,
    /// The session, as it is written.
    #[serde(default, borrow)]
    pub session: Option<Cow<'a, str>>,
    /// The runner.
    #[serde(default, borrow)]
    pub runner: Option<Cow<'a, str>>,
    /// The command of a request.
    #[serde(default, borrow)]
    pub cmd: Option<Cow<'a, str>>,
    /// The name of an event.
    #[serde(default, borrow)]
    pub event: Option<Cow<'a, str>>,
}

impl<'a> Routing<'a> {
    /// Reads the routing fields of a line.
    ///
    /// # Errors
    /// [`FrameError`] when the line is too long, not UTF-8 or not a JSON object.
    pub fn parse(line: &'a [u8]) -> Result<Self, FrameError> {
        if line.len() > MAX_LINE_BYTES {
            return Err(FrameError::TooLong(line.len()));
        }
        Ok(serde_json::from_str(object(line)?)?)
    }
}

/// The text of a line that is no array: a derived decoder would take the items of one for the fields, in their order.
fn object(line: &[u8]) -> Result<&str, FrameError> {
    use serde::de::{Error as _, Unexpected};
    let text = std::str::from_utf8(line).map_err(|_| FrameError::Utf8)?;
    if text.trim_ascii_start().starts_with('[') {
        return Err(serde_json::Error::invalid_type(Unexpected::Seq, &"an object").into());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::MessageId;
    use crate::live::TextDelta;

    #[test]
    fn each_kind_is_told_by_its_fields() -> Result<(), FrameError> {
        assert_eq!(Frame::parse(br#"{"cmd":"prompt"}"#)?.kind(), FrameKind::Request);
        assert_eq!(Frame::parse(br#"{"id":"1","ok":{}}"#)?.kind(), FrameKind::Reply);
        assert_eq!(Frame::parse(br#"{"event":"x","data":null}"#)?.kind(), FrameKind::Event);
        assert!(matches!(Frame::parse(b"{}"), Err(FrameError::Kind)));
        assert!(matches!(Frame::parse(br#"{"cmd":"a","event":"b"}"#), Err(FrameError::Kind)));
        Ok(())
    }

    #[test]
    fn ok_null_is_still_a_reply() -> Result<(), FrameError> {
        // A raw value of `null` must not read as "absent".
        let line = Frame::reply(Channel::Agent, Some("1".into()), RawJson::of(&serde_json::json!({}))?).to_line()?;
        assert_eq!(Frame::parse(&line)?.kind(), FrameKind::Reply);
        Ok(())
    }

    #[test]
    fn garbage_is_an_error_with_its_reason() {
        assert!(matches!(Frame::parse(b"\xff\xfe"), Err(FrameError::Utf8)));
        assert!(matches!(Frame::parse(b"[1]"), Err(FrameError::Json(_))));
        let deep = format!("{}{}", r#"{"cmd":"x","params":"#, "[".repeat(100_000));
        assert!(matches!(Frame::parse(deep.as_bytes()), Err(FrameError::Json(_))));
    }

    #[test]
    fn an_array_is_no_frame_whatever_it_holds() {
        for line in [&br#"["agent","c1",null,null,null,null,"prompt"]"#[..], b" \t[]", b"[\"agent\"]"] {
            let shown = String::from_utf8_lossy(line);
            let refused = |error: FrameError| error.to_string().contains("expected an object");
            assert!(Frame::parse(line).is_err_and(refused), "{shown}");
            assert!(Routing::parse(line).is_err_and(refused), "{shown}");
        }
        assert!(Routing::parse(br#" {"channel":"agent","cmd":"prompt"}"#).is_ok());
    }

    #[test]
    fn the_borrowed_line_equals_the_owned_frame() -> Result<(), serde_json::Error> {
        let event = LiveEvent::TextDelta(TextDelta {
            message_id: MessageId::mint(),
            part: 0,
            offset: 3,
            delta: "x\u{2028}".into(),
        });
        let session = SessionId::mint();
        let owned = Frame::live(session, 7, &event)?.to_line()?;
        assert_eq!(String::from_utf8_lossy(&live_line(session, 7, &event)?), String::from_utf8_lossy(&owned));
        Ok(())
    }

    #[test]
    fn routing_reads_past_what_it_does_not_need() -> Result<(), FrameError> {
        let line =
            br#"{"channel":"agent","params":{"session":"no","x":[1,{"cmd":"no"}]},"session":"ses_1","cmd":"prompt"}"#;
        let routing = Routing::parse(line)?;
        assert_eq!(routing.session.as_deref(), Some("ses_1"));
        assert_eq!(routing.cmd.as_deref(), Some("prompt"));
        Ok(())
    }
}
