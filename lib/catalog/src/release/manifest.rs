//! Versions and dependencies, as manifests tell them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use semver::{Version, VersionReq};
use serde::Serialize;

/// The manifests at the root of a repository.
pub const AT_ROOT: [&str; 3] = ["Cargo.toml", "package.json", "pyproject.toml"];

/// What a manifest says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The file, from the root.
    pub file: String,
    /// The package; nothing for a workspace without one.
    pub name: Option<String>,
    /// Its version; nothing where it is told elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// The versions of other packages that it accepts, where that can be told.
    #[serde(skip)]
    pub needs: BTreeMap<String, VersionReq>,
}

/// The manifest at `file`; nothing where there is none.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn read(root: &Path, file: &str) -> Result<Option<Manifest>, String> {
    let text = match fs::read_to_string(root.join(file)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{file}: {error}")),
    };
    let name = Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or(file);
    let told = match name {
        "package.json" => json(&text),
        "pyproject.toml" => table(&text).and_then(|table| python(&table)),
        _ => table(&text).and_then(|table| cargo(&table)),
    };
    told.map(|told| Some(Manifest { file: file.to_owned(), ..told })).map_err(|why| format!("{file}: {why}"))
}

fn table(text: &str) -> Result<toml::Table, String> {
    text.parse().map_err(|error: toml::de::Error| error.message().to_owned())
}

fn version(text: &str) -> Result<Version, String> {
    Version::parse(text.trim_start_matches('v')).map_err(|error| format!("{text:?} is no version: {error}"))
}

fn cargo(table: &toml::Table) -> Result<Manifest, String> {
    let package = table.get("package");
    let workspace = table.get("workspace");
    let shared = workspace.and_then(|workspace| workspace.get("package")?.get("version")?.as_str());
    let own = package.and_then(|package| package.get("version"));
    // `version.workspace = true`
    let inherited = own.is_some_and(|version| version.get("workspace").is_some());
    let text = if inherited { shared } else { own.and_then(toml::Value::as_str).or(shared) };
    let name = package.and_then(|package| package.get("name")?.as_str()).map(ToOwned::to_owned);
    let mut needs = BTreeMap::new();
    let tables = [
        table.get("dependencies"),
        table.get("build-dependencies"),
        workspace.and_then(|table| table.get("dependencies")),
    ];
    for (key, told) in tables.into_iter().flatten().filter_map(toml::Value::as_table).flatten() {
        let name = told.get("package").and_then(toml::Value::as_str).unwrap_or(key);
        let wanted = told.as_str().or_else(|| told.get("version")?.as_str());
        if let Some(wanted) = wanted.and_then(|wanted| VersionReq::parse(wanted).ok()) {
            needs.insert(name.to_owned(), wanted);
        }
    }
    Ok(Manifest { name, version: text.map(version).transpose()?, needs, ..Manifest::default() })
}

fn json(text: &str) -> Result<Manifest, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let word = |key: &str| value.get(key).and_then(serde_json::Value::as_str);
    let mut needs = BTreeMap::new();
    for key in ["dependencies", "peerDependencies", "optionalDependencies"] {
        let told = value.get(key).and_then(serde_json::Value::as_object).into_iter().flatten();
        needs.extend(told.filter_map(|(name, wanted)| Some((name.clone(), npm(wanted.as_str()?)?))));
    }
    Ok(Manifest {
        name: word("name").map(ToOwned::to_owned),
        version: word("version").map(version).transpose()?,
        needs,
        ..Manifest::default()
    })
}

/// A range as npm writes it; nothing where it says more than ours can (`||`, spaces, tags, URLs).
fn npm(text: &str) -> Option<VersionReq> {
    let text = text.strip_prefix("workspace:").unwrap_or(text);
    if text.contains(' ') {
        return None;
    }
    // A bare version is that one only.
    let exact = text.starts_with(|first: char| first.is_ascii_digit()) && Version::parse(text).is_ok();
    VersionReq::parse(&if exact { format!("={text}") } else { text.to_owned() }).ok()
}

/// Requirements of Python packages are not compared: they follow other rules than these.
fn python(table: &toml::Table) -> Result<Manifest, String> {
    let tables = [table.get("project"), table.get("tool").and_then(|tool| tool.get("poetry"))];
    let word = |key: &str| tables.into_iter().flatten().find_map(|table| table.get(key)?.as_str());
    let text = word("version").map(version).transpose()?;
    Ok(Manifest { name: word("name").map(ToOwned::to_owned), version: text, ..Manifest::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(file: &str, text: &str) -> Result<Manifest, String> {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join(file), text).expect("a file");
        read(root.path(), file).map(|manifest| manifest.expect("it is there"))
    }

    #[test]
    fn each_kind_tells_its_name_version_and_needs() {
        let text = "[package]\nname = \"a\"\nversion.workspace = true\n[workspace.package]\nversion = \"1.2.3\"\n[dependencies]\nb = \"1\"\nc = { package = \"d\", version = \"2.1\" }\ne.path = \"../e\"\n";
        let cargo = told("Cargo.toml", text).expect("a manifest");
        assert_eq!((cargo.name.as_deref(), cargo.version.clone()), (Some("a"), Some(Version::new(1, 2, 3))));
        assert_eq!(cargo.needs.keys().collect::<Vec<_>>(), ["b", "d"]);
        let text =
            r#"{"name":"w","version":"0.4.0","dependencies":{"x":"^1.0.0","y":"1.0.0","z":">=1 <2","f":"file:../f"}}"#;
        let npm = told("package.json", text).expect("a manifest");
        assert_eq!(npm.needs.keys().collect::<Vec<_>>(), ["x", "y"]);
        assert!(!npm.needs["y"].matches(&Version::new(1, 0, 1)) && npm.needs["x"].matches(&Version::new(1, 9, 0)));
        let python = told("pyproject.toml", "[tool.poetry]\nname = \"p\"\nversion = \"3.0.0\"\n").expect("a manifest");
        assert_eq!((python.name.as_deref(), python.version), (Some("p"), Some(Version::new(3, 0, 0))));
        let why = told("package.json", "{\"version\":\"one\"}").expect_err("no version");
        assert!(why.starts_with("package.json: \"one\" is no version"), "{why}");
        assert!(told("Cargo.toml", "[package").is_err());
    }
}
