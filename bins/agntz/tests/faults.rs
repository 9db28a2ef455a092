//! Kills, full disks and places that cannot be written: what was acknowledged is there, and the store goes on.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::io::Read as _;
use std::os::fd::AsFd as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use support::{Ran, World, each};

const ROUNDS: u32 = 500;

/// Ends a process at an instant, or earlier when it has said something; returns what it said.
fn kill_at(mut child: Child, instant: Duration) -> (String, bool) {
    let mut stdout = child.stdout.take().unwrap();
    let wait = rustix::time::Timespec { tv_sec: 0, tv_nsec: i64::from(instant.subsec_nanos()) };
    poll(&mut [PollFd::from_borrowed_fd(stdout.as_fd(), PollFlags::IN)], Some(&wait)).unwrap();
    child.kill().unwrap();
    let killed = child.wait().unwrap().code().is_none();
    let mut said = String::new();
    stdout.read_to_string(&mut said).unwrap();
    (said, killed)
}

/// A number below `below` that looks random and is the same in every run.
fn scattered(round: u32, below: u128) -> u64 {
    let mixed = u128::from(round.wrapping_mul(2_654_435_761) ^ 0x9e37_79b9);
    u64::try_from(mixed % below.max(1)).unwrap()
}

#[test]
fn a_kill_at_any_instant_loses_nothing_acknowledged_and_leaves_no_lock() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    let start = Instant::now();
    world.ok("claude", &["mail", "send", "pi", "how long one takes"]);
    let takes = start.elapsed().min(Duration::from_millis(200));
    let (mut mails, mut paths, mut killed) = (BTreeSet::new(), BTreeSet::new(), 0);
    for round in 0..ROUNDS {
        // Later rounds live longer, for a machine that has become busier meanwhile.
        let longest = takes.as_nanos() * u128::from(1 + round % 4);
        let instant = Duration::from_nanos(scattered(round, longest).min(999_999_999));
        let path = format!("src/{round}.rs");
        let subject = format!("round {round}");
        let arguments = if round % 2 == 0 { vec!["mail", "send", "pi", &subject] } else { vec!["reserve", &path] };
        let (said, was_killed) = kill_at(world.start("claude", &arguments), instant);
        killed += u32::from(was_killed && said.is_empty());
        if said.ends_with('\n') {
            let ok = serde_json::from_str::<serde_json::Value>(&said).unwrap()["ok"].clone();
            match ok["id"].as_str() {
                Some(id) => mails.insert(id.to_owned()),
                None => paths.insert(path),
            };
        }
        if round % 50 == 49 {
            world.ok("ada", &["reserve", "a/lock/would/stop/this"]);
            let sent = world.ok("claude", &["mail", "send", "pi", "in between"]);
            mails.insert(sent["id"].as_str().unwrap().to_owned());
        }
    }
    assert!(killed > 0, "none was killed in time");
    let inbox = world.ok("pi", &["mail", "inbox", "--all", "--limit", "1000"]);
    let there: BTreeSet<String> = each(&inbox["mails"], "id").into_iter().collect();
    assert!(there.is_superset(&mails), "lost: {:?}", mails.difference(&there).collect::<Vec<_>>());
    let seqs = each(&inbox["mails"], "seq");
    let gapless: Vec<String> = (1..=seqs.len()).map(|number| number.to_string()).collect();
    assert_eq!(seqs, gapless, "a mail is there as a whole or not at all");
    let held: BTreeSet<String> = each(&world.ok("ada", &["reservations"]), "pattern").into_iter().collect();
    assert!(held.is_superset(&paths), "lost: {:?}", paths.difference(&held).collect::<Vec<_>>());
    let doctor = world.ok("ada", &["doctor"]);
    let mail = doctor["checks"].as_array().unwrap().iter().find(|check| check["what"] == "mail").unwrap();
    assert_eq!(mail["health"], "ok", "{mail}");
}

#[test]
fn an_agent_that_dies_while_it_reads_finds_its_mail_again() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    world.write("long", &"long ".repeat(40_000));
    let mut send = world.acting("claude");
    send.args(["mail", "send", "pi", "read me", "-", "--json"]);
    send.stdin(std::fs::File::open(world.work().join("long")).unwrap());
    let sent = Ran::of(send.output().unwrap()).json();
    let id = sent["ok"]["id"].as_str().unwrap().to_owned();
    // The pipe is too small for the text, so the reader waits in the middle of printing it.
    let mut reader = world.start("pi", &["mail", "read", &id]);
    let mut first = [0; 100];
    reader.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    reader.kill().unwrap();
    reader.wait().unwrap();
    let inbox = world.ok("pi", &["mail", "inbox"]);
    assert_eq!((each(&inbox["mails"], "id"), &inbox["unread"]), (vec![id.clone()], &1.into()));
    world.ok("pi", &["mail", "read", &id]);
    assert_eq!(world.ok("pi", &["mail", "inbox"])["unread"], 0);
}

#[test]
fn a_full_disk_is_said_and_the_store_goes_on_after_it() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    let before = world.ok("claude", &["mail", "send", "pi", "before"]);
    let long = "x".repeat(100_000);
    // Files may not grow beyond this many blocks of 512 bytes: as far as a write is concerned, the disk is full there.
    let mut limited = world.command("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 300; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_agntz")]);
    limited.args(["mail", "send", "pi", "too long", &long, "--json"]).env("AGENT_CTX_AGENT_ADDRESS", "claude");
    let mut full = None;
    // The log may have room for the first ones.
    for _ in 0..20 {
        let ran = Ran::of(limited.output().unwrap());
        if ran.code != Some(0) {
            full = Some(ran);
            break;
        }
    }
    let full = full.unwrap();
    let error = full.json()["error"].clone();
    assert!(matches!(full.code, Some(1 | 75)), "{full:?}");
    assert!(error["message"].as_str().unwrap().contains("mail.db"), "{error}");
    let after = world.ok("claude", &["mail", "send", "pi", "after"]);
    let there = each(&world.ok("pi", &["mail", "inbox", "--limit", "1000"])["mails"], "id");
    assert_eq!(there.first().map(String::as_str), before["id"].as_str());
    assert_eq!(there.last().map(String::as_str), after["id"].as_str());
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let world = World::new();
    let file = world.home().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    let mut send = world.acting("pi");
    send.env("XDG_STATE_HOME", &file).args(["mail", "send", "ada", "x", "--json"]);
    let ran = Ran::of(send.output().unwrap());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.json()["error"]["message"].as_str().unwrap().contains(file.to_str().unwrap()), "{ran:?}");
}

/// The same command without the right of root to write what is read-only.
fn obedient(world: &World, who: &str, arguments: &[&str]) -> Ran {
    let mut command = if rustix::process::geteuid().is_root() {
        let mut setpriv = world.command("setpriv");
        setpriv.args(["--inh-caps=-all", "--bounding-set=-all", env!("CARGO_BIN_EXE_agntz")]);
        setpriv
    } else {
        world.command(env!("CARGO_BIN_EXE_agntz"))
    };
    command.env("AGENT_CTX_AGENT_ADDRESS", who).args(arguments).arg("--json");
    Ran::of(command.output().unwrap())
}

#[test]
fn a_read_only_store_can_be_looked_at_and_says_that_it_cannot_be_changed() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    let sent = world.ok("claude", &["mail", "send", "pi", "kept"]);
    world.ok("claude", &["reserve", "src"]);
    let folder = world.state();
    let allow = |file: u32, dir: u32| {
        for entry in std::fs::read_dir(&folder).unwrap() {
            std::fs::set_permissions(entry.unwrap().path(), std::fs::Permissions::from_mode(file)).unwrap();
        }
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(dir)).unwrap();
    };
    allow(0o444, 0o555);
    let send = obedient(&world, "claude", &["mail", "send", "pi", "lost?"]);
    let reserve = obedient(&world, "pi", &["reserve", "docs"]);
    let looked = obedient(&world, "claude", &["mail", "sent"]);
    let held = obedient(&world, "pi", &["reservations"]);
    allow(0o600, 0o700);
    for ran in [&send, &reserve] {
        assert!(ran.code.is_some_and(|code| code == 77 || code == 1), "{ran:?}");
        assert!(ran.json()["error"]["message"].as_str().unwrap().contains("mail.db"), "{ran:?}");
    }
    assert_eq!(
        (looked.code, each(&looked.json()["ok"], "id")),
        (Some(0), vec![sent["id"].as_str().unwrap().to_owned()])
    );
    assert_eq!((held.code, each(&held.json()["ok"], "pattern")), (Some(0), vec!["src".to_owned()]), "{held:?}");
    // Positive control: with the rights back, the same commands work.
    assert_eq!(obedient(&world, "claude", &["mail", "send", "pi", "there"]).code, Some(0));
}

#[test]
fn a_damaged_store_is_said_and_not_touched() {
    let world = World::new();
    world.ok("pi", &["mail", "inbox"]);
    let file = world.state().join("mail.db");
    for entry in std::fs::read_dir(world.state()).unwrap() {
        let path = entry.unwrap().path();
        if path != file {
            std::fs::remove_file(path).unwrap();
        }
    }
    std::fs::write(&file, "this is no database, but somebody may still want it back".repeat(100)).unwrap();
    let before = std::fs::read(&file).unwrap();
    let (code, kind, message) = world.fails("pi", &["mail", "inbox"]);
    assert!(code == 1 && kind == "corrupt" && message.contains("mail.db"), "{code} {kind} {message}");
    let doctor = world.run("pi", &["doctor"]);
    assert_eq!(doctor.code, Some(1), "{doctor:?}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}
