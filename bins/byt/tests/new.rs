//! `byt new`
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod ground;

use std::fs;
use std::path::Path;

use ground::Home;

const ASKED: &str =
    "description = \"A service\"\nafter = [[\"touch\", \"hooked\"]]\n[variables.port]\nprompt = \"The port\"\n";

fn template(folder: &Path) {
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("template.toml"), ASKED).unwrap();
    fs::write(folder.join("README.md.jinja"), "# {{ name }} – 日本\nPort {{ port }}\n").unwrap();
    fs::write(folder.join("src/{{ name }}.rs"), "{{ as it is }}").unwrap();
}

#[test]
fn a_project_is_made_of_a_folder_or_a_repository() {
    let home = Home::new();
    let folder = home.path("template");
    template(&folder);
    let folder = folder.to_str().unwrap();
    let (code, missing) = home.json(&["new", folder, "app"]);
    assert_eq!((code, missing["error"]["code"].as_str()), (2, Some("invalid_params")), "{missing}");
    assert!(missing["error"]["message"].as_str().unwrap().contains("port") && !home.path("code/app").exists());
    let (code, made) = home.json(&["new", folder, "app", "-D", "port=7700"]);
    assert_eq!((code, made["ok"]["hooks_run"].as_bool()), (0, Some(false)), "{made}");
    let app = home.path("code/app");
    assert_eq!(fs::read_to_string(app.join("README.md")).unwrap(), "# app – 日本\nPort 7700\n");
    assert_eq!(fs::read_to_string(app.join("src/app.rs")).unwrap(), "{{ as it is }}");
    assert!(app.join(".git/HEAD").is_file() && !app.join(".git/hooks").exists(), "a repository without hooks");
    assert!(!app.join("hooked").exists() && !app.join("template.toml").exists());
    let (code, taken) = home.json(&["new", folder, "app", "-D", "port=1"]);
    assert_eq!((code, taken["error"]["code"].as_str()), (1, Some("already_exists")));
    assert_eq!(home.run(&["new", folder, "hooked", "-D", "port=1", "--hooks", "--no-git"]).0, 0);
    assert!(home.path("code/hooked/hooked").is_file() && !home.path("code/hooked/.git").exists());
    let (code, shown) = home.json(&["new", folder, "--show"]);
    assert_eq!((code, shown["ok"]["variables"]["port"]["prompt"].as_str()), (0, Some("The port")));
    for (arguments, code) in [
        (&["new", folder, "x", "-D", "port=1", "-D", "nope=1"][..], 2),
        (&["new", folder, "x", "-D", "port"][..], 2),
        (&["new", "/no/such/template", "x"][..], 3),
        (&["new", folder][..], 2),
    ] {
        assert_eq!(home.run(arguments).0, code, "{arguments:?}");
        assert!(!home.path("code/x").exists());
    }

    home.git(Path::new(folder), &["init", "-q"]);
    home.git(Path::new(folder), &["add", "."]);
    home.git(Path::new(folder), &["commit", "-q", "-m", "template"]);
    home.git(Path::new(folder), &["tag", "v1"]);
    let url = format!("file://{folder}");
    let (code, made) = home.json(&["new", &url, "fetched", "-D", "port=1", "--ref", "v1"]);
    assert_eq!((code, made["ok"]["files"].as_array().unwrap().len()), (0, 2), "{made}");
    assert_eq!(home.run(&["new", &url, "no-such-ref", "-D", "port=1", "--ref", "v9"]).0, 1);
    fs::create_dir_all(home.path(".config/byt")).unwrap();
    fs::write(home.path(".config/byt/config.toml"), "[templates]\nservice = \"~/template\"\n").unwrap();
    assert_eq!(home.run(&["new", "service", "named", "-D", "port=1"]).0, 0);
    assert!(home.path("code/named/README.md").is_file());
}

#[test]
fn a_hook_that_fails_leaves_nothing_and_names_lead_nowhere_else() {
    let home = Home::new();
    let folder = home.path("template");
    template(&folder);
    fs::write(folder.join("template.toml"), "after = [[\"false\"]]\n[variables.port]\ndefault = \"1\"\n").unwrap();
    let (code, failed) = home.json(&["new", folder.to_str().unwrap(), "x", "--hooks"]);
    assert!(code == 2 && failed["error"]["message"].as_str().unwrap().contains("`false`"), "{code} {failed}");
    assert_eq!(fs::read_dir(home.path("code")).unwrap().count(), 0, "nothing is left");
    fs::write(folder.join("{{ port }}"), "x").unwrap();
    let (code, refused) = home.json(&["new", folder.to_str().unwrap(), "x", "-D", "port=../../out"]);
    assert!(code == 2 && refused["error"]["message"].as_str().unwrap().contains("no name of a file"), "{refused}");
    assert!(!home.path("out").exists());
    assert_eq!(home.run(&["new", folder.to_str().unwrap(), "x", "-D", "port=fine"]).0, 0, "the control");
}
