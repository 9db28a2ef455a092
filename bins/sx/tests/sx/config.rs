//! The configuration of an earlier `sx` is taken over.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::{results, stderr, stdout};

/// Runs it in a home that outlives the run.
fn sx_at(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sx"));
    command.args(arguments).env_clear().env("HOME", home).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn an_earlier_configuration_is_taken_over_and_searches() {
    let server = Server::start(|_| Answer::json(&results(9)));
    let home = tempfile::tempdir().unwrap();
    let old = home.path().join(".config/sx/config.toml");
    fs::create_dir_all(old.parent().unwrap()).unwrap();
    let text = format!(
        "engine = \"searxng\"\nsearxng_url = \"{}\"\nsearxng_username = \"ada\"\nsearxng_password = \"p w\"\nresult_count = 4\n\
         fallback_engines = [\"exa\"]\n[engines_exa]\napi_key = \"geheim\"\n",
        server.url()
    );
    fs::write(&old, text).unwrap();
    let unset = sx_at(home.path(), &["x", "--json"]);
    assert_eq!(unset.status.code(), Some(78));
    assert!(stdout(&unset).contains("sx config import"), "{unset:?}");

    let imported = sx_at(home.path(), &["config", "import", "--json"]);
    assert_eq!(imported.status.code(), Some(0), "{imported:?}");
    assert!(!stdout(&imported).contains("geheim") && !stdout(&imported).contains("p w"), "{imported:?}");
    let value: Value = serde_json::from_str(&stdout(&imported)).unwrap();
    let left: Vec<&Value> = value["ok"]["left"].as_array().unwrap().iter().map(|left| &left["key"]).collect();
    assert_eq!(left, ["engines_exa", "fallback_engines"]);
    let own = home.path().join(".config/oqto/sx.toml");
    assert_eq!(value["ok"]["path"], json!(own));
    assert_eq!(fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o600, "it holds a password");

    let found = sx_at(home.path(), &["x", "-L"]);
    assert_eq!((found.status.code(), stdout(&found).lines().count()), (Some(0), 4), "{found:?}");
    assert!(server.asked()[0].to_lowercase().contains("authorization: basic ywrhonagdw=="), "{:?}", server.asked());

    let again = sx_at(home.path(), &["config", "import"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("sx config import --replace"), "{again:?}");
    assert_eq!(sx_at(home.path(), &["config", "import", "--replace", "-q"]).status.code(), Some(0));
    let files = fs::read_dir(own.parent().unwrap()).unwrap().count();
    assert_eq!(files, 1, "nothing is left beside it");
}

#[test]
fn what_cannot_be_taken_over_is_said_with_its_line() {
    let home = tempfile::tempdir().unwrap();
    let absent = sx_at(home.path(), &["config", "import", "--json"]);
    assert_eq!(absent.status.code(), Some(3));
    assert!(stdout(&absent).contains(".config/sx/config.toml"), "{absent:?}");
    let broken = home.path().join("ü.toml");
    fs::write(&broken, "searxng_url = 'https://x.org'\nsearxng_password = \"geheim\n").unwrap();
    let refused = sx_at(home.path(), &["config", "import", broken.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(78));
    assert!(stderr(&refused).contains("ü.toml:2:") && !stderr(&refused).contains("geheim"), "{refused:?}");
    assert!(!home.path().join(".config/oqto/sx.toml").exists());
}

#[test]
fn a_wrong_configuration_names_its_file_and_line() {
    let home = tempfile::tempdir().unwrap();
    let own = home.path().join(".config/oqto/sx.toml");
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    for (text, words) in [
        ("\nresult_cout = 3", "did you mean `result_count`?"),
        ("timeout = 'soon'", "sx.toml:1:"),
        ("timeout = -1.0", "0.1 to 3600"),
        ("searxng_url = 'search.example.org'", "begins with http"),
        ("= 1", "sx.toml:1:"),
    ] {
        fs::write(&own, text).unwrap();
        let refused = sx_at(home.path(), &["x", "--json", "--searxng-url", "http://127.0.0.1:9"]);
        assert_eq!(refused.status.code(), Some(78), "{text}: {refused:?}");
        assert!(stdout(&refused).contains(words), "{text}: {refused:?}");
    }
}
