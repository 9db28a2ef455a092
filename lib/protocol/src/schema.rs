//! What other languages know of this crate: one TypeScript module and one JSON Schema, made from the definitions.
//!
//! `cargo xtask codegen` writes them to `frontend/src/protocol/generated/protocol.ts` and
//! `proto/schema/protocol.schema.json`; both are committed, and a difference fails the check.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use ts_rs::{Config, TS, TypeVisitor};

use crate::command::{
    Appended, BlobChunk, BlobStored, Budget, Command, Commands, Forked, Messages, Models, Prompted, Rewound,
    RunnerDetails, SearchResults, SessionReply, Sessions, Stats, Stopped, Subscribed, Trust,
};
use crate::entry::LogEvent;
use crate::error::{ErrorKind, WireError};
use crate::frame::{Channel, Frame};
use crate::ids::{ConnectionId, EntryId, InputId, LogId, MessageId, PromptId, SessionId, TurnId};
use crate::live::{Empty, LiveEvent};
use crate::relay::{NewCredential, NewLink, Pong, RelayInfo, SystemCommand};
use crate::session::{Capability, Phase, SessionState, Snapshot};
use crate::system::{SystemEvent, capability};
use crate::{MAX_LINE_BYTES, PROTOCOL_VERSION};

/// Ids are template strings in TypeScript (`ses_…`), so that one kind does not pass for another.
macro_rules! typescript_ids {
    ($($name:ident),* $(,)?) => {$(
        impl TS for $name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;

            fn docs() -> Option<String> {
                Some(format!("/** An id that starts with `{}_`. */\n", Self::PREFIX))
            }

            fn decl(cfg: &Config) -> String {
                format!("type {} = {};", stringify!($name), Self::inline(cfg))
            }

            fn decl_concrete(cfg: &Config) -> String {
                Self::decl(cfg)
            }

            fn name(_: &Config) -> String {
                stringify!($name).to_owned()
            }

            fn inline(_: &Config) -> String {
                format!("`{}_${{string}}`", Self::PREFIX)
            }

            fn output_path() -> Option<std::path::PathBuf> {
                Some(concat!(stringify!($name), ".ts").into())
            }
        }
    )*};
}

typescript_ids!(ConnectionId, EntryId, InputId, LogId, MessageId, PromptId, SessionId, TurnId);

/// Which type each command of a table is answered with.
macro_rules! replies {
    ($table:ident: $($name:literal => $reply:ty),* $(,)?) => {
        struct $table;

        impl $table {
            /// The commands that the table of replies knows, to be compared with all there are.
            #[cfg(test)]
            const NAMES: &[&str] = &[$($name),*];

            fn visit(types: &mut Declarations) {
                $(types.visit::<$reply>();)*
            }

            fn subschemas(generator: &mut schemars::SchemaGenerator) {
                $(subschema::<$reply>(generator);)*
            }

            fn typescript(text: &mut String, what: &str, cfg: &Config) {
                put(text, &format!("\n/** {what} */\nexport type {} = {{\n", stringify!($table)));
                $(put(text, &format!("  \"{}\": {};\n", $name, <$reply as TS>::name(cfg)));)*
                put(text, "};\n");
            }
        }
    };
}

replies! { SystemReplies:
    "ping" => Pong,
    "relay.info" => RelayInfo,
    "link.create" => NewLink,
    "credential.create" => NewCredential,
}

replies! { Replies:
    "sessions.watch" => Sessions,
    "session.create" => SessionReply,
    "session.list" => Sessions,
    "session.get" => SessionReply,
    "session.stop" => Stopped,
    "session.resume" => SessionReply,
    "session.delete" => Stopped,
    "session.rename" => Appended,
    "subscribe" => Subscribed,
    "unsubscribe" => Empty,
    "prompt" => Prompted,
    "steer" => Prompted,
    "follow_up" => Prompted,
    "queue.cancel" => Appended,
    "queue.edit" => Appended,
    "queue.send" => Prompted,
    "abort" => Empty,
    "input.respond" => Appended,
    "set_model" => Appended,
    "set_thinking_level" => Appended,
    "compact" => Empty,
    "fork" => Forked,
    "rewind" => Rewound,
    "get_state" => Snapshot,
    "get_messages" => Messages,
    "get_models" => Models,
    "get_commands" => Commands,
    "get_stats" => Stats,
    "get_budget" => Budget,
    "set_budget" => Budget,
    "workspace.trust" => Trust,
    "runner.info" => RunnerDetails,
    "blob.put" => BlobStored,
    "blob.get" => BlobChunk,
    "search" => SearchResults,
}

/// Declarations of types and of all that they mention, by name.
struct Declarations {
    cfg: Config,
    seen: HashSet<TypeId>,
    texts: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let text = format!("{}\nexport {}", docs.trim_end(), T::decl(&self.cfg));
            self.texts.insert(T::ident(&self.cfg), text.trim().to_owned());
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn declarations() -> Declarations {
    let mut types =
        Declarations { cfg: Config::new().with_large_int("number"), seen: HashSet::new(), texts: BTreeMap::new() };
    types.visit::<Frame>();
    types.visit::<Command>();
    types.visit::<LogEvent>();
    types.visit::<LiveEvent>();
    types.visit::<SystemEvent>();
    types.visit::<Capability>();
    types.visit::<WireError>();
    types.visit::<SystemCommand>();
    Replies::visit(&mut types);
    SystemReplies::visit(&mut types);
    types
}

// Writing to a `String` cannot fail.
fn put(text: &mut String, more: &str) {
    let _ = text.write_str(more);
}

fn words(text: &mut String, name: &str, what: &str, all: &[&str]) {
    put(text, &format!("\n/** {what} */\nexport const {name} = [\n"));
    for word in all {
        put(text, &format!("  {},\n", json!(word)));
    }
    put(text, "] as const;\n");
}

fn error_table(text: &mut String) {
    put(text, "\n/** What each error code means to HTTP, and whether the same request may succeed later. */\n");
    put(text, "export const ERROR_KINDS: Record<ErrorKind, { http: number; retryable: boolean }> = {\n");
    for kind in ErrorKind::ALL {
        let row = format!("  \"{}\": {{ http: {}, retryable: {} }},\n", kind.code(), kind.http(), kind.retryable());
        put(text, &row);
    }
    put(text, "};\n");
}

/// The TypeScript module of every wire type, with the names of commands, events, capabilities and errors as values.
#[must_use]
pub fn typescript() -> String {
    let types = declarations();
    let mut text = String::from("// Generated from lib/protocol by `cargo xtask codegen`. Do not edit.\n\n");
    put(
        &mut text,
        &format!("/** The version of the frame protocol. */\nexport const PROTOCOL_VERSION = {PROTOCOL_VERSION};\n"),
    );
    put(
        &mut text,
        &format!("/** The longest line of a pipe, in bytes. */\nexport const MAX_LINE_BYTES = {MAX_LINE_BYTES};\n"),
    );
    words(&mut text, "COMMANDS", "Every command.", Command::NAMES);
    words(&mut text, "SYSTEM_COMMANDS", "Every command that a relay answers itself.", SystemCommand::NAMES);
    words(&mut text, "LOG_EVENTS", "Every durable event.", LogEvent::NAMES);
    words(&mut text, "LIVE_EVENTS", "Every live event.", LiveEvent::NAMES);
    words(&mut text, "SYSTEM_EVENTS", "Every event of a connection.", SystemEvent::NAMES);
    words(&mut text, "CHANNELS", "Every channel.", &Channel::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>());
    words(
        &mut text,
        "CAPABILITIES",
        "What a harness may be able to do.",
        &Capability::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>(),
    );
    words(
        &mut text,
        "SESSION_STATES",
        "What a session may be doing.",
        &SessionState::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>(),
    );
    words(
        &mut text,
        "PHASES",
        "What a working agent may be at.",
        &Phase::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>(),
    );
    words(
        &mut text,
        "PEER_CAPABILITIES",
        "What a peer may be able to do.",
        &[capability::AGENT, capability::SEARCH, capability::RELAY],
    );
    error_table(&mut text);
    for declaration in types.texts.values() {
        put(&mut text, &format!("\n{declaration}\n"));
    }
    Replies::typescript(&mut text, "What each command is answered with.", &types.cfg);
    SystemReplies::typescript(&mut text, "What each command of the `system` channel is answered with.", &types.cfg);
    text
}

/// The JSON Schema (draft 2020-12) of a frame, and under `$defs` of every command, event and what they hold.
#[must_use]
pub fn json_schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let frame = generator.subschema_for::<Frame>();
    subschema::<Command>(&mut generator);
    subschema::<SystemCommand>(&mut generator);
    subschema::<LogEvent>(&mut generator);
    subschema::<LiveEvent>(&mut generator);
    subschema::<SystemEvent>(&mut generator);
    Replies::subschemas(&mut generator);
    SystemReplies::subschemas(&mut generator);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The frames of Oqto",
        "description": "One frame is one JSON object on one line. `params`, `ok` and `data` are described under $defs: Command, SystemCommand, LogEvent, LiveEvent, SystemEvent.",
        "$ref": frame.as_value()["$ref"],
        "$defs": generator.take_definitions(true),
    })
}

fn subschema<T: JsonSchema>(generator: &mut schemars::SchemaGenerator) {
    let _ = generator.subschema_for::<T>();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_reply_and_every_reply_a_command() {
        assert_eq!(Replies::NAMES, Command::NAMES);
        assert_eq!(SystemReplies::NAMES, SystemCommand::NAMES);
    }

    #[test]
    fn the_module_declares_every_type_it_mentions_once() {
        let text = typescript();
        for name in ["SessionId", "Snapshot", "LogEvent", "SearchHit", "Media", "WireError"] {
            let declared = text.matches(&format!("export type {name} =")).count();
            assert_eq!(declared, 1, "{name}");
        }
        for name in LogEvent::NAMES.iter().chain(LiveEvent::NAMES) {
            assert!(text.contains(&format!("\"event\": \"{name}\", \"data\"")), "{name}");
        }
        assert!(!text.contains("bigint"));
    }

    #[test]
    fn the_schema_has_every_root_and_no_dangling_reference() {
        let schema = json_schema();
        let defs = schema["$defs"].as_object().cloned().unwrap_or_default();
        for root in [
            "Frame",
            "Command",
            "SystemCommand",
            "RelayInfo",
            "NewLink",
            "NewCredential",
            "LogEvent",
            "LiveEvent",
            "SystemEvent",
        ] {
            assert!(defs.contains_key(root), "{root}");
        }
        for reference in schema.to_string().split("#/$defs/").skip(1) {
            let name = reference.split('"').next().unwrap_or_default();
            assert!(defs.contains_key(name), "{name}");
        }
    }
}
