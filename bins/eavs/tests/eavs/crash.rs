//! A crash in the middle of everything.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use serde_json::json;

use crate::{Ground, SURELY, ask};

/// Requests of which something was heard before the crash.
const ENOUGH: u64 = 120;

#[test]
fn a_kill_under_load_forgets_nothing_that_was_answered() {
    let ground = Ground::new("[providers.scripted]\nmodels = [{id = 'demo', cost = {input = 1, output = 1000}}]\n");
    let service = ground.serve();
    let key = ground.said(&["keys", "create", "--name", "me", "--budget", "1000"]);
    let (heard, whole, over) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let address = service.address;
    let body = json!({"model": "scripted/demo", "stream": true, "max_tokens": 50,
        "messages": [{"role": "user", "content": "fake:text one two three four five"}]});
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                while !over.load(Ordering::Acquire) {
                    let answer = ask(address, "/v1/chat/completions", &key, &body);
                    if answer.starts_with("HTTP/1.1 200") {
                        heard.fetch_add(1, Ordering::AcqRel);
                    }
                    if answer.ends_with("\r\n0\r\n\r\n") {
                        whole.fetch_add(1, Ordering::AcqRel);
                    }
                }
            });
        }
        let begun = Instant::now();
        while heard.load(Ordering::Acquire) < ENOUGH && begun.elapsed() < SURELY {
            std::thread::yield_now();
        }
        service.kill();
        over.store(true, Ordering::Release);
    });
    let heard = heard.load(Ordering::Acquire);
    assert!(heard >= ENOUGH);
    let service = ground.serve();
    let requests = ground.json(&["logs", "tail", "-n", "1000"]);
    let requests = requests.as_array().unwrap();
    assert!(requests.len() as u64 >= heard, "{} in the book, {heard} heard of", requests.len());
    let crashed = requests.iter().filter(|request| request["outcome"] == "crashed").count();
    assert!(crashed > 0, "some were on their way");
    let whole = whole.load(Ordering::Acquire);
    let done = requests.iter().filter(|request| request["outcome"] == "done").count() as u64;
    assert!(whole > 0 && done >= whole, "{whole} were heard to their end, and the use of {done} is exactly known");
    assert!(requests.iter().all(|request| (request["outcome"] == "crashed") == (request["estimated"] == true)));
    let pico = |usd: &serde_json::Value| (usd.as_f64().unwrap() * 1e12).round() as u64;
    let sum: u64 = requests.iter().map(|request| pico(&request["cost_usd"])).sum();
    let shown = ground.json(&["keys", "show", "me"]);
    assert_eq!(pico(&shown["usage"]["total_spend_usd"]), sum, "what is spent is the sum of the requests");
    assert_eq!(shown["usage"]["total_requests"], requests.len());
    assert!(ask(service.address, "/v1/chat/completions", &key, &body).starts_with("HTTP/1.1 200"), "and it goes on");
    assert_eq!(service.stop(), Some(0));
}
