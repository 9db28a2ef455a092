//! Recorded dialogues with real Pis as journals: commands under our ids, and probes answered as that Pi would have.

// Every test file takes what it needs.
#![allow(dead_code, reason = "each test binary uses another part")]

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use oqto_harness::adapter::{Adapter, Exit, Input, Outgoing, Output};
use oqto_harness::pi::{Generation, Pi};
use oqto_protocol::entry::LogEvent;
use oqto_protocol::ids::{InputId, PromptId, SessionId, TurnId, derive};
use serde_json::{Value, json};

/// A record of a journal.
#[derive(Debug, Clone)]
pub(crate) enum Record {
    Stdout(Vec<u8>),
    Stderr(Vec<u8>),
    Sent(Outgoing),
    Exited(Exit),
}

impl Record {
    pub(crate) fn input(&self) -> Input<'_> {
        match self {
            Self::Stdout(bytes) => Input::Stdout(bytes),
            Self::Stderr(bytes) => Input::Stderr(bytes),
            Self::Sent(out) => Input::Sent { id: &out.id, bytes: &out.bytes },
            Self::Exited(exit) => Input::Exited(*exit),
        }
    }
}

/// A journal: times and records.
pub(crate) type Journal = Vec<(u64, Record)>;

pub(crate) fn session() -> SessionId {
    SessionId::from(derive(&[b"recorded"]))
}

pub(crate) fn turn(name: &str) -> TurnId {
    TurnId::from(derive(&[b"turn", name.as_bytes()]))
}

pub(crate) fn prompt(name: &str) -> PromptId {
    PromptId::from(derive(&[b"prompt", name.as_bytes()]))
}

/// The folder of the recordings.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/transcripts")
}

/// Names of all recordings of Pi, sorted.
pub(crate) fn names() -> Vec<String> {
    let files = std::fs::read_dir(folder()).expect("tests/transcripts");
    let names = files.map(|file| file.expect("a file").file_name().into_string().expect("UTF-8"));
    let mut names: Vec<String> =
        names.filter(|name| name.starts_with("pi-")).map(|name| name.trim_end_matches(".jsonl").to_owned()).collect();
    names.sort();
    names
}

pub(crate) fn generation(name: &str) -> Generation {
    let version = name.trim_start_matches("pi-").split('-').next().expect("a version");
    Generation::of_version(version)
}

/// Reads a journal from its beginning.
pub(crate) fn replay(pi: &mut Pi, journal: &[(u64, Record)], first: usize) -> Vec<Output> {
    let mut out = Vec::new();
    for (index, (ts, record)) in journal.iter().enumerate() {
        pi.read((first + index) as u64, *ts, record.input(), &mut out);
    }
    out
}

/// Turns a recording into a journal.
pub(crate) struct Driver {
    pi: Pi,
    journal: Journal,
    now: u64,
    turn: Option<TurnId>,
    booted: bool,
    /// Our ids of the commands by the recorded ones.
    ids: BTreeMap<String, String>,
    /// Our ids of dialogs by the recorded ones.
    dialogs: BTreeMap<String, String>,
    asked: Option<InputId>,
    /// Probes without an answer.
    probes: VecDeque<(u64, Outgoing)>,
    prompts: usize,
}

impl Driver {
    pub(crate) fn journal(name: &str) -> Journal {
        let path = folder().join(format!("{name}.jsonl"));
        let text = std::fs::read_to_string(path).expect("the recording");
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let mut driver = Self {
            pi: Pi::new(session(), generation(name)),
            journal: Vec::new(),
            now: 0,
            turn: None,
            booted: false,
            ids: BTreeMap::new(),
            dialogs: BTreeMap::new(),
            asked: None,
            probes: VecDeque::new(),
            prompts: 0,
        };
        driver.run(&lines);
        driver.journal
    }

    fn run(&mut self, lines: &[Value]) {
        let mut exit = Exit::default();
        for (place, line) in lines.iter().enumerate() {
            let ms = line["ms"].as_u64().expect("ms");
            let rest = &lines[place..];
            let msg = &line["msg"];
            let dir = line["dir"].as_str().expect("dir");
            if dir == ">" || self.probes.front().is_some_and(|(at, _)| ms > at + 3) {
                self.answer_probes(rest);
            }
            self.now = 1_763_700_000_000 + ms;
            match dir {
                ">" => self.command(msg),
                "<" => self.said(msg),
                "!" => {
                    let text = format!("{}\n", msg.as_str().unwrap_or_default());
                    self.push(Record::Stderr(text.into_bytes()));
                }
                _ => exit.code = msg["exit"].as_i64().and_then(|code| i32::try_from(code).ok()),
            }
        }
        self.answer_probes(&[]);
        self.push(Record::Exited(exit));
    }

    fn push(&mut self, record: Record) {
        let index = self.journal.len() as u64;
        let mut out = Vec::new();
        self.pi.read(index, self.now, record.input(), &mut out);
        self.journal.push((self.now, record));
        for output in out {
            match output {
                Output::Send(send) => {
                    assert!(send.id.starts_with("probe:") || send.id.starts_with("abort:"));
                    self.push(Record::Sent(send.clone()));
                    self.probes.push_back((self.now - 1_763_700_000_000, send));
                }
                Output::Settled { .. } => self.turn = None,
                Output::Entry(LogEvent::InputRequested(asked)) => self.asked = Some(asked.request.id),
                _ => {}
            }
        }
    }

    fn command(&mut self, msg: &Value) {
        let Some(native) = msg["id"].as_str() else {
            let bytes = format!("{}\n", msg.as_str().map_or(msg.to_string(), str::to_owned)).into_bytes();
            return self.push(Record::Sent(Outgoing { id: "other:x".into(), bytes }));
        };
        let id = self.our_id(native, msg["type"].as_str().unwrap_or_default());
        self.ids.insert(native.to_owned(), id.clone());
        let mut msg = msg.clone();
        if msg["type"] != "extension_ui_response" {
            msg["id"] = json!(id);
        }
        let bytes = format!("{msg}\n").into_bytes();
        self.push(Record::Sent(Outgoing { id, bytes }));
    }

    fn our_id(&mut self, native: &str, kind: &str) -> String {
        match (kind, self.turn) {
            ("prompt", None) => {
                self.prompts += 1;
                let turn = turn(&self.prompts.to_string());
                self.turn = Some(turn);
                format!("prompt:{turn}")
            }
            ("steer", _) => format!("steer:{}", prompt(native)),
            ("abort", Some(turn)) => format!("abort:{turn}"),
            ("extension_ui_response", _) => format!("respond:{}", self.dialogs[native]),
            ("compact", _) => format!("compact:{native}"),
            ("set_session_name", _) => format!("rename:{native}"),
            ("get_available_models", _) => format!("models:{native}"),
            ("get_commands", _) => format!("commands:{native}"),
            ("get_session_stats", _) => format!("stats:{native}"),
            ("get_state", _) if !std::mem::replace(&mut self.booted, true) => "boot".to_owned(),
            (_, _) => format!("other:{native}"),
        }
    }

    fn said(&mut self, msg: &Value) {
        let mut msg = msg.clone();
        if let Some(id) = msg["id"].as_str().and_then(|id| self.ids.get(id))
            && msg["type"] == "response"
        {
            msg["id"] = json!(id);
        }
        let asked = (msg["type"] == "extension_ui_request").then(|| msg["id"].clone());
        self.push(Record::Stdout(format!("{msg}\n").into_bytes()));
        if let (Some(Value::String(native)), Some(id)) = (asked, self.asked.take()) {
            self.dialogs.insert(native, id.to_string());
        }
    }

    /// Pi is streaming if the recording goes on with something of a run, or a run of an accepted prompt.
    fn answer_probes(&mut self, rest: &[Value]) {
        let next = rest.iter().map(|line| line["msg"]["type"].as_str().unwrap_or_default());
        let next =
            next.into_iter().find(|kind| matches!(*kind, "agent_start" | "agent_end" | "agent_settled" | "prompt"));
        let streaming = matches!(next, Some("agent_start" | "agent_end" | "agent_settled"));
        while let Some((_, send)) = self.probes.pop_front() {
            let answer = json!({"id": send.id, "type": "response", "command": "get_state", "success": true,
                "data": {"isStreaming": streaming, "isCompacting": false, "pendingMessageCount": 0}});
            self.push(Record::Stdout(format!("{answer}\n").into_bytes()));
        }
    }
}

/// The outputs as text, one a line, with sorted keys.
pub(crate) fn shown(outputs: &[Output]) -> String {
    let mut text = String::new();
    for output in outputs {
        let line = match output {
            Output::Entry(entry) => format!("entry {} {}", entry.name(), sorted(entry.data().expect("data").get())),
            Output::Live(live) => format!("live  {} {}", live.name(), sorted(live.data().expect("data").get())),
            Output::Send(send) => {
                format!("send  {}", String::from_utf8_lossy(&send.bytes).trim_end())
            }
            other => format!("      {other:?}"),
        };
        writeln!(text, "{line}").expect("a string takes it");
    }
    text
}

fn sorted(json: &str) -> String {
    fn write(value: &Value, text: &mut String) {
        match value {
            Value::Object(fields) => {
                let fields: BTreeMap<_, _> = fields.iter().collect();
                text.push('{');
                for (place, (key, value)) in fields.into_iter().enumerate() {
                    let comma = if place == 0 { "" } else { "," };
                    let _ = write!(text, "{comma}{}:", Value::from(key.as_str()));
                    write_value(value, text);
                }
                text.push('}');
            }
            Value::Array(items) => {
                text.push('[');
                for (place, item) in items.iter().enumerate() {
                    text.push_str(if place == 0 { "" } else { "," });
                    write_value(item, text);
                }
                text.push(']');
            }
            plain => {
                let _ = write!(text, "{plain}");
            }
        }
    }
    fn write_value(value: &Value, text: &mut String) {
        write(value, text);
    }
    let mut text = String::new();
    write(&serde_json::from_str(json).expect("JSON"), &mut text);
    text
}
