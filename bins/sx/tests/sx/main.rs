//! `sx` as it is run, against a server that answers as `SearXNG` does, and as broken ones do.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails, and starts what it tests"
)]

mod config;
mod pages;
mod person;
mod server;
mod tls;

use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use server::{Answer, Server};

/// Runs it in a home of its own, without a proxy.
fn sx(arguments: &[&str], input: &str) -> Output {
    sx_with(arguments, input, &[])
}

fn sx_with(arguments: &[&str], input: &str, environment: &[(&str, &str)]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sx"));
    command.args(arguments).env_clear().env("HOME", home.path()).envs(environment.iter().copied());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A usage error may end it before it reads.
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn results(count: usize) -> Value {
    let one = |n| {
        json!({"title": format!("Title {n} 🦀"), "url": format!("https://example.org/{n}"),
        "content": format!("content \u{1b}[31m{n}"), "engine": "duck", "engines": ["duck", "brave"]})
    };
    json!({"query": "x", "number_of_results": 0, "results": (1..=count).map(one).collect::<Vec<_>>(),
        "answers": [], "suggestions": ["more"], "unresponsive_engines": [["google", "timeout"]]})
}

/// What it says with `--json` when it fails, and its exit code.
fn refused(server: &Server, more: &[&str]) -> (Option<i32>, Value) {
    let url = server.url();
    let arguments: Vec<&str> = ["--json", "x", "--searxng-url", &url].into_iter().chain(more.iter().copied()).collect();
    let output = sx(&arguments, "");
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    (output.status.code(), value["error"].clone())
}

#[test]
fn results_come_as_todays_users_know_them() {
    let server = Server::start(|_| Answer::json(&results(3)));
    let output = sx(&["why is it so", "-p", "--json", "--searxng-url", &server.url(), "-n", "2"], "");
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((output.status.code(), value["query"].as_str()), (Some(0), Some("why is it so")));
    assert_eq!(value["results"].as_array().unwrap().len(), 2);
    assert_eq!(value["results"][0]["content"], "content 1");
    assert_eq!(value["results"][0]["engines"], json!(["duck", "brave"]));
    assert_eq!(value["results"][0]["address"], Value::Null);
    assert_eq!(value["unresponsive_engines"][0], json!({"engine": "google", "reason": "timeout"}));
    assert_eq!((&value["engine"], &value["instance"]), (&json!("searxng"), &json!(server.url())));
    let asked = server.asked();
    assert!(asked[0].starts_with("GET /search?q=why%20is%20it%20so&format=json&safesearch=2 HTTP/1.1"), "{asked:?}");
    let clean = sx(&["x", "--json", "-c", "--searxng-url", &server.url(), "--top"], "");
    let said = stdout(&clean);
    let place = |name: &str| said.find(&format!("\"{name}\": ")).unwrap();
    assert!(["query", "results", "title", "url", "content", "instance"].map(place).is_sorted(), "{said}");
    let value: Value = serde_json::from_str(&said).unwrap();
    let mut names: Vec<_> = value["results"][0].as_object().unwrap().keys().cloned().collect();
    names.sort();
    assert_eq!(names, ["content", "engine", "engines", "title", "url"]);
}

#[test]
fn text_markdown_and_links_hold_no_escape_sequence() {
    let server = Server::start(|_| Answer::json(&results(1)));
    let url = server.url();
    let text = sx(&["x", "--searxng-url", &url], "");
    assert_eq!(stdout(&text), " 1. Title 1 🦀\n    https://example.org/1\n    content 1\n    duck, brave\n");
    assert!(stderr(&text).contains("engines that did not answer: google (timeout)"), "{text:?}");
    let markdown = sx(&["x", "--md", "--searxng-url", &url], "");
    assert_eq!(stdout(&markdown), "1. [Title 1 🦀](<https://example.org/1>)\n   content 1\n");
    let links = sx(&["x", "-L", "--searxng-url", &url], "");
    assert_eq!(stdout(&links), "https://example.org/1\n");
}

#[test]
fn words_win_over_stdin_and_a_dash_reads_it() {
    let server = Server::start(|_| Answer::json(&results(1)));
    let url = server.url();
    for (arguments, input) in
        [(vec!["a ü", "--searxng-url", &url], "ignored"), (vec!["-", "--searxng-url", &url], "a\n ü\n")]
    {
        assert_eq!(sx(&arguments, input).status.code(), Some(0));
        assert!(server.asked().pop().unwrap().contains("q=a%20%C3%BC&"));
    }
    let leading = sx(&["--searxng-url", &url, "--", "-Wl,--gc"], "");
    assert_eq!(leading.status.code(), Some(0));
    assert!(server.asked().pop().unwrap().contains("q=-Wl%2C--gc&"));
    let none = sx(&["--json", "--searxng-url", &url], " \n");
    assert_eq!(none.status.code(), Some(2));
    assert!(stdout(&none).contains("nothing to search for"));
}

#[test]
fn without_an_instance_it_says_how_to_name_one() {
    let output = sx(&["x"], "");
    assert_eq!(output.status.code(), Some(78));
    assert!(stderr(&output).contains("SEARXNG_URL="), "{output:?}");
    let wrong = sx_with(&["x", "--json"], "", &[("SEARXNG_URL", "https://ada:secret@")]);
    assert_eq!(wrong.status.code(), Some(78));
    assert!(!stdout(&wrong).contains("secret"), "{wrong:?}");
}

#[test]
fn nothing_found_is_said_with_its_own_code() {
    let server = Server::start(|_| Answer::json(&results(0)));
    let output = sx(&["x", "--json", "--searxng-url", &server.url()], "");
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((output.status.code(), &value["results"]), (Some(3), &json!([])));
}

#[test]
fn a_second_instance_helps_and_the_first_ones_password_stays_there() {
    let tired = Server::start(|_| Answer::status(429, "text/plain", b"Too Many Requests").header("Retry-After: 7"));
    let good = Server::start(|_| Answer::json(&results(1)));
    let first = tired.url().replace("http://", "http://ada:pw@");
    let output = sx(&["x", "--json", "--searxng-url", &first, "--searxng-urls", &good.url()], "");
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((output.status.code(), &value["instance"]), (Some(0), &json!(good.url())));
    let error = json!({"instance": tired.url(), "code": "unavailable",
        "message": "HTTP 429: too many requests, try again in 7 s"});
    assert_eq!(value["errors"], json!([error]));
    assert!(tired.asked()[0].to_lowercase().contains("authorization: basic ywrhonb3"), "{:?}", tired.asked());
    assert!(!good.asked()[0].to_lowercase().contains("authorization"));
}

#[test]
fn the_fastest_of_several_wins() {
    let slow = Server::start(|_| Answer::json(&results(1)).slow());
    let fast = Server::start(|_| Answer::json(&results(2)));
    let output = sx(
        &[
            "x",
            "--json",
            "--searxng-url",
            &slow.url(),
            "--searxng-urls",
            &fast.url(),
            "--searxng-strategy",
            "parallel-fastest",
        ],
        "",
    );
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(value["instance"], json!(fast.url()));
}

#[test]
fn each_way_to_fail_has_its_words_and_its_code() {
    let html = b"<!doctype html><html>".as_slice();
    let cases: [(Answer, i32, &str); 8] = [
        (Answer::status(429, "text/html", html), 75, "HTTP 429"),
        (Answer::status(403, "text/html", html), 77, "HTTP 403"),
        (Answer::status(502, "text/html", html), 69, "HTTP 502"),
        (Answer::status(200, "text/html", html), 1, "a web page instead of JSON"),
        (Answer::status(200, "application/json", b"{\"results\": [{"), 1, "it breaks off"),
        (Answer::json(&results(3)).cut(), 69, "the connection was cut"),
        (Answer::raw(b"SSH-2.0-OpenSSH_9.7\r\n\r\n"), 69, "not HTTP"),
        (Answer::status(200, "application/json", &[b' '; 17 << 20]), 1, "longer than 16777216 bytes"),
    ];
    for (answer, code, words) in cases {
        let server = Server::start(move |_| answer.clone());
        let (exit, error) = refused(&server, &[]);
        assert!(error["message"].as_str().unwrap().contains(words), "{words}: {error}");
        assert_eq!(exit, Some(code), "{words}");
        assert!(!error.to_string().contains("q=x"), "{error}");
    }
}

#[test]
fn who_is_not_there_or_too_slow_is_told_apart() {
    let slow = Server::start(|_| Answer::json(&results(1)).slow());
    let (exit, error) = refused(&slow, &["--timeout", "0.3"]);
    assert_eq!((exit, error["code"].as_str()), (Some(124), Some("timed_out")));
    let gone = Server::closed();
    let output = sx(&["--json", "x", "--searxng-url", &gone], "");
    assert_eq!(output.status.code(), Some(69));
    assert!(stdout(&output).contains("no connection (refused)"), "{output:?}");
}

#[test]
fn packed_redirected_and_foreign_bytes_are_read() {
    let packed = Server::start(|_| Answer::json(&results(1)).gzip());
    assert_eq!(sx(&["x", "--searxng-url", &packed.url()], "").status.code(), Some(0));
    let bomb = Server::start(|_| Answer::status(200, "application/json", &[b' '; 40 << 20]).gzip());
    assert_eq!(refused(&bomb, &[]).0, Some(1));
    let target = Server::start(|_| Answer::json(&results(1)));
    let to = target.url();
    let sends = Server::start(move |head| {
        let query = head.split(' ').nth(1).unwrap().to_owned();
        Answer::status(302, "text/html", b"").header(&format!("Location: {to}{query}"))
    });
    assert_eq!(sx(&["x", "--searxng-url", &sends.url()], "").status.code(), Some(0));
    let ring = Server::start(|_| Answer::status(302, "text/html", b"").header("Location: /search"));
    assert_eq!(refused(&ring, &[]).0, Some(1));
    let latin = Server::start(|_| {
        Answer::status(200, "application/json", b"{\"results\":[{\"title\":\"caf\xe9\",\"url\":\"u\"}]}")
    });
    assert!(stdout(&sx(&["x", "--searxng-url", &latin.url()], "")).contains("caf\u{fffd}"));
}

#[test]
fn more_pages_are_asked_until_nothing_is_new() {
    let server = Server::start(|head| Answer::json(&results(if head.contains("pageno=2") { 7 } else { 4 })));
    let output = sx(&["x", "-L", "-n", "50", "--searxng-url", &server.url()], "");
    assert_eq!(stdout(&output).lines().count(), 7);
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn a_post_keeps_the_question_out_of_the_address() {
    let server = Server::start(|_| Answer::json(&results(1)));
    assert_eq!(sx(&["geheim", "--http-method", "post", "--searxng-url", &server.url()], "").status.code(), Some(0));
    let asked = server.asked();
    assert!(asked[0].starts_with("POST /search HTTP/1.1") && !asked[0].lines().next().unwrap().contains("geheim"));
}

#[test]
fn a_proxy_is_asked_for_a_tunnel_unless_the_host_is_excepted() {
    let server = Server::start(|_| Answer::json(&results(1)));
    let proxy = Server::start(|_| Answer::status(403, "text/plain", b""));
    let (url, through) = (server.url(), proxy.url());
    let refused = sx_with(&["x", "--json", "--searxng-url", &url], "", &[("HTTP_PROXY", &through)]);
    assert_eq!(refused.status.code(), Some(69), "{refused:?}");
    assert!(proxy.asked()[0].starts_with("CONNECT 127.0.0.1:"), "{:?}", proxy.asked());
    assert_eq!(server.asked().len(), 0);
    let variables = [("HTTP_PROXY", through.as_str()), ("NO_PROXY", "127.0.0.1")];
    assert_eq!(sx_with(&["x", "--searxng-url", &url], "", &variables).status.code(), Some(0));
}

#[test]
fn logs_know_the_instance_and_never_the_question() {
    let server = Server::start(|_| Answer::json(&results(1)));
    let output = sx(&["-v", "-v", "verysecretwords", "--searxng-url", &server.url()], "");
    assert!(stderr(&output).contains("1 results"), "{output:?}");
    assert!(!stderr(&output).contains("verysecret"), "{output:?}");
}

#[test]
fn a_file_is_written_as_a_whole() {
    let server = Server::start(|_| Answer::json(&results(1)));
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().to_str().unwrap();
    let output = sx(&["-C", there, "x", "-L", "-o", "links ü", "--searxng-url", &server.url()], "");
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""));
    assert_eq!(std::fs::read_to_string(folder.path().join("links ü")).unwrap(), "https://example.org/1\n");
    let full = sx(&["x", "--json", "-o", "/dev/full", "--searxng-url", &server.url()], "");
    assert_eq!(full.status.code(), Some(1));
    assert!(stdout(&full).contains("cannot write /dev/full"), "{full:?}");
}

/// A configuration that names a program which opens addresses by writing them into a pipe; both files' places.
fn handler(folder: &std::path::Path) -> (String, std::path::PathBuf) {
    let (handler, pipe) = (folder.join("handler"), folder.join("pipe"));
    // Written by a shell: a file that this process had open for writing could not be started while another test forks.
    let script =
        "printf '#!/bin/sh\\nprintf %%s \"$*\" > \"%s\"\\n' \"$2\" > \"$1\" && chmod 755 \"$1\" && mkfifo \"$2\"";
    assert!(Command::new("sh").args(["-c", script, "sh"]).args([&handler, &pipe]).status().unwrap().success());
    let config = folder.join("sx.toml");
    std::fs::write(&config, format!("url_handler = '{}'\n", handler.display())).unwrap();
    (config.to_str().unwrap().to_owned(), pipe)
}

#[test]
fn the_first_result_is_opened_by_the_program_that_is_named() {
    let server = Server::start(|_| Answer::json(&results(2)));
    let folder = tempfile::tempdir().unwrap();
    let (config, pipe) = handler(folder.path());
    let named = config.as_str();
    let output = sx(&["x", "-j", "--config", named, "--searxng-url", &server.url()], "");
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""), "{output:?}");
    // Reading the pipe waits for the handler, which outlives the command.
    assert_eq!(std::fs::read_to_string(&pipe).unwrap(), "https://example.org/1");
    let hostile = Server::start(|_| Answer::json(&json!({"results": [{"title": "t", "url": "file:///etc/passwd"}]})));
    let refused = sx(&["x", "-j", "--config", named, "--searxng-url", &hostile.url()], "");
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("only web pages are opened"), "{refused:?}");
}

#[test]
fn any_one_of_the_results_is_opened_by_chance() {
    let server = Server::start(|_| Answer::json(&results(3)));
    let folder = tempfile::tempdir().unwrap();
    let (config, pipe) = handler(folder.path());
    let output = sx(&["x", "--lucky", "--config", &config, "--searxng-url", &server.url()], "");
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""), "{output:?}");
    let opened = std::fs::read_to_string(&pipe).unwrap();
    assert!((1..=3).any(|n| opened == format!("https://example.org/{n}")), "{opened}");
    let none = Server::start(|_| Answer::json(&results(0)));
    let nothing = sx(&["x", "--lucky", "--config", &config, "--searxng-url", &none.url()], "");
    assert_eq!(nothing.status.code(), Some(3), "{nothing:?}");
}

#[test]
fn a_direct_answer_is_an_answer() {
    let server = Server::start(|_| {
        Answer::json(&json!({"results": [], "answers": [{"answer": "42", "url": "https://calc.example.org"}],
            "infoboxes": [{"infobox": "Ada Lovelace", "content": "a *mathematician*", "urls": [{"url": "https://w.org"}]}]}))
    });
    let url = server.url();
    let text = sx(&["6*7", "--searxng-url", &url], "");
    assert_eq!((text.status.code(), stderr(&text).as_str()), (Some(0), ""), "{text:?}");
    assert_eq!(
        stdout(&text),
        "= 42\n  https://calc.example.org\n\n= Ada Lovelace\n  a *mathematician*\n  https://w.org\n\n"
    );
    let markdown = sx(&["6*7", "--md", "--searxng-url", &url], "");
    assert_eq!(stdout(&markdown), "> 42\n\n> **Ada Lovelace**: a \\*mathematician\\*\n\n");
}

#[test]
fn results_that_lead_nowhere_are_shown_without_an_address() {
    let server = Server::start(|_| {
        Answer::json(&json!({"results": [{"title": "", "url": null, "content": "", "caption": "Row 1",
            "kvmap": {"name": "lamp"}, "engine": "shop"}, {"title": "B", "url": "https://b.org"}]}))
    });
    let url = server.url();
    let text = sx(&["x", "--searxng-url", &url], "");
    assert!(stdout(&text).starts_with(" 1. Row 1\n    name: lamp\n    shop\n 2. B\n"), "{text:?}");
    assert_eq!(stdout(&sx(&["x", "-L", "--searxng-url", &url], "")), "https://b.org\n");
    assert!(stdout(&sx(&["x", "--md", "--searxng-url", &url], "")).starts_with("1. Row 1\n"));
}

#[test]
fn wrong_values_on_the_command_line_are_wrong_usage() {
    for (flag, value, words) in [
        ("--timeout", "0", "0.1 to 3600"),
        ("--timeout", "soon", "no number"),
        ("--engine", "bing", "SearXNG only"),
        ("--num", "501", "0..=500"),
        ("--time-range", "decade", "day, week, month, year"),
        ("--searxng-url", "search.example.org", "begins with http"),
        ("--categories", "cats", "general"),
    ] {
        let output = sx(&["x", "--json", flag, value], "");
        assert_eq!(output.status.code(), Some(2), "{flag}: {output:?}");
        assert!(stdout(&output).contains(words), "{flag}: {output:?}");
    }
}
