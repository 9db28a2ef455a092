//! A person at a terminal: the prompt, what a stranger's text may do there, and Ctrl-C.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use oqto_testkit::wait::until_blocking;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use serde_json::json;

use crate::server::{Answer, Server};
use crate::{results, sx};

const DEADLINE: Duration = Duration::from_secs(60);

/// A terminal with the program on it.
struct Terminal {
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    shown: String,
    child: Child,
}

impl Terminal {
    fn start(home: &Path, arguments: &[&str]) -> Self {
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&controller).unwrap();
        unlockpt(&controller).unwrap();
        let name = ptsname(&controller, Vec::new()).unwrap().into_string().unwrap();
        let open = || {
            let flags = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY;
            Stdio::from(rustix::fs::open(name.as_str(), flags, rustix::fs::Mode::empty()).unwrap())
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_sx"));
        command.args(arguments).env_clear().env("HOME", home).env("TERM", "xterm");
        let child = command.stdin(open()).stdout(open()).stderr(open()).spawn().unwrap();
        drop(command);
        let mut reader = File::from(OwnedFd::try_clone(&controller).unwrap());
        let (sender, screen) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // Reading fails once nobody has the terminal open.
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { keyboard: File::from(controller), screen, shown: String::new(), child }
    }

    fn type_line(&mut self, line: &str) {
        self.shown.clear();
        self.keyboard.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// Waits for these words on the screen, and returns all that was shown since the last line was typed.
    fn wait_for(&mut self, words: &str) -> String {
        let start = Instant::now();
        while !self.shown.contains(words) {
            let left = DEADLINE.saturating_sub(start.elapsed());
            match self.screen.recv_timeout(left) {
                Ok(bytes) => self.shown.push_str(&String::from_utf8_lossy(&bytes)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("waited for {words:?}, and saw {:?}", self.shown)
                }
            }
        }
        self.shown.clone()
    }

    /// What a line leads to, up to the next prompt.
    fn ask(&mut self, line: &str) -> String {
        self.type_line(line);
        // What was typed is echoed before it is answered.
        self.wait_for("\nsx> ")
    }

    fn end(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

#[test]
fn a_person_turns_pages_opens_reads_and_searches_again() {
    let site = Server::start(|_| Answer::status(200, "text/html", b"<h1>A page\x1b[2J</h1>"));
    let page = site.url();
    let server = Server::start(move |head| {
        let first = if head.contains("pageno=2") { 4 } else { 1 };
        let one = |n: i32| json!({"title": format!("Title {n}\u{1b}]0;x\u{7}"), "url": format!("{page}/{n}")});
        let count = if head.contains("q=none") { 0 } else { 3 };
        Answer::json(&json!({"results": (first..first + count).map(one).collect::<Vec<_>>()}))
    });
    let home = tempfile::tempdir().unwrap();
    let url = server.url();
    let arguments = ["x", "-i", "-n", "2", "--private-pages", "--nocolor", "--searxng-url", &url];
    let mut terminal = Terminal::start(home.path(), &arguments);
    let shown = terminal.wait_for("sx> ");
    assert!(
        shown.contains(" 1. Title 1\r\n") && shown.contains(" 2. Title 2\r\n") && !shown.contains("Title 3"),
        "{shown:?}"
    );
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    let next = terminal.ask("n");
    assert!(next.contains(" 3. Title 3") && !next.contains("Title 4"), "{next:?}");
    assert_eq!(server.asked().len(), 1, "the rest of the page is shown before the next is asked for");
    assert!(terminal.ask("n").contains(" 4. Title 4"));
    assert!(terminal.ask("p").contains(" 3. Title 3"));
    assert!(terminal.ask("l 1").contains(&format!("{}/1", site.url())));
    let read = terminal.ask("t 2");
    assert!(read.contains("# A page") && !read.contains('\u{1b}'), "{read:?}");
    assert!(terminal.ask("9").contains("there is no result 9"));
    assert!(terminal.ask("?").contains("search anew"));
    assert!(terminal.ask("none").contains("nothing found"));
    assert!(terminal.ask("/other words").contains("Title 1"));
    assert!(server.asked().iter().any(|head| head.contains("q=other%20words")));
    terminal.type_line("q");
    assert_eq!(terminal.end().code(), Some(0));
}

#[test]
fn the_end_of_the_input_ends_the_prompt() {
    let server = Server::start(|_| Answer::json(&results(1)));
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(home.path(), &["x", "-i", "--searxng-url", &server.url()]);
    terminal.wait_for("sx> ");
    terminal.keyboard.write_all(b"\x04").unwrap();
    assert_eq!(terminal.end().code(), Some(0));
}

#[test]
fn a_program_is_not_asked() {
    let server = Server::start(|_| Answer::json(&results(1)));
    let refused = sx(&["x", "-i", "--searxng-url", &server.url()], "1\n");
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert_eq!(server.asked().len(), 0);
}

#[test]
fn a_strangers_text_does_nothing_to_a_terminal() {
    let evil = "\u{1b}[2J\u{1b}]52;c;ZXZpbA==\u{7}\u{9b}31m\u{202e}\u{8}\r";
    let server = Server::start(move |_| {
        Answer::json(&json!({"results": [{"title": format!("T{evil}"), "url": format!("https://x.org/{evil}"),
            "content": format!("C{evil}"), "engine": evil}], "answers": [format!("A{evil}")],
            "unresponsive_engines": [[format!("E{evil}"), evil]]}))
    });
    for shape in ["--nocolor", "--md", "-L", "--json"] {
        let home = tempfile::tempdir().unwrap();
        let mut terminal =
            Terminal::start(home.path(), &["x", shape, "--color", "never", "--searxng-url", &server.url()]);
        let shown = terminal.wait_for("x.org/");
        assert!(terminal.child.wait().unwrap().success());
        let rest: Vec<u8> = terminal.screen.iter().flatten().collect();
        let shown = shown + &String::from_utf8(rest).unwrap();
        let commands = ['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}', '\u{8}'];
        assert!(!shown.contains(commands) && !shown.replace("\r\n", "").contains('\r'), "{shape}: {shown:?}");
    }
}

/// Whether this process, and so its children, leave SIGINT unheard, as where a shell started us in the background.
fn is_deaf_to_interrupts() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    ignored.is_some_and(|ignored| ignored & 0b10 != 0)
}

#[test]
fn a_person_who_has_waited_long_enough_ends_it_at_once_and_nothing_is_left() {
    let server = Server::start(|_| Answer::json(&results(1)).slow());
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sx"));
    command.args(["x", "-o", "results.md", "--searxng-url", &server.url()]);
    command.env_clear().env("HOME", folder.path()).current_dir(folder.path());
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until_blocking("the server is asked", DEADLINE, || (!server.asked().is_empty()).then_some(())).unwrap();
    let signal = if is_deaf_to_interrupts() { rustix::process::Signal::TERM } else { rustix::process::Signal::INT };
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), signal).unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), Some(signal.as_raw()), "{status:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "no file is begun");
}
