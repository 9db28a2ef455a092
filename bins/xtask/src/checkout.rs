//! Where things lie in the checkout.

use std::path::PathBuf;

/// The root of the checkout. Cargo tells where this crate is; the lock file is at the root.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let start = here.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
    let found = start.ancestors().find(|dir| dir.join("Cargo.lock").is_file()).map(PathBuf::from);
    found.unwrap_or(start)
}

/// `target`, or what `CARGO_TARGET_DIR` names.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

pub(crate) fn frontend() -> PathBuf {
    root().join("frontend")
}

/// What a chat needs: the relay, the runner, its holder, the history, and what shows and steers them in a shell.
pub(crate) const CHAT: [&str; 5] = ["oqto", "oqto-runner", "oqto-hold", "oqtoctl", "hstry"];

/// The agents' tools, which are shipped as small as they can be.
pub(crate) const TOOLS: [&str; 4] = ["agntz", "trx", "byt", "sx"];

/// Every other program that is shipped.
pub(crate) const SERVICES: [&str; 6] = ["oqto", "oqto-runner", "oqto-hold", "oqtoctl", "hstry", "eavs"];
