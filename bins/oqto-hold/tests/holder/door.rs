//! The binary itself, by hand.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::bench::HOLD;

fn hold(arguments: &[&str], input: &str) -> Output {
    #[expect(clippy::disallowed_methods, reason = "the test is the starter here")]
    let mut command = Command::new(HOLD);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the holder");
    // One that only prints its version does not read.
    let _ = child.stdin.take().expect("its input").write_all(input.as_bytes());
    child.wait_with_output().expect("an output")
}

#[test]
fn it_says_what_it_is() {
    let version = hold(&["--version"], "");
    assert_eq!(version.stdout, format!("oqto-hold {} (protocol 1)\n", env!("CARGO_PKG_VERSION")).as_bytes());
    let help = hold(&["--help"], "");
    assert!(help.status.success() && help.stdout.starts_with(b"usage: oqto-hold"));
    let wrong = hold(&["--wrong"], "");
    assert_eq!((wrong.status.code(), wrong.stdout.len()), (Some(2), 0));
    assert!(wrong.stderr.starts_with(b"usage: oqto-hold"));
}

#[test]
fn a_spec_that_makes_no_sense_is_reported_without_repeating_it() {
    for spec in ["", "{", r#"{"argv":["hush hush"]}"#, r#"{"unknown":"hush hush"}"#] {
        let output = hold(&[], spec);
        let report = String::from_utf8(output.stdout).expect("text");
        assert!(report.starts_with(r#"{"failed":{"reason":"bad_spec","message":"#), "{report:?}");
        assert!(!report.contains("hush"), "a spec holds secrets: {report:?}");
    }
}
