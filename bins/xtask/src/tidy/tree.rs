//! What must not be linked into what, seen in the resolved dependency tree of each.

use crate::failure::Result;
use crate::process::Tool;

struct Ban {
    package: &'static str,
    crates: &'static [&'static str],
    why: &'static str,
}

const TLS: [&str; 6] = ["rustls", "native-tls", "openssl", "openssl-sys", "ring", "aws-lc-rs"];

const BANS: [Ban; 4] = [
    Ban { package: "oqto-protocol", crates: &["tokio", "mio"], why: "the words have no I/O" },
    Ban { package: "oqto-harness", crates: &["tokio", "mio"], why: "adapters do no I/O" },
    Ban { package: "oqto-hold", crates: &["tokio", "mio"], why: "a holder is small and has no async runtime" },
    Ban { package: "oqto-hold", crates: &TLS, why: "a holder has no network" },
];

pub(crate) fn check() -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for ban in &BANS {
        let flags = ["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--offline", "--package"];
        let linked = Tool::cargo().args(flags).args([ban.package]).read()?;
        problems.extend(broken(ban, &linked));
    }
    Ok(problems)
}

fn broken(ban: &Ban, linked: &str) -> Vec<String> {
    let mut found: Vec<_> = linked.lines().filter_map(|line| line.split(' ').next()).collect();
    found.sort_unstable();
    found.dedup();
    let banned = found.into_iter().filter(|name| ban.crates.contains(name));
    banned.map(|name| format!("{} links {name}: {}", ban.package, ban.why)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [String; 0] = [];

    #[test]
    fn a_banned_crate_is_named_once() {
        let linked = "oqto-hold v0.1.0\nrustix v1.1.0\ntokio v1.54.0\ntokio v1.54.0 (*)\n";
        assert_eq!(broken(&BANS[2], linked), ["oqto-hold links tokio: a holder is small and has no async runtime"]);
        assert_eq!(broken(&BANS[3], linked), NONE);
    }
}
