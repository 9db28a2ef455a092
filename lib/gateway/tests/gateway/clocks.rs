//! Clocks that jump: a budget is not given twice, and no key is shut out for longer than it has to be.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use oqto_gateway::book::Clock;
use oqto_gateway::money::Money;
use serde_json::{Value, json};

use crate::support::{Provider, Say, World, config};

const DAY: i64 = 86_400_000;
/// A noon.
const NOON: i64 = 20_000 * DAY + DAY / 2;

fn clock() -> (Arc<AtomicI64>, Clock) {
    let now = Arc::new(AtomicI64::new(NOON));
    let read = Arc::clone(&now);
    (now, Arc::new(move || read.load(Ordering::Acquire)))
}

fn body() -> Value {
    json!({"model": "gpt-5-mini", "max_completion_tokens": 100, "messages": []})
}

/// A hundred written tokens, of 2 dollars a million.
fn answer() -> Say {
    Say::json(&json!({"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 100}}))
}

#[tokio::test]
async fn a_budget_of_a_day_begins_with_the_next_day_and_not_with_the_last_one() {
    let provider = Provider::start().await;
    let (now, clock) = clock();
    let toml = config(&provider, "");
    let world = World::clocked(tempfile::tempdir().unwrap(), &toml, Arc::clone(&clock)).await;
    let key = world.key(json!({"permissions": {"max_budget_usd": 0.0004, "budget_window": "daily"}})).await;
    provider.says([answer()]);
    let path = "/v1/chat/completions";
    let statuses = async |world: &World| world.post(path, &key, &body()).await.status;
    assert_eq!((statuses(&world).await, statuses(&world).await, statuses(&world).await), (200, 200, 402));
    now.store(NOON - DAY, Ordering::Release);
    assert_eq!(statuses(&world).await, 402, "the day before is no new day");
    // A restart in between forgives nothing either.
    let world = World::clocked(world.stop().await, &toml, Arc::clone(&clock)).await;
    now.store(NOON, Ordering::Release);
    assert_eq!(statuses(&world).await, 402);
    now.store(NOON + DAY, Ordering::Release);
    assert_eq!(statuses(&world).await, 200);
    let spent: Money = world.rows().await.iter().filter_map(|row| row.cost_usd).sum();
    assert_eq!(spent, Money::from_usd(0.0006));
}

#[tokio::test]
async fn a_rate_is_over_after_a_minute_whatever_the_clock_did() {
    let provider = Provider::start().await;
    let (now, clock) = clock();
    let world = World::clocked(tempfile::tempdir().unwrap(), &config(&provider, ""), clock).await;
    let key = world.key(json!({"permissions": {"rpm_limit": 1}})).await;
    provider.says([answer()]);
    let heard = async || world.post("/v1/chat/completions", &key, &body()).await;
    assert_eq!((heard().await.status, heard().await.status), (200, 429));
    now.fetch_sub(DAY, Ordering::AcqRel);
    let refused = heard().await;
    assert_eq!(refused.status, 429, "nothing is forgiven");
    let after: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&after));
    now.fetch_add(after * 1000, Ordering::AcqRel);
    assert_eq!(heard().await.status, 200, "it keeps what it said");
}

#[tokio::test]
async fn a_clock_that_jumps_during_a_request_counts_it_once() {
    let provider = Provider::start().await;
    for jump in [-400 * DAY, 400 * DAY] {
        let (now, clock) = clock();
        let world = World::clocked(tempfile::tempdir().unwrap(), &config(&provider, ""), clock).await;
        let key = world.key(json!({"permissions": {"max_budget_usd": 0.0002}})).await;
        let go = Arc::new(tokio::sync::Notify::new());
        let whole = answer();
        provider.says([Say {
            steps: [vec![crate::support::Step::Wait(Arc::clone(&go))], whole.steps.clone()].concat(),
            ..whole
        }]);
        let auth = [("x-api-key", key.expose().to_owned())];
        let mut client = world.begin("POST", "/v1/chat/completions", &auth, body().to_string().as_bytes()).await;
        provider.answering(1).await;
        now.fetch_add(jump, Ordering::AcqRel);
        go.notify_one();
        assert_eq!(client.rest().await.status, 200);
        let row = world.settled(1).await.pop().unwrap();
        assert_eq!(row.cost_usd, Some(Money::from_usd(0.0002)));
        provider.says([answer()]);
        assert_eq!(world.post("/v1/chat/completions", &key, &body()).await.status, 402, "after {jump}");
    }
}
