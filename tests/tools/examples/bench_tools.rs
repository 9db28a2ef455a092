//! Measures the agents' tools as a set: how fast they start, how large they are, and how long two hundred processes of
//! each command that changes something take on one store, beside as many processes that only append a line to a file
//! and wait for the disk, one after the other as the system lets them.
//!
//! `cargo xtask bench tools` builds the programs as they are shipped and runs this.

use std::io::{BufRead as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use oqto_testkit::binaries;
use oqto_testkit::figure::{Figure, percentile};
use oqto_tools_tests::{Place, TOOLS, together};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const PROCESSES: usize = 200;
const STARTS: usize = 40;
const ISSUES: usize = 10_000;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    if let (Some("append"), Some(file)) = (arguments.next().as_deref(), arguments.next()) {
        return append(Path::new(&file));
    }
    starts()?;
    writers()?;
    memory()
}

/// The yardstick's process: one line, durable, one writer at a time.
fn append(file: &Path) -> Result<(), Failure> {
    let mut file = std::fs::File::options().append(true).create(true).open(file)?;
    file.lock()?;
    file.write_all(b"{\"one\":\"line\"}\n")?;
    Ok(file.sync_data()?)
}

fn starts() -> Result<(), Failure> {
    let place = Place::new();
    for tool in TOOLS {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            times.push(seconds(|| check(&place, tool, &["--help"]))? * 1e3);
        }
        Figure::new(format!("{tool} --help"), percentile(&mut times, 50), "ms").at_most(3.0);
        let size = std::fs::metadata(binaries::bin(tool)?)?.len();
        Figure::new(format!("size of {tool}"), size as f64 / 1e6, "MB").at_most(6.0);
    }
    Ok(())
}

fn seconds(work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64())
}

fn check(place: &Place, tool: &str, arguments: &[&str]) -> Result<(), Failure> {
    let ran = place.run(tool, arguments);
    if ran.code == Some(0) { Ok(()) } else { Err(format!("{tool} {arguments:?}: {ran:?}").into()) }
}

/// What the processes do: the tool, its arguments with `#` for the number of the process, and its name.
const CHANGES: [(&str, &[&str]); 9] = [
    ("trx", &["create", "issue #"]),
    ("trx", &["create", "child #", "--parent", "@"]),
    ("trx", &["dep", "block", "@", "--by", "%"]),
    ("trx", &["update", "@", "--title", "title #"]),
    ("trx", &["comment", "@", "remark #"]),
    ("agntz", &["memory", "add", "fact #: module m# listens on port 4#"]),
    ("agntz", &["memory", "edit", "&", "correction #"]),
    ("agntz", &["mail", "send", "ada", "subject #", "--new"]),
    ("agntz", &["reserve", "docs/#.md"]),
];

fn writers() -> Result<(), Failure> {
    for (tool, arguments) in CHANGES {
        let place = Place::new();
        let yardstick = plain(&place)?;
        check(&place, "trx", &["init"])?;
        let issue = id(&place.ok("trx", &["create", "the one"]), "id");
        let memory = id(&place.ok("agntz", &["memory", "add", "what is corrected"]), "memory_id");
        let others = match arguments.contains(&"%") {
            true => (0..PROCESSES).map(|n| id(&place.ok("trx", &["create", &format!("other {n}")]), "id")).collect(),
            false => Vec::new(),
        };
        let one = |number: usize| {
            let mut command = place.command(tool);
            let other = others.get(number).map(String::as_str).unwrap_or_default();
            let fill = |word: &&str| match *word {
                "@" => issue.clone(),
                "&" => memory.clone(),
                "%" => other.to_owned(),
                word => word.replace('#', &number.to_string()),
            };
            command.args(arguments.iter().map(fill)).env("AGENT_CTX_AGENT_ADDRESS", format!("agent-{number}"));
            command
        };
        let start = Instant::now();
        let ran = together((0..PROCESSES).map(one));
        let took = start.elapsed().as_secs_f64();
        let refused = ran.iter().filter(|ran| ran.code != Some(0)).count();
        let name = arguments.iter().take_while(|word| word.chars().all(|c| c.is_ascii_lowercase()));
        let name = name.copied().collect::<Vec<_>>().join(" ");
        let parent = if arguments.contains(&"--parent") { " --parent" } else { "" };
        Figure::new(format!("{PROCESSES} × {tool} {name}{parent}"), took, "s").beside(yardstick).at_most(3.0);
        Figure::new(format!("of them refused ({tool} {name}{parent})"), refused as f64, "processes").at_most(0.0);
    }
    Ok(())
}

fn id(value: &serde_json::Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}

/// Seconds of as many processes that only append a line each.
fn plain(place: &Place) -> Result<f64, Failure> {
    let (own, file) = (std::env::current_exe()?, place.workspace().join("plain"));
    let one = |_| {
        let mut command = program(&own);
        place.prepare(&mut command);
        command.arg("append").arg(&file);
        command
    };
    let start = Instant::now();
    let ran = together((0..PROCESSES).map(one));
    let took = start.elapsed().as_secs_f64();
    let written = std::fs::read(&file)?.lines().count();
    if ran.iter().all(|ran| ran.code == Some(0)) && written == PROCESSES {
        Ok(took)
    } else {
        Err("the yardstick lost a line".into())
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench starts what it measures")]
fn program(path: &Path) -> Command {
    Command::new(path)
}

/// The most memory that reading ten thousand issues needs.
fn memory() -> Result<(), Failure> {
    let place = Place::new();
    check(&place, "trx", &["init"])?;
    let one = |n: usize| {
        format!("{{\"title\": \"issue {n}\", \"description\": \"{}\", \"priority\": {}}}\n", "words ".repeat(60), n % 5)
    };
    let many: String = (0..ISSUES).map(one).collect();
    let made = place.feed("trx", &["create-many", "-"], many.as_bytes());
    if made.code != Some(0) {
        return Err(format!("{made:?}").into());
    }
    for arguments in [&["list", "--json", "--limit", "10000"][..], &["ready", "--json"], &["create", "one more"]] {
        let mut most = 0.0_f64;
        for _ in 0..5 {
            most = most.max(peak(place.command("trx").args(arguments))?);
        }
        Figure::new(format!("memory of trx {} at {ISSUES} issues", arguments.join(" ")), most, "MB").at_most(15.0);
    }
    Ok(())
}

/// The most memory that a process had (MB), looked at until it ends.
fn peak(command: &mut Command) -> Result<f64, Failure> {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0_f64;
    while child.try_wait()?.is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        most = line.and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or(0.0_f64).max(most);
    }
    Ok(most * 1024.0 / 1e6)
}
