//! The official clients of the model APIs, as their packages come, through `eavs` to the scripted model.
//!
//! A script for each client (`tests/sdk`) does everything that the client can, and prints what it got; here it is compared.
//! The packages are installed by `cargo xtask test --only setup`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use oqto_testkit::binaries::checkout;
use oqto_testkit::pi::Pi;
use serde_json::{Value, json};

use crate::{Ground, SURELY};

const CONFIG: &str = "upstream = {retries = 0}\n\
    [providers.scripted]\nmodels = [{id = 'demo', reasoning = true, cost = {input = 1, output = 1000}}]\n";
const TEXT: &str = "Grüße 🌍 dir";
const THOUGHT: &str = "Let me think about this. It is simple.";

/// The language of a client.
#[derive(Clone, Copy)]
enum Language {
    Python,
    JavaScript,
}

impl Language {
    const BOTH: [Self; 2] = [Self::Python, Self::JavaScript];

    const fn folder(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::JavaScript => "node",
        }
    }

    /// What runs a script, and the script's text where it is told on stdin.
    fn command(self, name: &str) -> (Command, String) {
        let (sdk, home) = (sdk(), installed(self));
        match self {
            Self::Python => {
                let mut command = Command::new(home.join("bin/python"));
                command.arg("-B").arg(sdk.join(format!("{name}_client.py")));
                (command, String::new())
            }
            Self::JavaScript => {
                let mut command = Command::new(Pi::on_node_22().unwrap().interpreter);
                // A script on stdin finds the packages of the folder that it runs in.
                command.args(["--input-type=module", "-"]).current_dir(&home);
                let read = |name: &str| fs::read_to_string(sdk.join(name)).unwrap();
                (command, read("client.mjs") + &read(&format!("{name}_client.mjs")))
            }
        }
    }
}

fn sdk() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sdk")
}

/// The folder of the installed clients, made from the pins as they are now.
fn installed(language: Language) -> PathBuf {
    let home = checkout().join("target/sdk").join(language.folder());
    let pins = match language {
        Language::Python => "requirements.txt",
        Language::JavaScript => "package-lock.json",
    };
    let same = fs::read(home.join(pins)).is_ok_and(|made_from| made_from == fs::read(sdk().join(pins)).unwrap());
    assert!(same, "{} is not there or old: cargo xtask test --only setup", home.display());
    home
}

/// What a script prints, and the requests in the book when all of them are settled.
fn told(language: Language, name: &str) -> (Value, Vec<Value>) {
    let ground = Ground::new(CONFIG);
    let service = ground.serve();
    let key = |arguments: &[&str]| ground.said(&[&["keys", "create"], arguments].concat());
    let (any, poor, slow) = (key(&["--name", "any"]), key(&["--budget", "0"]), key(&["--rpm", "1"]));
    let (mut command, script) = language.command(name);
    command.env_clear().env("HOME", ground.home.home()).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("EAVS_URL", format!("http://{}", service.address));
    command.env("EAVS_KEY", any).env("EAVS_POOR_KEY", poor).env("EAVS_SLOW_KEY", slow);
    let said = ground.home.root().join("script");
    fs::write(&said, script).unwrap();
    command.stdin(fs::File::open(&said).unwrap()).stderr(Stdio::piped());
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let begun = Instant::now();
    // The stream that the script left is settled when the gateway has seen that.
    let rows = loop {
        let rows = ground.json(&["logs", "tail", "-n", "1000"]).as_array().unwrap().clone();
        if rows.iter().any(|row| row["outcome"] == "interrupted") {
            break rows;
        }
        assert!(begun.elapsed() < SURELY, "the interrupted request is in the book: {rows:?}");
    };
    assert_eq!(service.stop(), Some(0));
    (told, rows)
}

/// The error of a case without the text, and whether the text says something.
fn refusal(told: &mut Value, case: &str, says: &str) -> (String, u64, bool) {
    let refused = told[case].take();
    let text = refused["text"].as_str().unwrap_or_default();
    assert!(text.contains(says), "{case}: {refused}");
    let class = refused["class"].as_str().unwrap_or_default().to_owned();
    (class, refused["status"].as_u64().unwrap_or(0), refused["after"] == true)
}

/// What every wire has in the book: one request that was left, and nothing else that is a guess.
fn check(rows: &[Value], api: &[&str]) {
    for row in rows {
        assert!(api.contains(&row["api"].as_str().unwrap()), "{row}");
        // Google tells no usage of embeddings, which write nothing.
        let untold = row["api"] == "generate" && row["outcome"] == "done" && row["output"] == 0 && row["input"] != 0;
        assert_eq!(row["estimated"] == true, row["outcome"] == "interrupted" || untold, "{row}");
        let refused = row["outcome"] == "refused";
        assert_eq!(refused, row["status"].as_u64() >= Some(400), "{row}");
        let priced = row["input"].as_f64().unwrap() * 1e-6 + row["output"].as_f64().unwrap() * 1e-3;
        assert!((row["cost_usd"].as_f64().unwrap() - priced).abs() < 1e-9, "{row}");
    }
    assert_eq!(rows.iter().filter(|row| row["outcome"] == "interrupted").count(), 1);
    assert!(rows.iter().any(|row| row["output"] == 3), "the words of the first answer are counted");
}

#[test]
fn openai_for_python() {
    openai(Language::Python);
}

#[test]
fn openai_for_javascript() {
    openai(Language::JavaScript);
}

fn openai(language: Language) {
    let (mut told, rows) = told(language, "openai");
    let bare = match language {
        Language::Python => "APIStatusError",
        Language::JavaScript => "APIError",
    };
    for (case, says, class, status, after) in [
        ("wrong_key", "this key is not known here", "AuthenticationError", 401, false),
        ("poor", "budget of this key", bare, 402, false),
        ("unknown_model", "no provider is known to have the model", "NotFoundError", 404, false),
        ("limited", "requests of this minute", "RateLimitError", 429, true),
        ("provider_400", "scripted error 400", "BadRequestError", 400, false),
        ("provider_503", "scripted error 503", "InternalServerError", 503, false),
    ] {
        assert_eq!(refusal(&mut told, case, says), (class.to_owned(), status, after), "{case}");
        told.as_object_mut().unwrap().remove(case);
    }
    assert_eq!(
        told,
        json!({
            "text": {"text": TEXT, "reason": "stop", "sum": true, "output": 3},
            "stream": {"text": TEXT, "reason": "stop", "usage": 0, "asked_usage": 2},
            "tools": {"name": "get_weather", "city": "Köln", "reason": "tool_calls", "after": "Tool said: 21 °C"},
            "parallel_tools": ["Köln", "Bonn"],
            "thinking": {"thought": THOUGHT},
            "image": {"text": "1 images; tools: get_weather"},
            "embeddings": {"vectors": 2, "numbers": 3, "near": true, "used": true},
            "models": {"listed": true, "one": "scripted/demo"},
            "responses": {"text": "Grüße 🌍", "kinds": ["reasoning", "message"], "city": "Köln",
                "after": "Tool said: 21 °C", "seen": "1 images; tools: ", "used": 10},
            "responses_stream": {"text": "Grüße 🌍", "first": "response.created", "last": "response.completed",
                "final": "Grüße 🌍", "status": "completed"},
            "cancel": "closed",
        })
    );
    check(&rows, &["chat", "responses", "embeddings"]);
}

#[test]
fn anthropic_for_python() {
    anthropic(Language::Python);
}

#[test]
fn anthropic_for_javascript() {
    anthropic(Language::JavaScript);
}

fn anthropic(language: Language) {
    let (mut told, rows) = told(language, "anthropic");
    for (case, says, class, status, after) in [
        ("wrong_key", "this key is not known here", "AuthenticationError", 401, false),
        ("poor", "budget of this key", "PaymentRequiredError", 402, false),
        ("unknown_model", "no provider is known to have the model", "NotFoundError", 404, false),
        ("limited", "requests of this minute", "RateLimitError", 429, true),
        ("provider_400", "scripted error 400", "BadRequestError", 400, false),
        ("provider_529", "scripted error 529", "OverloadedError", 529, false),
    ] {
        assert_eq!(refusal(&mut told, case, says), (class.to_owned(), status, after), "{case}");
        told.as_object_mut().unwrap().remove(case);
    }
    assert_eq!(
        told,
        json!({
            "text": {"text": TEXT, "reason": "end_turn", "output": 3, "input": true},
            "stream": {"text": TEXT, "reason": "end_turn", "output": 3, "input": true},
            "tools": {"name": "get_weather", "city": "Köln", "reason": "tool_use", "after": "Tool said: 21 °C"},
            "parallel_tools": ["Köln", "Bonn"],
            "thinking": {"thought": THOUGHT, "signature": "c2NyaXB0ZWQ="},
            "image": {"text": "1 images; tools: get_weather"},
            "count": true,
            "models": {"listed": true, "one": "scripted/demo"},
            "cancel": "closed",
        })
    );
    check(&rows, &["messages"]);
}

#[test]
fn google_for_python() {
    google(Language::Python);
}

#[test]
fn google_for_javascript() {
    google(Language::JavaScript);
}

fn google(language: Language) {
    let (mut told, rows) = told(language, "google");
    let class = |status: u64| match language {
        Language::Python if status < 500 => "ClientError",
        Language::Python => "ServerError",
        Language::JavaScript => "ApiError",
    };
    for (case, says, status) in [
        ("wrong_key", "this key is not known here", 401),
        ("poor", "budget of this key", 402),
        ("unknown_model", "no provider is known to have the model", 404),
        // This client shows no headers: when to come back is in the details.
        ("limited", "retryDelay", 429),
        ("provider_400", "scripted error 400", 400),
        ("provider_503", "scripted error 503", 503),
    ] {
        let (said, code, _) = refusal(&mut told, case, says);
        assert_eq!((said.as_str(), code), (class(status), status), "{case}");
        told.as_object_mut().unwrap().remove(case);
    }
    assert_eq!(
        told,
        json!({
            "text": {"text": TEXT, "reason": "STOP", "output": 3, "sum": true},
            "stream": {"text": TEXT, "many": true, "reason": "STOP", "output": 3},
            "tools": {"name": "get_weather", "city": "Köln", "after": "Tool said: 21 °C"},
            "parallel_tools": ["Köln", "Bonn"],
            "thinking": {"thought": THOUGHT, "counted": true},
            "image": {"text": "1 images; tools: get_weather"},
            "embeddings": {"vectors": 2, "numbers": 3, "near": true},
            "count": true,
            "models": {"listed": true, "one": "models/scripted/demo"},
            "cancel": "closed",
        })
    );
    check(&rows, &["generate"]);
}

#[test]
fn the_pins_name_every_package_exactly_and_no_place_to_get_it() {
    let read = |name: &str| fs::read_to_string(sdk().join(name)).unwrap();
    assert!(read("requirements.txt").lines().all(|line| line.contains("==") && !line.contains("://")));
    let lock: Value = serde_json::from_str(&read("package-lock.json")).unwrap();
    for (path, package) in lock["packages"].as_object().unwrap().iter().filter(|(path, _)| !path.is_empty()) {
        assert!(package["integrity"].is_string() && package.get("resolved").is_none(), "{path}");
    }
    for language in Language::BOTH {
        installed(language);
    }
}
