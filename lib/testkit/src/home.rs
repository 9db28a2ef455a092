//! Hermetic homes: every directory that a program would look for in a person's home, in a temporary folder.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A home of its own for a test. Deleted when dropped.
#[derive(Debug)]
pub struct Home {
    root: TempDir,
}

const DIRECTORIES: [&str; 8] = ["home", "config", "data", "state", "cache", "run", "bin", "work"];

impl Home {
    /// Makes an empty home.
    ///
    /// # Errors
    /// When the temporary folder cannot be written to.
    pub fn new() -> io::Result<Self> {
        // A short name: the path of a Unix socket has room for 107 bytes.
        let root = tempfile::Builder::new().prefix("oq").rand_bytes(8).tempdir()?;
        for name in DIRECTORIES {
            fs::create_dir(root.path().join(name))?;
        }
        // A login shell begins with the machine's own PATH; this puts ours before it.
        let profile = format!("PATH=\"{}:$PATH\"\nexport PATH\n", root.path().join("bin").display());
        fs::write(root.path().join("home/.profile"), profile)?;
        fs::set_permissions(root.path().join("run"), fs::Permissions::from_mode(0o700))?;
        Ok(Self { root })
    }

    /// The folder that holds everything else.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// `$HOME`.
    pub fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    /// `$XDG_CONFIG_HOME`.
    pub fn config(&self) -> PathBuf {
        self.root.path().join("config")
    }

    /// `$XDG_DATA_HOME`.
    pub fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    /// `$XDG_STATE_HOME`.
    pub fn state(&self) -> PathBuf {
        self.root.path().join("state")
    }

    /// `$XDG_RUNTIME_DIR`, mode 0700.
    pub fn runtime(&self) -> PathBuf {
        self.root.path().join("run")
    }

    /// First in `$PATH`: what a test puts here is found before anything else.
    pub fn bin(&self) -> PathBuf {
        self.root.path().join("bin")
    }

    /// An empty folder to work in.
    pub fn work(&self) -> PathBuf {
        self.root.path().join("work")
    }

    /// Pi's agent directory in this home: `~/.pi/agent`.
    pub fn pi_agent_dir(&self) -> PathBuf {
        self.home().join(".pi/agent")
    }

    /// The whole environment for a process that is to live in this home; start it with an empty one and add these.
    pub fn env(&self) -> Vec<(OsString, OsString)> {
        let mut path = self.bin().into_os_string();
        path.push(":/usr/local/bin:/usr/bin:/bin");
        [
            ("HOME", self.home().into()),
            ("XDG_CONFIG_HOME", self.config().into()),
            ("XDG_DATA_HOME", self.data().into()),
            ("XDG_STATE_HOME", self.state().into()),
            ("XDG_CACHE_HOME", self.root.path().join("cache").into()),
            ("XDG_RUNTIME_DIR", self.runtime().into()),
            ("PATH", path),
            ("SHELL", "/bin/sh".into()),
            ("LANG", "C.UTF-8".into()),
            ("TZ", "UTC".into()),
            ("NO_COLOR", "1".into()),
            ("PI_OFFLINE", "1".into()),
        ]
        .map(|(name, value)| (OsString::from(name), value))
        .into()
    }

    /// Puts a shell script into [`Home::bin`], executable.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn install_script(&self, name: &str, script: &str) -> io::Result<PathBuf> {
        let path = self.bin().join(name);
        fs::write(&path, script)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        Ok(path)
    }
}
