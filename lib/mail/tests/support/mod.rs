//! A store in a folder of its own, with clocks that a test sets.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::{Arc, Mutex};

use oqto_mail::clock::{Clock, Now};
use oqto_mail::name::Name;
use oqto_mail::party::Actor;
use oqto_mail::store::Store;

/// Clocks that several stores share and a test sets.
#[derive(Debug, Clone)]
pub(crate) struct Clocks(Arc<Mutex<Now>>);

impl Clock for Clocks {
    fn now(&self) -> Now {
        self.0.lock().unwrap().clone()
    }
}

impl Clocks {
    /// Time passes: on both clocks.
    pub(crate) fn pass(&self, milliseconds: i64) {
        let mut now = self.0.lock().unwrap();
        now.wall += milliseconds;
        now.since_boot += milliseconds;
    }

    /// Somebody sets the date.
    pub(crate) fn set_date(&self, by: i64) {
        self.0.lock().unwrap().wall += by;
    }
}

pub(crate) struct World {
    folder: tempfile::TempDir,
    pub(crate) clocks: Clocks,
}

impl World {
    pub(crate) fn new() -> Self {
        let now = Now { wall: 1_763_700_000_000, boot: "first".into(), since_boot: 5_000 };
        Self { folder: tempfile::tempdir().unwrap(), clocks: Clocks(Arc::new(Mutex::new(now))) }
    }

    /// What another process would open.
    pub(crate) fn store(&self) -> Store {
        Store::at(self.folder.path().join("state/mail.db"), self.clocks.clone())
    }
}

pub(crate) fn name(name: &str) -> Name {
    Name::parse(name).unwrap()
}

pub(crate) fn actor(who: &str) -> Actor {
    Actor { name: name(who), workspace: "/w".into(), context: Default::default() }
}
