//! `agntz mcp`, spoken to as a client does: one line of JSON a message, over the process's standard streams.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::needless_pass_by_value, reason = "calls read better with the value itself")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use support::World;

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Server {
    process: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
    last: i64,
}

impl Server {
    fn start(world: &World, who: &str, arguments: &[&str]) -> Self {
        let mut command = world.acting(who);
        let mut process = command.arg("mcp").args(arguments).stdin(Stdio::piped()).spawn().unwrap();
        let (told, lines) = channel();
        let stdout = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| told.send(line)));
        Self { input: process.stdin.take(), process, lines, last: 0 }
    }

    /// One that has been greeted.
    fn greeted(world: &World, who: &str) -> Self {
        let mut server = Self::start(world, who, &[]);
        let hello = server.ask(
            "initialize",
            json!({
                "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}
            }),
        );
        assert_eq!(hello["result"]["protocolVersion"], "2025-06-18", "{hello}");
        assert_eq!(hello["result"]["serverInfo"]["name"], "agntz");
        assert!(hello["result"]["capabilities"]["tools"].is_object(), "{hello}");
        server.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
        server
    }

    fn say(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(format!("{line}\n").as_bytes()).unwrap();
        input.flush().unwrap();
    }

    fn request(&mut self, method: &str, params: Value) -> i64 {
        self.last += 1;
        self.say(&json!({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}).to_string());
        self.last
    }

    fn next(&self) -> Value {
        serde_json::from_str(&self.lines.recv_timeout(PATIENCE).unwrap()).unwrap()
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.next();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// What a tool answers: its result, and whether it says that it failed.
    fn tool(&mut self, name: &str, arguments: Value) -> (Value, bool) {
        let answer = self.ask("tools/call", json!({"name": name, "arguments": arguments}));
        let result = &answer["result"];
        let text = result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}"));
        let value = serde_json::from_str(text).unwrap_or_else(|_| text.into());
        (value, result["isError"].as_bool().unwrap_or_default())
    }

    /// Says nothing more, and waits for the end; what it still said.
    fn end(mut self) -> (Option<i32>, Vec<String>) {
        drop(self.input.take());
        let rest = std::iter::from_fn(|| self.lines.recv_timeout(PATIENCE).ok()).collect();
        (self.process.wait().unwrap().code(), rest)
    }
}

#[test]
fn the_tools_are_the_commands() {
    let world = World::new();
    let mut server = Server::greeted(&world, "pi");
    let list = server.ask("tools/list", json!({}));
    let tools = list["result"]["tools"].as_array().unwrap();
    let named = |name: &str| tools.iter().find(|tool| tool["name"] == name).unwrap_or_else(|| panic!("{name}"));
    for name in [
        "memory_add",
        "memory_search",
        "mail_send",
        "mail_inbox",
        "reserve",
        "release",
        "issues_create",
        "ready",
        "context",
    ] {
        assert_eq!(named(name)["inputSchema"]["type"], "object", "{name}");
    }
    let send = &named("mail_send")["inputSchema"];
    assert_eq!(send["required"], json!(["recipient", "subject"]));
    assert_eq!(send["properties"]["importance"]["enum"], json!(["low", "normal", "high", "urgent"]));
    assert_eq!(send["properties"]["ack"]["type"], "boolean");
    assert_eq!(server.end(), (Some(0), Vec::new()));
}

#[test]
fn tools_do_what_the_commands_do() {
    let world = World::new();
    world.ok("claude", &["mail", "inbox"]);
    let mut server = Server::greeted(&world, "pi");
    let (added, failed) = server
        .tool("memory_add", json!({"content": "The API listens on port 7700.", "category": "api", "importance": 7}));
    assert!(!failed, "{added}");
    let (found, _) = server.tool("memory_search", json!({"question": "which port"}));
    assert!(found.to_string().contains("port 7700"), "{found}");
    assert!(world.ok("pi", &["memory", "search", "which port"]).to_string().contains("port 7700"), "the same store");
    let (sent, failed) = server.tool(
        "mail_send",
        json!({"recipient": "claude", "subject": "-- from a tool 🚀", "body": "日本語", "ack": true}),
    );
    assert!(!failed, "{sent}");
    let inbox = world.ok("claude", &["mail", "inbox"]);
    assert_eq!(
        (&inbox["mails"][0]["from"], &inbox["mails"][0]["subject"]),
        (&json!("pi"), &json!("-- from a tool 🚀"))
    );
    world.ok("claude", &["reserve", "src", "--reason", "mine"]);
    let (refused, failed) = server.tool("reserve", json!({"paths": ["src/a.rs"]}));
    assert!(failed && refused.to_string().contains("claude until"), "{refused}");
    let (held, failed) = server.tool("reserve", json!({"paths": ["docs", "-x"], "ttl": "5m"}));
    assert!(!failed && held[1]["pattern"] == "-x", "{held}");
    let (nothing, failed) = server.tool("mail_search", json!({"words": ["nowhere"]}));
    assert!(!failed && nothing == json!([]), "finding nothing is no failure: {nothing}");
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn what_is_wrong_is_said_and_the_next_call_works() {
    let world = World::new();
    let mut server = Server::greeted(&world, "pi");
    let unknown = server.ask("tools/call", json!({"name": "mail_burn", "arguments": {}}));
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    assert!(unknown["error"]["message"].as_str().unwrap().contains("mail_burn"), "{unknown}");
    for (tool, arguments, why) in [
        ("mail_send", json!({"recipient": "ada"}), "subject"),
        ("mail_send", json!({"recipient": "ada", "subject": "x", "colour": "red"}), "colour"),
        ("mail_send", json!({"recipient": "ada", "subject": "x", "body": "-"}), "standard input"),
        ("mail_inbox", json!({"limit": "many"}), "many"),
        ("reserve", json!({"paths": []}), "paths"),
        ("reserve", json!({"paths": ["../x"]}), "outside"),
    ] {
        let (said, failed) = server.tool(tool, arguments);
        assert!(failed && said.to_string().contains(why), "{tool}, {why}: {said}");
    }
    let method = server.ask("tools/burn", json!({}));
    assert_eq!(method["error"]["code"], -32601, "{method}");
    server.say("this is no JSON");
    server.say("{\"jsonrpc\": \"2.0\", \"id\": ");
    server.say("[]");
    let refused = server.next();
    assert_eq!((&refused["id"], &refused["error"]["code"]), (&Value::Null, &json!(-32600)), "{refused}");
    assert_eq!(server.ask("ping", json!({}))["result"], json!({}), "it goes on");
    assert!(!server.tool("mail_inbox", json!({})).1);
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn a_call_that_is_cancelled_is_not_answered() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    let mut server = Server::greeted(&world, "pi");
    // Whoever holds this lock has the turn to write.
    let queue = std::fs::File::options().write(true).open(world.state().join("mail.db.queue")).unwrap();
    queue.lock().unwrap();
    let first = server
        .request("tools/call", json!({"name": "mail_send", "arguments": {"recipient": "ada", "subject": "first"}}));
    let second = server
        .request("tools/call", json!({"name": "mail_send", "arguments": {"recipient": "ada", "subject": "second"}}));
    assert_eq!(server.ask("ping", json!({}))["result"], json!({}), "a call that waits stops nobody");
    for id in [second, first] {
        server.say(
            &json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": id}}).to_string(),
        );
    }
    assert_eq!(server.ask("ping", json!({}))["result"], json!({}), "the cancellations were read");
    queue.unlock().unwrap();
    let (inbox, failed) = server.tool("mail_sent", json!({}));
    assert!(!failed, "{inbox}");
    let subjects = support::each(&inbox, "subject");
    assert!(!subjects.contains(&"second".to_owned()), "what had not begun does not happen: {subjects:?}");
    assert_eq!(server.end(), (Some(0), Vec::new()), "no answer to what was cancelled");
}

#[test]
fn a_client_that_goes_away_ends_it() {
    let world = World::new();
    let server = Server::start(&world, "pi", &[]);
    assert_eq!(server.end(), (Some(0), Vec::new()), "before it was greeted");
    let mut server = Server::greeted(&world, "pi");
    let sent = server
        .request("tools/call", json!({"name": "mail_send", "arguments": {"recipient": "ada", "subject": "last"}}));
    let (code, rest) = server.end();
    assert_eq!(code, Some(0));
    // What was begun is done, whether its answer was still read or not.
    let there = world.ok("pi", &["mail", "sent"]);
    let answered = rest.iter().any(|line| serde_json::from_str::<Value>(line).unwrap()["id"] == sent);
    assert!(!answered || there.as_array().unwrap().len() == 1, "{rest:?} {there}");
    let mut wrong = Server::start(&world, "pi", &["--only", "nonsense"]);
    drop(wrong.input.take());
    assert_eq!(wrong.process.wait().unwrap().code(), Some(2));
}
