//! What happens to the file.

use std::os::unix::fs::PermissionsExt as _;

use oqto_kit::Secret;

use super::*;
use crate::accounts::{Grant, Secrets};

const PLANTED: &str = "sk-planted-in-the-vault-0123456789";

fn key_file(vault: &Vault) -> PathBuf {
    vault.files().pop().unwrap()
}

struct Place {
    _folder: tempfile::TempDir,
    vault: Vault,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::beside(&folder.path().join("data/eavs.db"), &AccountsSettings::default());
    Place { _folder: folder, vault }
}

fn key(provider: &str, label: &str) -> Record {
    Record {
        provider: provider.to_owned(),
        label: label.to_owned(),
        weight: 3,
        added_at_ms: 1_000,
        secrets: Secrets::ApiKey(Secret::new(PLANTED)),
    }
}

fn tokens(provider: &str, label: &str) -> Record {
    let grant = Grant {
        access: Secret::new("access-planted-1"),
        refresh: Some(Secret::new("refresh-planted-1")),
        obtained_at_ms: 5,
        expires_at_ms: Some(9),
        ended: Some("revoked".to_owned()),
    };
    Record { secrets: Secrets::Oauth(grant), ..key(provider, label) }
}

fn put(vault: &Vault, record: Record) {
    vault.change(Change::Put(Box::new(record))).unwrap();
}

#[test]
fn what_is_put_in_comes_out_and_is_not_to_be_read_in_the_file() {
    let place = place();
    let vault = &place.vault;
    assert!(vault.read().unwrap().lines.is_empty());
    let all = [key("openai", "wörk"), tokens("openai", "home"), key("groq", "wörk")];
    for record in &all {
        put(vault, record.clone());
    }
    put(vault, all[0].clone());
    assert_eq!(vault.read().unwrap().records().cloned().collect::<Vec<_>>(), all);
    let text = fs::read_to_string(vault.file()).unwrap();
    assert!(text.contains("\"wörk\"") && !text.contains("planted") && !text.contains("revoked"), "{text}");
    assert!(!format!("{:?}", vault.read().unwrap()).contains("planted"));
    assert_eq!(fs::metadata(vault.file()).unwrap().mode() & 0o777, 0o600);
    vault.change(Change::Remove { provider: "openai".into(), label: "wörk".into() }).unwrap();
    assert_eq!(vault.read().unwrap().records().cloned().collect::<Vec<_>>(), all[1..]);
    let again = vault.change(Change::Remove { provider: "openai".into(), label: "wörk".into() });
    assert_eq!(again.unwrap_err().to_string(), "\"openai\" has no kept account \"wörk\"");
    let names: Vec<_> = fs::read_dir(vault.file().parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "accounts, key and lock: {names:?}");
}

#[test]
fn a_damaged_line_harms_no_other_and_stays() {
    let place = place();
    let vault = &place.vault;
    for label in ["a", "b", "c"] {
        put(vault, key("openai", label));
    }
    let text = fs::read_to_string(vault.file()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let moved = lines[2].replace("\"b\"", "\"d\"");
    let torn = &lines[3][..lines[3].len() - 9];
    fs::write(vault.file(), format!("{}\n{}\n{moved}\n{torn}", lines[0], lines[1])).unwrap();
    let said = |contents: &Contents| -> Vec<String> {
        let why = |line: &Line| match &line.record {
            Ok(record) => format!("{} {}", line.number, record.label),
            Err(why) => format!("{} {:?} {why}", line.number, line.label.as_deref()),
        };
        contents.lines.iter().map(why).collect()
    };
    let expected =
        ["2 a", "3 Some(\"d\") what is sealed is damaged, or belongs to another account", "4 None the line is damaged"];
    assert_eq!(said(&vault.read().unwrap()), expected);
    put(vault, key("openai", "e"));
    assert_eq!(said(&vault.read().unwrap())[..3], expected);
    assert!(vault.read().unwrap().find("openai", "e").is_some());
    vault.change(Change::Remove { provider: "openai".into(), label: "d".into() }).unwrap();
    assert_eq!(vault.read().unwrap().lines.len(), 3, "what is damaged can be removed by its name");
}

#[test]
fn a_key_that_is_lost_or_another_is_told_and_nothing_is_overwritten() {
    let place = place();
    let vault = &place.vault;
    put(vault, key("openai", "a"));
    let before = fs::read(vault.file()).unwrap();
    let real = fs::read(key_file(vault)).unwrap();
    let told = |result: Result<(), AccountsError>| result.unwrap_err().to_string();
    let reading = || told(vault.read().map(|_| ()));
    let adding = || told(vault.change(Change::Put(Box::new(key("openai", "b")))));

    fs::remove_file(key_file(vault)).unwrap();
    for said in [reading(), adding()] {
        assert!(said.contains("is not there"), "{said}");
    }
    assert!(!key_file(vault).exists(), "no second key is made");
    assert_eq!(vault.names().unwrap()[0].label.as_deref(), Some("a"), "who they are is told without the key");

    MasterKey::at(vault.key(), Sealing::First).unwrap();
    for said in [reading(), adding()] {
        assert!(said.contains("is not the key that the accounts are sealed with"), "{said}");
    }
    fs::write(key_file(vault), &real).unwrap();
    fs::set_permissions(key_file(vault), fs::Permissions::from_mode(0o604)).unwrap();
    for said in [reading(), adding()] {
        assert!(said.contains("others than its owner"), "{said}");
    }
    assert_eq!(fs::read(vault.file()).unwrap(), before);
    fs::set_permissions(key_file(vault), fs::Permissions::from_mode(0o600)).unwrap();
    assert!(vault.read().unwrap().find("openai", "a").is_some(), "with the right key it works");
}

#[test]
fn foreign_and_newer_files_are_left_alone() {
    let place = place();
    let vault = &place.vault;
    put(vault, key("openai", "a"));
    for (text, said) in [
        ("", "does not begin as a file of accounts"),
        ("hello\n", "does not begin as a file of accounts"),
        ("{\"eavs_accounts\":2,\"key\":\"x\"}\n", "newer version (format 2)"),
    ] {
        fs::write(vault.file(), text).unwrap();
        assert!(vault.read().unwrap_err().to_string().contains(said));
        let change = vault.change(Change::Put(Box::new(key("openai", "b"))));
        assert!(change.unwrap_err().to_string().contains(said));
        assert_eq!(fs::read_to_string(vault.file()).unwrap(), text);
    }
}

#[test]
fn many_who_change_it_lose_nothing() {
    let place = place();
    let vault = &place.vault;
    std::thread::scope(|scope| {
        for number in 0..16 {
            scope.spawn(move || put(vault, key("openai", &format!("account {number}"))));
        }
    });
    assert_eq!(vault.read().unwrap().records().count(), 16);
}

#[test]
fn labels_can_be_shown_and_typed() {
    let place = place();
    for wrong in ["", " ", "a\u{1b}[2J", "a\nb"] {
        let refused = place.vault.change(Change::Put(Box::new(key("openai", wrong))));
        assert!(refused.unwrap_err().to_string().starts_with("the label"), "{wrong:?}");
    }
}

#[test]
fn who_waits_for_too_long_is_told() {
    let place = place();
    put(&place.vault, key("openai", "a"));
    let held = place.vault.claim("openai", "a", PATIENCE).unwrap();
    let busy = place.vault.claim("openai", "a", Duration::from_millis(1)).unwrap_err();
    assert!(matches!(busy, AccountsError::Busy { .. }), "{busy}");
    place.vault.claim("openai", "b", PATIENCE).expect("another account is not held up");
    drop(held);
    place.vault.claim("openai", "a", PATIENCE).expect("it is free again");
}

proptest::proptest! {
    #[test]
    fn whatever_the_file_holds_it_is_read_or_refused_and_no_account_comes_of_it(
        first in proptest::bool::ANY,
        rest in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
    ) {
        let place = place();
        let key = MasterKey::at(place.vault.key(), Sealing::First).unwrap();
        let head = format!("{{\"eavs_accounts\":1,\"key\":\"{}\"}}\n", key.fingerprint());
        let head = if first { head } else { String::new() };
        fs::write(place.vault.file(), [head.as_bytes(), &rest].concat()).unwrap();
        let _ = place.vault.names();
        let read = place.vault.read();
        proptest::prop_assert_eq!(read.map_or(0, |contents| contents.records().count()), 0);
    }
}
