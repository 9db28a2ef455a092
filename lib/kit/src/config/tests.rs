use super::*;
use crate::secret::Secret;
use serde::Deserialize;

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(default, deny_unknown_fields)]
struct Demo {
    listen: String,
    serve: Serve,
    runner: Vec<Runner>,
}

#[derive(Serialize, Deserialize, Debug, Default, PartialEq)]
#[serde(default, deny_unknown_fields)]
struct Serve {
    limit: u32,
    key: Secret,
}

#[derive(Serialize, Deserialize, Debug, Default, PartialEq)]
#[serde(default, deny_unknown_fields)]
struct Runner {
    name: String,
}

impl Default for Demo {
    fn default() -> Self {
        Self { listen: "127.0.0.1:1".into(), serve: Serve::default(), runner: Vec::new() }
    }
}

impl Schema for Demo {
    const FILE: &'static str = "config.toml";
    const ENVIRONMENT: &'static [(&'static str, &'static str)] =
        &[("OQTO_LISTEN", "listen"), ("DEMO_LIMIT", "serve.limit")];
    const TEMPLATE: &'static str = "# listen = \"127.0.0.1:1\"\n";
}

struct Home {
    root: tempfile::TempDir,
    dirs: Dirs,
}

impl Home {
    fn new(system: &str, own: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        let mut dirs = Dirs::resolve(|_| None, Some(root.path().into()), None).unwrap();
        dirs.system = root.path().join("etc");
        for (folder, text) in [(&dirs.system, system), (&dirs.config, own)] {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(folder.join("config.toml"), text).unwrap();
        }
        Self { root, dirs }
    }

    fn load(&self, vars: &[(&str, &str)], flags: Vec<FlagValue>) -> Result<Loaded<Demo>> {
        let var = |name: &str| vars.iter().find(|(k, _)| *k == name).map(|(_, v)| OsString::from(v));
        load(Sources::new(&self.dirs, None, &var).with_flags(flags))
    }

    /// The message with the temporary folder taken out.
    fn said(&self, error: &crate::Error) -> String {
        error.message().replace(&self.root.path().display().to_string(), "~")
    }
}

#[test]
fn later_layers_win_and_every_origin_is_known() {
    let home =
        Home::new("listen = \"a\"\n[serve]\nlimit = 1\n", "\n# mine\nlisten = \"b\"\n[[runner]]\nname = \"x\"\n");
    let flags = FlagValue::given("--listen", "listen", Some("c")).into_iter().collect();
    let loaded = home.load(&[("OQTO_LISTEN", "ignored"), ("DEMO_LIMIT", "5")], flags).unwrap();
    assert_eq!((loaded.value.listen.as_str(), loaded.value.serve.limit), ("c", 5));
    let shown: Vec<String> = serde_json::to_value(loaded.settings().unwrap())
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|s| format!("{}={} {}", s["key"].as_str().unwrap(), s["value"], s["origin"]["from"].as_str().unwrap()))
        .collect();
    assert_eq!(
        shown,
        [
            "listen=\"c\" flag",
            "runner=[{\"name\":\"x\"}] file",
            "serve.key=\"[hidden]\" default",
            "serve.limit=5 environment",
        ]
    );
}

#[test]
fn the_line_of_a_value_is_known() {
    let home = Home::new("", "\n# mine\nlisten = \"b\"\n");
    let loaded = home.load(&[], Vec::new()).unwrap();
    let path = home.dirs.config.join("config.toml");
    assert_eq!(loaded.origins.get("listen"), Some(&Origin::File { path, line: 3 }));
}

#[test]
fn an_unknown_key_is_refused_with_a_suggestion() {
    let home = Home::new("", "\nlisten = \"b\"\n[serve]\nlimitt = 3\n");
    let error = home.load(&[], Vec::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(home.said(&error), "~/.config/oqto/config.toml:4: unknown key `limitt`");
    assert_eq!(error.advice(), Some("did you mean `limit`?"));
}

#[test]
fn an_unknown_key_far_from_any_lists_those_there_are() {
    let home = Home::new("", "zzz = 1\n");
    let error = home.load(&[], Vec::new()).unwrap_err();
    assert_eq!(error.advice(), Some("the keys here are: listen, serve, runner"));
}

#[test]
fn a_wrong_type_names_its_place() {
    let home = Home::new("", "[serve]\nlimit = \"many\"\n");
    let error = home.load(&[], Vec::new()).unwrap_err();
    assert_eq!(home.said(&error), "~/.config/oqto/config.toml:2: invalid type: string \"many\", expected u32");
    let home = Home::new("", "");
    let error = home.load(&[("DEMO_LIMIT", "many")], Vec::new()).unwrap_err();
    assert_eq!(home.said(&error), "DEMO_LIMIT has a wrong value: invalid type: string \"many\", expected u32");
}

#[test]
fn a_named_file_must_exist() {
    let home = Home::new("", "listen = \"b\"\n");
    let var = |_: &str| None;
    let absent = home.root.path().join("absent.toml");
    let error = load::<Demo>(Sources::new(&home.dirs, Some(&absent), &var)).unwrap_err();
    assert!(home.said(&error).starts_with("cannot read ~/absent.toml: No such file"), "{error:?}");
}

#[test]
fn a_template_never_overwrites() {
    let home = Home::new("", "");
    let fresh = home.root.path().join("new/config.toml");
    write_template::<Demo>(&fresh).unwrap();
    assert_eq!(std::fs::read_to_string(&fresh).unwrap(), Demo::TEMPLATE);
    assert_eq!(write_template::<Demo>(&fresh).unwrap_err().kind(), ErrorKind::AlreadyExists);
}

/// Service users have `/dev/null` for a home.
#[test]
fn a_home_that_is_no_folder_has_no_file() {
    let mut home = Home::new("listen = \"a\"\n", "");
    home.dirs.config = PathBuf::from("/dev/null/.config/oqto");
    assert_eq!(home.load(&[], Vec::new()).unwrap().value.listen, "a");
    let named = PathBuf::from("/dev/null/named.toml");
    let refused = load::<Demo>(Sources::new(&home.dirs, Some(&named), &|_| None)).unwrap_err();
    assert!(refused.message().contains("/dev/null/named.toml"), "{}", refused.message());
}
