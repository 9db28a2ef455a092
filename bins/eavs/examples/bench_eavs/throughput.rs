//! How many small requests a second.

use std::future::Future;
use std::time::{Duration, Instant};

use oqto_testkit::figure::percentile;

use super::latency::AT_ONCE;
use super::raw::{self, Way};

const TURNS: usize = 3;
const TURN: Duration = Duration::from_secs(2);

/// Between ordinary clients and a provider that reads what it is sent: direct, and through the gateway.
pub(crate) async fn ordinary(ways: [&Way; 2]) -> ([f64; 2], u32) {
    let client = reqwest::Client::new();
    alternating(ways, |way| {
        let (client, url) = (client.clone(), format!("http://{}/v1/chat/completions", way.address));
        async move {
            let body: serde_json::Value = serde_json::from_str(&way.body("hello", "")).unwrap();
            let until = Instant::now() + TURN;
            let mut count = 0_u32;
            while Instant::now() < until {
                let answer = client.post(&url).bearer_auth(&way.key).json(&body).send().await.unwrap();
                assert_eq!(answer.status(), 200);
                let answer: serde_json::Value = answer.json().await.unwrap();
                assert!(answer["choices"][0]["message"]["content"].is_string());
                count += 1;
            }
            count
        }
    })
    .await
}

/// The same between raw sockets, which read nothing.
pub(crate) async fn raw(ways: [&Way; 2]) -> ([f64; 2], u32) {
    alternating(ways, |way| async move {
        let (mut stream, request) = (way.open().await, way.request("now", ""));
        let until = Instant::now() + TURN;
        let mut count = 0_u32;
        while Instant::now() < until {
            raw::asked(&mut stream, &request).await;
            count += 1;
        }
        count
    })
    .await
}

/// Requests a second for each way, the medians of turns that alternate; and how many requests went the second way.
async fn alternating<F>(ways: [&Way; 2], client: impl Fn(Way) -> F) -> ([f64; 2], u32)
where
    F: Future<Output = u32> + Send + 'static,
{
    let (mut rates, mut through) = ([Vec::new(), Vec::new()], 0);
    for _ in 0..TURNS {
        for (way, rates) in ways.iter().zip(&mut rates) {
            let begun = Instant::now();
            let count = turn(way, &client).await;
            rates.push(f64::from(count) / begun.elapsed().as_secs_f64());
            through += if std::ptr::eq(*way, ways[1]) { count } else { 0 };
        }
    }
    (rates.map(|mut rates| percentile(&mut rates, 50)), through)
}

async fn turn<F>(way: &Way, client: impl Fn(Way) -> F) -> u32
where
    F: Future<Output = u32> + Send + 'static,
{
    let tasks: Vec<_> = (0..AT_ONCE).map(|_| tokio::spawn(client(way.clone()))).collect();
    let mut sum = 0;
    for task in tasks {
        sum += task.await.unwrap();
    }
    sum
}

/// Requests a second of one way alone.
pub(crate) async fn alone(way: &Way) -> f64 {
    let ([with, _], _) = ordinary([way, way]).await;
    with
}
