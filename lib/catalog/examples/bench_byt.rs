//! Measures `byt status` over 100 repositories beside plain `git status` over them, as many at a time.
//!
//! `cargo xtask bench byt` builds the program as it is shipped and runs this. A folder as the argument decides which disk is
//! measured.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use oqto_testkit::figure::{Figure, percentile};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const REPOSITORIES: usize = 100;
const ROUNDS: usize = 24;

fn main() -> Result<(), Failure> {
    let parent = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    std::fs::create_dir_all(&parent)?;
    let folder = tempfile::tempdir_in(parent)?;
    let byt = oqto_testkit::binaries::bin("byt")?;
    let repositories: Vec<_> = (0..REPOSITORIES).map(|n| folder.path().join(format!("repository-{n:03}"))).collect();
    for repository in &repositories {
        fill(repository)?;
    }
    let status = || quiet(program(&byt).args(["status", "--json"]).current_dir(folder.path()));
    // What git writes down at its first look, and what has to be read from the disk, concerns neither.
    in_parallel(&repositories)?;
    status()?;
    let (mut ours, mut plain, mut help) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Each comes first as often as the other.
        if round % 2 == 0 {
            plain.push(timed(|| in_parallel(&repositories))?);
            ours.push(timed(status)?);
        } else {
            ours.push(timed(status)?);
            plain.push(timed(|| in_parallel(&repositories))?);
        }
        help.push(timed(|| quiet(program(&byt).arg("--help")))?);
    }
    Figure::new("byt status over 100 repositories", percentile(&mut ours, 50), "ms")
        .beside(percentile(&mut plain, 50))
        .at_most_times_its_yardstick(1.2);
    Figure::new("byt --help", percentile(&mut help, 50), "ms").at_most(3.0);
    Figure::new("size of byt", std::fs::metadata(&byt)?.len() as f64 / 1e6, "MB").at_most(6.0);
    Ok(())
}

/// Milliseconds.
fn timed(work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64() * 1e3)
}

fn fill(repository: &Path) -> Result<(), Failure> {
    for number in 0..40 {
        let folder = repository.join(format!("folder-{}", number % 8));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("file-{number}.rs")), format!("// {number}\n").repeat(50))?;
    }
    let by = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"];
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "all"]] {
        quiet(program("git").args(by).args(arguments).current_dir(repository))?;
    }
    Ok(())
}

/// What the figure is held against: nothing but git, on as many threads as there are cores.
fn in_parallel(repositories: &[PathBuf]) -> Result<(), Failure> {
    let next = AtomicUsize::new(0);
    let worker = || {
        while let Some(repository) = repositories.get(next.fetch_add(1, Ordering::Relaxed)) {
            quiet(program("git").args(["status", "--porcelain=v2", "--branch"]).current_dir(repository))?;
        }
        Ok::<(), Failure>(())
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a worker panicked")?)
    })
}

#[expect(clippy::disallowed_methods, reason = "a bench starts what it measures")]
fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    Command::new(name)
}

fn quiet(command: &mut Command) -> Result<(), Failure> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    if output.status.success() { Ok(()) } else { Err(format!("{command:?} ended with {}", output.status).into()) }
}
