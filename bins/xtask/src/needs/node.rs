//! Node.js and npm.

use crate::failure::{Failure, Result};
use crate::process::Tool;

/// The oldest Node.js that the page is built with.
const OLDEST: u32 = 20;

const HOW: &str = "install Node.js 20 or newer with npm: `sudo apt-get install nodejs npm`, or from nodejs.org";

/// Major and minor version of the `node` on the PATH.
///
/// # Errors
/// When there is none, no npm beside it, or it is too old.
pub(crate) fn required() -> Result<(u32, u32)> {
    let version =
        Tool::new("node").args(["--version"]).read().map_err(|_| Failure::new("node is not installed").hint(HOW))?;
    Tool::new("npm").args(["--version"]).read().map_err(|_| Failure::new("npm is not installed").hint(HOW))?;
    let found = parse(&version).ok_or_else(|| Failure::new(format!("node says it is {version:?}")).hint(HOW))?;
    if found.0 < OLDEST {
        return Err(Failure::new(format!("node is {}, too old to build the page", version.trim())).hint(HOW));
    }
    Ok(found)
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(parse("v20.20.2\n"), Some((20, 20)));
        assert_eq!(parse("20"), None);
    }
}
