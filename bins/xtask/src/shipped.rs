//! The programs as they are shipped: what `dist` packs is what `bench` measures.

use std::fs;
use std::path::PathBuf;

use crate::checkout::{self, SERVICES, TOOLS};
use crate::failure::{Result, While as _};
use crate::process::Tool;

/// Builds every program with these further flags of cargo, and returns the folder where all of them are.
///
/// The services are built together. Each tool is built by itself, with the profile `tools`: in one build with others it
/// would carry the features of dependencies that only those ask for.
pub(crate) fn build(flags: &[&str]) -> Result<PathBuf> {
    let services = SERVICES.iter().flat_map(|name| ["--package", name]);
    Tool::cargo().args(["build", "--release", "--bins"]).args(flags).args(services).run()?;
    for tool in TOOLS {
        Tool::cargo().args(["build", "--profile", "tools", "--bins"]).args(flags).args(["--package", tool]).run()?;
    }
    gather()
}

fn gather() -> Result<PathBuf> {
    let (target, folder) = (checkout::target(), checkout::target().join("shipped"));
    fs::create_dir_all(&folder).doing(|| format!("make {}", folder.display()))?;
    let built = SERVICES.map(|name| ("release", name)).into_iter().chain(TOOLS.map(|name| ("tools", name)));
    for (profile, name) in built {
        let (from, to) = (target.join(profile).join(name), folder.join(name));
        // Under a new name first: the old one may be running.
        let new = folder.join(format!(".{name}.new"));
        let placed = fs::copy(&from, &new).and_then(|_| fs::rename(&new, &to));
        placed.doing(|| format!("copy {} to {}", from.display(), to.display()))?;
    }
    Ok(folder)
}
