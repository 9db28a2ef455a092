//! Names with their payloads, parts and ids.

use std::fmt::Debug;

use oqto_protocol::command::Command;
use oqto_protocol::entry::LogEvent;
use oqto_protocol::ids::{LogId, MessageId, SessionId};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::message::{Message, Part};
use oqto_protocol::raw::RawJson;
use oqto_protocol::system::SystemEvent;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{alike, text};

type Decoded<T> = Option<Result<T, serde_json::Error>>;
type Payload = Result<RawJson, serde_json::Error>;

/// The first line is a name, the rest its payload, for each of the tables. An unknown name is `None`, and what was
/// decoded is decoded again from what it writes.
///
/// # Panics
/// When it does not hold.
pub fn payload(data: &[u8]) {
    let data = text(data);
    let (name, payload) = data.split_once('\n').unwrap_or((&data, ""));
    named(name, payload, Command::NAMES, Command::decode, |command| (command.name(), command.data()));
    named(name, payload, LogEvent::NAMES, LogEvent::decode, |event| (event.name(), event.data()));
    named(name, payload, LiveEvent::NAMES, LiveEvent::decode, |event| (event.name(), event.data()));
    named(name, payload, SystemEvent::NAMES, SystemEvent::decode, |event| (event.name(), event.data()));
}

fn named<T: Debug>(
    name: &str,
    payload: &str,
    names: &[&str],
    decode: fn(&str, &str) -> Decoded<T>,
    encode: fn(&T) -> (&'static str, Payload),
) {
    let decoded = decode(name, payload);
    assert_eq!(decoded.is_some(), names.contains(&name), "{name:?}");
    let Some(Ok(value)) = decoded else {
        return;
    };
    let (written_name, written) = encode(&value);
    assert_eq!(written_name, name);
    let written = written.unwrap_or_else(|error| unreachable!("{name} cannot be written: {error}"));
    let again = decode(name, written.get());
    let Some(Ok(again)) = again else { unreachable!("{name} {} became {again:?}", written.get()) };
    assert!(alike::texts(&format!("{value:?}"), &format!("{again:?}")), "{name}: {value:?} became {again:?}");
}

/// A part, a message or several of them: what can be read comes back from what it writes.
///
/// # Panics
/// When it does not hold.
pub fn part(data: &[u8]) {
    comes_back::<Part>(data);
    comes_back::<Message>(data);
    comes_back::<Vec<Part>>(data);
}

fn comes_back<T: Serialize + DeserializeOwned>(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(data) else {
        return;
    };
    let Ok(written) = serde_json::to_value(&value) else { unreachable!("it cannot be written") };
    let Ok(again) = serde_json::from_value::<T>(written.clone()) else { unreachable!("{written} cannot be read") };
    let again = serde_json::to_value(again).unwrap_or(Value::Null);
    assert!(alike::values(&written, &again), "{written} became {again}");
}

/// A text: an id that is accepted is shown as it was written.
///
/// # Panics
/// When it does not hold.
pub fn id(data: &[u8]) {
    let text = text(data);
    let shown = [
        text.parse::<SessionId>().ok().map(|id| id.to_string()),
        text.parse::<LogId>().ok().map(|id| id.to_string()),
        text.parse::<MessageId>().ok().map(|id| id.to_string()),
    ];
    let mut accepted = shown.iter().flatten();
    assert!(accepted.all(|shown| *shown == text), "{text:?} is shown as {shown:?}");
    assert!(shown.iter().flatten().count() <= 1, "{text:?} is of two types");
}
