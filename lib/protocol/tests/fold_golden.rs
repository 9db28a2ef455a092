//! One story of a session as frames, with the snapshot they fold to after each: the page folds the same file with its
//! own code and must come to the same snapshots. `UPDATE_GOLDEN=1` writes the file anew after a change of the rules.

use std::fs;
use std::path::PathBuf;

use oqto_protocol::entry::LogEvent;
use oqto_protocol::frame::Frame;
use oqto_protocol::ids::{InputId, LogId, MessageId, PromptId, SessionId, TurnId};
use oqto_protocol::live::LiveEvent;
use oqto_protocol::raw::RawJson;
use oqto_protocol::session::Snapshot;
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/transcripts/fold-golden.jsonl")
}

fn message(name: &str) -> MessageId {
    MessageId::derived(&[b"golden", name.as_bytes()])
}

fn turn(name: &str) -> TurnId {
    TurnId::derived(&[b"golden", name.as_bytes()])
}

fn prompt(name: &str) -> PromptId {
    PromptId::derived(&[b"golden", name.as_bytes()])
}

fn input(name: &str) -> InputId {
    InputId::derived(&[b"golden", name.as_bytes()])
}

/// The story: `Some(seq)` for what is durable.
struct Story {
    session: SessionId,
    seq: u64,
    ts: u64,
    frames: Vec<Value>,
}

impl Story {
    fn frame(&mut self, event: &str, data: &Value, seq: Option<u64>) {
        self.ts += 7;
        let mut frame = json!({"channel":"agent","session":self.session,"ts":self.ts,"event":event,"data":data});
        if let Some(seq) = seq {
            frame["seq"] = json!(seq);
        }
        self.frames.push(frame);
    }

    fn entry(&mut self, event: &str, data: &Value) {
        self.seq += 1;
        self.frame(event, data, Some(self.seq));
    }

    fn live(&mut self, event: &str, data: &Value) {
        self.frame(event, data, None);
    }

    fn user(&mut self, name: &str, text: &str, queued: Option<&str>) {
        let mut data = json!({"turn": turn(name), "message": {
            "id": message(name), "role":"user", "created_at": self.ts, "parts":[{"type":"text","text":text}]}});
        if let Some(queued) = queued {
            data["message"]["prompt"] = json!(prompt(queued));
        }
        self.entry("message", &data);
    }

    fn turn(&mut self, name: &str, text: &str) {
        self.entry("turn.started", &json!({"turn": turn(name), "message": message(name)}));
        self.user(name, text, None);
    }

    fn ended(&mut self, name: &str, reason: &str) {
        self.entry("turn.ended", &json!({"turn": turn(name), "reason": reason, "duration_ms": 1200}));
    }

    fn beginning(&mut self) {
        self.live("agent.working", &json!({"phase":"initializing"}));
        self.entry(
            "session.created",
            &json!({"harness":"pi","workspace":"/w","model":"demo/scripted/one","thinking":"low"}),
        );
        self.entry("harness.bound", &json!({"harness":"pi","version":"0.87.1","native_id":"n-1"}));
        self.live("agent.idle", &json!({}));
        self.live("status", &json!({"key":"branch","text":"main"}));
        self.live("status", &json!({"key":"gone","text":"x"}));
        self.live("status", &json!({"key":"gone"}));
    }

    fn first_turn(&mut self) {
        self.turn("one", "list the files");
        let answer = message("answer");
        self.live(
            "stream.message_start",
            &json!({"message_id":answer,"role":"assistant","turn":turn("one"),"model":"one"}),
        );
        self.live("agent.working", &json!({"phase":"thinking"}));
        self.live("stream.thinking_delta", &json!({"message_id":answer,"part":0,"offset":0,"delta":"Hm 🐙"}));
        self.live("stream.thinking_delta", &json!({"message_id":answer,"part":0,"offset":5,"delta":", a list."}));
        self.live(
            "stream.text_delta",
            &json!({"message_id":message("other"),"part":1,"offset":0,"delta":"nobody waits for this"}),
        );
        self.live("stream.tool_call_delta", &json!({"message_id":answer,"part":2,"offset":0,"delta":"{\"command\":","tool_call_id":"c|1","name":"bash"}));
        self.live("stream.tool_call_delta", &json!({"message_id":answer,"part":2,"offset":11,"delta":"\"ls\"}"}));
        self.live("stream.usage", &json!({"message_id":answer,"usage":{"input_tokens":5,"output_tokens":7,"cache_read_tokens":0,"cache_write_tokens":0,"cost_usd":0.25}}));
        self.entry("message", &json!({"turn":turn("one"),"message":{"id":answer,"role":"assistant","created_at":self.ts,"parts":[
            {"type":"thinking","text":"Hm 🐙, a list."},{"type":"tool_call","tool_call_id":"c|1","name":"bash","input":{"command":"ls"}}]}}));
        self.live("tool.start", &json!({"tool_call_id":"c|1","name":"bash","input":{"command":"ls"}}));
        self.live("agent.working", &json!({"phase":"tool_running","detail":"bash"}));
        self.live("tool.progress", &json!({"tool_call_id":"c|1","output":"a\n"}));
        self.live("tool.end", &json!({"tool_call_id":"c|1","output":"a\nb\n","is_error":false,"duration_ms":40}));
        self.entry(
            "message",
            &json!({"turn":turn("one"),"message":{"id":message("result"),"role":"tool","created_at":self.ts,"parts":[
            {"type":"tool_result","tool_call_id":"c|1","output":"a\nb\n","is_error":false,"duration_ms":40}]}}),
        );
        self.ended("one", "done");
        self.live("agent.idle", &json!({}));
    }

    fn queue_and_question(&mut self) {
        self.turn("two", "delete b");
        self.entry(
            "prompt.queued",
            &json!({"prompt":prompt("p1"),"parts":[{"type":"text","text":"then c"}],"delivery":"turn","held":false}),
        );
        self.entry("prompt.queued", &json!({"prompt":prompt("p2"),"parts":[{"type":"text","text":"carefully"}],"delivery":"steer","held":false}));
        self.entry(
            "prompt.queued",
            &json!({"prompt":prompt("p1"),"parts":[{"type":"text","text":"then d"}],"delivery":"turn","held":false}),
        );
        self.entry(
            "input.requested",
            &json!({"turn":turn("two"),"request":{"id":input("q1"),"kind":"confirm","title":"Delete b?"}}),
        );
        self.entry(
            "input.requested",
            &json!({"request":{"id":input("q2"),"kind":"select","title":"Which?","options":["a","b"],"expires_at":99}}),
        );
        self.live("agent.waiting", &json!({}));
        self.entry("input.resolved", &json!({"request_id":input("q1"),"outcome":"answered","value":true,"by":"ada"}));
        self.entry("input.resolved", &json!({"request_id":input("q2"),"outcome":"expired"}));
        self.live("retry.start", &json!({"attempt":1,"max_attempts":3,"delay_ms":2000,"error":"overloaded"}));
        self.live("retry.end", &json!({"success":true}));
        self.live("agent.error", &json!({"message":"one tool is missing"}));
        self.live("notify", &json!({"level":"info","message":"hello"}));
        self.live("session.heartbeat", &json!({"last_activity":1}));
        self.entry("x-pi-label", &json!({"any":"thing"}));
        self.live("x-from-the-future", &json!({}));
        self.entry("prompt.cancelled", &json!({"prompt":prompt("p2")}));
        self.ended("two", "aborted");
        self.entry("turn.started", &json!({"turn":turn("three"),"message":message("three"),"prompt":prompt("p1")}));
        self.user("three", "then d", Some("p1"));
        self.ended("three", "error");
    }

    fn ending(&mut self) {
        self.entry("session.rewound", &json!({"to":10}));
        self.entry("session.renamed", &json!({"title":"Files","by":"person"}));
        self.entry("config.changed", &json!({"thinking":"high","by":"harness"}));
        self.entry("config.changed", &json!({"model":"two","provider":"demo","by":"person"}));
        self.entry("budget.changed", &json!({"usd":2.5,"by":"person"}));
        self.entry("budget.changed", &json!({"tokens":9000,"unlimited":["usd"],"by":"person"}));
        self.entry("budget.changed", &json!({"usd":4.0,"unlimited":["tokens"],"by":"person"}));
        self.live("compact.start", &json!({"reason":"manual"}));
        self.entry("context.compacted", &json!({"summary":"files were listed","tokens_before":900,"reason":"manual"}));
        self.live("compact.end", &json!({"success":true}));
        self.entry("session.forked", &json!({"session":SessionId::derived(&[b"golden", b"fork"]),"at":4}));
        self.entry("session.closed", &json!({"reason":"parked"}));
        self.live("agent.idle", &json!({}));
        self.entry("session.resumed", &json!({"fresh":false}));
        self.turn("four", "again");
        self.live("stream.message_start", &json!({"message_id":message("last"),"role":"assistant"}));
        self.live("stream.text_delta", &json!({"message_id":message("last"),"part":0,"offset":0,"delta":"Half a"}));
        self.ended("four", "crashed");
        self.entry("session.closed", &json!({"reason":"crashed","message":"it died"}));
    }
}

fn fold(snapshot: &mut Snapshot, frame: &Frame) -> Outcome {
    let event = frame.event.as_deref().unwrap_or_default();
    let data = frame.data.as_ref().map_or("null", RawJson::get);
    let ts = frame.ts.unwrap_or_default();
    match frame.seq {
        Some(seq) => match LogEvent::decode(event, data) {
            Some(decoded) => snapshot.apply_entry(seq, ts, &decoded?),
            None => snapshot.apply_unknown(seq, ts),
        },
        None => {
            if let Some(decoded) = LiveEvent::decode(event, data) {
                snapshot.apply_live(ts, &decoded?);
            }
        }
    }
    Ok(())
}

fn text_of_the_story() -> Result<String, Box<dyn std::error::Error>> {
    let session = SessionId::derived(&[b"golden"]);
    let log = LogId::derived(&[b"golden"]);
    let mut story = Story { session, seq: 0, ts: 1_763_710_000_000, frames: Vec::new() };
    story.beginning();
    story.first_turn();
    story.queue_and_question();
    // What a late subscriber gets in the middle: the fold so far, with the capabilities that only the runner knows.
    let mut middle = Snapshot::empty(session, log);
    for frame in &story.frames {
        fold(&mut middle, &Frame::parse(frame.to_string().as_bytes())?)?;
    }
    let mut given = serde_json::to_value(&middle)?;
    given["capabilities"] = json!(["steer", "abort", "rewind"]);
    story.live("session.snapshot", &given);
    story.ending();

    let mut text = String::new();
    let mut snapshot = Snapshot::empty(session, log);
    text.push_str(&format!("{}\n", json!({"snapshot": snapshot})));
    for frame in &story.frames {
        let parsed = Frame::parse(frame.to_string().as_bytes())?;
        fold(&mut snapshot, &parsed)?;
        text.push_str(&format!("{}\n{}\n", json!({"frame": parsed}), json!({"snapshot": snapshot})));
    }
    Ok(text)
}

#[test]
fn the_story_folds_to_the_kept_snapshots() -> Outcome {
    let text = text_of_the_story()?;
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(golden(), &text)?;
    }
    let kept = fs::read_to_string(golden()).map_err(|error| format!("{}: {error}", golden().display()))?;
    // Compared as values: the order of keys depends on which features the build has switched on.
    let values =
        |text: &str| -> Result<Vec<Value>, serde_json::Error> { text.lines().map(serde_json::from_str).collect() };
    assert!(
        values(&kept)? == values(&text)?,
        "the fold differs from {}; if the rules changed on purpose, run with UPDATE_GOLDEN=1",
        golden().display()
    );
    Ok(())
}

#[test]
fn the_story_has_every_event_of_the_log_and_every_live_one() -> Outcome {
    let text = text_of_the_story()?;
    for name in LogEvent::NAMES.iter().chain(LiveEvent::NAMES) {
        assert!(text.contains(&format!("\"event\":\"{name}\"")), "{name}");
    }
    Ok(())
}
