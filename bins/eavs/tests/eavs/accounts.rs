//! Kept accounts, providers and the configuration, from outside.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Output, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::{Ground, SURELY, ask};

const KEY: &str = "sk-planted-0123456789";

/// Runs a command with this on stdin.
fn given(ground: &Ground, arguments: &[&str], text: &str) -> Output {
    let mut command = ground.command(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    child.wait_with_output().unwrap()
}

fn kept(ground: &Ground, arguments: &[&str], key: &str) -> Option<i32> {
    let all: Vec<&str> = ["accounts", "add"].iter().chain(arguments).copied().chain(["--api-key-stdin"]).collect();
    given(ground, &all, key).status.code()
}

/// Everything that is in the files of a home.
fn files(folder: &std::path::Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&files(&path));
        } else if let Ok(bytes) = std::fs::read(&path) {
            all.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    all
}

fn one(ground: &Ground, label: &str) -> Value {
    let all = ground.json_of_any(&["accounts", "list"]);
    all.as_array().unwrap().iter().find(|one| one["label"] == label).unwrap().clone()
}

impl Ground {
    /// What it says in JSON, whatever its exit code.
    fn json_of_any(&self, arguments: &[&str]) -> Value {
        let all: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        serde_json::from_slice::<Value>(&self.run(&all).stdout).unwrap()["ok"].clone()
    }
}

#[test]
fn a_key_is_kept_sealed_and_forgotten() {
    let ground = Ground::new("[providers.openai]\n");
    assert_eq!(kept(&ground, &["openai", "--label", "wörk", "--weight", "3"], &format!("{KEY}\n")), Some(0));
    assert_eq!(kept(&ground, &["openai", "--label", "wörk"], KEY), Some(1), "it is not overwritten unasked");
    assert_eq!(kept(&ground, &["openai", "--label", "wörk", "--weight", "2", "--replace"], KEY), Some(0));
    assert_eq!(ground.said(&["accounts", "list"]), "openai\twörk\tapi_key\t2\tkept\tready");
    assert!(ground.said(&["providers", "list"]).ends_with("wörk\tset"));
    assert!(!files(ground.home.root()).contains("planted"));
    assert!(!ground.said(&["config", "check"]).contains("has no key"));
    assert_eq!(ground.said(&["accounts", "remove", "openai", "--label", "wörk"]), "forgot openai/wörk");
    let (code, error) = ground.refused(&["accounts", "remove", "openai", "--label", "wörk"]);
    assert_eq!((code, error["hint"].as_str()), (Some(3), Some("eavs accounts list")));
    assert!(ground.said(&["config", "check"]).contains("has no key"));
}

#[test]
fn what_is_no_key_and_no_account_is_refused() {
    let config = "[providers.openai]\napi_key = 'sk-of-the-file'\n[providers.groq]\naccounts = [{label = 'a', api_key = 'sk-of-a'}]\n";
    let ground = Ground::new(config);
    for (arguments, key, code) in [
        (&["openai", "--label", "x"][..], "", 2),
        (&["openai", "--label", "x"], "two words", 2),
        (&["openai", "--label", "x"], "two\nlines", 2),
        (&["openai", "--label", "x"], "clé", 2),
        (&["openai", "--label", "a\tb"], KEY, 2),
        (&["openai", "--label", "x", "--weight", "0"], KEY, 2),
        (&["openai"], KEY, 1),
        (&["groq", "--label", "a"], KEY, 1),
        (&["nobody"], KEY, 3),
        (&["mistral"], KEY, 3),
    ] {
        assert_eq!(kept(&ground, arguments, key), Some(code), "{arguments:?} {key:?}");
    }
    let (code, error) = ground.refused(&["accounts", "add", "openai", "--label", "x"]);
    assert_eq!((code, error["hint"].as_str()), (Some(2), Some("give it on stdin: --api-key-stdin")));
    let (code, error) = ground.refused(&["accounts", "login", "openai", "--label", "x", "--device"]);
    assert!(code == Some(78) && error["hint"].as_str().unwrap().contains("[providers.openai.oauth]"), "{error}");
    assert_eq!(kept(&ground, &["openai", "--label", "x"], KEY), Some(0), "with all of it right it is kept");
}

#[test]
fn a_key_file_that_is_lost_loose_or_another_is_told() {
    let ground = Ground::new("[providers.openai]\n");
    assert_eq!(kept(&ground, &["openai", "--label", "a"], KEY), Some(0));
    let file = ground.home.data().join("oqto/eavs.key");
    let right = std::fs::read(&file).unwrap();
    let check = |said: &str, code: i32, adding: i32| {
        let listed = ground.run(&["accounts", "list"]);
        let text = String::from_utf8_lossy(&listed.stderr).into_owned();
        assert!(text.contains(said) && listed.status.code() == Some(code), "{said}: {text}");
        assert!(String::from_utf8_lossy(&listed.stdout).contains("openai\ta"), "who they are is told");
        assert_eq!(kept(&ground, &["openai", "--label", "b"], KEY), Some(adding));
        let doctor = ground.run(&["doctor"]);
        assert_eq!(doctor.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&doctor.stdout).contains(said));
    };
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    check("others than its owner may use", 1, 77);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(&file, format!("eavs-key-1 {}\n", "A".repeat(43))).unwrap();
    check("is not the key that the accounts are sealed with", 1, 78);
    std::fs::remove_file(&file).unwrap();
    check("is not there", 1, 78);
    std::fs::write(&file, right).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(one(&ground, "a")["usable"], true, "with the right key it works");
}

#[test]
fn the_keyring_of_the_system_has_the_key_where_that_is_wished() {
    let ground = Ground::new("[providers.openai]\n[accounts]\nkey = 'keyring'\n");
    let programs = ground.home.root().join("programs");
    std::fs::create_dir_all(&programs).unwrap();
    let place = programs.join("secret");
    // It keeps one secret, and knows it by its attributes.
    let script = format!(
        "#!/bin/sh\ncase \"$1\" in\nlookup) [ -e '{0}' ] && [ ! -e '{0}.locked' ] || exit 1; cat '{0}';;\n\
         search) [ -e '{0}' ] && {{ echo '[/1]'; [ -e '{0}.locked' ] && echo 'it is locked' >&2; }}; exit 0;;\nstore) [ -e '{0}.locked' ] && \
         {{ echo 'the keyring is locked' >&2; exit 1; }}; echo \"$*\" > '{0}.asked'; cat > '{0}';;\nesac\n",
        place.display()
    );
    std::fs::write(programs.join("secret-tool"), script).unwrap();
    std::fs::set_permissions(programs.join("secret-tool"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", programs.display());
    let add = |path: &str| {
        let mut command =
            ground.command(&["accounts", "add", "openai", "--label", "a", "--replace", "--api-key-stdin"]);
        let piped = command.env("PATH", path).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(KEY.as_bytes());
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = add("/nowhere");
    assert!(code == Some(75) && said.contains("secret-tool cannot be started"), "{said}");
    std::fs::write(format!("{}.locked", place.display()), "").unwrap();
    let (code, said) = add(&path);
    assert!(code == Some(75) && said.contains("secret-tool: the keyring is locked"), "{said}");
    std::fs::remove_file(format!("{}.locked", place.display())).unwrap();
    assert_eq!(add(&path), (Some(0), String::new()));
    let asked = std::fs::read_to_string(format!("{}.asked", place.display())).unwrap();
    let accounts = ground.home.data().join("oqto/eavs-accounts.jsonl");
    assert_eq!(
        asked,
        format!("store --label=eavs: key of provider accounts application eavs accounts {}\n", accounts.display())
    );
    assert!(std::fs::read_to_string(&place).unwrap().starts_with("eavs-key-1 "));
    assert!(!ground.home.data().join("oqto/eavs.key").exists(), "no file has it");
    let list = || ground.command(&["accounts", "list"]).env("PATH", &path).output().unwrap();
    assert!(list().status.success());
    std::fs::write(format!("{}.locked", place.display()), "").unwrap();
    let output = list();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("it has the key, and it is locked"), "{said}");
    std::fs::remove_file(format!("{}.locked", place.display())).unwrap();
    std::fs::remove_file(&place).unwrap();
    let output = list();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("the keyring's secret for"), "{said}");
}

#[test]
fn providers_are_added_and_removed_and_comments_stay() {
    let ground = Ground::new("# mine\n[providers.scripted] # the demo\n\n# the end\n");
    let file = ground.home.config().join("oqto/eavs.toml");
    ground.said(&["providers", "add", "box", "--kind", "vllm", "--base-url", "http://10.0.0.7/v1", "--model", "qwen"]);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("# mine\n[providers.scripted] # the demo\n") && text.contains("# the end"), "{text}");
    assert!(text.contains("[providers.box]\nkind = \"vllm\"\nbase_url = \"http://10.0.0.7/v1\"\n"), "{text}");
    assert_eq!(ground.json(&["providers", "list"])[0]["name"], "box");
    for (arguments, code) in [
        (&["add", "box"][..], 1),
        (&["add", "thing"], 78),
        (&["add", "mine", "--kind", "nothing"], 2),
        (&["add", "mine", "--kind", "vllm", "--base-url", "ftp://x"], 78),
        (&["add", "admin", "--kind", "vllm"], 78),
        (&["add", "mine", "--kind", "vllm", "--ca-file", "/no/such"], 78),
        (&["remove", "nobody"], 3),
        (&["test", "nobody"], 3),
    ] {
        let all: Vec<&str> = ["providers"].iter().chain(arguments).copied().collect();
        assert_eq!(ground.refused(&all).0, Some(code), "{arguments:?}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "{arguments:?}");
    }
    std::fs::write(&file, format!("{text}[aliases]\nfast = ['box/qwen']\n")).unwrap();
    let (code, error) = ground.refused(&["providers", "remove", "box"]);
    assert!(code == Some(1) && error["message"].as_str().unwrap().ends_with("fast"), "{error}");
    std::fs::write(&file, &text).unwrap();
    ground.said(&["providers", "remove", "box"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mine\n[providers.scripted] # the demo\n\n# the end\n");
    let tested = ground.json(&["providers", "test"]);
    assert_eq!((tested[0]["provider"].as_str(), tested[0]["problem"].as_str()), (Some("scripted"), None));
}

#[test]
fn a_provider_comes_after_the_template_and_the_file_works() {
    let ground = Ground::new("");
    std::fs::remove_file(ground.home.config().join("oqto/eavs.toml")).unwrap();
    ground.said(&["init"]);
    ground.said(&["providers", "add", "openai", "--api-key-env", "MY_KEY", "--max-concurrent", "3"]);
    let text = std::fs::read_to_string(ground.home.config().join("oqto/eavs.toml")).unwrap();
    assert!(
        text.starts_with("# eavs: the one road")
            && text.ends_with("\n\n[providers.openai]\napi_key = \"env:MY_KEY\"\nmax_concurrent = 3\n"),
        "{text}"
    );
    assert!(ground.said(&["config", "check"]).contains("MY_KEY is not set"));
}

#[test]
fn a_file_that_changes_is_read_and_a_bad_one_is_told_until_it_is_good() {
    let ground = Ground::new("[providers.scripted]\n");
    let mut service = ground.serve();
    let key = ground.said(&["keys", "create"]);
    let fast = json!({"model": "fast", "messages": [{"role": "user", "content": "fake:text hi"}]});
    let asked = |service: &crate::Service| ask(service.address, "/v1/chat/completions", &key, &fast);
    assert!(asked(&service).contains("model_not_found"));
    // As editors do: a new file in the place of the old one.
    let file = ground.home.config().join("oqto/eavs.toml");
    std::fs::write(file.with_extension("new"), "[providers.scripted]\n[aliases]\nfast = ['scripted/demo']\n").unwrap();
    std::fs::rename(file.with_extension("new"), &file).unwrap();
    service.until_said("was read again");
    assert!(asked(&service).starts_with("HTTP/1.1 200"));
    ground.configure("[providers.scripted]\n[alias]\n");
    service.until_said("stays as it was");
    assert!(asked(&service).starts_with("HTTP/1.1 200"), "what was taken stays");
    let doctor = ground.run(&["doctor"]);
    assert!(doctor.status.code() == Some(1) && String::from_utf8_lossy(&doctor.stdout).contains("unknown key `alias`"));
    ground.configure("[providers.scripted]\n[providers.openai]\n[aliases]\nfast = ['scripted/demo']\n");
    service.until_said("was read again");
    assert_eq!(ground.run(&["doctor"]).status.code(), Some(0));
    assert_eq!(kept(&ground, &["openai", "--label", "work"], KEY), Some(0));
    service.until_said("the kept accounts were read again");
    assert!(ground.said(&["doctor"]).contains("good\topenai/work"));
    assert_eq!(service.stop(), Some(0));
}

/// A server of logins and models in this process, whose tokens change with every use.
struct House {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    /// Heard when new tokens were made, before they are told.
    made: Receiver<()>,
    /// One for each answer with new tokens.
    may: Sender<()>,
}

#[derive(Default)]
struct State {
    refresh: Vec<String>,
    access: String,
    number: u32,
}

impl House {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let (made, is_made) = channel();
        let (may, is_allowed) = channel();
        let is_allowed = Arc::new(Mutex::new(is_allowed));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (state, made, may) = (Arc::clone(&shared), made.clone(), Arc::clone(&is_allowed));
                std::thread::spawn(move || visit(stream, &state, &made, &may));
            }
        });
        Self { address, state, made: is_made, may }
    }

    fn config(&self) -> String {
        let at = self.address;
        format!(
            "[providers.house]\nkind = 'openai_compatible'\nbase_url = 'http://{at}/v1'\noauth = {{client_id = 'me', \
             token_url = 'http://{at}/token', device_url = 'http://{at}/device'}}\n"
        )
    }
}

fn visit(mut stream: TcpStream, state: &Mutex<State>, made: &Sender<()>, may: &Mutex<Receiver<()>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    let mut head = BTreeMap::new();
    reader.read_line(&mut line).unwrap_or(0);
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    loop {
        line.clear();
        if reader.read_line(&mut line).unwrap_or(0) <= 2 {
            break;
        }
        let (name, value) = line.trim_end().split_once(": ").unwrap();
        head.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let mut body = vec![0; head.get("content-length").map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    let (status, value) = answer(&path, &head, &String::from_utf8(body).unwrap(), state, made, may);
    let text = value.to_string();
    let told = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{text}",
        text.len()
    );
    let _ = stream.write_all(told.as_bytes());
}

fn answer(
    path: &str,
    head: &BTreeMap<String, String>,
    body: &str,
    state: &Mutex<State>,
    made: &Sender<()>,
    may: &Mutex<Receiver<()>>,
) -> (u16, Value) {
    match path {
        "/device" => {
            let begun = json!({"device_code": "device-planted", "user_code": "AB\u{1b}[2J", "interval": 1, "expires_in": 60,
                "verification_uri": "https://login.example.org/"});
            return (200, begun);
        }
        "/token" => {}
        _ => {
            let mut state = state.lock().unwrap();
            if head["authorization"] != format!("Bearer {}", state.access) {
                return (401, json!({"error": {"message": "no"}}));
            }
            // With the first use of what is new, what was before is worth nothing.
            let last = state.refresh.pop();
            state.refresh = last.into_iter().collect();
            return (200, json!({"id": "x", "choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}));
        }
    }
    let given = {
        let mut state = state.lock().unwrap();
        let refresh = body.split('&').find_map(|pair| pair.strip_prefix("refresh_token="));
        if refresh.is_some_and(|token| !state.refresh.iter().any(|known| known == token)) {
            return (400, json!({"error": "invalid_grant"}));
        }
        state.number += 1;
        let number = state.number;
        state.access = format!("access-planted-{number}");
        state.refresh.push(format!("refresh-planted-{number}"));
        // The first are over at once.
        json!({"access_token": state.access, "refresh_token": format!("refresh-planted-{number}"), "token_type": "bearer",
            "expires_in": if number < 2 { 0 } else { 3600 }})
    };
    made.send(()).unwrap();
    may.lock().unwrap().recv().unwrap();
    (200, given)
}

#[test]
fn a_kill_between_new_tokens_and_their_keeping_loses_no_account() {
    let house = House::start();
    let ground = Ground::new(&house.config());
    house.may.send(()).unwrap();
    let output = ground.run(&["accounts", "login", "house", "--label", "me", "--json"]);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(
        output.status.success() && err.contains("AB\\u{1b}[2J") && err.contains("https://login.example.org/"),
        "{out}{err}"
    );
    assert!(!format!("{out}{err}{}", files(ground.home.root())).contains("planted"));
    house.made.recv_timeout(SURELY).unwrap();
    let key = ground.said(&["keys", "create"]);
    let question = json!({"model": "house/m", "messages": []});

    let service = ground.serve();
    let address = service.address;
    let (asking, question_2) = (key.clone(), question.clone());
    let asked = std::thread::spawn(move || ask(address, "/v1/chat/completions", &asking, &question_2));
    house.made.recv_timeout(SURELY).unwrap();
    service.kill();
    asked.join().unwrap();
    house.may.send(()).unwrap();

    let service = ground.serve();
    house.may.send(()).unwrap();
    let heard = ask(service.address, "/v1/chat/completions", &key, &question);
    assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
    let heard = ask(service.address, "/v1/chat/completions", &key, &question);
    assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
    assert_eq!(house.state.lock().unwrap().number, 3, "the login, the renewal that was lost, the one that was not");
    assert_eq!(one(&ground, "me")["usable"], true);

    // The provider ends the login.
    *house.state.lock().unwrap() = State { number: 9, access: "another".to_owned(), refresh: Vec::new() };
    assert_eq!(service.stop(), Some(0));
    assert!(!files(ground.home.root()).contains("planted"));
}
