//! Measures mail and reservations: `bench_mail [FOLDER]`. The folder decides which disk is measured. Starts the built
//! `agntz` for what many processes do at once.
#![expect(clippy::disallowed_methods, reason = "a bench starts what it measures")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use oqto_mail::clock::SystemClock;
use oqto_mail::glob::Glob;
use oqto_mail::mail::{Draft, Filter, Newcomers, To, Which};
use oqto_mail::name::Name;
use oqto_mail::party::Actor;
use oqto_mail::reservation::{Mode, Request};
use oqto_mail::store::Store;
use oqto_testkit::binaries;
use oqto_testkit::figure::{Figure, percentile};

type Failure = Box<dyn std::error::Error>;

/// Mails in the mailbox that is listed, and reservations that a new one is compared with.
const MAILS: usize = 10_000;
const HELD: usize = 1_000;
/// As many processes as the figures speak of.
const AT_ONCE: usize = 200;

fn main() -> Result<(), Failure> {
    let parent = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(parent)?;
    let fsync = fsync(folder.path())?;
    mail(folder.path(), fsync)?;
    reservations(folder.path(), fsync)?;
    processes(folder.path())
}

/// What a file of its own takes to be on the disk: half of the samples take at most this long (milliseconds).
fn fsync(folder: &Path) -> Result<f64, Failure> {
    let mut file = std::fs::File::create(folder.join("yardstick"))?;
    sampled(60, |_| {
        file.write_all(&[b'x'; 400])?;
        Ok(file.sync_data()?)
    })
}

fn sampled(count: usize, mut job: impl FnMut(usize) -> Result<(), Failure>) -> Result<f64, Failure> {
    let mut times = Vec::new();
    for number in 0..count {
        let start = Instant::now();
        job(number)?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(percentile(&mut times, 50))
}

fn actor(name: &str) -> Result<Actor, Failure> {
    Ok(Actor { name: Name::parse(name)?, workspace: "/w".into(), context: Default::default() })
}

/// Each time a store of its own, as every process opens one.
fn mail(folder: &Path, fsync: f64) -> Result<(), Failure> {
    let open = || Store::at(folder.join("mail.db"), SystemClock);
    let (pi, ada) = (actor("pi")?, actor("ada")?);
    let draft = |number: usize| Draft {
        newcomers: Newcomers::Welcome,
        ..Draft::new(
            To::Names(vec![ada.name.clone()]),
            format!("number {number}"),
            "A text of a few words. ".repeat(10),
        )
    };
    let store = open();
    for number in 0..MAILS {
        store.send(&pi, &draft(number))?;
    }
    let took = sampled(60, |number| Ok(open().send(&pi, &draft(number)).map(drop)?))?;
    let name = format!("mail: open and send, durable, {MAILS} there");
    Figure::new(name, took, "ms").beside(fsync).at_most(1.5 * fsync + 4.0);
    let filter = Filter { which: Which::Open, after: 0, limit: 50 };
    open().inbox(&ada, filter)?;
    let took = sampled(60, |_| Ok(open().inbox(&ada, filter).map(drop)?))?;
    Figure::new(format!("mail: open and list 50 of {MAILS}"), took, "ms").at_most(10.0);
    let took = sampled(60, |number| Ok(open().search(&ada, &format!("number {number}"), 20).map(drop)?))?;
    Figure::new(format!("mail: open and search in {MAILS}"), took, "ms").at_most(15.0);
    Ok(())
}

fn reservations(folder: &Path, fsync: f64) -> Result<(), Failure> {
    let open = || Store::at(folder.join("reservations.db"), SystemClock);
    let request = |pattern: &str| -> Result<Request, Failure> {
        let patterns = vec![Glob::parse(pattern)?];
        Ok(Request { patterns, mode: Mode::Exclusive, ttl: Duration::from_secs(3600), reason: None })
    };
    let (pi, ada) = (actor("pi")?, actor("ada")?);
    for number in 0..HELD {
        open().reserve(&pi, &request(&format!("src/part{number}/**/*.rs"))?)?;
    }
    let took = sampled(60, |number| Ok(open().reserve(&ada, &request(&format!("docs/{number}.md"))?).map(drop)?))?;
    let name = format!("reserve: open and grant, durable, beside {HELD} patterns of others");
    Figure::new(name, took, "ms").beside(fsync).at_most(1.5 * fsync + 4.0);
    let path = [Glob::parse("src/part500/deep/er/file.rs")?];
    let took = sampled(60, |_| {
        let found = open().in_the_way(&ada, &path)?;
        if found.len() == 1 { Ok(()) } else { Err("the one in the way was not found".into()) }
    })?;
    Figure::new(format!("reserve: open and check one path against {HELD} patterns"), took, "ms").at_most(10.0);
    Ok(())
}

/// What real processes do at once, and what one of them weighs.
fn processes(folder: &Path) -> Result<(), Failure> {
    let agntz = binaries::bin("agntz")?;
    let size = std::fs::metadata(&agntz)?.len();
    Figure::new("agntz: binary", size as f64 / 1e6, "MB").at_most(6.0);
    let command = |program: &Path, who: usize, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).env("HOME", folder).env("AGENT_CTX_AGENT_ADDRESS", format!("agent-{who}"));
        command.env_remove("XDG_STATE_HOME").current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(Stdio::null());
        command
    };
    let nothing = sampled(40, |_| Ok(Command::new("true").status().map(drop)?))?;
    let took = sampled(40, |_| Ok(command(&agntz, 0, &["--help"]).status().map(drop)?))?;
    Figure::new("agntz: cold --help (beside `true`)", took, "ms").beside(nothing).at_most(3.0);
    command(&agntz, 0, &["mail", "inbox"]).status()?;
    let at_once = |what: &str, arguments: &dyn Fn(usize) -> Vec<String>, wanted: usize| -> Result<(), Failure> {
        let start = Instant::now();
        let mut children: Vec<Child> = Vec::new();
        for number in 0..AT_ONCE {
            let arguments = arguments(number);
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            children.push(command(&agntz, number, &arguments).spawn()?);
        }
        let mut done = 0;
        for child in &mut children {
            done += usize::from(child.wait()?.success());
        }
        let took = start.elapsed().as_secs_f64();
        Figure::new(format!("agntz: {AT_ONCE} processes {what} at once"), took, "s").at_most(3.0);
        Figure::new(format!("agntz: wrong answers among {AT_ONCE} that {what}"), wanted.abs_diff(done) as f64, "")
            .at_most(0.0);
        Ok(())
    };
    at_once(
        "send",
        &|number| ["mail", "send", "agent-0", &format!("number {number}")].map(str::to_owned).to_vec(),
        AT_ONCE,
    )?;
    at_once(
        "reserve a path each",
        &|number| ["reserve", &format!("{number}.rs")].map(str::to_owned).to_vec(),
        AT_ONCE,
    )?;
    at_once("reserve one path", &|_| ["reserve", "one.rs"].map(str::to_owned).to_vec(), 1)?;
    let store = Store::at(folder.join(".local/state/oqto/mail.db"), SystemClock);
    let there = store.peek(&actor("agent-0")?, Filter { which: Which::All, after: 0, limit: 1000 })?.mails.len();
    Figure::new("agntz: lost mails", AT_ONCE.abs_diff(there) as f64, "").at_most(0.0);
    Ok(())
}
