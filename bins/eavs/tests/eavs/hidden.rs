//! What others of the same user can see of `eavs`, and what opens a browser.

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal};

use crate::{Ground, SURELY};

const PLANTED: &str = "sk-planted-in-the-environment-1";

/// What a program is started by so that it has no rights but those of its user. Root would see everything.
fn plainly() -> Vec<&'static str> {
    if rustix::process::geteuid().is_root() {
        vec!["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"]
    } else {
        vec!["env"]
    }
}

/// What another program of the same user reads of a process's environment.
fn environment(pid: u32) -> (bool, String) {
    let by = plainly();
    let output = Command::new(by[0]).args(&by[1..]).arg("cat").arg(format!("/proc/{pid}/environ")).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn the_keys_in_the_environment_of_the_service_are_not_for_others_of_the_same_user() {
    let ground = Ground::new("[providers.openai]\napi_key = 'env:PLANTED'\n");
    let by = plainly();
    // Another program shows its environment, so the question is right.
    let mut other = Command::new(by[0]);
    let mut other = other.args(&by[1..]).args(["sleep", "600"]).env("PLANTED", PLANTED).spawn().unwrap();
    let deadline = std::time::Instant::now() + SURELY;
    let mut seen = environment(other.id());
    // Until it is what it was started as, it is still this one.
    while !seen.1.contains(PLANTED) && std::time::Instant::now() < deadline {
        std::thread::yield_now();
        seen = environment(other.id());
    }
    other.kill().unwrap();
    other.wait().unwrap();
    assert!(seen.0 && seen.1.contains(PLANTED), "{seen:?}");

    let plain = ground.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut service = Command::new(by[0]);
    let named = plain.get_envs().filter_map(|(name, value)| Some((name, value?)));
    service.args(&by[1..]).arg(plain.get_program()).args(plain.get_args()).env_clear().envs(named);
    service.env("PATH", "/usr/bin:/bin").env("PLANTED", PLANTED).stdin(Stdio::null()).stderr(Stdio::piped());
    let mut service = service.spawn().unwrap();
    let mut told = BufReader::new(service.stderr.take().unwrap()).lines();
    let listens = told.any(|line| line.unwrap().starts_with("listening on"));
    let (read, said) = environment(service.id());
    // It still finds its way about itself, and is found.
    let doctor = ground.command(&["doctor"]).env("PLANTED", PLANTED).output().unwrap();
    rustix::process::kill_process(Pid::from_child(&service), Signal::TERM).unwrap();
    let ended = service.wait().unwrap();
    assert!(listens && !read && !said.contains(PLANTED) && said.contains("ermission denied"), "{said}");
    assert!(doctor.status.success() && String::from_utf8_lossy(&doctor.stdout).contains("answers on"), "{doctor:?}");
    assert!(ended.success());
}

#[test]
fn a_browser_is_opened_where_there_is_a_desktop_and_the_address_is_printed_anyway() {
    let oauth = "{client_id = 'c', authorize_url = 'http://127.0.0.1:9/a', token_url = 'http://127.0.0.1:9/t'}";
    let ground = Ground::new(&format!(
        "[providers.house]\nkind = 'vllm'\nbase_url = 'http://127.0.0.1:9/v1'\noauth = {oauth}\n"
    ));
    let programs = ground.home.root().join("programs");
    std::fs::create_dir_all(&programs).unwrap();
    let seen = ground.home.root().join("seen");
    let script = format!("#!/bin/sh\necho \"$1\" > '{0}.new'\nmv '{0}.new' '{0}'\n", seen.display());
    std::fs::write(programs.join("xdg-open"), script).unwrap();
    std::fs::set_permissions(programs.join("xdg-open"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let login = |display: &str, path: String| {
        let mut command = ground.command(&["accounts", "login", "house", "--browser", "--timeout", "1"]);
        let output = command.env("PATH", path).env("DISPLAY", display).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(124), "nobody allows it");
        let said = String::from_utf8(output.stderr).unwrap();
        said.lines().map(str::trim).find(|line| line.starts_with("http://127.0.0.1:9/a?")).unwrap().to_owned()
    };
    let path = format!("{}:/usr/bin:/bin", programs.display());
    login("", path.clone());
    login(":7", "/nowhere".to_owned());
    assert!(!seen.exists(), "there is no desktop, or nothing that opens");
    let printed = login(":7", path);
    let deadline = std::time::Instant::now() + SURELY;
    while !seen.exists() && std::time::Instant::now() < deadline {
        std::thread::yield_now();
    }
    assert_eq!(std::fs::read_to_string(&seen).unwrap().trim_end(), printed);
}
