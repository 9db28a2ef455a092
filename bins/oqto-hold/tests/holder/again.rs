//! Running one test of this binary again, in another process.

use std::process::{Command, Stdio};

/// Tells a test that it is the inner one; the value is its input.
const INNER: &str = "OQTO_TEST_INNER";

/// What the outer test gave, when this is the inner one.
pub(crate) fn given() -> Option<String> {
    std::env::var(INNER).ok()
}

/// A command that runs only `test` of this binary as the inner one, below `wrapper` (a program and its arguments).
pub(crate) fn inner(wrapper: &[&str], test: &str, input: &str) -> Command {
    let own = std::env::current_exe().expect("this binary").to_string_lossy().into_owned();
    let mut line = wrapper.to_vec();
    line.extend([own.as_str(), "--exact", test, "--nocapture", "--test-threads=1"]);
    #[expect(clippy::disallowed_methods, reason = "the test is the starter here")]
    let mut command = Command::new(line[0]);
    command.args(&line[1..]).env(INNER, input).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}
