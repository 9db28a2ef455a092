//! What was used by requests that are forgotten.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use oqto_gateway::book::{Group, Limits, UsageQuery, UsageSum};
use oqto_gateway::keys::terms::At;
use serde_json::json;

use crate::support::{Provider, Say, World, config};

const DAY: i64 = 86_400_000;
const NOON: i64 = 20_000 * DAY + DAY / 2;

/// Without what says how it is known.
fn plain(sums: Vec<UsageSum>) -> Vec<UsageSum> {
    sums.into_iter().map(|sum| UsageSum { by_day: 0, ..sum }).collect()
}

#[tokio::test]
async fn what_is_forgotten_stays_in_every_sum() {
    let provider = Provider::start().await;
    let now = Arc::new(AtomicI64::new(NOON));
    let clock = Arc::clone(&now);
    let clock = Arc::new(move || clock.load(Ordering::Relaxed));
    let folder = tempfile::tempdir().unwrap();
    let world = World::clocked(folder, &config(&provider, "upstream = {retries = 0}\n"), clock).await;
    let one = world.key(json!({"name": "one", "owner": "ada", "session": "s", "labels": {"team": "x"}})).await;
    let two = world.key(json!({"name": "two"})).await;
    let answer = || Say::json(&json!({"choices": [], "usage": {"prompt_tokens": 1000, "completion_tokens": 10}}));
    // Three days: of each two requests of one key, and one of the other that fails.
    for day in 0..3 {
        now.store(NOON + day * DAY, Ordering::Relaxed);
        provider.says([answer(), answer(), Say::error(400, &json!({"error": {"message": "no"}}))]);
        for (key, model, status) in
            [(&one, "gpt-5-mini", 200), (&one, "openai/unheard-of", 200), (&two, "gpt-5-mini", 400)]
        {
            let body = json!({"model": model, "max_tokens": 9, "messages": [{"role": "user", "content": "x"}]});
            assert_eq!(world.post("/v1/chat/completions", key, &body).await.status, status);
        }
    }
    world.settled(9).await;
    let book = &world.gateway.book;
    let groups = [
        Group::Day,
        Group::Key,
        Group::Owner,
        Group::Session,
        Group::Model,
        Group::Provider,
        Group::Account,
        Group::Label,
        Group::Outcome,
    ];
    let asked =
        |by: Group| UsageQuery { by, label: (by == Group::Label).then(|| "team".to_owned()), ..UsageQuery::default() };
    let all = async || {
        let mut sums = Vec::new();
        for by in groups {
            sums.push(plain(book.usage(asked(by)).await.unwrap()));
            let only = UsageQuery { owner: Some("ada".to_owned()), model: Some("gpt".to_owned()), ..asked(by) };
            sums.push(plain(book.usage(only).await.unwrap()));
        }
        sums
    };
    let before = all().await;
    assert!(before.iter().all(|sums| !sums.is_empty()), "there is something to lose");
    // The first day is forgotten, and of the second the first request; then all.
    let kept = Limits { requests_since_ms: 0, most_requests: 100, bodies_since_ms: 0, most_body_bytes: 0 };
    for (limits, by_day) in [
        (Limits { requests_since_ms: NOON + DAY / 2, ..kept }, 3),
        (Limits { most_requests: 5, ..kept }, 4),
        (Limits { requests_since_ms: NOON + 9 * DAY, ..kept }, 9),
    ] {
        assert_ne!(book.tidy(limits).await.unwrap(), 0);
        assert_eq!(all().await, before);
        let sums = book.usage(asked(Group::Provider)).await.unwrap();
        assert_eq!(sums.iter().map(|sum| sum.by_day).sum::<u64>(), by_day);
    }
    for (key, name) in [("one", "one"), ("two", "two")] {
        let total = book.info(&book.find_key(key).unwrap()).await.unwrap().usage;
        let sums = book.usage(asked(Group::Key)).await.unwrap();
        let sum = sums.iter().find(|sum| sum.name.as_deref() == Some(name)).unwrap();
        let told = (sum.requests, sum.usage.total() + sum.unsplit, sum.cost_usd);
        assert_eq!(told, (total.total_requests, total.total_tokens, total.total_spend_usd));
    }
    // A day that the time cuts counts as a whole, and no other does.
    let between = async |since: i64, until: i64| {
        let query = UsageQuery { since: Some(At(since)), until: Some(At(until)), ..asked(Group::Day) };
        book.usage(query).await.unwrap().iter().map(|sum| (sum.requests, sum.by_day)).collect::<Vec<_>>()
    };
    assert_eq!(between(NOON + 1, NOON + DAY / 2).await, [(3, 3)]);
    assert_eq!(between(NOON + DAY / 2, NOON + DAY).await, [(3, 3)]);
    assert_eq!(between(NOON - DAY, NOON - DAY / 2).await, []);
    world.stop().await;
}
