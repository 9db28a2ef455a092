//! A book that cannot be kept: a full disk, a folder that cannot be written to, a database that is locked or broken. Nothing is
//! free of charge, what is refused says why, and everything goes on when there is room again.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use oqto_store::rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use crate::{Ground, SURELY, ask};

const CONFIG: &str = "[providers.scripted]\nmodels = [{id = 'demo', cost = {input = 1, output = 1000}}]\n";
const CHAT: &str = "/v1/chat/completions";

/// Tells a test that it runs in a mount namespace of its own.
const INSIDE: &str = "OQTO_TEST_INSIDE";

/// Runs this test again in a mount namespace of its own, unless this is that run already.
fn inside(test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let flags = if rustix::process::geteuid().is_root() { "-m" } else { "-rm" };
    let mut command = Command::new("unshare");
    command.args([flags, "--propagation", "private"]).arg(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(INSIDE, "1").stdin(Stdio::null());
    let ran = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
    false
}

fn mount(arguments: &[&str], folder: &Path) {
    let status = Command::new("mount").args(arguments).arg(folder).status().unwrap();
    assert!(status.success(), "mount: {status}");
}

/// A small disk; taken away when it is dropped, so that its folder can be deleted.
struct Disk(PathBuf);

impl Disk {
    fn new(size: &str, folder: PathBuf) -> Self {
        mount(&["-t", "tmpfs", "-o", &format!("size={size},mode=700"), "tmpfs"], &folder);
        Self(folder)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// Fills the disk to the last byte.
fn fill(ballast: &Path) {
    let mut file = fs::File::create(ballast).unwrap();
    for size in [1 << 20, 4096, 1] {
        let piece = vec![7_u8; size];
        while file.write_all(&piece).is_ok() {}
    }
}

fn body() -> Value {
    json!({"model": "scripted/demo", "max_tokens": 50, "messages": [{"role": "user", "content": "fake:text one two three"}]})
}

/// The database of this ground.
fn database(ground: &Ground) -> PathBuf {
    let found = walk(&ground.home.data()).into_iter().find(|path| path.extension().is_some_and(|end| end == "db"));
    found.expect("a database")
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

fn good(heard: &str) -> bool {
    heard.starts_with("HTTP/1.1 200") && heard.contains("one two three")
}

/// Waits until the book has so many requests, and checks that what the key spent is their sum.
fn in_the_book(ground: &Ground, requests: usize) {
    let begun = Instant::now();
    let rows = loop {
        let rows = ground.json(&["logs", "tail", "-n", "1000"]).as_array().unwrap().clone();
        if rows.len() >= requests {
            break rows;
        }
        assert!(begun.elapsed() < SURELY, "{requests} requests are in the book: {}", rows.len());
    };
    let answered = rows.iter().filter(|row| row["status"] == 200).count();
    assert_eq!(answered, requests, "what was answered is written down, and nothing else");
    let pico = |usd: &Value| (usd.as_f64().unwrap() * 1e12).round() as u64;
    let sum: u64 = rows.iter().map(|row| pico(&row["cost_usd"])).sum();
    let shown = ground.json(&["keys", "show", "me"]);
    assert_eq!((pico(&shown["usage"]["total_spend_usd"]), sum > 0), (sum, true));
}

#[test]
fn a_full_disk_refuses_and_goes_on_when_there_is_room() {
    if !inside("storage::a_full_disk_refuses_and_goes_on_when_there_is_room") {
        return;
    }
    let ground = Ground::new(CONFIG);
    let _disk = Disk::new("8m", ground.home.data());
    let service = ground.serve();
    let key = ground.said(&["keys", "create", "--name", "me", "--budget", "1000"]);
    assert!(good(&ask(service.address, CHAT, &key, &body())));
    let mut answered = 1;
    let ballast = ground.home.data().join("ballast");
    fill(&ballast);
    // What the file system has set aside for the open files already may take a few more.
    let begun = Instant::now();
    let refused = loop {
        let heard = ask(service.address, CHAT, &key, &body());
        if !good(&heard) {
            break heard;
        }
        answered += 1;
        assert!(begun.elapsed() < SURELY, "{answered} answers on a full disk");
    };
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("not_recorded"), "{refused}");
    assert!(refused.to_lowercase().contains("retry-after: "), "{refused}");
    assert!(ask(service.address, "/health", &key, &Value::Null).starts_with("HTTP/1.1 200"), "it lives");
    let (code, error) = ground.refused(&["keys", "create", "--name", "another"]);
    assert!(code.is_some_and(|code| code != 0) && error["message"].is_string(), "{error}");
    fs::remove_file(&ballast).unwrap();
    let begun = Instant::now();
    while !good(&ask(service.address, CHAT, &key, &body())) {
        assert!(begun.elapsed() < SURELY, "it goes on");
    }
    answered += 1;
    in_the_book(&ground, answered);
    assert_eq!(service.stop(), Some(0));
    let service = ground.serve();
    in_the_book(&ground, answered);
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn a_disk_that_is_full_at_the_start_is_told() {
    if !inside("storage::a_disk_that_is_full_at_the_start_is_told") {
        return;
    }
    let ground = Ground::new(CONFIG);
    let _disk = Disk::new("1m", ground.home.data());
    let ballast = ground.home.data().join("ballast");
    fill(&ballast);
    let (code, error) = ground.refused(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(matches!(code, Some(1 | 75)), "{code:?} {error}");
    assert!(error.to_string().contains("space"), "{error}");
    fs::remove_file(&ballast).unwrap();
    assert_eq!(ground.serve().stop(), Some(0), "nothing of the attempt is in the way");
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    if !inside("storage::a_folder_that_cannot_be_written_to_is_told") {
        return;
    }
    let ground = Ground::new(CONFIG);
    let _disk = Disk::new("8m", ground.home.data());
    assert_eq!(ground.serve().stop(), Some(0));
    mount(&["-o", "remount,ro"], &ground.home.data());
    let (code, error) = ground.refused(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(code == Some(1) && error["message"].as_str().unwrap().contains("ead-only"), "{code:?} {error}");
    mount(&["-o", "remount,rw"], &ground.home.data());
    assert_eq!(ground.serve().stop(), Some(0), "nothing of the attempt is in the way");
}

#[test]
fn a_locked_database_holds_nobody_up_for_long_and_forgets_nothing() {
    let ground = Ground::new(CONFIG);
    let service = ground.serve();
    let key = ground.said(&["keys", "create", "--name", "me", "--budget", "1000"]);
    assert!(good(&ask(service.address, CHAT, &key, &body())));
    let thief = Connection::open_with_flags(database(&ground), OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    thief.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut answered = 1;
    for _ in 0..3 {
        let heard = ask(service.address, CHAT, &key, &body());
        assert!(good(&heard) || heard.starts_with("HTTP/1.1 503"), "{heard}");
        answered += usize::from(good(&heard));
    }
    thief.execute_batch("ROLLBACK").unwrap();
    let begun = Instant::now();
    while !good(&ask(service.address, CHAT, &key, &body())) {
        assert!(begun.elapsed() < SURELY, "it goes on");
    }
    in_the_book(&ground, answered + 1);
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn a_broken_database_is_told_and_left_alone() {
    let ground = Ground::new(CONFIG);
    assert_eq!(ground.serve().stop(), Some(0));
    let path = database(&ground);
    let whole = fs::read(&path).unwrap();
    let mut broken = whole.clone();
    broken[..4096].fill(0x55);
    for (what, bytes) in [("another program's", b"no database at all\n".repeat(200)), ("a broken one", broken)] {
        fs::write(&path, &bytes).unwrap();
        let (code, error) = ground.refused(&["serve", "--listen", "127.0.0.1:0"]);
        assert!(code.is_some_and(|code| code != 0), "{what}: {error}");
        let told = error.to_string();
        assert!(
            told.contains(path.to_str().unwrap()) && error["hint"].as_str().unwrap().contains("move"),
            "{what}: {told}"
        );
        assert_eq!(fs::read(&path).unwrap(), bytes, "{what} is as it was");
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(ground.serve().stop(), Some(0));
}
