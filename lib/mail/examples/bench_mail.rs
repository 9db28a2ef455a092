//! Measures mail and reservations: `bench_mail [FOLDER]`. The folder decides which disk is measured. What many processes
//! do at once is measured with the other tools.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use oqto_mail::clock::SystemClock;
use oqto_mail::glob::Glob;
use oqto_mail::mail::{Draft, Filter, Newcomers, To, Which};
use oqto_mail::name::Name;
use oqto_mail::party::Actor;
use oqto_mail::reservation::{Mode, Request};
use oqto_mail::store::Store;
use oqto_testkit::figure::{Figure, percentile};

type Failure = Box<dyn std::error::Error>;

/// Mails in the mailbox that is listed, and reservations that a new one is compared with.
const MAILS: usize = 10_000;
const HELD: usize = 1_000;

fn main() -> Result<(), Failure> {
    let parent = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(parent)?;
    let fsync = fsync(folder.path())?;
    mail(folder.path(), fsync)?;
    reservations(folder.path(), fsync)
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
