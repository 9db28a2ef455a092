//! `byt lint`, `byt release` and `byt schemas`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod ground;

use std::fs;
use std::time::{Duration, SystemTime};

use ground::Home;
use serde_json::Value;

fn settings(home: &Home, text: &str) {
    fs::create_dir_all(home.path(".config/byt")).unwrap();
    fs::write(home.path(".config/byt/config.toml"), text).unwrap();
}

fn broken(shown: &Value, repo: &str) -> Vec<String> {
    let issues = shown["ok"]["issues"].as_array().unwrap().iter().filter(|found| found["repo"] == repo);
    issues.map(|found| format!("{}={}", found["rule"].as_str().unwrap(), found["severity"].as_str().unwrap())).collect()
}

#[test]
fn rules_count_as_the_settings_say_and_decide_the_exit_code() {
    let home = Home::new();
    let bad = home.repository("bad");
    fs::remove_file(bad.join("README.md")).unwrap();
    let old = bad.join("main.rs");
    fs::write(&old, "changed").unwrap();
    let long_ago = SystemTime::now() - Duration::from_secs(9 * 86_400 + 60);
    fs::File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    let good = home.repository("good");
    fs::write(good.join("LICENSE"), "x").unwrap();
    fs::create_dir_all(good.join(".github/workflows")).unwrap();
    fs::write(good.join(".github/workflows/ci.yml"), "x").unwrap();
    home.git(&good, &["add", "."]);
    home.git(&good, &["commit", "-q", "-m", "all"]);
    home.git(&home.path("code"), &["clone", "-q", "--bare", "good", "../origin.git"]);
    home.git(&good, &["remote", "add", "origin", home.path("origin.git").to_str().unwrap()]);
    home.git(&good, &["fetch", "-q", "origin"]);
    home.git(&good, &["branch", "-q", "--set-upstream-to=origin/main"]);

    let (code, shown) = home.json(&["lint"]);
    assert_eq!(
        (code, shown["ok"]["passed"].as_bool(), shown["ok"]["repos_checked"].as_u64()),
        (1, Some(false), Some(2))
    );
    let all = ["readme=error", "licence=error", "ci=warning", "remote=error", "upstream=warning", "dirty=warning"];
    assert_eq!(broken(&shown, "bad"), all, "{shown}");
    assert!(shown.to_string().contains("main.rs waits to be committed for 9 days (and 1 more)"), "{shown}");
    assert_eq!(broken(&shown, "good"), Vec::<String>::new(), "the control: {shown}");
    assert_eq!(home.run(&["lint"]).1, home.run(&["lint"]).1);
    settings(
        &home,
        "[lint]\nrequired = [\"AGENTS.md\"]\ndirty_days = 10\nexcept = [\"bad\"]\n[lint.rules]\nrequired = \"warning\"\n",
    );
    let (code, shown) = home.json(&["lint"]);
    assert_eq!((code, broken(&shown, "good")), (0, vec!["required=warning".to_owned()]), "{shown}");
    assert_eq!(home.run(&["lint", "--strict"]).0, 1);
    settings(&home, "[lint.rules]\nreadme = \"off\"\nlicence = \"off\"\nremote = \"off\"\nci = \"error\"\n");
    let (code, shown) = home.json(&["lint", "--repo", "bad"]);
    assert_eq!((code, broken(&shown, "bad")[0].as_str()), (1, "ci=error"), "{shown}");
    let (_, rules) = home.json(&["lint", "--rules"]);
    assert!(rules["ok"].as_array().unwrap().iter().any(|rule| rule["rule"] == "ci" && rule["level"] == "error"));
    settings(&home, "[lint.rules]\nraedme = \"off\"\n");
    let (code, refused) = home.json(&["lint"]);
    assert_eq!((code, refused["error"]["code"].as_str()), (78, Some("config")), "{refused}");
    settings(&home, "");
    fs::write(good.join(".git/HEAD"), "nonsense").unwrap();
    assert!(broken(&home.json(&["lint"]).1, "good").contains(&"readable=error".to_owned()));
}

#[test]
fn a_plan_says_what_comes_next_and_what_does_not_agree() {
    let home = Home::new();
    let core = home.repository("zcore");
    let write = |dir: &std::path::Path, file: &str, text: &str| fs::write(dir.join(file), text).unwrap();
    let commit = |dir: &std::path::Path, message: &str| {
        home.git(dir, &["add", "."]);
        home.git(dir, &["commit", "-q", "--allow-empty", "-m", message]);
    };
    write(&core, "Cargo.toml", "[package]\nname = \"core\"\nversion = \"1.2.0\"\n");
    write(&core, "CHANGELOG.md", "# Changelog\n\n## Unreleased\n- new\n\n## 1.2.0\n- x\n");
    commit(&core, "feat: one");
    home.git(&core, &["tag", "v1.2.0"]);
    commit(&core, "feat(x): two");
    let app = home.repository("app");
    write(&app, "Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.3.0\"\n[dependencies]\ncore = \"1.1\"\n");
    commit(&app, "first");
    home.repository("nothing");

    let (code, plan) = home.json(&["release", "plan"]);
    let rows = plan["ok"]["repositories"].as_array().unwrap();
    let names: Vec<_> = rows.iter().map(|row| row["repository"].as_str().unwrap()).collect();
    assert_eq!((code, names), (0, vec!["zcore", "app"]), "what is needed comes first: {plan}");
    assert_eq!(
        (rows[0]["next"].as_str(), rows[0]["bump"].as_str(), rows[0]["commits"].as_u64()),
        (Some("1.3.0"), Some("minor"), Some(1))
    );
    let steps =
        ["set Cargo.toml to 1.3.0", "name what is unreleased ## 1.3.0 in CHANGELOG.md", "commit", "git tag v1.3.0"];
    assert_eq!(rows[0]["steps"], serde_json::json!(steps));
    assert_eq!((rows[1]["next"].as_str(), rows[1]["needs"][0].as_str()), (Some("0.3.0"), Some("zcore")));
    assert_eq!(home.json(&["release", "check"]).0, 0, "the control");

    write(&app, "package.json", r#"{"name":"page","version":"0.2.0","dependencies":{"core":"^2.0.0"}}"#);
    write(&core, "Cargo.toml", "[package]\nname = \"core\"\nversion = \"1.1.0\"\n");
    let (code, check) = home.json(&["release", "check"]);
    let faults: Vec<_> =
        check["ok"]["faults"].as_array().unwrap().iter().map(|fault| fault["fault"].as_str().unwrap()).collect();
    assert_eq!((code, check["ok"]["agrees"].as_bool()), (1, Some(false)));
    for wanted in [
        "the manifests say 1.1.0, but v1.2.0 is tagged already",
        "CHANGELOG.md tells of 1.2.0, but the manifests say 1.1.0",
        "the manifests do not agree: Cargo.toml says 0.3.0, package.json says 0.2.0",
        "package.json needs core ^2.0.0, but zcore is at 1.1.0",
    ] {
        assert!(faults.contains(&wanted), "{wanted}: {faults:?}");
    }
    assert_eq!(home.says(&core, &["tag"]), "v1.2.0", "nothing was tagged");
    let (_, lint) = home.json(&["lint", "--repo", "zcore"]);
    assert!(broken(&lint, "zcore").contains(&"versions=error".to_owned()), "{lint}");
}

#[test]
fn schemas_are_listed_exported_and_checked() {
    let home = Home::new();
    let api = home.repository("api");
    let (code, list) = home.json(&["schemas", "list"]);
    assert_eq!((code, list["ok"].as_array().unwrap().len()), (0, 6), "{list}");
    let (code, text, _) = home.run(&["schemas", "export", "trx-event"]);
    assert_eq!(
        (code, serde_json::from_str::<Value>(&text).unwrap()["title"].as_str()),
        (0, Some("A line of .trx/events.jsonl"))
    );
    assert_eq!(home.json(&["schemas", "export", "trx-event"]).1["ok"]["trx-event"]["$defs"]["event"]["type"], "object");
    assert_eq!(home.run(&["schemas", "export", "nope"]).0, 3);
    assert_eq!(home.run(&["schemas", "export"]).0, 2);
    assert_eq!(home.json(&["schemas", "export", "-o", "out"]).1["ok"]["files"].as_array().unwrap().len(), 6);
    assert!(home.path("code/out/sx-config.schema.json").is_file());

    fs::create_dir(api.join(".mmry")).unwrap();
    fs::write(api.join(".mmry/mmry.jsonl"), "{\"id\":\"evt_1\",\"ts\":\"2026-01-01T00:00:00Z\",\"type\":\"memory.add\",\"memory_id\":\"mem_1\",\"content\":\"x\"}\n").unwrap();
    assert_eq!(home.json(&["schemas", "check"]).0, 0, "the control");
    fs::write(api.join("config.toml"), "port = 77000\nhots = \"x\"\n").unwrap();
    fs::write(
        api.join("schema.json"),
        r#"{"properties":{"port":{"maximum":65535},"host":{}},"additionalProperties":false}"#,
    )
    .unwrap();
    settings(
        &home,
        "[[schemas]]\nfile = \"config.toml\"\nschema = \"schema.json\"\n[[schemas]]\nrepo = \"api\"\nfile = \"gone.json\"\nschema = \"schema.json\"\n",
    );
    let (code, check) = home.json(&["schemas", "check"]);
    let faults: Vec<_> = check["ok"]["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| {
            format!(
                "{} {} {}",
                fault["file"].as_str().unwrap(),
                fault["at"].as_str().unwrap(),
                fault["why"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(code, 1);
    assert_eq!(
        faults,
        [
            "config.toml /hots there is no such field",
            "config.toml /port 77000 is not at most 65535",
            "gone.json  it is not there"
        ]
    );
    fs::create_dir_all(home.path(".config/oqto")).unwrap();
    fs::write(home.path(".config/oqto/sx.toml"), "timeout = 0.01\n").unwrap();
    let (_, check) = home.json(&["schemas", "check"]);
    let own = check["ok"]["faults"].as_array().unwrap().iter().find(|fault| fault["repository"] == "configuration");
    assert_eq!(own.unwrap()["why"], "0.01 is not at least 0.1", "{check}");
    fs::write(api.join("schema.json"), r#"{"$dynamicRef":"x"}"#).unwrap();
    assert!(home.json(&["schemas", "check"]).1.to_string().contains("the word `$dynamicRef` is not known"));
    settings(&home, "[[schemas]]\nrepo = \"api\"\nfile = \"../secret.json\"\nschema = \"trx-event\"\n");
    assert!(home.json(&["schemas", "check"]).1.to_string().contains("not below the root"));
}

#[test]
fn the_schema_of_the_configuration_has_its_keys() {
    let home = Home::new();
    let (_, shown) = home.json(&["schemas", "export", "byt-config"]);
    let schema = &shown["ok"]["byt-config"]["properties"];
    let (code, config) = home.json(&["config", "show"]);
    assert_eq!(code, 0, "{config}");
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut known: Vec<String> = Vec::new();
    for key in keys(schema) {
        match schema[&key]["properties"].as_object() {
            Some(inner) => known.extend(inner.keys().map(|inner| format!("{key}.{inner}"))),
            None => known.push(key),
        }
    }
    let told = config.to_string();
    for key in &known {
        assert!(told.contains(key.as_str()), "{key} is a setting: {told}");
    }
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/settings.rs")).unwrap();
    for key in text.lines().filter_map(|line| line.strip_prefix("# ")?.split_once(" = ").map(|(key, _)| key)) {
        let is_known = known.iter().any(|known| known == key || known.ends_with(&format!(".{key}")));
        assert!(is_known || ["repo", "file", "schema", "service"].contains(&key), "{key} is in the schema");
    }
}

#[test]
fn the_schema_of_sx_has_the_keys_of_its_template() {
    let home = Home::new();
    let (_, shown) = home.json(&["schemas", "export", "sx-config"]);
    let schema = shown["ok"]["sx-config"]["properties"].as_object().unwrap();
    let template = concat!(env!("CARGO_MANIFEST_DIR"), "/../sx/src/settings.template.toml");
    let text = fs::read_to_string(template).unwrap();
    let told = text.lines().filter_map(|line| line.strip_prefix("#: ")?.split_once(" = "));
    let mut told: Vec<&str> = told.map(|(key, _)| key).collect();
    let mut known: Vec<&str> = schema.keys().map(String::as_str).collect();
    told.sort_unstable();
    known.sort_unstable();
    assert_eq!(told, known);
}
