//! The program as a shell sees it: exit codes, stdout, stderr, signals.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking, in its support code too")]

use oqto_process::helper::{Bounds, Environment, Helper, Output, Piped, piped, run};
use oqto_testkit::home::Home;
use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};

const DEADLINE: Duration = Duration::from_secs(20);

/// A runner that no test asks anything of: a server opens its pipe only when a page does.
const RUNNER: &str = r#"[[runner]]
name = "unasked"
command = ["cat"]
"#;

fn oqto(home: &Home, arguments: &[&str]) -> Helper {
    let mut variables = home.env();
    variables.push(("OQTO_LISTEN".into(), "127.0.0.1:0".into()));
    Helper::new(env!("CARGO_BIN_EXE_oqto")).args(arguments).environment(Environment::Exactly(variables))
}

async fn ran(home: &Home, arguments: &[&str]) -> Output {
    let bounds = Bounds { deadline: DEADLINE, output: 1 << 20 };
    run(&oqto(home, arguments), b"", bounds).await.unwrap()
}

/// Exit code, stdout and stderr, with the home's own path taken out.
async fn seen(home: &Home, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = ran(home, arguments).await;
    let root = home.root().display().to_string();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&root, "~");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn configure(home: &Home, text: &str) {
    let folder = home.config().join("oqto");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), text).unwrap();
}

struct Serving {
    child: Piped,
    ready: Value,
}

/// Starts a server and waits until it says that it is ready.
async fn serve(home: &Home) -> Serving {
    let mut child = piped(&oqto(home, &["serve", "--json"])).unwrap();
    let mut line = String::new();
    let reading = async {
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
    };
    tokio::time::timeout(DEADLINE, reading).await.expect("the server is ready in time");
    Serving { child, ready: serde_json::from_str(&line).expect("one line of JSON") }
}

impl Serving {
    async fn signal(&mut self, signal: rustix::process::Signal) -> (Option<i32>, String) {
        let pid = rustix::process::Pid::from_raw(self.child.pid().unwrap().cast_signed()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
        let ended = tokio::time::timeout(DEADLINE, self.child.exited()).await.expect("it ends in time");
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).await.unwrap();
        (ended.unwrap().code(), said)
    }
}

#[tokio::test]
async fn errors_say_what_failed_why_and_what_to_do() {
    let home = Home::new().unwrap();
    let (code, out, err) = seen(&home, &["link"]).await;
    assert_eq!((code, out.as_str()), (Some(69), ""));
    assert_eq!(
        err,
        "error: no server of yours is running here\n  because: nobody listens on ~/run/oqto/admin.sock\n  hint: start it: oqto serve\n"
    );
    let (code, out, err) = seen(&home, &["--json", "link"]).await;
    assert_eq!((code, err.as_str()), (Some(69), ""));
    let error: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(error["error"]["code"], "unreachable");
    assert_eq!(error["error"]["hint"], "start it: oqto serve");
}

#[tokio::test]
async fn a_wrong_command_line_is_usage_also_as_json() {
    let home = Home::new().unwrap();
    let (code, _, err) = seen(&home, &["serv"]).await;
    assert_eq!(code, Some(2));
    assert!(err.contains("a similar subcommand exists: 'serve'"), "{err}");
    let (code, out, _) = seen(&home, &["serv", "--json"]).await;
    assert_eq!(code, Some(2));
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["error"]["code"], "invalid_params");
}

#[tokio::test]
async fn an_unknown_key_is_refused_with_its_line_and_a_suggestion() {
    let home = Home::new().unwrap();
    configure(&home, "# mine\nlistn = \"127.0.0.1:1\"\n");
    let (code, _, err) = seen(&home, &["serve"]).await;
    assert_eq!(code, Some(78));
    assert_eq!(err, "error: ~/config/oqto/config.toml:2: unknown key `listn`\n  hint: did you mean `listen`?\n");
}

#[tokio::test]
async fn a_configuration_is_written_once_and_shown_with_its_origins() {
    let home = Home::new().unwrap();
    let (code, out, _) = seen(&home, &["init"]).await;
    assert_eq!((code, out.as_str()), (Some(0), "wrote ~/config/oqto/config.toml\n"));
    let (code, _, err) = seen(&home, &["init"]).await;
    assert_eq!(code, Some(1));
    assert!(err.contains("is already there and stays as it is"), "{err}");
    configure(&home, RUNNER);
    let (code, out, _) = seen(&home, &["config", "show"]).await;
    assert_eq!(code, Some(0));
    assert!(out.contains("listen = \"127.0.0.1:0\"  # OQTO_LISTEN\n"), "{out}");
    assert!(out.contains("# ~/config/oqto/config.toml:1\n"), "{out}");
}

#[tokio::test]
async fn a_reader_that_goes_away_is_no_failure() {
    let home = Home::new().unwrap();
    let mut child = piped(&oqto(&home, &["completions", "bash"])).unwrap();
    drop(child.stdout.take());
    let ended = tokio::time::timeout(DEADLINE, child.exited()).await.unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).await.unwrap();
    assert_eq!((ended.unwrap().code(), said.as_str()), (Some(0), ""));
}

#[tokio::test]
async fn a_server_starts_gives_links_and_ends_with_the_first_signal() {
    let home = Home::new().unwrap();
    configure(&home, RUNNER);
    let mut serving = serve(&home).await;
    let address = serving.ready["ok"]["address"].as_str().unwrap().to_owned();
    let link = serving.ready["ok"]["link"].as_str().unwrap().to_owned();
    assert!(link.starts_with(&format!("{address}/login?token=")), "{link}");

    let (code, out, _) = seen(&home, &["link"]).await;
    assert_eq!(code, Some(0));
    assert!(out.starts_with(&format!("{address}/login?token=")) && out.trim() != link, "{out}");

    let port = address.rsplit(':').next().unwrap();
    let (code, _, err) = seen(&home, &["serve", "--listen", &format!("127.0.0.1:{port}")]).await;
    assert_eq!(code, Some(1));
    assert!(err.contains("hint: choose another port: oqto serve --listen 127.0.0.1:"), "{err}");

    let (code, _, err) = seen(&home, &["serve"]).await;
    assert_eq!(code, Some(1));
    assert!(err.contains("hint: a server of yours runs already"), "{err}");

    let (code, said) = serving.signal(rustix::process::Signal::TERM).await;
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(seen(&home, &["link"]).await.0, Some(69));
}

/// A runner that takes connections and says nothing, and one whose command never speaks.
#[tokio::test]
async fn a_server_is_ready_before_its_runners_answer() {
    let home = Home::new().unwrap();
    configure(&home, "[[runner]]\nname = \"local\"\n\n[[runner]]\nname = \"far\"\ncommand = [\"sleep\", \"1000\"]\n");
    let folder = home.runtime().join("oqto");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let _silent = std::os::unix::net::UnixListener::bind(folder.join("runner.sock")).unwrap();
    let began = std::time::Instant::now();
    let mut serving = serve(&home).await;
    // Whoever waited for either would wait for ten seconds at the least; how fast it is otherwise, a benchmark says.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert_eq!(seen(&home, &["link"]).await.0, Some(0), "it serves");
    let (code, said) = serving.signal(rustix::process::Signal::TERM).await;
    assert_eq!(code, Some(0), "{said}");
}

#[tokio::test]
async fn a_killed_server_leaves_nothing_in_the_way() {
    let home = Home::new().unwrap();
    configure(&home, RUNNER);
    let mut serving = serve(&home).await;
    serving.signal(rustix::process::Signal::KILL).await;
    assert!(home.runtime().join("oqto/admin.sock").exists());
    let mut again = serve(&home).await;
    assert_eq!(again.signal(rustix::process::Signal::INT).await.0, Some(0));
    assert!(!home.runtime().join("oqto/admin.sock").exists());
}

#[tokio::test]
async fn what_is_generated_names_every_command() {
    let home = Home::new().unwrap();
    let man = home.work().display().to_string();
    assert_eq!(ran(&home, &["man", &man]).await.status.code(), Some(0));
    for page in ["oqto.1", "oqto-serve.1", "oqto-config-show.1", "oqto-link.1"] {
        assert!(home.work().join(page).is_file(), "{page}");
    }
    let (code, out, _) = seen(&home, &["completions", "zsh"]).await;
    assert_eq!(code, Some(0));
    assert!(out.contains("#compdef oqto") && out.contains("serve"), "{out:.200}");
}
