//! Real Pi installations of both wire generations, for tests.
//!
//! `cargo xtask test --only setup` installs them below `target/pi`. Other places are named with `OQTO_TEST_PI_073` and
//! `OQTO_TEST_PI_087` (paths of Pi's `dist/cli.js`), `OQTO_TEST_BUN` and `OQTO_TEST_NODE22` (interpreters).

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use crate::binaries::checkout;
use crate::home::Home;

/// A wire generation of Pi; the tests run against one pinned version of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// 0.73.1: full snapshots in every update. Runs on Node 20.
    V073,
    /// 0.87.1: deltas only. Needs Node 22 or bun.
    V087,
}

/// A Pi that is installed: the interpreter that runs it, and its program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pi {
    /// Which one it is.
    pub generation: Generation,
    /// Absolute path of node or bun; bare `node` is looked up by the shell.
    pub interpreter: PathBuf,
    /// Pi's `dist/cli.js`.
    pub program: PathBuf,
}

/// A Pi or interpreter that a test needs is not installed.
#[derive(Debug, thiserror::Error)]
#[error("{} is not there; install it with `cargo xtask test --only setup`, or name it with {variable}", path.display())]
pub struct PiMissing {
    path: PathBuf,
    variable: &'static str,
}

impl Generation {
    /// Both, older first.
    pub const ALL: [Self; 2] = [Self::V073, Self::V087];

    /// The version that is tested.
    pub fn version(self) -> &'static str {
        match self {
            Self::V073 => "0.73.1",
            Self::V087 => "0.87.1",
        }
    }

    fn package(self) -> &'static str {
        match self {
            Self::V073 => "@mariozechner/pi-coding-agent",
            Self::V087 => "@earendil-works/pi-coding-agent",
        }
    }

    fn variable(self) -> &'static str {
        match self {
            Self::V073 => "OQTO_TEST_PI_073",
            Self::V087 => "OQTO_TEST_PI_087",
        }
    }

    /// Where `cargo xtask` installs it.
    fn modules(self) -> PathBuf {
        checkout().join("target/pi").join(self.version()).join("node_modules")
    }
}

impl Pi {
    /// Finds an installed Pi of a generation: 0.73.1 with `node`, 0.87.1 with bun.
    ///
    /// # Errors
    /// [`PiMissing`], with the command that installs it. Tests fail then; they are never skipped.
    pub fn find(generation: Generation) -> Result<Self, PiMissing> {
        let default = generation.modules().join(generation.package()).join("dist/cli.js");
        let program = existing(generation.variable(), default)?;
        let interpreter = match generation {
            Generation::V073 => PathBuf::from("node"),
            Generation::V087 => existing("OQTO_TEST_BUN", generation.modules().join(".bin/bun"))?,
        };
        Ok(Self { generation, interpreter, program })
    }

    /// Pi 0.87.1 with Node 22 in place of bun.
    ///
    /// # Errors
    /// [`PiMissing`], with the command that installs it.
    pub fn on_node_22() -> Result<Self, PiMissing> {
        let interpreter = existing("OQTO_TEST_NODE22", Generation::V087.modules().join(".bin/node"))?;
        Ok(Self { interpreter, ..Self::find(Generation::V087)? })
    }

    /// Puts a `pi` into the home's `bin`, so that it is the one found on `PATH`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn install(&self, home: &Home) -> io::Result<PathBuf> {
        let (interpreter, program) = (self.interpreter.display(), self.program.display());
        home.install_script("pi", &format!("#!/bin/sh\nexec \"{interpreter}\" \"{program}\" \"$@\"\n"))
    }
}

fn existing(variable: &'static str, default: PathBuf) -> Result<PathBuf, PiMissing> {
    let path = env::var_os(variable).map_or(default, PathBuf::from);
    if Path::exists(&path) { Ok(path) } else { Err(PiMissing { path, variable }) }
}
