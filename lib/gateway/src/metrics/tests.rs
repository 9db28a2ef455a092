use super::*;
use crate::keys::terms::At;
use crate::keys::token::PREFIX;
use crate::quota::{Meter, Quota};

fn request<'a>(provider: &'a str, model: Option<&'a str>) -> Settled<'a> {
    Settled {
        provider,
        model,
        api: "chat",
        status: 200,
        outcome: "done",
        usage: Usage { input: 10, cache_read: 5, output: 3, ..Usage::default() },
        estimated: false,
        cost: Some(Money::from_usd(0.25)),
        first_ms: Some(40),
        total_ms: 700,
    }
}

fn lines(metrics: &Metrics) -> Vec<String> {
    metrics.text(&Now::default()).lines().map(str::to_owned).collect()
}

fn has(metrics: &Metrics, line: &str) -> bool {
    let lines = lines(metrics);
    assert!(lines.iter().any(|found| found == line), "{line}\nis not in\n{}", lines.join("\n"));
    true
}

#[test]
fn a_request_is_counted_by_everything() {
    let metrics = Metrics::default();
    metrics.begun("openai");
    assert!(has(&metrics, "eavs_in_flight{provider=\"openai\"} 1"));
    metrics.settled(&request("openai", Some("gpt-5")), 1000);
    metrics.begun("openai");
    let guess = Settled {
        estimated: true,
        cost: None,
        status: 0,
        outcome: "failed",
        first_ms: None,
        ..request("openai", Some("gpt-5"))
    };
    metrics.settled(&guess, 2000);
    let of = "provider=\"openai\",model=\"gpt-5\"";
    for line in [
        format!("eavs_requests_total{{{of},api=\"chat\",status=\"2xx\",outcome=\"done\"}} 1"),
        format!("eavs_requests_total{{{of},api=\"chat\",status=\"none\",outcome=\"failed\"}} 1"),
        format!("eavs_tokens_total{{{of},kind=\"cache_read\"}} 10"),
        format!("eavs_cost_dollars_total{{{of}}} 0.25"),
        format!("eavs_estimated_requests_total{{{of}}} 1"),
        format!("eavs_unpriced_requests_total{{{of}}} 1"),
        format!("eavs_first_byte_seconds_count{{{of}}} 1"),
        format!("eavs_first_byte_seconds_bucket{{le=\"0.05\",{of}}} 1"),
        format!("eavs_request_seconds_bucket{{le=\"0.5\",{of}}} 0"),
        format!("eavs_request_seconds_sum{{{of}}} 1.4"),
        "eavs_in_flight{provider=\"openai\"} 0".to_owned(),
        "# EOF".to_owned(),
    ] {
        assert!(has(&metrics, &line));
    }
}

#[test]
fn the_book_is_behind_until_it_is_written() {
    let metrics = Metrics::default();
    assert_eq!(metrics.behind(9000), (0, 0));
    metrics.settled(&request("p", None), 1000);
    metrics.settled(&request("p", None), 2000);
    assert_eq!(metrics.behind(3000), (2, 2000));
    metrics.written(1, 3000);
    assert_eq!(metrics.behind(3500), (1, 500));
    metrics.written(1, 4000);
    assert_eq!(metrics.behind(9000), (0, 0));
}

#[test]
fn labels_stay_within_bounds_whatever_clients_ask_for() {
    let metrics = Metrics::default();
    for number in 0..1000 {
        metrics.settled(&request("openai", Some(&format!("model-{number}"))), 1);
    }
    let key = format!("{PREFIX}secret");
    let long = "m".repeat(101);
    for odd in [key.as_str(), "a\"b\nc", "", &long, "modèle"] {
        metrics.settled(&request("openai", Some(odd)), 1);
    }
    let text = metrics.text(&Now::default());
    assert!(text.lines().filter(|line| line.starts_with("eavs_cost_dollars_total")).count() <= MOST_MODELS + 1);
    assert!(!text.contains("secret") && !text.contains("modèle") && !text.contains("mmmm"));
    assert!(has(&metrics, "eavs_cost_dollars_total{provider=\"openai\",model=\"other\"} 201.25"));
}

#[test]
fn health_and_limits_are_those_of_the_moment() {
    let meter = |name: &str, resets: i64| Meter {
        name: name.into(),
        limit: Some(200),
        remaining: Some(50),
        resets_at: Some(At(resets)),
        ..Meter::default()
    };
    let now = Now {
        accounts: vec![AccountNow { provider: "p".into(), account: "a\"b".into(), failures: 3, rests_seconds: 1.5 }],
        quotas: vec![Quota {
            provider: "p".into(),
            account: "a".into(),
            seen_at: At(4000),
            retry_at: None,
            meters: vec![meter("requests", 20_000), meter("tokens", 9000)],
        }],
        at_ms: 10_000,
        keys: 7,
        ..Now::default()
    };
    let text = Metrics::default().text(&now);
    for line in [
        "eavs_account_up{provider=\"p\",account=\"a\\\"b\"} 0.0",
        "eavs_account_failures{provider=\"p\",account=\"a\\\"b\"} 3.0",
        "eavs_quota_left_ratio{provider=\"p\",account=\"a\",limit=\"requests\"} 0.25",
        "eavs_quota_age_seconds{provider=\"p\",account=\"a\"} 6.0",
        "eavs_keys 7.0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\nis not in\n{text}");
    }
    assert!(!text.contains("limit=\"tokens\""), "its time has come");
}
