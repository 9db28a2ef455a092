//! The configuration is read again: whatever way it changes, all of it or nothing, and no request is lost.

use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::{Ground, Service, ask};

const CHAT: &str = "/v1/chat/completions";

fn file(ground: &Ground) -> PathBuf {
    ground.home.config().join("oqto/eavs.toml")
}

fn with_alias(name: &str) -> String {
    format!("[providers.scripted]\n[aliases]\n{name} = ['scripted/demo']\n")
}

fn asking(model: &str) -> Value {
    json!({"model": model, "messages": [{"role": "user", "content": "fake:text hi"}]})
}

/// Whether a model answers.
fn answers(service: &Service, key: &str, model: &str) -> bool {
    let heard = ask(service.address, CHAT, key, &asking(model));
    assert!(heard.starts_with("HTTP/1.1 200") || heard.contains("model_not_found"), "{heard}");
    heard.starts_with("HTTP/1.1 200")
}

/// What of the doctor's list is bad.
fn bad(ground: &Ground) -> String {
    let output = ground.run(&["doctor"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let bad: Vec<_> = text.lines().filter(|line| line.starts_with("bad")).collect();
    assert_eq!(output.status.code(), Some(i32::from(!bad.is_empty())), "{text}");
    bad.join("\n")
}

#[test]
fn a_file_that_is_swapped_behind_links_is_read() {
    let ground = Ground::new("");
    let folder = file(&ground).parent().unwrap().to_path_buf();
    std::fs::remove_file(file(&ground)).unwrap();
    for (version, alias) in [("..1", "one"), ("..2", "two")] {
        std::fs::create_dir(folder.join(version)).unwrap();
        std::fs::write(folder.join(version).join("eavs.toml"), with_alias(alias)).unwrap();
    }
    symlink("..1", folder.join("..data")).unwrap();
    symlink("..data/eavs.toml", file(&ground)).unwrap();
    let mut service = ground.serve();
    let key = ground.said(&["keys", "create"]);
    assert!(answers(&service, &key, "one") && !answers(&service, &key, "two"));
    symlink("..2", folder.join("..new")).unwrap();
    std::fs::rename(folder.join("..new"), folder.join("..data")).unwrap();
    service.until_said("was read again");
    assert!(answers(&service, &key, "two") && !answers(&service, &key, "one"));
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn a_file_that_cannot_be_read_takes_nothing_away_until_it_can() {
    let ground = Ground::new(&with_alias("fast"));
    let mut service = ground.serve();
    let key = ground.said(&["keys", "create"]);
    let (there, away) = (file(&ground), file(&ground).with_extension("away"));
    std::fs::rename(&there, &away).unwrap();
    service.until_said("is gone: what it said still counts");
    assert!(answers(&service, &key, "fast") && bad(&ground).contains("is gone"));
    std::fs::rename(&away, &there).unwrap();
    service.until_said("was read again");
    assert_eq!(bad(&ground), "");
    // A disk that is full when it is written leaves nothing in it.
    ground.configure("");
    service.until_said("is empty: what it said still counts");
    assert!(answers(&service, &key, "fast") && bad(&ground).contains("is empty"));
    std::fs::remove_file(&there).unwrap();
    std::fs::create_dir(&there).unwrap();
    service.until_said("cannot read");
    assert!(answers(&service, &key, "fast") && bad(&ground).contains("cannot read"));
    std::fs::remove_dir(&there).unwrap();
    ground.configure("# nothing\n");
    service.until_said("was read again");
    assert!(!answers(&service, &key, "fast"), "a file that says so takes it away");
    // What is wrong may be mended elsewhere than in the file.
    let authority = ground.home.root().join("authority.pem");
    ground.configure(&format!(
        "providers.scripted.ca_file = '{}'\naliases.late = ['scripted/demo']\n",
        authority.display()
    ));
    service.until_said("stays as it was");
    assert!(bad(&ground).contains("authority.pem"));
    let certified = rcgen::generate_simple_self_signed([]).unwrap();
    std::fs::write(&authority, certified.cert.pem()).unwrap();
    service.until_said("was read again");
    assert!(answers(&service, &key, "late"));
    assert_eq!(bad(&ground), "");
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn settings_are_taken_and_what_needs_a_new_start_is_named() {
    let of = |admin: &str, address: &str| {
        format!("[server]\nlisten = '{address}'\nadmin_key = '{admin}'\n[providers.scripted]\n")
    };
    let ground = Ground::new(&of("first-admin-key", "127.0.0.1:0"));
    let mut service = ground.serve_with(&[]);
    let allowed = |service: &Service, key: &str| ask(service.address, "/admin/status", key, &Value::Null);
    assert!(allowed(&service, "first-admin-key").starts_with("HTTP/1.1 200"));
    ground.configure(&of("second-admin-key", "127.0.0.1:1"));
    service.until_said("server.listen: it listens at 127.0.0.1:0 until it is started anew, and then at 127.0.0.1:1");
    service.until_said("was read again");
    assert!(allowed(&service, "first-admin-key").starts_with("HTTP/1.1 401"));
    assert!(allowed(&service, "second-admin-key").contains("it listens at 127.0.0.1:0 until it is started anew"));
    assert!(bad(&ground).contains("server.listen"));
    // A reference that leads nowhere is wrong as a whole.
    ground.configure(&of("env:EAVS_TEST_NOT_SET", "127.0.0.1:0"));
    service.until_said("EAVS_TEST_NOT_SET is not set");
    assert!(allowed(&service, "second-admin-key").starts_with("HTTP/1.1 200"));
    ground.configure(&of("second-admin-key", "127.0.0.1:0"));
    service.until_said("was read again");
    assert_eq!(bad(&ground), "");
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn a_flag_counts_when_the_file_is_read_again() {
    let ground = Ground::new("[providers.scripted]\n");
    let mut service = ground.serve();
    ground.configure("[server]\nlisten = '127.0.0.1:1'\n[providers.scripted]\n");
    service.until_said("was read again");
    assert_eq!(bad(&ground), "", "the flag says where, now as before");
    assert_eq!(service.stop(), Some(0));
}

#[test]
fn no_request_is_lost_while_the_file_is_edited() {
    let ground = Ground::new(&with_alias("fast"));
    let mut service = ground.serve();
    let key = ground.said(&["keys", "create"]);
    let (stop, done, address) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)), service.address);
    let clients = (0..4).map(|_| {
        let (stop, done, key, question) = (Arc::clone(&stop), Arc::clone(&done), key.clone(), asking("fast"));
        std::thread::spawn(move || {
            while !stop.load(Ordering::Acquire) {
                let heard = ask(address, CHAT, &key, &question);
                assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
                done.fetch_add(1, Ordering::AcqRel);
            }
        })
    });
    let clients: Vec<_> = clients.collect();
    let there = file(&ground);
    for round in 0..12 {
        let text =
            format!("[server]\nmax_connections = {}\n[upstream]\nretries = {round}\n{}", 3 + round, with_alias("fast"));
        match round % 3 {
            0 => std::fs::write(&there, &text).unwrap(),
            1 => {
                std::fs::write(there.with_extension("new"), &text).unwrap();
                std::fs::rename(there.with_extension("new"), &there).unwrap();
            }
            _ => {
                // Half of it, read at this very moment.
                std::fs::write(&there, &text[..text.len() - 20]).unwrap();
                service.signal(Signal::HUP);
                service.until_said("stays as it was");
                std::fs::write(&there, &text).unwrap();
            }
        }
        service.signal(Signal::HUP);
        service.until_said("was read again");
    }
    stop.store(true, Ordering::Release);
    for thread in clients {
        thread.join().unwrap();
    }
    let asked = u64::try_from(done.load(Ordering::Acquire)).unwrap();
    assert!(asked > 0);
    let days = ground.json(&["usage"]);
    let counted = days.as_array().unwrap().iter().map(|day| day["requests"].as_u64().unwrap());
    assert_eq!(counted.sum::<u64>(), asked);
    assert_eq!(bad(&ground), "");
    assert_eq!(service.stop(), Some(0));
}
