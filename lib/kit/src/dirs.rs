//! Where files lie: XDG base directories with their fallbacks, and the sockets by which the programs find each other.

use crate::error::{Error, Result};
use oqto_protocol::{env, error::ErrorKind};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Name of our folder below each base directory.
const FOLDER: &str = "oqto";

/// System-wide configuration.
const SYSTEM_CONFIG: &str = "/etc/oqto";

/// Our own folder below each base directory. Nothing is created by asking.
///
/// Pure in its input: [`Dirs::from_env`] reads the process environment, tests pass their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dirs {
    /// The person's home.
    pub home: PathBuf,
    /// Configuration of the whole machine (`/etc/oqto`).
    pub system: PathBuf,
    /// Configuration of this user (`$XDG_CONFIG_HOME/oqto`).
    pub config: PathBuf,
    /// What must not be lost (`$XDG_DATA_HOME/oqto`).
    pub data: PathBuf,
    /// What survives a restart but is not precious (`$XDG_STATE_HOME/oqto`).
    pub state: PathBuf,
    /// What can be made again (`$XDG_CACHE_HOME/oqto`).
    pub cache: PathBuf,
    /// Sockets (`$XDG_RUNTIME_DIR/oqto`, else `/run/user/UID/oqto`, else `STATE/run`).
    pub runtime: PathBuf,
    admin_socket: Option<PathBuf>,
    runner_socket: Option<PathBuf>,
    runner_state: Option<PathBuf>,
    hstry_socket: Option<PathBuf>,
    hstry_db: Option<PathBuf>,
}

impl Dirs {
    /// The directories of this process's user.
    ///
    /// # Errors
    /// When neither `HOME` nor the user database names a home directory.
    pub fn from_env() -> Result<Self> {
        let uid = rustix::process::getuid().as_raw();
        let known = directories::BaseDirs::new().map(|base| base.home_dir().to_path_buf());
        let session_runtime = PathBuf::from(format!("/run/user/{uid}"));
        let session_runtime = session_runtime.is_dir().then_some(session_runtime);
        Self::resolve(|name| std::env::var_os(name), known, session_runtime)
    }

    /// The directories that an environment describes. `known_home` is used where `HOME` is unset, `session_runtime`
    /// where `XDG_RUNTIME_DIR` is. Relative paths in `XDG_*` are ignored, as the specification asks.
    ///
    /// # Errors
    /// When no home directory is known.
    pub fn resolve(
        var: impl Fn(&str) -> Option<OsString>,
        known_home: Option<PathBuf>,
        session_runtime: Option<PathBuf>,
    ) -> Result<Self> {
        let absolute = |name: &str| var(name).map(PathBuf::from).filter(|p| p.is_absolute());
        let home = absolute("HOME").or(known_home).ok_or_else(|| {
            Error::new(ErrorKind::Config, "no home directory is known for this user")
                .hint("set HOME, for example: HOME=/home/me oqto serve")
        })?;
        let base = |name: &str, fallback: &str| absolute(name).unwrap_or_else(|| home.join(fallback)).join(FOLDER);
        let state = base("XDG_STATE_HOME", ".local/state");
        let runtime =
            absolute("XDG_RUNTIME_DIR").or(session_runtime).map_or_else(|| state.join("run"), |dir| dir.join(FOLDER));
        let named = |name: &str| var(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        Ok(Self {
            system: PathBuf::from(SYSTEM_CONFIG),
            config: base("XDG_CONFIG_HOME", ".config"),
            data: base("XDG_DATA_HOME", ".local/share"),
            cache: base("XDG_CACHE_HOME", ".cache"),
            admin_socket: named(env::OQTO_ADMIN_SOCKET),
            runner_socket: named(env::OQTO_RUNNER_SOCKET),
            runner_state: named(env::OQTO_RUNNER_STATE),
            hstry_socket: named(env::OQTO_HSTRY_SOCKET),
            hstry_db: named(env::OQTO_HSTRY_DB),
            state,
            runtime,
            home,
        })
    }

    /// The admin socket of `oqto serve`.
    #[must_use]
    pub fn admin_socket(&self) -> PathBuf {
        or_below(self.admin_socket.as_ref(), &self.runtime, "admin.sock")
    }

    /// The socket of this user's runner.
    #[must_use]
    pub fn runner_socket(&self) -> PathBuf {
        or_below(self.runner_socket.as_ref(), &self.runtime, "runner.sock")
    }

    /// Where the runner keeps its holders and its state.
    #[must_use]
    pub fn runner_state(&self) -> PathBuf {
        or_below(self.runner_state.as_ref(), &self.state, "runner")
    }

    /// The socket of the history service.
    #[must_use]
    pub fn hstry_socket(&self) -> PathBuf {
        or_below(self.hstry_socket.as_ref(), &self.runtime, "hstry.sock")
    }

    /// The history database.
    #[must_use]
    pub fn hstry_db(&self) -> PathBuf {
        or_below(self.hstry_db.as_ref(), &self.data, "hstry.db")
    }
}

fn or_below(named: Option<&PathBuf>, base: &Path, file: &str) -> PathBuf {
    named.cloned().unwrap_or_else(|| base.join(file))
}

/// Finds another program of the project: in `OQTO_BIN_DIR`, else beside the running one, else on the `PATH`.
///
/// # Errors
/// `not_found`, naming every place that was looked at.
pub fn sibling(program: &str) -> Result<PathBuf> {
    let named = std::env::var_os(env::OQTO_BIN_DIR).map(PathBuf::from);
    let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_path_buf));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places: Vec<PathBuf> = named.into_iter().chain(beside).chain(std::env::split_paths(&path)).collect();
    places.iter().map(|place| place.join(program)).find(|file| is_executable(file)).ok_or_else(|| {
        let looked: Vec<String> = places.iter().take(2).map(|p| p.display().to_string()).collect();
        Error::new(
            ErrorKind::NotFound,
            format!("the program {program} is in none of {} and the PATH", looked.join(", ")),
        )
        .hint(format!("put {program} beside this program, or set {}", env::OQTO_BIN_DIR))
    })
}

fn is_executable(file: &Path) -> bool {
    file.is_file() && rustix::fs::access(file, rustix::fs::Access::EXEC_OK).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dirs(vars: &[(&str, &str)]) -> Result<Dirs> {
        let vars: Vec<(String, OsString)> = vars.iter().map(|(k, v)| ((*k).to_owned(), (*v).into())).collect();
        Dirs::resolve(|name| vars.iter().find(|(k, _)| k == name).map(|(_, v)| v.clone()), None, None)
    }

    #[test]
    fn falls_back_as_the_specification_says() {
        let dirs = dirs(&[("HOME", "/home/ada"), ("XDG_DATA_HOME", "relative/ignored")]).unwrap();
        assert_eq!(dirs.config, Path::new("/home/ada/.config/oqto"));
        assert_eq!(dirs.data, Path::new("/home/ada/.local/share/oqto"));
        assert_eq!(dirs.runtime, Path::new("/home/ada/.local/state/oqto/run"));
        assert_eq!(dirs.runner_socket(), Path::new("/home/ada/.local/state/oqto/run/runner.sock"));
    }

    #[test]
    fn named_places_win() {
        let dirs =
            dirs(&[("HOME", "/home/ada"), ("XDG_RUNTIME_DIR", "/run/user/7"), ("OQTO_RUNNER_SOCKET", "/tmp/r.sock")])
                .unwrap();
        assert_eq!(dirs.admin_socket(), Path::new("/run/user/7/oqto/admin.sock"));
        assert_eq!(dirs.runner_socket(), Path::new("/tmp/r.sock"));
    }

    #[test]
    fn without_a_home_it_says_how_to_set_one() {
        let error = dirs(&[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.advice().unwrap().contains("HOME="));
    }
}
