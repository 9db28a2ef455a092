//! New repositories and clones.

use std::path::Path;

use crate::error::Result;
use crate::git::Git;

impl Git {
    /// Makes a repository of the folder. Nothing of anybody's template for repositories, such as hooks, comes with it.
    ///
    /// # Errors
    /// git's own.
    pub fn init(&self) -> Result<()> {
        self.call(["init", "--quiet", "--template="]).run().map(drop)
    }

    /// Clones the newest state of `url` (of `reference`, a branch or tag, where given) into `folder`, without history.
    ///
    /// # Errors
    /// Unreachable, not permitted, no such remote; git's own.
    pub fn clone_newest(&self, url: &str, reference: Option<&str>, folder: &Path) -> Result<()> {
        let mut call =
            self.call(["clone", "--quiet", "--depth=1", "--no-tags", "--single-branch", "--no-recurse-submodules"]);
        // Nothing of the other side is run.
        call = call.args(["--template=", "--config", "core.hooksPath=/dev/null", "--config", "core.symlinks=true"]);
        if let Some(reference) = reference {
            call = call.arg(format!("--branch={reference}"));
        }
        self.cloned(call.arg("--end-of-options").arg(url).arg(folder.as_os_str()))
    }
}
