//! What is kept of what was said, with a secret that a model writes in parts.

use serde_json::{Value, json};

use crate::support::{Provider, Say, World, config};

/// One that the model writes, no two parts of which are in one event.
const WRITTEN: [&str; 5] = ["sk-pr", "oj-A1b2C3", "d4E5f6G7h8", "I9j0", "K1l2M3"];

fn events(of: impl Fn(&str) -> Value, last: &str) -> Say {
    let parts = ["it is ", WRITTEN[0], WRITTEN[1], WRITTEN[2], WRITTEN[3], WRITTEN[4], ", as you said"];
    let text: String = parts.iter().map(|part| format!("data: {}\n\n", of(part))).collect();
    Say::events(&format!("{text}data: {last}\n\n"))
}

#[tokio::test]
async fn a_secret_that_a_model_writes_in_parts_is_not_kept() {
    let provider = Provider::start().await;
    let world =
        World::start(&config(&provider, "log = {bodies = true}\n[server]\nadmin_key = 'admin-planted-key'")).await;
    let key = world.any_key().await;
    let chat = || events(|part| json!({"choices": [{"index": 0, "delta": {"content": part}}]}), "[DONE]");
    let messages = || {
        let of = |part: &str| json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": part}});
        events(of, "{\"type\":\"message_stop\"}")
    };
    let ask = |model: &str| json!({"model": model, "max_tokens": 9, "stream": true, "messages": [{"role": "user", "content": "x"}]});
    let roads = [
        ("/v1/chat/completions", ask("openai/gpt-5-mini"), chat()),
        ("/v1/messages", ask("openai/gpt-5-mini"), chat()),
        ("/v1/messages", ask("anthropic/claude-haiku-4-5"), messages()),
        ("/v1/chat/completions", ask("anthropic/claude-haiku-4-5"), messages()),
        (
            "/v1/responses",
            json!({"model": "openai/gpt-5-mini", "input": "x", "stream": true}),
            events(
                |part| json!({"type": "response.output_text.delta", "output_index": 0, "delta": part}),
                "{\"type\":\"response.completed\"}",
            ),
        ),
        (
            "/v1beta/models/google%2Fgemini-2.5-flash:streamGenerateContent",
            json!({"contents": [{"parts": [{"text": "x"}]}]}),
            events(
                |part| json!({"candidates": [{"content": {"parts": [{"text": part}]}}]}),
                "{\"candidates\":[{\"finishReason\":\"STOP\"}]}",
            ),
        ),
    ];
    let count = roads.len();
    for (path, body, say) in roads {
        provider.says([say]);
        let heard = world.post(path, &key, &body).await;
        assert_eq!(
            (heard.status, WRITTEN.iter().all(|part| heard.text().contains(part))),
            (200, true),
            "{path}: {}",
            heard.text()
        );
    }
    for row in world.settled(count).await {
        let said = world.gateway.book.request(&row.request).await.unwrap().unwrap().said.unwrap();
        assert!(!WRITTEN.iter().any(|part| said.heard.contains(part)) && !said.cut, "{}", said.heard);
        assert!(
            said.heard.contains("it is ") && said.heard.contains("[hidden]") && said.heard.contains(", as you said")
        );
    }
    let folder = world.stop().await;
    for file in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let text = String::from_utf8_lossy(&std::fs::read(file.unwrap().path()).unwrap()).into_owned();
        assert!(!WRITTEN[1..4].iter().any(|part| text.contains(part)));
    }
}
