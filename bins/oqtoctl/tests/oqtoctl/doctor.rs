//! Installations in every state.

use crate::world::{Ran, World};
use oqto_testkit::pi::Generation;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt as _;
use tokio::process::Command;

/// The finding of a check: verdict, found, how to mend it.
fn finding(ran: &Ran, check: &str) -> (String, String, String) {
    let lines = ran.out.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let cells = lines.into_iter().find(|cells| cells.get(1) == Some(&check));
    let cells = cells.unwrap_or_else(|| panic!("no check {check}: {ran:?}"));
    (cells[0].to_owned(), cells[2].to_owned(), cells[3].to_owned())
}

fn verdicts(ran: &Ran, verdict: &str) -> Vec<String> {
    let lines = ran.out.lines().filter(|line| line.split('\t').next() == Some(verdict));
    lines.filter_map(|line| line.split('\t').nth(1).map(str::to_owned)).collect()
}

fn doctor(world: &World) -> Command {
    let mut command = world.program("oqtoctl");
    command.arg("doctor");
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_installation_that_runs() {
    let world = World::serving().await;
    world.ctl(&["ask", "@@main", "fake:text hello", "-q"]).await;
    let ran = world.ctl(&["doctor"]).await;
    assert_eq!((ran.code, verdicts(&ran, "FAIL"), verdicts(&ran, "warn")), (0, vec![], vec![]), "{ran:?}");
    let (_, server, _) = finding(&ran, "server");
    assert!(server.starts_with("ADDRESS, version 0.1.0, pid "), "{ran:?}");
    let (_, runner, _) = finding(&ran, "runner");
    assert!(runner.contains("start number 1, state in ROOT/state/oqto/runner"), "{ran:?}");
    let (_, pi, _) = finding(&ran, "pi");
    assert_eq!(pi, "0.87.1: ROOT/bin/pi");
    let (_, history, _) = finding(&ran, "history");
    assert!(history.starts_with("1 session, 2 messages, "), "{ran:?}");
    assert_eq!(finding(&ran, "model provider").1, "connected");
    assert_eq!(finding(&ran, "port").1, "your server has ADDRESS");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_installation_before_anything_runs() {
    let world = World::new(Generation::V073).await;
    let ran = world.ctl(&["doctor"]).await;
    assert_eq!((ran.code, verdicts(&ran, "FAIL")), (0, vec![]), "{ran:?}");
    assert_eq!(verdicts(&ran, "warn"), ["socket of the server"]);
    let server = ("warn".to_owned(), "not running".to_owned(), "start it: oqto serve".to_owned());
    assert_eq!(finding(&ran, "socket of the server"), server);
    assert_eq!(finding(&ran, "pi").1, "0.73.1: ROOT/bin/pi", "found without a runner");
    assert_eq!(finding(&ran, "environment of agents").1, "known when the runner runs");
    for made in ["run/oqto", "state/oqto", "data/oqto"] {
        assert!(!world.home.root().join(made).exists(), "looking made {made}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_without_pi() {
    let world = World::new(Generation::V087).await;
    std::fs::remove_file(world.home.bin().join("pi")).unwrap();
    let mut command = doctor(&world);
    command.env("PATH", world.home.bin()).env_remove("SHELL");
    let ran = world.ran(command, "").await;
    assert_eq!((ran.code, verdicts(&ran, "FAIL")), (1, vec!["pi".to_owned()]), "{ran:?}");
    let (_, found, mend) = finding(&ran, "pi");
    assert_eq!(found, "Pi is not installed: no program pi in ROOT/bin");
    assert!(mend.starts_with("npm install --global "), "{mend}");
    assert_eq!(verdicts(&ran, "warn"), ["socket of the server", "Node"]);

    let mut json = doctor(&world);
    json.arg("--json").env("PATH", world.home.bin()).env_remove("SHELL");
    let json = world.ran(json, "").await;
    let envelope: Value = serde_json::from_str(&json.out).unwrap();
    let checks = envelope["ok"]["checks"].as_array().unwrap();
    let pi = checks.iter().find(|check| check["check"] == "pi").unwrap();
    assert_eq!((json.code, pi["verdict"].as_str()), (1, Some("fail")));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_wrong() {
    let world = World::new(Generation::V087).await;
    let config = world.home.config().join("oqto");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "lisen = \"127.0.0.1:1\"\n").unwrap();
    std::fs::write(world.home.pi_agent_dir().join("models.json"), "{\"providers\": {").unwrap();
    std::fs::write(world.home.pi_agent_dir().join("auth.json"), "[]").unwrap();
    let runtime = world.home.runtime().join("oqto");
    std::fs::create_dir(&runtime).unwrap();
    std::fs::set_permissions(&runtime, std::fs::Permissions::from_mode(0o777)).unwrap();
    drop(std::os::unix::net::UnixListener::bind(runtime.join("admin.sock")).unwrap());
    std::fs::write(runtime.join("runner.sock"), "not a socket").unwrap();

    let ran = world.ctl(&["doctor"]).await;
    assert_eq!(ran.code, 1, "{ran:?}");
    let failed =
        ["configuration of oqto", "runtime directory", "socket of the runner", "Pi's login", "Pi's models.json"];
    assert_eq!(verdicts(&ran, "FAIL"), failed, "{ran:?}");
    assert!(finding(&ran, "configuration of oqto").1.contains("lisen"), "{ran:?}");
    assert_eq!(finding(&ran, "runtime directory").2, "chmod 700 ROOT/run/oqto");
    let (verdict, found, _) = finding(&ran, "socket of the server");
    let stale = "not running (its socket was left behind; the next start replaces it)";
    assert_eq!((verdict.as_str(), found.as_str()), ("warn", stale));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_by_their_names_only() {
    let world = World::serving().await;
    world.ctl(&["session", "list"]).await;
    let mut late = doctor(&world);
    late.arg("-v").env("ANTHROPIC_API_KEY", "very-secret-value");
    let ran = world.ran(late, "").await;
    let found = "set here, but the runner was started without: ANTHROPIC_API_KEY".to_owned();
    let mend = "start the server again from here: oqto serve".to_owned();
    assert_eq!(finding(&ran, "provider keys"), ("warn".to_owned(), found, mend));
    assert_eq!(ran.code, 0, "warnings alone are no failure: {ran:?}");
    assert!(ran.out.contains("agents get\tHOME\n") && ran.out.contains("agents get\tPATH\n"), "{ran:?}");
    assert!(!ran.out.contains("very-secret-value") && !ran.err.contains("very-secret-value"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_somebody_else_has() {
    let world = World::new(Generation::V087).await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let mut command = doctor(&world);
    command.env("OQTO_LISTEN", address.to_string());
    let ran = world.ran(command, "").await;
    assert_eq!((ran.code, finding(&ran, "port").1), (1, format!("{address} is taken by another program")));
}
