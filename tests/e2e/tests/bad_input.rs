//! What people and scripts get wrong: each has a code, an exit code and a way out, and costs nothing.

use std::os::unix::fs::PermissionsExt as _;

use oqto_e2e::browser::Browser;
use oqto_e2e::client::Client;
use oqto_e2e::script::{Ran, create, into, pipe, pipe_bytes, prompt};
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome, both_generations};
use oqto_testkit::binaries;
use oqto_testkit::pi::Generation;
use serde_json::{Value, json};
use tokio::process::Command;

both_generations! {
    a_model_that_does_not_exist,
    a_prompt_that_is_too_long,
}

const UNKNOWN: &str = "ses_01m7ysk8gxecp8tv81xh2kjymx";

/// The longest line, in bytes.
const LINE: usize = 8 << 20;

/// A wrong input, and what must be said: code, exit code, a word of the hint.
type Case = (&'static str, Vec<u8>, &'static str, i32, &'static str);

fn line(name: &'static str, frame: &Value, code: &'static str, exit: i32, hint: &'static str) -> Case {
    (name, format!("{frame}\n").into_bytes(), code, exit, hint)
}

fn creating(workspace: &str, more: &Value) -> Value {
    let mut params = json!({"harness": "pi", "workspace": workspace});
    if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more.clone()) {
        params.extend(more);
    }
    json!({"cmd": "session.create", "params": params})
}

/// What is wrong before any agent is asked.
fn cases() -> Vec<Case> {
    let long = format!(r#"{{"cmd":"prompt","params":{{"text":"{}"}}}}"#, "x".repeat(LINE));
    let deep = format!(r#"{{"cmd":"session.list","params":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let raw = |text: &str| format!("{text}\n").into_bytes();
    vec![
        line("no such folder", &creating("/nowhere/at all", &json!({})), "workspace", 1, "mkdir -p '/nowhere/at all'"),
        line("a file", &creating("file", &json!({})), "workspace", 1, "directory"),
        line("an unknown harness", &creating(".", &json!({"harness": "none"})), "not_found", 3, "knows: pi"),
        line("isolation", &creating(".", &json!({"sandbox": {}})), "unsupported", 1, "`sandbox`"),
        line("an unknown session", &json!({"cmd": "session.get", "session": UNKNOWN}), "not_found", 3, "session.list"),
        line("no session", &json!({"cmd": "prompt", "params": {"text": "hi"}}), "invalid_params", 2, "ses_"),
        line("an unknown command", &json!({"cmd": "fly"}), "unknown_command", 2, "session.create"),
        line("no parameters", &json!({"cmd": "session.create", "params": {}}), "invalid_params", 2, ""),
        ("no JSON", raw("this is not JSON"), "malformed_frame", 1, "one JSON object on one line"),
        ("no object", raw("[1]"), "malformed_frame", 1, "one JSON object on one line"),
        ("no frame", raw("{\"nothing\":1}"), "malformed_frame", 1, "one JSON object on one line"),
        ("half a frame", b"{\"cmd\":\"session.list\"".to_vec(), "malformed_frame", 1, "one JSON object on one line"),
        ("no text", b"{\"cmd\":\"\xff\xfe\"}\n".to_vec(), "malformed_frame", 1, "one JSON object on one line"),
        ("deep nesting", raw(&deep), "invalid_params", 2, ""),
        ("a line that is too long", raw(&long), "too_large", 1, "a file of the workspace"),
    ]
}

fn wrong(name: &str, ran: &Ran, code: &str, exit: i32, hint: &str) -> Option<String> {
    let told = ran.told();
    let right = told.0 == code && told.1 == Some(exit) && told.2.contains(hint);
    (!right).then(|| format!("{name}: {told:?}, not {code}, {exit} and {hint:?}; {:.300} {}", ran.said(), ran.stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_script_is_told_what_is_wrong_and_what_to_do() -> Outcome {
    let world = World::with_runner(Generation::V087).await?;
    std::fs::write(world.home.work().join("file"), "")?;
    let mut all = Vec::new();
    for (name, bytes, code, exit, hint) in cases() {
        let ran = pipe_bytes(&world, &[], &bytes).await?;
        all.extend(wrong(name, &ran, code, exit, hint));
    }
    // What is right after something wrong is carried out all the same; the exit code tells of the first failure.
    let mut bytes = cases().pop().ok_or("no case")?.1;
    bytes.extend_from_slice(b"{\"cmd\":\"session.list\",\"id\":\"after\"}\n");
    let ran = pipe_bytes(&world, &[], &bytes).await?;
    let listed = ran.frames.iter().find(|frame| frame["id"] == "after").ok_or("the next line was not answered")?;
    assert_eq!((&listed["ok"]["sessions"], ran.code), (&json!([]), Some(1)));
    assert!(world.pis().is_empty(), "no agent was started");
    if all.is_empty() { Ok(()) } else { Err(all.join("\n").into()) }
}

/// Asks over a page's connection.
async fn asked(page: &mut Client, text: &str) -> Outcome<Value> {
    page.send_line(text).await?;
    loop {
        let frame = page.event(DEADLINE).await?;
        let data: Option<Value> = frame.data.map(|data| data.decode()).transpose()?;
        let of_the_line = || data.filter(|_| frame.event.as_deref() == Some("protocol.error"));
        if let Some(error) = frame.error {
            return Ok(serde_json::to_value(error)?);
        }
        if let Some(data) = of_the_line() {
            return Ok(data["error"].clone());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_told_the_same_over_its_connection() -> Outcome {
    let mut world = World::with_runner(Generation::V087).await?;
    std::fs::write(world.home.work().join("file"), "")?;
    let browser: Browser = world.start_relay().await?;
    let mut page = browser.open().await?;
    let mut all = Vec::new();
    let only_text = |case: &Case| case.1.len() < LINE && std::str::from_utf8(&case.1).is_ok();
    for (name, bytes, code, _, hint) in cases().into_iter().filter(only_text) {
        let mut text = String::from_utf8(bytes)?.trim_end().to_owned();
        if let Ok(Value::Object(mut frame)) = serde_json::from_str::<Value>(&text) {
            frame.insert("id".into(), json!("asked"));
            frame.insert("channel".into(), json!("agent"));
            text = Value::Object(frame).to_string();
        }
        // A page's folder is relative to the person's home, a script's to where it runs.
        let text = text.replace("\"file\"", &json!(world.home.work().join("file")).to_string());
        let error = asked(&mut page, &text).await?;
        let said = error["hint"].as_str().unwrap_or_default();
        if error["code"] != code || !said.contains(hint) {
            all.push(format!("{name}: {error:.500}"));
        }
    }
    let nowhere = asked(&mut page, r#"{"channel":"agent","id":"r","cmd":"session.list","runner":"nowhere"}"#).await?;
    assert_eq!((&nowhere["code"], &nowhere["hint"]), (&json!("not_found"), &json!("the runners are: local")));
    let channel = asked(&mut page, r#"{"channel":"files","id":"f","cmd":"read","params":{}}"#).await?;
    assert_eq!(channel["code"], "unknown_command", "{channel}");
    if all.is_empty() { Ok(()) } else { Err(all.join("\n").into()) }
}

/// A program that has no more rights than anybody: root may read everything otherwise.
fn unprivileged(world: &World, program: &str) -> Outcome<Command> {
    if !rustix::process::geteuid().is_root() {
        return world.program(program);
    }
    let mut command = oqto_e2e::process::command(&world.home, "setpriv");
    command.arg("--bounding-set=-dac_override,-dac_read_search").arg(binaries::bin(program)?);
    Ok(command)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_may_not_be_read() -> Outcome {
    let world = World::new(Generation::V087).await?;
    let (closed, inside) = (world.home.work().join("closed"), world.home.work().join("closed/inside"));
    std::fs::create_dir_all(&inside)?;
    let state = world.home.root().join("private").display().to_string();
    let ask = async |workspace: &std::path::Path| {
        let mut runner = unprivileged(&world, "oqto-runner")?;
        runner.args(["--stdio", "--state", &state]);
        into(runner, format!("{}\n", creating(&workspace.display().to_string(), &json!({}))).as_bytes()).await
    };
    let mode = |mode: u32| std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(mode));
    for (bits, workspace) in [(0o000, &closed), (0o300, &closed), (0o400, &closed), (0o600, &inside)] {
        mode(bits)?;
        let ran = ask(workspace).await?;
        let hint = format!("ls -ld '{}'", workspace.display());
        assert_eq!(wrong("closed", &ran, "workspace", 1, &hint), None, "{bits:o}");
        assert!(ran.said().ends_with("may not be read"), "{bits:o}: {}", ran.said());
    }
    // The positive control: with the permission, the same programs make a session of it.
    mode(0o700)?;
    let ran = ask(&closed).await?;
    assert_eq!((ran.code, ran.error()), (Some(0), None), "{}", ran.stderr);
    Ok(())
}

/// Pi's program as something else that answers for its version first.
fn pretending(then: &str) -> String {
    format!("#!/bin/sh\nif [ \"$1\" = --version ]; then echo 0.87.1; exit; fi\n{then}\n")
}

/// A harness that is missing, exits at once, prints garbage, floods or hangs: said within the time that is allowed, and
/// nothing is left of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_harness_that_does_not_work() -> Outcome {
    let late = "did not become ready within 2 s";
    let cases = [
        ("missing", None, "harness_unavailable", "Pi is not installed", "npm install"),
        (
            "not Pi",
            Some("#!/bin/sh\necho hello\n".to_owned()),
            "harness_unavailable",
            "says no version: hello",
            "npm install",
        ),
        (
            "exits",
            Some(pretending("echo 'bad option' >&2; exit 5")),
            "harness_failed",
            "code 5: bad option",
            "oqtoctl doctor",
        ),
        (
            "garbage",
            Some(pretending("while read -r line; do echo 'no JSON'; done")),
            "harness_failed",
            late,
            "oqtoctl doctor",
        ),
        (
            "flood",
            Some(pretending("exec yes '{\"type\":\"noise\",\"n\":1}'")),
            "harness_failed",
            late,
            "oqtoctl doctor",
        ),
        ("hangs", Some(pretending("exec sleep 1000")), "harness_failed", late, "oqtoctl doctor"),
    ];
    let mut world = World::new(Generation::V087).await?;
    std::fs::create_dir_all(world.home.config().join("oqto"))?;
    std::fs::write(world.home.config().join("oqto/runner.toml"), "boot_timeout_seconds = 2\n")?;
    world.start_runner().await?;
    let runner = world.find("oqto-runner").pop().ok_or("no runner")?;
    let mut all = Vec::new();
    for (name, script, code, says, hint) in cases {
        // Another file each time: which program a version belongs to is remembered.
        let _none = std::fs::remove_file(world.home.bin().join("pi"));
        if let Some(script) = script {
            world.home.install_script("pi", &script)?;
        }
        let ran = pipe(&world, &[], &[create(), prompt("fake:text hello")]).await?;
        all.extend(wrong(name, &ran, code, 1, hint));
        if !ran.said().contains(says) {
            all.push(format!("{name}: {:.500} does not say {says:?}", ran.said()));
        }
        world.no_orphans(DEADLINE).await.map_err(|error| format!("{name}: {error}"))?;
    }
    let listed = world.client().await?.call("session.list", None, json!({})).await?;
    assert_eq!(listed["sessions"], json!([]));
    assert!(runner.memory() < 64 << 20, "the flood is in the runner's memory: {}", runner.memory());
    if all.is_empty() { Ok(()) } else { Err(all.join("\n").into()) }
}

async fn a_model_that_does_not_exist(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let ran = pipe(&world, &[], &[creating(".", &json!({"model": "demo/none"})), prompt("fake:text hello")]).await?;
    assert_eq!((ran.told().0, ran.code), ("model", Some(1)), "{:?} {}", ran.error(), ran.stderr);
    assert!(ran.said().contains("none") && !ran.told().2.is_empty(), "{:?}", ran.error());
    let mut session = world.session().await?;
    let refused =
        session.client.ask("set_model", Some(session.id), json!({"provider": "demo", "model": "none"})).await?;
    let error = refused.err().ok_or("it was not refused")?;
    assert!(error.hint.is_some(), "{error:?}");
    session.ends("fake:text with the one before", oqto_protocol::entry::TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}

/// Longer than a prompt may be, shorter than a line; and the same words as a file of the workspace.
async fn a_prompt_that_is_too_long(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let long = format!("fake:text {}", "x".repeat(3 << 20));
    let ran = pipe(&world, &[], &[create(), prompt(&long), prompt("fake:text fine")]).await?;
    assert_eq!(wrong("long", &ran, "too_large", 1, "put it into a file of the workspace"), None);
    assert_eq!(ran.texts(), ["fine"]);
    let listed = world.client().await?.call("session.list", None, json!({})).await?;
    assert_eq!(listed["sessions"].as_array().map(Vec::len), Some(1));
    Ok(())
}
