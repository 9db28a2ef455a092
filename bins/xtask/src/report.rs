//! Named steps with their times, and how many tests they ran.

use std::time::{Duration, Instant};

use crate::failure::{Failure, Result};
use crate::say;

/// Tests that a step ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// What a step has to say when it is over.
pub(crate) enum Outcome {
    /// It did what it should.
    Done,
    /// It ran tests, with this result.
    Tested(Counts, Result),
}

struct Line {
    name: &'static str,
    time: Duration,
    counts: Counts,
    verdict: String,
}

/// What happened so far.
#[derive(Default)]
pub(crate) struct Report {
    lines: Vec<Line>,
}

impl Report {
    /// Runs a step and notes how it went. Later steps run all the same.
    pub(crate) fn step(&mut self, name: &'static str, run: impl FnOnce() -> Result<Outcome>) {
        say::doing(name);
        let start = Instant::now();
        let (counts, verdict) = judge(run());
        let time = start.elapsed();
        say::note(&format!("-- {name}: {verdict} ({:.1} s)", time.as_secs_f64()));
        self.lines.push(Line { name, time, counts, verdict });
    }

    /// Prints every step, the sum, and fails when anything failed.
    pub(crate) fn finish(self) -> Result {
        let total: Duration = self.lines.iter().map(|line| line.time).sum();
        let mut sum = Counts::default();
        say::doing("summary");
        for line in &self.lines {
            sum.passed += line.counts.passed;
            sum.failed += line.counts.failed;
            let first = line.verdict.lines().next().unwrap_or_default();
            say::note(&format!("{:>8.1} s  {:<12} {first}", line.time.as_secs_f64(), line.name));
        }
        say::note(&format!("{:>8.1} s  in all", total.as_secs_f64()));
        let failed: Vec<_> = self.lines.iter().filter(|line| line.counts.failed > 0).map(|line| line.name).collect();
        say::data(&format!("{} passed, {} failed", sum.passed, sum.failed));
        if failed.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!("failed: {}", failed.join(", ")))
            .hint(format!("run one again with `cargo xtask test --only {}`", failed[0])))
    }
}

/// A step without tests of its own counts as one.
fn judge(outcome: Result<Outcome>) -> (Counts, String) {
    let one_failed = |failure: &Failure| (Counts { passed: 0, failed: 1 }, format!("FAILED: {failure}"));
    match outcome {
        Ok(Outcome::Done) => (Counts { passed: 1, failed: 0 }, "ok".into()),
        Ok(Outcome::Tested(Counts { passed: 0, failed: 0 }, Ok(()))) => one_failed(&Failure::new("it ran no test")),
        // The runner's word counts: what failed at first and passed when tried again has not failed.
        Ok(Outcome::Tested(counts, Ok(()))) => {
            (Counts { failed: 0, ..counts }, format!("ok, {} passed", counts.passed))
        }
        Ok(Outcome::Tested(counts, Err(failure))) => {
            // A run that fails without a failed test (a crash, a compile error) is a failure of its own.
            let counts = Counts { failed: counts.failed.max(1), ..counts };
            (counts, format!("FAILED: {} passed, {} failed; {failure}", counts.passed, counts.failed))
        }
        Err(failure) => one_failed(&failure),
    }
}

/// Reads what a test runner says at its end: cargo test, nextest, vitest, node's runner.
pub(crate) fn count(output: &str) -> Counts {
    let mut counts = Counts::default();
    for whole in output.lines().map(plain) {
        let line = whole.trim();
        // Indented, it is nextest that shows what one failed test printed.
        let add = if whole.starts_with("test result: ") || (line.starts_with("Summary [") && line.contains(" run:")) {
            Counts { passed: before(line, " passed"), failed: before(line, " failed") + before(line, " timed out") }
        } else if let Some(rest) = line.strip_prefix("Tests  ") {
            Counts { passed: before(rest, " passed"), failed: before(rest, " failed") }
        } else {
            let node = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")).unwrap_or_default();
            let value = |word: &str| node.strip_prefix(word).and_then(|n| n.trim().parse().ok()).unwrap_or(0);
            Counts { passed: value("pass "), failed: value("fail ") + value("cancelled ") }
        };
        counts.passed += add.passed;
        counts.failed += add.failed;
    }
    counts
}

/// The number right before `word`.
fn before(line: &str, word: &str) -> u64 {
    let Some((head, _)) = line.split_once(word) else {
        return 0;
    };
    head.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// A line without colours.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((head, tail)) = rest.split_once("\u{1b}[") {
        plain.push_str(head);
        rest = tail.split_once('m').map_or("", |(_, tail)| tail);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runners_are_understood() {
        let cargo = "test result: ok. 30 passed; 0 failed; 0 ignored; 0 measured\ntest result: FAILED. 4 passed; 1 failed; 0 ignored";
        assert_eq!(count(cargo), Counts { passed: 34, failed: 1 });
        let nextest = "     Summary [   1.2s] 35 tests run: 33 passed (1 slow), 2 failed, 0 skipped";
        assert_eq!(count(nextest), Counts { passed: 33, failed: 2 });
        let vitest =
            " Test Files  3 passed (3)\n\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m1 failed\u{1b}[22m | 12 passed (13)";
        assert_eq!(count(vitest), Counts { passed: 12, failed: 1 });
        assert_eq!(count("ℹ tests 9\nℹ pass 8\nℹ fail 1\nℹ cancelled 0"), Counts { passed: 8, failed: 1 });
        assert_eq!(count("nothing here: 3 passed by"), Counts::default());
    }

    #[test]
    fn what_passes_when_tried_again_has_not_failed() {
        let flaky = "  TRY 1 FAIL [ 0.7s] a b\n    test result: FAILED. 0 passed; 1 failed; 0 ignored\n  TRY 2 PASS [ 1.0s] a b\n\
                     Summary [ 376.2s] 129 tests run: 129 passed (1 flaky), 0 skipped";
        assert_eq!(count(flaky), Counts { passed: 129, failed: 0 });
        let (counts, verdict) = judge(Ok(Outcome::Tested(Counts { passed: 129, failed: 1 }, Ok(()))));
        assert_eq!((counts, verdict.as_str()), (Counts { passed: 129, failed: 0 }, "ok, 129 passed"));
    }

    #[test]
    fn a_test_step_without_tests_fails() {
        let (counts, verdict) = judge(Ok(Outcome::Tested(Counts::default(), Ok(()))));
        assert_eq!((counts.failed, verdict.as_str()), (1, "FAILED: it ran no test"));
    }

    #[test]
    fn a_run_that_dies_counts_as_failed() {
        let outcome = Outcome::Tested(Counts { passed: 3, failed: 0 }, Err(Failure::new("signal 9")));
        assert_eq!(judge(Ok(outcome)).0, Counts { passed: 3, failed: 1 });
    }
}
