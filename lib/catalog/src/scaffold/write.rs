//! The project: names and files filled in, written as a whole.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Component, Path, PathBuf};

use minijinja::{Environment, UndefinedBehavior};

use super::template::{FILE, Template, Variable};
use crate::error::{CatalogError, Result};

/// What is taken off the names of files that are filled in.
const FILLED_IN: &str = ".jinja";
/// At most so many files are written.
const MOST_FILES: usize = 100_000;

/// The values of a project, by name.
pub type Values = BTreeMap<String, String>;

/// Completes `values` by the defaults of the template. `ask` is asked for what has neither, and answers `None` where there
/// is nobody to ask.
///
/// # Errors
/// A value that the template does not have or allow, one that is missing, or a default that cannot be filled in.
pub fn complete(
    template: &Template,
    mut values: Values,
    known: &Values,
    mut ask: impl FnMut(&str, &Variable, Option<&str>) -> Result<Option<String>>,
) -> Result<Values> {
    if let Some(name) = values.keys().find(|name| !template.variables.contains_key(*name) && !known.contains_key(*name))
    {
        let names: Vec<&str> = template.variables.keys().map(String::as_str).collect();
        let what = format!("the template has no variable {name}; it has: {}", names.join(", "));
        return Err(CatalogError::Template { what });
    }
    for (name, value) in known {
        values.entry(name.clone()).or_insert_with(|| value.clone());
    }
    let mut missing = Vec::new();
    let mut pending: Vec<(&String, &Variable)> =
        template.variables.iter().filter(|(name, _)| !values.contains_key(*name)).collect();
    while !pending.is_empty() {
        let (before, mut later, mut why) = (pending.len(), Vec::new(), None);
        for (name, variable) in pending {
            match variable.default.as_deref().map(|text| filled(text, &values, name)).transpose() {
                Ok(default) => match ask(name, variable, default.as_deref())?.or(default) {
                    Some(value) => drop(values.insert(name.clone(), value)),
                    None => missing.push(name.as_str()),
                },
                // It may name a value that comes later.
                Err(error) => {
                    later.push((name, variable));
                    why = Some(error);
                }
            }
        }
        match why {
            Some(error) if later.len() == before && missing.is_empty() => return Err(error),
            Some(_) if later.len() == before => break,
            Some(_) | None => pending = later,
        }
    }
    if !missing.is_empty() {
        return Err(CatalogError::Missing { names: missing.join(", ") });
    }
    let refused = template.variables.iter().find_map(|(name, variable)| {
        let value = values.get(name).filter(|value| !variable.choices.is_empty() && !variable.choices.contains(value));
        value.map(|value| format!("{name} is {value:?}, and may be {}", variable.choices.join(", ")))
    });
    refused.map_or(Ok(values), |what| Err(CatalogError::Template { what }))
}

/// A file of the project.
struct Planned {
    from: PathBuf,
    to: PathBuf,
    is_filled_in: bool,
}

/// Writes a project to `place`, which must not be there yet or be an empty folder; `made` does what is still to be done in
/// it before it is moved there. Returns its files, sorted.
///
/// # Errors
/// `place` is there; a name leads out of the project; a link; a file that cannot be filled in, read or written.
pub fn write(
    template: &Template,
    values: &Values,
    place: &Path,
    made: impl FnOnce(&Path) -> Result<()>,
) -> Result<Vec<PathBuf>> {
    let is_free = match fs::read_dir(place) {
        Ok(mut listed) => listed.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if !is_free {
        return Err(CatalogError::Exists { path: place.to_owned() });
    }
    let mut files = Vec::new();
    plan(template, values, (Path::new(""), Path::new("")), &mut files)?;
    files.sort_by(|a, b| a.to.cmp(&b.to));
    if let Some(two) = files.windows(2).find(|two| two[1].to.starts_with(&two[0].to)) {
        let what = format!("two files would both be {}", two[0].to.display());
        return Err(CatalogError::Template { what });
    }
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(CatalogError::io(parent))?;
    let beside = tempfile::Builder::new().prefix(".new-").tempdir_in(parent).map_err(CatalogError::io(parent))?;
    let project = beside.path().join("project");
    fs::create_dir(&project).map_err(CatalogError::io(&project))?;
    for file in &files {
        put(template, values, file, &project)?;
    }
    made(&project)?;
    // A folder takes the place of an empty one or of none, never of one with something in it.
    fs::rename(&project, place).map_err(|error| {
        use io::ErrorKind::{AlreadyExists, DirectoryNotEmpty, NotADirectory};
        if matches!(error.kind(), DirectoryNotEmpty | AlreadyExists | NotADirectory) {
            return CatalogError::Exists { path: place.to_owned() };
        }
        CatalogError::io(place)(error)
    })?;
    Ok(files.into_iter().map(|file| file.to).collect())
}

fn plan(template: &Template, values: &Values, (from, to): (&Path, &Path), files: &mut Vec<Planned>) -> Result<()> {
    let folder = template.root.join(from);
    for entry in fs::read_dir(&folder).map_err(CatalogError::io(&folder))? {
        let entry = entry.map_err(CatalogError::io(&folder))?;
        let name = entry.file_name();
        if name == ".git" || (from.as_os_str().is_empty() && name == FILE) {
            continue;
        }
        let from = from.join(&name);
        let refused = |why: &str| CatalogError::Template { what: format!("{}: {why}", from.display()) };
        let name = name.to_str().ok_or_else(|| refused("its name is not UTF-8"))?;
        let kind = entry.file_type().map_err(CatalogError::io(&entry.path()))?;
        let is_filled_in = kind.is_file() && name.ends_with(FILLED_IN);
        let name = if is_filled_in { name.strip_suffix(FILLED_IN).unwrap_or(name) } else { name };
        let name = filled(name, values, &from.to_string_lossy())?;
        if name.is_empty() {
            // A name that is nothing under these values: it is left out.
            continue;
        }
        let parts: Vec<Component<'_>> = Path::new(&name).components().collect();
        if !matches!(parts.as_slice(), [Component::Normal(part)] if **part == *name) || name.contains('\0') {
            return Err(refused(&format!("it would be {name:?}, which is no name of a file")));
        }
        if name.eq_ignore_ascii_case(".git") {
            return Err(refused("it would be a part of git's own folder"));
        }
        let to = to.join(&name);
        if kind.is_dir() {
            plan(template, values, (&from, &to), files)?;
        } else if kind.is_file() && files.len() < MOST_FILES {
            files.push(Planned { from, to, is_filled_in });
        } else {
            return Err(refused("it is no ordinary file, or one of too many"));
        }
    }
    Ok(())
}

fn put(template: &Template, values: &Values, file: &Planned, project: &Path) -> Result<()> {
    let (from, to) = (template.root.join(&file.from), project.join(&file.to));
    let folder = to.parent().unwrap_or(project);
    fs::create_dir_all(folder).map_err(CatalogError::io(folder))?;
    let mut content = fs::read(&from).map_err(CatalogError::io(&from))?;
    if file.is_filled_in {
        let name = file.from.display().to_string();
        let text = String::from_utf8(content);
        let text = text.map_err(|_| CatalogError::Template { what: format!("{name}: it is not UTF-8") })?;
        content = filled(&text, values, &name)?.into_bytes();
    }
    fs::write(&to, content).map_err(CatalogError::io(&to))?;
    // Whoever may run the template's file may run this one.
    let mode = fs::metadata(&from).map_err(CatalogError::io(&from))?.permissions().mode();
    if mode & 0o100 != 0 {
        fs::set_permissions(&to, fs::Permissions::from_mode(0o755)).map_err(CatalogError::io(&to))?;
    }
    Ok(())
}

/// A text with values in it; `name` is told where it cannot be filled in.
fn filled(text: &str, values: &Values, name: &str) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(1_000_000));
    let told = |error: &minijinja::Error| {
        let line = error.line().map_or_else(String::new, |line| format!(":{line}"));
        let what = error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
        CatalogError::Template { what: format!("{name}{line}: {what}") }
    };
    let mut rendered = environment.render_str(text, values).map_err(|error| told(&error))?;
    if text.ends_with('\n') {
        // The engine takes the last line end away.
        rendered.push('\n');
    }
    Ok(rendered)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ground {
        folder: tempfile::TempDir,
    }

    impl Ground {
        fn new(files: &[(&str, &str)]) -> Self {
            let ground = Self { folder: tempfile::tempdir().expect("a folder") };
            for (name, content) in files {
                let path = ground.path("template").join(name);
                fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
                fs::write(path, content).expect("a file");
            }
            ground
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn make(&self, values: &[(&str, &str)]) -> Result<Vec<PathBuf>> {
            let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            write(&Template::open(&self.path("template"))?, &values, &self.path("project"), |_| Ok(()))
        }

        fn is_untouched(&self) -> bool {
            let names: Vec<_> =
                fs::read_dir(self.folder.path()).expect("a list").flatten().map(|e| e.file_name()).collect();
            names == ["template"]
        }
    }

    #[test]
    fn names_and_files_are_filled_in_and_the_rest_is_copied() {
        let ground = Ground::new(&[
            ("template.toml", "description = \"x\"\n"),
            ("src/{{ name }}.rs.jinja", "// {{ name | upper }} – 日本\n{% if tests == 'yes' %}#[test]\n{% endif %}"),
            ("{% if tests == 'yes' %}tests{% endif %}/a.rs", "{{ not filled in }}"),
            (".github/ci.yml", "${{ secrets.X }}"),
            (".git/config", "never"),
        ]);
        let files = ground.make(&[("name", "app"), ("tests", "no")]).expect("a project");
        assert_eq!(files, [Path::new(".github/ci.yml"), Path::new("src/app.rs")]);
        assert_eq!(fs::read_to_string(ground.path("project/src/app.rs")).expect("a file"), "// APP – 日本\n");
        assert_eq!(fs::read_to_string(ground.path("project/.github/ci.yml")).expect("a file"), "${{ secrets.X }}");
        let again = ground.make(&[("name", "other"), ("tests", "no")]).expect_err("it is there");
        assert_eq!(again.kind(), oqto_protocol::error::ErrorKind::AlreadyExists);
        assert!(!ground.path("project/src/other.rs").exists());
    }

    #[test]
    fn nothing_leads_out_and_half_a_project_is_none() {
        for value in ["../../out", "/etc/out", "..", ".", "a/b", ".GIT", "a\0b"] {
            let ground = Ground::new(&[("a", "x"), ("{{ name }}", "x")]);
            let refused = ground.make(&[("name", value)]).expect_err(value);
            assert_eq!(refused.kind(), oqto_protocol::error::ErrorKind::InvalidParams, "{value}: {refused}");
            assert!(ground.is_untouched(), "{value}");
        }
        let ground = Ground::new(&[("a", "x"), ("b.jinja", "line\n{{ nobody }}")]);
        let refused = ground.make(&[]).expect_err("a value is missing");
        assert!(refused.to_string().starts_with("b.jinja:2: "), "{refused}");
        assert!(ground.is_untouched());
        let ground = Ground::new(&[("a", "x")]);
        std::os::unix::fs::symlink("/etc/hostname", ground.path("template/link")).expect("a link");
        assert!(ground.make(&[]).expect_err("a link").to_string().contains("no ordinary file"));
        let ground = Ground::new(&[("{{ a }}", "x"), ("{{ b }}", "x")]);
        assert!(ground.make(&[("a", "n"), ("b", "n")]).expect_err("twice").to_string().contains("two files"));
        let ground = Ground::new(&[("x.jinja", "{% for i in range(99999999) %}{{ i }}{% endfor %}")]);
        assert!(ground.make(&[]).is_err(), "it ends");
    }

    #[test]
    fn values_are_told_defaulted_asked_for_or_missing() {
        let text = "[variables.again]\ndefault = \"{{ title }}!\"\n[variables.name]\nprompt = \"Name\"\n[variables.title]\ndefault = \"The {{ name }}\"\n[variables.kind]\ndefault = \"lib\"\nchoices = [\"lib\", \"bin\"]\n";
        let ground = Ground::new(&[("template.toml", text)]);
        let template = Template::open(&ground.path("template")).expect("a template");
        let values = |told: &[(&str, &str)]| {
            told.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Values>()
        };
        let nobody = |_: &str, _: &Variable, _: Option<&str>| Ok(None);
        let done = complete(&template, values(&[("name", "app")]), &Values::new(), nobody).expect("values");
        assert_eq!(done, values(&[("name", "app"), ("title", "The app"), ("again", "The app!"), ("kind", "lib")]));
        let missing = complete(&template, Values::new(), &values(&[("year", "2026")]), nobody).expect_err("a name");
        assert!(missing.to_string().contains("name"), "{missing}");
        let asked =
            complete(&template, values(&[]), &Values::new(), |name, _, _| Ok((name == "name").then(|| "x".into())));
        assert_eq!(asked.expect("values")["title"], "The x");
        for (told, words) in [(("kind", "what"), "may be lib, bin"), (("nobody", "x"), "no variable nobody")] {
            let refused =
                complete(&template, values(&[("name", "app"), told]), &Values::new(), nobody).expect_err("refused");
            assert!(refused.to_string().contains(words), "{refused}");
        }
    }
}
