//! Finding a program before it is started, so that "not found" is said clearly and early.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};
use thiserror::Error;

/// Why a program cannot be started by its name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ResolveError {
    /// No folder of the search path has it.
    #[error("no program {name} in {path}")]
    NotFound {
        /// The name that was looked for.
        name: String,
        /// The search path, or the path of the file itself.
        path: String,
    },
    /// There is such a file, but it is not a program this user may run.
    #[error("{} is not an executable file", .0.display())]
    NotExecutable(PathBuf),
    /// A relative path with a slash in it, which would depend on the current folder.
    #[error("{0} is neither a name nor an absolute path")]
    Relative(String),
}

/// The absolute path of `name`: itself when it is absolute, else the first match in `path`, a list as in `PATH`.
/// Relative folders of the list are passed over: what runs must not depend on where one stands.
///
/// # Errors
///
/// Nothing executable is found.
pub fn resolve(name: &OsStr, path: &OsStr) -> Result<PathBuf, ResolveError> {
    let direct = Path::new(name);
    if direct.is_absolute() {
        return executable(direct).map_err(|missing| match missing {
            Missing::Absent => not_found(name, name),
            Missing::Refused => ResolveError::NotExecutable(direct.to_owned()),
        });
    }
    if name.as_bytes().contains(&b'/') || name.is_empty() {
        return Err(ResolveError::Relative(name.to_string_lossy().into_owned()));
    }
    search(name, path)
}

fn search(name: &OsStr, path: &OsStr) -> Result<PathBuf, ResolveError> {
    let mut refused = None;
    for folder in std::env::split_paths(path).filter(|folder| folder.is_absolute()) {
        let candidate = folder.join(name);
        match executable(&candidate) {
            Ok(found) => return Ok(found),
            Err(Missing::Absent) => {}
            Err(Missing::Refused) => refused = refused.or(Some(candidate)),
        }
    }
    Err(refused.map_or_else(|| not_found(name, path), ResolveError::NotExecutable))
}

enum Missing {
    Absent,
    Refused,
}

fn executable(path: &Path) -> Result<PathBuf, Missing> {
    let metadata = path.metadata().map_err(|_| Missing::Absent)?;
    if metadata.is_file() && access(path, Access::EXEC_OK).is_ok() {
        return Ok(path.to_owned());
    }
    Err(Missing::Refused)
}

fn not_found(name: &OsStr, path: &OsStr) -> ResolveError {
    ResolveError::NotFound { name: name.to_string_lossy().into_owned(), path: path.to_string_lossy().into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn file(path: &Path, mode: u32) {
        std::fs::write(path, "#!/bin/sh\n").expect("a file");
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("its mode");
    }

    #[test]
    fn the_first_executable_match_wins() {
        let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        file(&one.path().join("tool"), 0o644);
        file(&two.path().join("tool"), 0o755);
        let path = std::env::join_paths([one.path(), two.path()]).expect("a search path");
        assert_eq!(resolve(OsStr::new("tool"), &path), Ok(two.path().join("tool")));
        let only = one.path().as_os_str();
        assert_eq!(resolve(OsStr::new("tool"), only), Err(ResolveError::NotExecutable(one.path().join("tool"))));
    }

    #[test]
    fn what_is_missing_or_relative_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = resolve(OsStr::new("no-such-tool"), folder.path().as_os_str());
        assert!(matches!(missing, Err(ResolveError::NotFound { name, .. }) if name == "no-such-tool"));
        assert!(matches!(resolve(OsStr::new("./tool"), OsStr::new("/bin")), Err(ResolveError::Relative(_))));
        assert!(matches!(resolve(OsStr::new("sh"), OsStr::new("bin:.")), Err(ResolveError::NotFound { .. })));
        assert!(resolve(OsStr::new("sh"), OsStr::new("/bin")).is_ok(), "the control: a program that exists");
    }
}
