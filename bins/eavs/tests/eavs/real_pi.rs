//! A real Pi of each generation on each of its three APIs, through `eavs` to the scripted model: text, thoughts, a tool
//! that runs, an abort; and the same tokens and the same cost in Pi and in the book.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use oqto_testkit::pi::{Generation, Pi};
use serde_json::{Value, json};

use crate::{Ground, SURELY, Service};

const CONFIG: &str =
    "[providers.scripted]\nmodels = [{id = 'demo', reasoning = true, cost = {input = 1, output = 2}}]\n";

macro_rules! each {
    ($($name:ident: $generation:ident, $api:literal, $book:literal, $base:literal;)*) => {
        $(#[test] fn $name() { talks(Generation::$generation, $api, $book, $base); })*
    };
}

each!(
    v073_on_completions: V073, "openai-completions", "chat", "/v1";
    v073_on_responses: V073, "openai-responses", "responses", "/v1";
    v073_on_messages: V073, "anthropic-messages", "messages", "";
    v087_on_completions: V087, "openai-completions", "chat", "/v1";
    v087_on_responses: V087, "openai-responses", "responses", "/v1";
    v087_on_messages: V087, "anthropic-messages", "messages", "";
);

/// A Pi that is spoken to in JSON lines.
struct Agent {
    child: Child,
    stdin: ChildStdin,
    events: Receiver<Value>,
}

impl Agent {
    fn start(ground: &Ground, service: &Service, generation: Generation, api: &str, base: &str) -> Self {
        let folder = ground.home.pi_agent_dir();
        std::fs::create_dir_all(&folder).unwrap();
        let model = json!({"id": "scripted/demo", "reasoning": true, "input": ["text", "image"], "contextWindow": 128_000,
            "maxTokens": 8192, "cost": {"input": 1, "output": 2, "cacheRead": 0, "cacheWrite": 0}});
        let provider = json!({"baseUrl": format!("http://{}{base}", service.address), "api": api,
            "apiKey": "!printf %s \"$EAVS_API_KEY\"", "models": [model]});
        let models = json!({"providers": {"eavs": provider}});
        std::fs::write(folder.join("models.json"), models.to_string()).unwrap();
        let key = ground.said(&["keys", "create", "--name", "pi", "--budget", "1"]);
        let pi = Pi::find(generation).unwrap();
        let mut command = Command::new(&pi.interpreter);
        command.arg(&pi.program).args(["--mode", "rpc", "--no-session", "--offline", "--provider", "eavs"]);
        command.args(["--model", "scripted/demo", "--thinking", "low"]).current_dir(ground.home.work());
        command.env_clear().env("HOME", ground.home.home()).env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("PI_CODING_AGENT_DIR", &folder).env("EAVS_API_KEY", key);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().unwrap();
        let (told, events) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            let lines = stdout.lines().map_while(Result::ok);
            for event in lines.filter_map(|line| serde_json::from_str(&line).ok()) {
                if told.send(event).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take().unwrap();
        Self { child, stdin, events }
    }

    fn send(&mut self, command: &Value) {
        writeln!(self.stdin, "{command}").unwrap();
    }

    /// The events until one that is waited for.
    fn until(&self, what: &str, is_it: impl Fn(&Value) -> bool) -> Vec<Value> {
        let mut events = Vec::new();
        loop {
            let event = self.events.recv_timeout(SURELY).unwrap_or_else(|_| panic!("{what} after {events:?}"));
            let found = is_it(&event);
            events.push(event);
            if found {
                return events;
            }
        }
    }

    /// Prompts, and gives the assistant's messages of the whole turn.
    fn prompt(&mut self, text: &str) -> Vec<Value> {
        self.send(&json!({"type": "prompt", "message": text}));
        answers(&self.until("the end of a turn", |event| event["type"] == "agent_end"))
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answers(events: &[Value]) -> Vec<Value> {
    let ended = events.iter().filter(|event| event["type"] == "message_end").map(|event| event["message"].clone());
    ended.filter(|message| message["role"] == "assistant").collect()
}

/// The texts of one kind of part.
fn said(message: &Value, kind: &str) -> String {
    let parts = message["content"].as_array().unwrap().iter().filter(|part| part["type"] == kind);
    parts.filter_map(|part| part[kind].as_str()).collect()
}

/// Tokens in and out, and the cost in billionths of a dollar.
fn told(input: &Value, output: &Value, cost: &Value) -> (u64, u64, u64) {
    let whole = |value: &Value| value.as_u64().unwrap();
    (whole(input), whole(output), (cost.as_f64().unwrap() * 1e9).round() as u64)
}

fn talks(generation: Generation, api: &str, book: &str, base: &str) {
    let ground = Ground::new(CONFIG);
    let service = ground.serve();
    let mut pi = Agent::start(&ground, &service, generation, api, base);

    let first = pi.prompt("fake:think\nfake:text Grüße 🌍");
    assert_eq!((first.len(), said(&first[0], "text").as_str()), (1, "Grüße 🌍"), "{first:?}");
    assert!(said(&first[0], "thinking").contains("Let me think about this."), "{first:?}");
    let second = pi.prompt("fake:tool bash {\"command\":\"echo told-$((40+2))\"}");
    assert_eq!(second.len(), 2, "{second:?}");
    assert!(second[0]["content"].as_array().unwrap().iter().any(|part| part["type"] == "toolCall"));
    assert!(said(&second[1], "text").contains("Tool said: told-42"), "{second:?}");

    pi.send(&json!({"type": "prompt", "message": "fake:text half an answer\nfake:hang"}));
    pi.until("the words before the abort", |event| event["assistantMessageEvent"]["delta"] == "answer");
    pi.send(&json!({"type": "abort"}));
    let aborted = answers(&pi.until("the end of the abort", |event| event["type"] == "agent_end"));
    assert_eq!(aborted[0]["stopReason"], "aborted", "{aborted:?}");

    let begun = Instant::now();
    let rows = loop {
        let rows = ground.json(&["logs", "tail", "-n", "100"]).as_array().unwrap().clone();
        if rows.len() == 4 {
            break rows;
        }
        assert!(begun.elapsed() < SURELY, "four requests are in the book: {rows:?}");
    };
    let outcomes: Vec<_> =
        rows.iter().map(|row| (row["api"].as_str().unwrap(), row["outcome"].as_str().unwrap())).collect();
    assert_eq!(outcomes, [(book, "done"), (book, "done"), (book, "done"), (book, "interrupted")]);
    assert!(
        rows[3]["estimated"] == true && rows[3]["output"].as_u64() > Some(0),
        "what was written costs: {}",
        rows[3]
    );
    let in_pi: Vec<_> = [&first[0], &second[0], &second[1]]
        .map(|message| &message["usage"])
        .map(|usage| told(&usage["input"], &usage["output"], &usage["cost"]["total"]))
        .into();
    let in_book: Vec<_> =
        rows.iter().take(3).map(|row| told(&row["input"], &row["output"], &row["cost_usd"])).collect();
    assert_eq!(in_pi, in_book);
    assert!(in_book.iter().all(|(input, output, cost)| *input > 0 && *output > 0 && *cost > 0));
    drop(pi);
    assert_eq!(service.stop(), Some(0));
}
