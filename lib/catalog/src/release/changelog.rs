//! The versions that a changelog tells of: headings such as `## [1.2.3] - 2026-01-02`, `## v1.2.3` or `## Unreleased`.

use semver::Version;

/// What a changelog tells of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changelog {
    /// Versions with a heading, as they stand in the file.
    pub versions: Vec<Version>,
    /// Whether something is written below `Unreleased`.
    pub unreleased: bool,
}

/// Reads the headings.
#[must_use]
pub fn parse(text: &str) -> Changelog {
    let mut changelog = Changelog::default();
    let mut within_unreleased = false;
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        let Some(heading) = heading(line) else {
            changelog.unreleased |= within_unreleased && !line.trim().is_empty() && !line.starts_with('#');
            continue;
        };
        within_unreleased = heading.to_lowercase().starts_with("unreleased");
        changelog.versions.extend(version(heading));
    }
    changelog
}

/// The text of a heading of the first or second level, without brackets.
fn heading(line: &str) -> Option<&str> {
    let text = line.strip_prefix("## ").or_else(|| line.strip_prefix("# "))?;
    Some(text.trim().trim_start_matches('['))
}

/// The version that a heading begins with, after the name of a package at most.
fn version(heading: &str) -> Option<Version> {
    let words = heading.split_whitespace().take(2);
    words.map(|word| word.trim_matches(['[', ']', '(', ')', ':', ','])).find_map(|word| {
        let word = word.split(']').next().unwrap_or(word);
        Version::parse(word.strip_prefix('v').unwrap_or(word)).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_many_manners_are_read() {
        let text = "# Changelog\n\n## [Unreleased]\n\n- new\n\n## [1.2.3] - 2026-01-02\n- a\n### 9.9.9\n## v1.2.2\n## 1.2.1-rc.1 (2025)\n## [1.2.0](https://host.example/x)\n## tool 1.1.0\n```\n## 8.0.0\n```\n";
        let read = parse(text);
        let versions: Vec<String> = read.versions.iter().map(ToString::to_string).collect();
        assert_eq!(versions, ["1.2.3", "1.2.2", "1.2.1-rc.1", "1.2.0", "1.1.0"]);
        assert!(read.unreleased);
        assert!(!parse("## Unreleased\n\n### Added\n\n## 1.0.0\n- x\n").unreleased, "nothing is written there");
    }
}
