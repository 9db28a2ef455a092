//! The files of repositories, ours and those that are declared, against their schemas.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path};

use serde::Serialize;
use serde_json::Value;

use super::validate::Schema;
use super::{Declared, OURS, ours};
use crate::find::Found;
use crate::parallel;

/// At most so many faults of one file are told.
const TOLD: usize = 20;

/// Something that is not as its schema says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// The repository.
    pub repository: String,
    /// The file, from the root, with the line where it has lines.
    pub file: String,
    /// The schema.
    pub schema: String,
    /// Where in it, as a JSON Pointer.
    pub at: String,
    /// What is wrong.
    pub why: String,
}

/// What came of checking.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// How many files were looked at.
    pub files: usize,
    /// What is wrong, by repository and file.
    pub faults: Vec<Mismatch>,
}

/// Checks our files and the declared ones of every repository, and tells `each` after every one.
pub fn check(repositories: &[Found], declared: &[Declared], each: &(dyn Fn() + Sync)) -> Checked {
    let looked = parallel::map(repositories, |found| look(found, declared), each);
    let mut all = Checked::default();
    for checked in looked {
        all.files += checked.files;
        all.faults.extend(checked.faults);
    }
    all
}

fn look(found: &Found, declared: &[Declared]) -> Checked {
    let mut checked = Checked::default();
    let Some(root) = found.place.work_tree.as_deref() else { return checked };
    let in_repositories = OURS.iter().filter(|ours| ours.place == ours::Place::Repository);
    let own = in_repositories.map(|ours| (ours.file, ours.name, false));
    let of_this = |declared: &&Declared| declared.repo.as_ref().is_none_or(|repo| *repo == found.name);
    let told =
        declared.iter().filter(of_this).map(|told| (told.file.as_str(), told.schema.as_str(), told.repo.is_some()));
    let mut schemas = BTreeMap::new();
    for (file, schema, must_exist) in own.chain(told) {
        let faults = schemas.entry(schema).or_insert_with(|| open(root, schema)).as_ref();
        let faults = match (faults, read(root, file)) {
            (_, Ok(None)) if !must_exist => continue,
            (_, Ok(None)) => vec![(file.to_owned(), String::new(), "it is not there".to_owned())],
            (_, Err(why)) => vec![(file.to_owned(), String::new(), why)],
            (Err(why), Ok(Some(_))) => {
                vec![(file.to_owned(), String::new(), format!("the schema cannot be used: {why}"))]
            }
            (Ok(schema), Ok(Some(text))) => against(schema, file, &text),
        };
        checked.files += 1;
        let mismatch =
            |(file, at, why)| Mismatch { repository: found.name.clone(), file, schema: schema.to_owned(), at, why };
        checked.faults.extend(faults.into_iter().map(mismatch));
    }
    checked
}

fn open(root: &Path, name: &str) -> Result<Schema, String> {
    if let Some(ours) = ours::named(name) {
        return Schema::parse(ours.text);
    }
    let text = read(root, name)?.ok_or_else(|| format!("there is no {name}, and none of ours is called so"))?;
    Schema::parse(&text)
}

/// The text of a file of the repository; nothing where it is not there.
fn read(root: &Path, file: &str) -> Result<Option<String>, String> {
    if !Path::new(file).components().all(|part| matches!(part, Component::Normal(_))) {
        return Err("it is not below the root".to_owned());
    }
    match fs::read(root.join(file)) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| "it is not UTF-8".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

/// File (and line), place, and what is wrong.
type Faults = Vec<(String, String, String)>;

/// What is wrong with the text of a file, whose name says how it is written.
fn against(schema: &Schema, file: &str, text: &str) -> Faults {
    let ending = Path::new(file).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let mut faults = Vec::new();
    match ending {
        "jsonl" => {
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let value = serde_json::from_str(line).map_err(|error| error.to_string());
                judge(schema, &format!("{file}:{}", number + 1), value, &mut faults);
            }
        }
        "json" => judge(schema, file, serde_json::from_str(text).map_err(|error| error.to_string()), &mut faults),
        "toml" => {
            let value = toml::from_str::<Value>(text).map_err(|error| error.to_string().trim_end().replace('\n', " "));
            judge(schema, file, value, &mut faults);
        }
        "yaml" | "yml" => {
            let why = "YAML is not checked: only .json, .jsonl and .toml are understood, so keep the configuration as one of these";
            faults.push((file.to_owned(), String::new(), why.to_owned()));
        }
        _ => faults.push((file.to_owned(), String::new(), "only .json, .jsonl and .toml are understood".to_owned())),
    }
    let more = faults.len().saturating_sub(TOLD);
    faults.truncate(TOLD);
    if more > 0 {
        faults.push((file.to_owned(), String::new(), format!("and {more} more")));
    }
    faults
}

fn judge(schema: &Schema, place: &str, value: Result<Value, String>, faults: &mut Faults) {
    match value {
        Ok(value) => {
            faults.extend(schema.faults(&value).into_iter().map(|fault| (place.to_owned(), fault.at, fault.why)));
        }
        Err(why) => faults.push((place.to_owned(), String::new(), why)),
    }
}

/// Checks the configurations of our programs in the folder that holds a person's.
#[must_use]
pub fn configurations(folder: &Path) -> Checked {
    let mut checked = Checked::default();
    for ours in OURS.iter().filter(|ours| ours.place == ours::Place::Configuration) {
        let faults = match (read(folder, ours.file), Schema::parse(ours.text)) {
            (Ok(None), _) => continue,
            (Ok(Some(text)), Ok(schema)) => against(&schema, ours.file, &text),
            (Err(why), _) | (_, Err(why)) => vec![(ours.file.to_owned(), String::new(), why)],
        };
        checked.files += 1;
        let (repository, schema) = ("configuration".to_owned(), ours.name.to_owned());
        let mismatch =
            |(file, at, why)| Mismatch { repository: repository.clone(), file, schema: schema.clone(), at, why };
        checked.faults.extend(faults.into_iter().map(mismatch));
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_schemas_can_be_used() {
        for ours in OURS {
            Schema::parse(ours.text).unwrap_or_else(|why| panic!("{}: {why}", ours.name));
        }
    }

    #[test]
    fn what_our_programs_write_keeps_our_schemas() {
        let ground = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(ground.path().join(".git/objects")).expect("a folder");
        fs::write(ground.path().join(".git/HEAD"), "ref: refs/heads/main\n").expect("a head");
        let mut issues = oqto_issues::Store::init(ground.path(), "app").expect("a store");
        let first = issues.create(oqto_issues::NewIssue::titled("one – 日本")).expect("an issue");
        let second = issues.create(oqto_issues::NewIssue::titled("two")).expect("an issue");
        issues.link(&second, oqto_issues::Link::Blocks, std::slice::from_ref(&first)).expect("a link");
        issues.claim(&first, "ada", 3600).expect("a claim");
        issues.comment(&second, "a remark").expect("a remark");
        issues.close(&[first], Some("done")).expect("closed");
        let told = |text: &str| oqto_memory::Told {
            content: Some(text.into()),
            importance: Some(7),
            category: Some("api".into()),
            ..Default::default()
        };
        let ledger = ground.path().join(".mmry/mmry.jsonl");
        let mut memories = oqto_memory::Store::open(&ledger, Default::default()).expect("a store");
        let memory = memories.add(told("the port is 1"), oqto_memory::Duplicates::Allow).expect("a memory");
        memories.edit(&memory.memory_id, told("the port is 2"), "it moved", None).expect("an edit");
        memories.remove(&memory.memory_id, "gone", None).expect("removed");
        let found = crate::find(&[ground.path().to_owned()], &[], 1).expect("found");
        let checked = check(&found, &[], &|| {});
        assert_eq!((checked.files, checked.faults), (3, Vec::new()));
        fs::write(&ledger, "{\"id\":1}\nnonsense\n").expect("a bad file");
        let faults = check(&found, &[], &|| {}).faults;
        assert_eq!((faults[0].file.as_str(), faults[0].why.as_str()), (".mmry/mmry.jsonl:1", "`ts` is missing"));
        assert_eq!(faults.last().map(|fault| fault.file.as_str()), Some(".mmry/mmry.jsonl:2"));
    }
}
