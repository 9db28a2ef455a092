//! Programs that are run to their ends by a thread, without a runtime.

use std::time::{Duration, Instant};

use oqto_process::helper::{Bounds, Environment, Helper, HelperError, Output, Terminal, run_blocking};

const BOUNDS: Bounds = Bounds { deadline: Duration::from_secs(30), output: 1 << 20 };

fn sh(script: &str) -> Helper {
    Helper::new("/bin/sh").args(["-c", script])
}

fn run(script: &str, input: &[u8], bounds: Bounds) -> Result<Output, HelperError> {
    run_blocking(&sh(script), Terminal::Shared, input, bounds)
}

#[test]
fn a_program_runs_to_its_end() {
    let only = Environment::Exactly(vec![("ONLY".into(), "this".into())]);
    let helper = sh("cat; echo err >&2; pwd; echo $ONLY; exit 3").cwd("/usr").environment(only);
    for terminal in [Terminal::Shared, Terminal::None] {
        let output = run_blocking(&helper, terminal, b"in\n", BOUNDS).expect("an output");
        assert_eq!(output.status.code(), Some(3));
        assert_eq!((output.stdout.as_slice(), output.stderr.as_slice()), (&b"in\n/usr\nthis\n"[..], &b"err\n"[..]));
    }
}

#[test]
fn much_is_said_and_heard_at_once() {
    let input = vec![b'x'; 600_000];
    let output = run("cat; cat /dev/null >&2", &input, BOUNDS).expect("an output");
    assert_eq!(output.stdout.len(), input.len());
    let deaf = run("exec <&-; echo fine", &input, BOUNDS).expect("a program need not read");
    assert_eq!(deaf.stdout, b"fine\n");
}

#[test]
fn without_a_terminal_it_has_a_session_of_its_own() {
    let session = |terminal| {
        let said = run_blocking(&sh("cut -d' ' -f6 /proc/self/stat"), terminal, b"", BOUNDS).expect("an output").stdout;
        String::from_utf8(said).expect("text").trim().parse::<i32>().expect("a session")
    };
    // Not by asking the system: a session led from outside of a PID namespace has the number 0 there.
    let stat = std::fs::read_to_string("/proc/self/stat").expect("what the system says of us");
    let (_, fields) = stat.rsplit_once(')').expect("a name in brackets");
    let own = fields.split_whitespace().nth(3).expect("a session").parse::<i32>().expect("a number");
    assert_ne!(session(Terminal::None), own);
    assert_eq!(session(Terminal::Shared), own, "the control");
}

#[test]
fn a_deadline_ends_the_whole_tree_and_too_much_output_does() {
    let start = Instant::now();
    let bounds = Bounds { deadline: Duration::from_millis(300), ..BOUNDS };
    let late = run("setsid sh -c 'trap \"\" TERM; while :; do sleep 1; done' & wait", b"", bounds);
    assert!(matches!(late, Err(HelperError::Deadline { .. })), "{late:?}");
    assert!(start.elapsed() < Duration::from_secs(10));
    let bounds = Bounds { output: 1000, ..BOUNDS };
    let much = run("while :; do echo more; done", b"", bounds);
    assert!(matches!(much, Err(HelperError::TooMuch { limit: 1000, .. })), "{much:?}");
    assert_eq!(run("head -c 1000 /dev/zero", b"", bounds).expect("as much as allowed").stdout.len(), 1000);
}

#[test]
fn what_keeps_the_output_open_keeps_nobody_waiting() {
    let start = Instant::now();
    let output = run("sleep 1000 & echo done", b"", BOUNDS).expect("an output");
    assert_eq!(output.stdout, b"done\n");
    assert!(start.elapsed() < Duration::from_secs(15));
}

#[test]
fn a_missing_program_is_named() {
    let missing = run_blocking(&Helper::new("/no/such/program"), Terminal::Shared, b"", BOUNDS);
    assert_eq!(missing.expect_err("missing").to_string(), "/no/such/program cannot be started");
}
