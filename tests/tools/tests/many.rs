//! Two hundred processes at once on one store, of every command that changes something: nothing is lost, nobody is
//! refused without a reason, and of those who want the same thing exactly one has it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::process::Command;

use oqto_tools_tests::{Place, Ran, envelope, together};
use serde_json::Value;

/// As many as the figures of the tools speak of.
const PROCESSES: usize = 200;

/// So many processes, each with its own arguments.
fn processes(place: &Place, tool: &str, arguments: impl Fn(usize) -> Vec<String>) -> Vec<Command> {
    let one = |number| {
        let mut command = place.command(tool);
        command.args(arguments(number)).arg("--json").env("AGENT_CTX_AGENT_ADDRESS", format!("agent-{number}"));
        command
    };
    (0..PROCESSES).map(one).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// All of them succeeded; what each said.
fn all_done(ran: &[Ran]) -> Vec<Value> {
    let done = |ran: &Ran| {
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.json()["ok"].clone()
    };
    ran.iter().map(done).collect()
}

/// Exactly one succeeded, and the others were told to try again, by whom and until when.
fn one_won(ran: &[Ran]) {
    let (won, lost): (Vec<&Ran>, Vec<&Ran>) = ran.iter().partition(|ran| ran.code == Some(0));
    assert_eq!(won.len(), 1, "{won:?}");
    for ran in lost {
        assert_eq!(envelope(ran), (75, "unavailable".into()));
        let message = ran.json()["error"]["message"].as_str().unwrap().to_owned();
        assert!(message.contains("agent-") && message.contains("until 20"), "{message}");
    }
}

fn texts(list: &Value, field: &str) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect()
}

fn numbered(prefix: &str) -> BTreeSet<String> {
    (0..PROCESSES).map(|number| format!("{prefix}{number}")).collect()
}

fn store() -> (Place, String) {
    let place = Place::new();
    assert_eq!(place.run("trx", &["init"]).code, Some(0));
    let id = place.ok("trx", &["create", "the one"])["id"].as_str().unwrap().to_owned();
    (place, id)
}

#[test]
fn labels_of_one_issue() {
    let (place, id) = store();
    let commands = processes(&place, "trx", |number| words(&["label", &id, &format!("l{number}")]));
    all_done(&together(commands));
    let shown = place.ok("trx", &["show", &id]);
    let labels: BTreeSet<String> =
        shown["labels"].as_array().unwrap().iter().map(|label| label.as_str().unwrap().to_owned()).collect();
    assert_eq!(labels, numbered("l"));
}

#[test]
fn updates_of_one_field_are_all_in_its_history() {
    let (place, id) = store();
    let commands = processes(&place, "trx", |number| words(&["update", &id, "--title", &format!("title {number}")]));
    all_done(&together(commands));
    let title = place.ok("trx", &["show", &id])["title"].as_str().unwrap().to_owned();
    let history = place.ok("trx", &["history", &id]).to_string();
    assert!(numbered("title ").contains(&title), "{title}");
    let missing: Vec<String> =
        numbered("title ").into_iter().filter(|title| !history.contains(&format!("\"{title}\""))).collect();
    assert!(missing.is_empty(), "lost: {missing:?}");
}

#[test]
fn claims_of_one_issue() {
    let (place, id) = store();
    one_won(&together(processes(&place, "trx", |_| words(&["claim", &id]))));
    assert_eq!(place.ok("trx", &["ready"]).as_array().map(Vec::len), Some(0), "it is claimed");
}

#[test]
fn memories_added_and_one_corrected() {
    let place = Place::new();
    let first = place.ok("agntz", &["memory", "add", "the deploy key is rotated on Mondays"]);
    let id = first["memory_id"].as_str().unwrap().to_owned();
    let commands = processes(&place, "agntz", |number| match number % 2 {
        0 => words(&["memory", "add", &format!("fact-{number}: module m{number} talks to port {}", 4000 + number)]),
        _ => words(&["memory", "edit", &id, &format!("correction-{number}")]),
    });
    all_done(&together(commands));
    let listed = place.ok("agntz", &["memory", "list", "-l", "1000"]);
    let facts: BTreeSet<String> =
        texts(&listed, "content").iter().filter_map(|c| Some(c.split_once(':')?.0.to_owned())).collect();
    assert_eq!(facts.len(), PROCESSES / 2, "{facts:?}");
    let history = place.ok("agntz", &["memory", "show", &id])["history"].to_string();
    let lost: Vec<usize> = (0..PROCESSES)
        .filter(|number| number % 2 == 1 && !history.contains(&format!("\"correction-{number}\"")))
        .collect();
    assert!(lost.is_empty(), "corrections lost: {lost:?}");
}

#[test]
fn mails_to_one_recipient() {
    let place = Place::new();
    let commands =
        processes(&place, "agntz", |number| words(&["mail", "send", "ada", &format!("subject {number}"), "--new"]));
    let sent: BTreeSet<String> =
        all_done(&together(commands)).iter().map(|mail| mail["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(sent.len(), PROCESSES, "every id is its own");
    let inbox = place.ok("agntz", &["mail", "inbox", "--as", "ada", "--limit", "1000"]);
    assert_eq!(texts(&inbox["mails"], "subject"), numbered("subject "));
    assert_eq!(texts(&inbox["mails"], "id"), sent);
}

#[test]
fn reservations_of_one_path_and_of_many() {
    let place = Place::new();
    one_won(&together(processes(&place, "agntz", |number| match number % 2 {
        0 => words(&["reserve", "src/**"]),
        _ => words(&["reserve", "src/auth/login.rs", "README.md"]),
    })));
    let granted =
        all_done(&together(processes(&place, "agntz", |number| words(&["reserve", &format!("docs/{number}.md")]))));
    let numbers: BTreeSet<u64> = granted.iter().map(|granted| granted[0]["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers.len(), PROCESSES, "every grant has a number of its own");
}
