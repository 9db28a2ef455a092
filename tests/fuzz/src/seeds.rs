//! Valid inputs to begin with: the recorded dialogues, and a frame or record of every kind.

use std::path::Path;

use oqto_harness::adapter::{Adapter as _, Input};
use oqto_harness::pi::{Generation, Pi};
use oqto_process::frames::{Call, CallFailure, FailureCode, Refusal, Reply, Request, Stall};
use oqto_process::record::StdinEnd;
use oqto_process::{Exit, Kind};
use oqto_protocol::ids::{LogId, MessageId, SessionId, TurnId, derive};
use serde_json::Value;

use crate::journal::segment;
use crate::pi::{EXIT, SENT, STDOUT};

/// The longest line that becomes a seed, in bytes: larger ones only slow the search down.
const LONGEST: usize = 6_000;

/// The recordings whose name starts with `prefix`: name and lines.
fn recordings(prefix: &str) -> Vec<(String, Vec<Value>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../transcripts");
    let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = files.map(|file| file.path()).collect();
    paths.sort();
    let named = paths.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.to_owned();
        let lines = std::fs::read_to_string(&path).ok().filter(|_| name.starts_with(prefix))?;
        Some((name, lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()))
    });
    named.collect()
}

/// The frames of the recorded fold, in order.
fn fold_frames() -> Vec<String> {
    let lines = recordings("fold-").into_iter().flat_map(|(_, lines)| lines);
    lines.filter_map(|line| line.get("frame").map(Value::to_string)).collect()
}

/// Lines as they come over the wire, with a limit and cuts before them.
#[must_use]
pub fn chunks() -> Vec<Vec<u8>> {
    let frames = fold_frames();
    let texts = frames.chunks(3).map(|lines| format!("{}\r\n\n \n{}", lines.join("\n"), lines[0]));
    let limits = [20, 90, 200, 255].iter().cycle();
    texts.zip(limits).map(|(text, limit)| [&[*limit, 1, 7, 90, 3], text.as_bytes()].concat()).collect()
}

/// Frames of every kind.
#[must_use]
pub fn frames() -> Vec<Vec<u8>> {
    let session = SessionId::from(derive(&[b"seed"]));
    let mut frames = fold_frames();
    frames.push(format!(
        r#"{{"id":"c1","runner":"r","session":"{session}","cmd":"prompt","params":{{"text":"a\u00e9"}}}}"#
    ));
    frames.push(r#"{"channel":"system","id":"c1","ok":[{"a":[1.5e3,null,true]}]}"#.into());
    frames.push(r#"{"id":"c","error":{"code":"not_found","message":"no","hint":"h","retryable":false}}"#.into());
    frames.push(r#"["agent","c1",null,null,null,null,"prompt"]"#.into());
    frames.push(format!(r#"{{"cmd":"x","params":{}{}}}"#, "[".repeat(400), "]".repeat(400)));
    frames.into_iter().map(String::into_bytes).collect()
}

/// Names with payloads: the recorded events, and a request of each shape.
#[must_use]
pub fn payloads() -> Vec<Vec<u8>> {
    let recorded = fold_frames().into_iter().filter_map(|frame| {
        let frame: Value = serde_json::from_str(&frame).ok()?;
        Some(format!("{}\n{}", frame.get("event")?.as_str()?, frame.get("data")?))
    });
    let mut payloads: Vec<String> = recorded.collect();
    payloads.extend(COMMANDS.map(|(name, payload)| format!("{name}\n{payload}")));
    payloads.into_iter().map(String::into_bytes).collect()
}

const COMMANDS: [(&str, &str); 10] = [
    ("session.create", r#"{"harness":"pi","workspace":"/w","model":"a/b","title":"t","client_id":"k"}"#),
    ("session.list", "{}"),
    ("subscribe", r#"{"log":"log_4d36f3e9afhq68j7x98rnd9npc","after":3}"#),
    ("prompt", r#"{"text":"hi","parts":[{"type":"text","text":"x"}],"client_id":"k"}"#),
    ("input.respond", r#"{"request_id":"inp_4d36f3e9afhq68j7x98rnd9npc","value":"a","client_id":"k"}"#),
    ("set_model", r#"{"model":"m","provider":"p"}"#),
    ("fork", r#"{"at":7,"client_id":"k"}"#),
    ("get_messages", r#"{"before":9,"limit":50}"#),
    ("hello", r#"{"protocol":1,"software":"x/1","capabilities":["agent"]}"#),
    ("stream.usage", r#"{"message_id":"msg_4d36f3e9afhq68j7x98rnd9npc","usage":{"input":1,"output":2,"cost":0.1}}"#),
];

/// Parts and messages.
#[must_use]
pub fn parts() -> Vec<Vec<u8>> {
    let message = MessageId::from(derive(&[b"seed"]));
    let blob = r#"{"kind":"blob","sha256":"00","mime_type":"image/png","bytes":3}"#;
    let mut parts = vec![
        r#"{"type":"text","text":"hi"}"#.to_owned(),
        r#"{"type":"thinking","text":"hm"}"#.into(),
        r#"{"type":"tool_call","tool_call_id":"c|1","name":"bash","input":{"command":"ls","n":[1,2.5]}}"#.into(),
        r#"{"type":"file_ref","uri":"a.rs","range":{"start":1,"end":3}}"#.into(),
        r#"{"type":"citation","uri":"x:y","title":null}"#.into(),
        r#"{"type":"a2ui","surface":[{"a":null}]}"#.into(),
        r#"{"type":"x-more","deep":{"kept":[1e300,-0.0]}}"#.into(),
        format!(r#"{{"type":"image","media":{blob}}}"#),
        format!(r#"{{"type":"attachment","media":{blob},"filename":"f"}}"#),
        format!(r#"{{"type":"tool_result","tool_call_id":"c","output":"o","media":[{blob}],"duration_ms":3}}"#),
    ];
    let all = parts.join(",");
    parts.push(format!("[{all}]"));
    parts.push(format!(r#"{{"id":"{message}","role":"assistant","parts":[{all}],"created_at":1,"usage":{{"input":1,"output":2,"cost":0.3}}}}"#));
    parts.into_iter().map(String::into_bytes).collect()
}

/// Ids.
#[must_use]
pub fn ids() -> Vec<Vec<u8>> {
    let shown = [
        SessionId::from(derive(&[b"1"])).to_string(),
        LogId::from(derive(&[b"2"])).to_string(),
        MessageId::from(derive(&[b"3"])).to_string(),
        TurnId::from(derive(&[b"4"])).to_string(),
    ];
    shown.into_iter().map(String::into_bytes).collect()
}

/// The recorded fold in pieces that begin at the beginning, and its lines by themselves.
#[must_use]
pub fn dialogues() -> Vec<Vec<u8>> {
    let frames = fold_frames();
    let mut seeds: Vec<Vec<u8>> = frames.chunks(8).map(|lines| lines.join("\n").into_bytes()).collect();
    seeds.extend((1..frames.len()).step_by(16).map(|end| frames[..end].join("\n").into_bytes()));
    seeds.retain(|seed| seed.len() <= 4 * LONGEST);
    seeds
}

fn step(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap_or(u16::MAX);
    [&[kind, 1], length.to_le_bytes().as_slice(), &payload[..usize::from(length)]].concat()
}

fn generation_byte(name: &str) -> u8 {
    u8::from(Generation::of_version(name.split('-').nth(1).unwrap_or_default()) == Generation::Delta)
}

/// One step of a recording: what was said, or what was sent under an id of ours.
fn recorded_step(line: &Value, turns: &mut u8) -> Option<Vec<u8>> {
    let message = line.get("msg")?;
    let bytes = format!("{message}\n");
    match line.get("dir")?.as_str()? {
        "<" if bytes.len() <= LONGEST => Some(step(STDOUT, bytes.as_bytes())),
        ">" => {
            let native = message.get("id").and_then(Value::as_str).unwrap_or("x");
            let id = match message.get("type").and_then(Value::as_str) {
                Some("prompt") => {
                    *turns += 1;
                    format!("prompt:{}", TurnId::from(derive(&[b"turn", &[*turns]])))
                }
                Some("abort") => format!("abort:{}", TurnId::from(derive(&[b"turn", &[*turns]]))),
                Some("compact") => format!("compact:{native}"),
                Some("get_state") => "boot".to_owned(),
                Some(_) | None => format!("stats:{native}"),
            };
            let bytes = bytes.replace(&format!("\"id\":\"{native}\""), &format!("\"id\":\"{id}\""));
            Some(step(SENT, format!("{id}\n{bytes}").as_bytes()))
        }
        _ => None,
    }
}

/// Journals of the recorded dialogues, whole and in pieces.
#[must_use]
pub fn journals() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (name, lines) in recordings("pi-") {
        let mut turns = 0;
        let steps: Vec<_> = lines.iter().filter_map(|line| recorded_step(line, &mut turns)).collect();
        for part in steps.chunks(24) {
            let mut seed = vec![generation_byte(&name), 3, 50, 1, 200];
            seed.extend(part.concat());
            seed.extend(step(EXIT, &[0]));
            seeds.push(seed);
        }
    }
    seeds.extend([99, 100, 101, 123, 124, 126, 127, 200].map(nested));
    seeds
}

/// A tool's arguments of so many levels, in an answer and in the call.
fn nested(levels: usize) -> Vec<u8> {
    let input = "[".repeat(levels) + &"]".repeat(levels);
    let call = format!(r#"{{"type":"toolCall","id":"c","name":"n","arguments":{input}}}"#);
    let answer =
        format!(r#"{{"type":"message_end","message":{{"role":"assistant","content":[{call}],"timestamp":1}}}}"#);
    let start = format!(r#"{{"type":"tool_execution_start","toolCallId":"c","toolName":"n","args":{input}}}"#);
    let end = format!(
        r#"{{"type":"tool_execution_end","toolCallId":"c","result":{{"content":[],"details":{{"a":{input}}}}}}}"#
    );
    let lines = [answer, start, end].map(|line| step(STDOUT, format!("{line}\n").as_bytes()));
    [&[1, 3, 50, 1, 200][..], &lines.concat(), &step(EXIT, &[0])].concat()
}

/// What the adapter keeps in the middle of the recorded dialogues.
#[must_use]
pub fn checkpoints() -> Vec<Vec<u8>> {
    let mut kept = Vec::new();
    for (_, lines) in recordings("pi-0.87") {
        let mut pi = Pi::new(SessionId::from(derive(&[b"fuzz"])), Generation::Delta);
        let said = lines.iter().filter(|line| line.get("dir").and_then(Value::as_str) == Some("<"));
        for (index, message) in (0..).zip(said.filter_map(|line| line.get("msg"))) {
            pi.read(index, index, Input::Stdout(format!("{message}\n").as_bytes()), &mut Vec::new());
            kept.extend(pi.checkpoint().filter(|_| index % 7 == 0));
        }
    }
    kept
}

/// Journals with a record of every kind.
#[must_use]
pub fn segments() -> Vec<Vec<u8>> {
    let kinds = [
        Kind::Start { pid: 7 },
        Kind::Out(b"{\"type\":\"agent_start\"}\n".to_vec()),
        Kind::Err(b"warning".to_vec()),
        Kind::In { send_id: "prompt:1".into(), bytes: b"{}\n".to_vec() },
        Kind::Resize { rows: 24, cols: 80 },
        Kind::Signal { signal: 15 },
        Kind::StdinClosed { by: StdinEnd::Client, unwritten: 3 },
        Kind::KillTree,
        Kind::OutClosed,
        Kind::ErrClosed,
        Kind::Exit(Exit::Code(0)),
        Kind::Exit(Exit::Signal(9)),
        Kind::End { leftovers: 2 },
    ];
    let one = |kind: &Kind| [&[0, 3, 28, 9, 1][..], &segment(std::slice::from_ref(kind))].concat();
    kinds.iter().map(one).chain([[&[0, 5, 60, 1, 40][..], &segment(&kinds)].concat()]).collect()
}

/// Frames of every kind between a holder and its clients.
#[must_use]
pub fn attach_frames() -> Vec<Vec<u8>> {
    let calls = [
        Call::Send { send_id: "prompt:1".into(), bytes: b"{}\n".to_vec() },
        Call::CloseStdin,
        Call::Signal { signal: 2 },
        Call::KillTree,
        Call::Resize { rows: 24, cols: 80 },
        Call::Trim { below: 9 },
        Call::Status,
        Call::Release,
    ];
    let requests = [Request::Attach { version: 1, epoch: 2, from: 3, credit: 4 }, Request::Credit { bytes: 9 }];
    let requests = requests.into_iter().chain(calls.into_iter().map(|call| Request::Call { id: 1, call }));
    let failure = CallFailure { code: FailureCode::Busy, message: "later".into() };
    let replies = [
        Reply::Attached { version: 1, first: 0, next: 4 },
        Reply::Refused { refusal: Refusal::Epoch { current: 3 } },
        Reply::Refused { refusal: Refusal::NotAttached },
        Reply::Chunk(b"bytes".to_vec()),
        Reply::Fenced { epoch: 4 },
        Reply::Done { id: 1, body: b"null".to_vec() },
        Reply::Failed { id: 1, failure },
        Reply::Stalled(Some(Stall::Disk { message: "full".into() })),
        Reply::Stalled(None),
        Reply::Released,
    ];
    requests.map(|request| request.encode()).chain(replies.map(|reply| reply.encode())).collect()
}
