//! Runners as real processes: behind a command, and this user's own one that has to be started.

use crate::support::soon;
use oqto_process::helper::{Helper, OnDemand};
use oqto_protocol::error::ErrorKind;
use oqto_relay::runners::{Link, LocalRunner, local, program};
use oqto_wire::greeting::{hello, read_hello, say_hello};
use oqto_wire::{LineSink as _, LineSource as _, Received};
use std::path::Path;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;

/// Speaks frames in plain shell: says hello, then answers each line with how long it was.
const SHELL_RUNNER: &str = r#"
printf '%s\n' '{"channel":"system","event":"hello","data":{"protocol":1,"software":"shell/1"}}'
echo 'a word to people' >&2
while IFS= read -r line; do
  case $line in
    *leave*) exit 0 ;;
    *) printf '{"id":"1","ok":%d}\n' "${#line}" ;;
  esac
done
"#;

fn shell(script: &str) -> Vec<String> {
    ["sh", "-c", script].map(str::to_owned).to_vec()
}

async fn next(link: &mut Link) -> Option<String> {
    match soon("a line of the runner", link.source.next_line()).await.unwrap()? {
        Received::Line(line) => Some(String::from_utf8(line.to_vec()).unwrap()),
        Received::Refused(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_command_that_speaks_frames_is_a_runner() {
    let mut link = program("shell", shell(SHELL_RUNNER))().await.unwrap();
    say_hello(&mut link.sink, hello("test/1", &[])).await.unwrap();
    assert_eq!(read_hello(&mut link.source).await.unwrap().software, "shell/1");
    assert!(next(&mut link).await.unwrap().contains("\"ok\":"), "the hello is a line too");
    link.sink.feed("x".repeat(40).into()).await.unwrap();
    link.sink.flush().await.unwrap();
    assert_eq!(next(&mut link).await.unwrap(), r#"{"id":"1","ok":40}"#);
    link.sink.feed("leave".into()).await.unwrap();
    link.sink.flush().await.unwrap();
    assert_eq!(next(&mut link).await, None);
}

#[tokio::test]
async fn a_closed_pipe_leaves_no_process() {
    let link = program("shell", shell("echo $$; exec sleep 1000"))().await.unwrap();
    let mut link = link;
    let pid = next(&mut link).await.unwrap();
    let process = format!("/proc/{pid}");
    assert!(Path::new(&process).exists());
    drop(link);
    soon("the process to be gone", async {
        while Path::new(&process).join("exe").read_link().is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_command_that_is_not_there_is_said_with_the_command() {
    let command = vec!["no-such-program-here".to_owned(), "connect".to_owned()];
    let error = program("far", command)().await.unwrap_err();
    assert_eq!(error.code, ErrorKind::Unreachable);
    assert!(error.message.contains("runner far cannot be reached: no program no-such-program-here"), "{error}");
    assert_eq!(error.hint.as_deref(), Some("try the command by hand: no-such-program-here connect"));
}

fn own(folder: &Path, script: &str) -> LocalRunner {
    LocalRunner {
        socket: folder.join("run/runner.sock"),
        daemon: OnDemand::new(
            Some(Helper::new("/bin/sh").args(["-c", script])),
            folder.join("runner.log"),
            Duration::from_secs(10),
        ),
    }
}

#[tokio::test]
async fn a_runner_that_ends_at_once_says_where_to_look() {
    let folder = tempfile::tempdir().unwrap();
    let runner = own(folder.path(), "echo 'no disk' >&2; exit 3");
    let log = runner.daemon.log().to_path_buf();
    let error = soon("the failure", local(runner)()).await.unwrap_err();
    assert_eq!(error.code, ErrorKind::Unreachable);
    assert!(error.message == "the runner cannot be reached: it ended at once (exit status: 3): no disk", "{error}");
    assert_eq!(error.hint, Some(format!("see why: tail {}", log.display())));
    assert_eq!(std::fs::read_to_string(log).unwrap(), "no disk\n");
}

#[tokio::test]
async fn a_runner_is_started_once_for_all_who_wait_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("run/runner.sock");
    // The started program only leaves a mark; the socket is served here, once the mark is written
    // (a shell makes the file before it writes into it).
    let mark = folder.path().join("started");
    let runner = own(folder.path(), &format!("echo started >> {}; exec sleep 1", mark.display()));
    let connect = local(runner);
    let serving = tokio::spawn(async move {
        while !std::fs::read_to_string(&mark).is_ok_and(|text| text.ends_with('\n')) {
            tokio::task::yield_now().await;
        }
        let listener = oqto_wire::unix::Listener::bind(&socket).unwrap();
        let mut streams = Vec::new();
        for _ in 0..2 {
            let mut stream = listener.accept().await.unwrap();
            stream.write_all(b"hello\n").await.unwrap();
            streams.push(stream);
        }
        std::fs::read_to_string(mark).unwrap()
    });
    let (first, second) = soon("both connections", async { tokio::join!(connect(), connect()) }).await;
    first.unwrap();
    second.unwrap();
    assert_eq!(soon("the server", serving).await.unwrap(), "started\n");
}
