//! One holder in a folder of its own, for tests.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use oqto_process::{
    Exit, Holder, HolderSpec, HolderState, Kind, Meta, Record, Records, attach, inspect, start, sweep_holder,
};
use tokio::time::timeout;

/// Longer than anything here takes on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) const HOLD: &str = env!("CARGO_BIN_EXE_oqto-hold");

/// A folder for one holder, and whatever was started in it: gone when this is dropped.
pub(crate) struct Bench {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) spec: HolderSpec,
    meta: Option<Meta>,
}

impl Bench {
    /// A holder for `sh -c script`.
    pub(crate) fn sh(script: &str) -> Self {
        Self::new(vec!["/bin/sh".into(), "-c".into(), script.into()])
    }

    pub(crate) fn new(argv: Vec<String>) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().expect("a folder");
        let tag = format!("test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut spec = HolderSpec::new(folder.path().join("held"), tag, argv, folder.path());
        spec.env = vec![("PATH".into(), "/usr/bin:/bin".into())];
        spec.grace_ms = 500;
        Self { folder, spec, meta: None }
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.spec.dir.clone()
    }

    pub(crate) async fn start(&mut self) -> Meta {
        let meta = start(Path::new(HOLD), &self.spec).await.expect("a started holder");
        self.meta = Some(meta.clone());
        meta
    }

    /// Takes care of a holder that something else started in this folder.
    pub(crate) fn adopt(&mut self) -> Meta {
        let Ok(HolderState::Running(meta)) = inspect(&self.spec.dir) else { panic!("a running holder") };
        self.meta = Some(meta.clone());
        meta
    }

    pub(crate) async fn attach(&self, epoch: u64, from: u64) -> (Holder, Records) {
        attach(&self.spec.dir, epoch, from).await.expect("an attachment")
    }

    /// Started, and attached from the first record on.
    pub(crate) async fn up(&mut self) -> (Holder, Records) {
        self.start().await;
        self.attach(1, 0).await
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let Some(meta) = &self.meta else { return };
        if let Some(holder) = meta.holder() {
            let _ = holder.signal(rustix::process::Signal::KILL);
        }
        until_gone(meta.holder_pid);
        let _ = sweep_holder(meta);
    }
}

pub(crate) fn kill(pid: i32) {
    let pid = rustix::process::Pid::from_raw(pid).expect("a pid");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("a kill");
}

/// Waits until `pid` is no living process any more.
pub(crate) fn until_gone(pid: i32) {
    until("a process to be gone", || !lives(pid));
}

pub(crate) fn lives(pid: i32) -> bool {
    oqto_process::procfs::stat(pid).is_some_and(|stat| !stat.is_zombie())
}

/// Waits for `condition`, without sleeping blindly: it is looked at every few milliseconds until it holds.
pub(crate) fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// The next record, which has to come.
pub(crate) async fn next(records: &mut Records) -> Record {
    let next = timeout(PATIENCE, records.next()).await.expect("a record in time");
    next.expect("a further record").expect("a record")
}

/// Every record up to and with the first for which `last` holds.
pub(crate) async fn collect(records: &mut Records, last: impl Fn(&Record) -> bool) -> Vec<Record> {
    let mut all = Vec::new();
    loop {
        let record = next(records).await;
        let is_last = last(&record);
        all.push(record);
        if is_last {
            return all;
        }
    }
}

/// Every record up to the end of the tree.
pub(crate) async fn to_end(records: &mut Records) -> Vec<Record> {
    collect(records, is_end).await
}

pub(crate) fn is_end(record: &Record) -> bool {
    matches!(record.kind, Kind::End { .. })
}

pub(crate) fn stdout(records: &[Record]) -> Vec<u8> {
    let mut all = Vec::new();
    for record in records {
        if let Kind::Out(bytes) = &record.kind {
            all.extend_from_slice(bytes);
        }
    }
    all
}

pub(crate) fn stderr(records: &[Record]) -> Vec<u8> {
    let mut all = Vec::new();
    for record in records {
        if let Kind::Err(bytes) = &record.kind {
            all.extend_from_slice(bytes);
        }
    }
    all
}

pub(crate) fn exit(records: &[Record]) -> Option<Exit> {
    records.iter().find_map(|record| if let Kind::Exit(exit) = record.kind { Some(exit) } else { None })
}

/// Records until the output holds a whole line that begins with `prefix`; the rest of that line.
pub(crate) async fn line(records: &mut Records, prefix: &str) -> String {
    let mut text = String::new();
    loop {
        if let Kind::Out(bytes) = next(records).await.kind {
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        if let Some(found) = whole.lines().find_map(|line| line.strip_prefix(prefix)) {
            return found.trim_end().to_owned();
        }
    }
}

pub(crate) fn indexes_are_gap_free(records: &[Record], from: u64) {
    for (at, record) in records.iter().enumerate() {
        assert_eq!(record.index, from + at as u64, "record numbers are gap-free");
    }
}
