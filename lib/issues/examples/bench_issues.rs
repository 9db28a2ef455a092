//! Measures `trx` with 10,000 and 100,000 issues, with 200 processes at once, and its size, beside what the machine does
//! anyway: reading and writing the same file, waiting for the disk, starting as many processes.
//!
//! `cargo xtask bench issues` builds the program as it is shipped and runs this. A folder as the argument decides which disk
//! is measured.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use oqto_issues::{NewIssue, Query, Store};
use oqto_testkit::figure::{Figure, percentile};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const FEW: usize = 10_000;
const MANY: usize = 100_000;
/// Issues made at once while filling.
const BATCH: usize = 1_000;
const ROUNDS: usize = 21;
const AT_ONCE: usize = 200;

fn main() -> Result<(), Failure> {
    let parent = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    std::fs::create_dir_all(&parent)?;
    let folder = tempfile::tempdir_in(parent)?;
    let trx = oqto_testkit::binaries::bin("trx")?;
    Figure::new("size of trx", std::fs::metadata(&trx)?.len() as f64 / 1e6, "MB").at_most(6.0);
    let few = Place::filled(&trx, &folder.path().join("few"), FEW)?;
    few.start()?;
    let times = few.reading()?;
    few.memory()?;
    few.creating()?;
    let many = Place::filled(&trx, &folder.path().join("many"), MANY)?;
    many.growth(&times)?;
    together(&trx, &folder.path().join("together"))
}

/// A store and the program.
struct Place {
    trx: PathBuf,
    folder: PathBuf,
    /// One of its issues.
    id: String,
}

/// What is measured of reading, and the limit in milliseconds with few issues.
const READING: [(&[&str], f64); 6] = [
    (&["list", "--json"], 25.0),
    (&["list", "--all", "--json"], 50.0),
    (&["list"], 25.0),
    (&["ready"], 12.0),
    (&["ready", "--json"], 20.0),
    (&["show", "ID", "--json"], 8.0),
];

impl Place {
    /// As real stores are: 60 of 100 issues are closed, half of them wait for one or two others, every tenth is a child.
    fn filled(trx: &Path, folder: &Path, count: usize) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder)?;
        let mut store = Store::init(folder, "trx")?;
        let mut ids = Vec::new();
        for first in (0..count).step_by(BATCH) {
            let new: Vec<NewIssue> = (0..BATCH).map(|place| issue(first + place, place)).collect();
            let made = store.create_many(&new)?;
            let closed: Vec<String> =
                made.iter().enumerate().filter(|(n, _)| n * 7 % 10 < 6).map(|(_, id)| id.clone()).collect();
            store.close(&closed, Some("done"))?;
            ids = made;
        }
        store.compact()?;
        let id = ids.pop().ok_or("nothing was made")?;
        Ok(Self { trx: trx.into(), folder: folder.into(), id })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(&self.trx);
        let named = arguments.iter().map(|argument| if *argument == "ID" { self.id.as_str() } else { argument });
        command.args(named).current_dir(&self.folder);
        command
    }

    fn median(&self, arguments: &[&str]) -> Result<f64, Failure> {
        median(|| quiet(&mut self.command(arguments)))
    }

    fn start(&self) -> Result<(), Failure> {
        let yardstick = median(|| quiet(&mut program("true")))?;
        Figure::new("trx --help", self.median(&["--help"])?, "ms").beside(yardstick).at_most(3.0);
        Ok(())
    }

    /// The time of a program that only reads the file of issues and writes it.
    fn copying(&self) -> Result<f64, Failure> {
        median(|| quiet(program("cat").arg(".trx/issues.jsonl").current_dir(&self.folder)))
    }

    fn reading(&self) -> Result<Vec<f64>, Failure> {
        let copying = self.copying()?;
        let mut times = Vec::new();
        for (arguments, limit) in READING {
            let took = self.median(arguments)?;
            let name = format!("trx {} with 10,000 issues, beside cat", arguments.join(" "));
            Figure::new(name, took, "ms").beside(copying).at_most(limit);
            times.push(took);
        }
        Ok(times)
    }

    fn growth(&self, few: &[f64]) -> Result<(), Failure> {
        for ((arguments, _), few) in READING.into_iter().zip(few) {
            let name = format!("trx {} with 100,000 issues, beside ten times that of 10,000", arguments.join(" "));
            let yardstick = few * (MANY / FEW) as f64;
            Figure::new(name, self.median(arguments)?, "ms").beside(yardstick).at_most_times_its_yardstick(1.25);
        }
        let fsync = self.fsync()?;
        let create = self.median(&["create", "one more"])?;
        Figure::new("trx create with 100,000 issues, beside one fsync", create, "ms")
            .beside(fsync)
            .at_most(fsync + 10.0);
        Ok(())
    }

    fn memory(&self) -> Result<(), Failure> {
        for arguments in [&["list", "--all", "--json"][..], &["ready", "--json"]] {
            let name = format!("memory of trx {} with 10,000 issues", arguments.join(" "));
            Figure::new(name, peak(&mut self.command(arguments))?, "MB").at_most(15.0);
        }
        Ok(())
    }

    fn creating(&self) -> Result<(), Failure> {
        let fsync = self.fsync()?;
        for (arguments, limit) in [(&["create", "one more"][..], 10.0), (&["update", "ID", "--notes", "x"], 10.0)] {
            let name = format!("trx {} with 10,000 issues, beside one fsync", arguments.join(" "));
            Figure::new(name, self.median(arguments)?, "ms").beside(fsync).at_most(limit);
        }
        Ok(())
    }

    /// Milliseconds of appending a line and waiting for the disk.
    fn fsync(&self) -> Result<f64, Failure> {
        let mut file = File::options().append(true).create(true).open(self.folder.join("yardstick"))?;
        median(|| Ok(file.write_all(&[b'x'; 400]).and_then(|()| file.sync_data())?))
    }
}

fn issue(number: usize, place: usize) -> NewIssue {
    let before = |step: usize| (place >= step).then(|| format!("#{}", place - step + 1));
    let mut new = NewIssue::titled(format!("Issue {number}: the login page fails on a slow network 🚀"));
    new.priority = (number * 7 % 5) as u8;
    new.description = Some("What was seen, what was expected, and how to see it again. ".repeat(5));
    if number.is_multiple_of(2) {
        new.blocked_by =
            [before(17), before(38 + number % 50)].into_iter().take(1 + number % 4 / 2).flatten().collect();
    }
    if number % 10 == 3 {
        new.parent = before(1 + number % 30);
    }
    new
}

/// All of 200 processes are there in the end, or it fails.
fn together(trx: &Path, folder: &Path) -> Result<(), Failure> {
    let mut yardstick = program("true");
    let starting = timed(|| at_once((0..AT_ONCE).map(|_| yardstick.spawn())))?;
    std::fs::create_dir_all(folder)?;
    let mut store = Store::init(folder, "trx")?;
    let new: Vec<NewIssue> = (0..=AT_ONCE).map(|n| NewIssue::titled(format!("issue {n}"))).collect();
    let ids = store.create_many(&new)?;
    let target = ids.first().ok_or("nothing was made")?.clone();
    let verbs: [(&str, Vec<Vec<&str>>); 8] = [
        ("create --parent", ids.iter().skip(1).map(|_| vec!["create", "child", "--parent", &target]).collect()),
        ("dep block on one issue", ids.iter().skip(1).map(|id| vec!["dep", "block", &target, "--by", id]).collect()),
        ("update", ids.iter().skip(1).map(|id| vec!["update", id, "-p", "0"]).collect()),
        ("comment on one issue", ids.iter().skip(1).map(|id| vec!["comment", &target, id]).collect()),
        ("label on one issue", ids.iter().skip(1).map(|id| vec!["label", &target, id]).collect()),
        ("claim", ids.iter().skip(1).map(|id| vec!["claim", id]).collect()),
        ("close", ids.iter().skip(1).map(|id| vec!["close", id]).collect()),
        ("reopen", ids.iter().skip(1).map(|id| vec!["reopen", id]).collect()),
    ];
    for (name, calls) in verbs {
        let mut commands: Vec<Command> = calls
            .iter()
            .map(|arguments| {
                let mut command = program(trx);
                command.args(arguments).current_dir(folder).stdout(Stdio::null()).stdin(Stdio::null());
                command
            })
            .collect();
        let took = timed(|| at_once(commands.iter_mut().map(Command::spawn)))?;
        let name = format!("200 processes at once: trx {name}, beside 200 of `true`");
        Figure::new(name, took, "ms").beside(starting).at_most(3_000.0);
    }
    store.refresh()?;
    let shown = store.show(&target)?;
    let everything = store.list(&Query { priority: Some(0), ..Query::default() })?;
    let there = [
        shown.resolved.children.len(),
        shown.resolved.blocked_by.len(),
        shown.issue.comments.len(),
        shown.issue.labels.len(),
        everything.len(),
    ];
    let lost: usize = there.iter().map(|count| AT_ONCE - count.min(&AT_ONCE)).sum();
    Figure::new("lost writes of those processes", lost as f64, "writes").at_most(0.0);
    Ok(())
}

/// Waits for all; each must have succeeded.
fn at_once(started: impl Iterator<Item = std::io::Result<std::process::Child>>) -> Result<(), Failure> {
    let started: Vec<_> = started.collect::<Result<_, _>>()?;
    for mut child in started {
        let status = child.wait()?;
        if !status.success() {
            return Err(format!("a process ended with {status}").into());
        }
    }
    Ok(())
}

/// Milliseconds.
fn timed(work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64() * 1e3)
}

fn median(mut work: impl FnMut() -> Result<(), Failure>) -> Result<f64, Failure> {
    work()?;
    let mut times: Vec<f64> = (0..ROUNDS).map(|_| timed(&mut work)).collect::<Result<_, _>>()?;
    Ok(percentile(&mut times, 50))
}

/// The most memory, in MB, of a program that prints much: asked while it waits for us to read.
fn peak(command: &mut Command) -> Result<f64, Failure> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut out = child.stdout.take().ok_or("no output")?;
    let (mut block, mut most) = (vec![0; 16 << 10], 0.0_f64);
    while out.read(&mut block)? > 0 {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        most = most.max(kilobytes.unwrap_or(0.0) / 1e3);
    }
    child.wait()?;
    Ok(most)
}

#[expect(clippy::disallowed_methods, reason = "a bench starts what it measures")]
fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    Command::new(name)
}

fn quiet(command: &mut Command) -> Result<(), Failure> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut out = child.stdout.take().ok_or("no output")?;
    let mut block = vec![0; 128 << 10];
    while out.read(&mut block)? > 0 {}
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}
