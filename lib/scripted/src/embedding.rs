//! Embeddings: vectors that depend on the text alone, of length 1.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// How many numbers a vector has where nobody asks for another count.
const DIMENSIONS: usize = 8;
/// The most that are asked for.
const MOST: usize = 4096;

/// OpenAI: `input` is a text, a list of texts, or tokens.
pub(crate) fn openai(body: &Value, input_tokens: u64) -> Value {
    let encoded = body["encoding_format"] == "base64";
    let count = dimensions(&body["dimensions"]);
    let data: Vec<Value> = inputs(&body["input"])
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let vector = vector(text, count);
            let said = if encoded { json!(packed(&vector)) } else { json!(vector) };
            json!({"object": "embedding", "index": index, "embedding": said})
        })
        .collect();
    json!({"object": "list", "data": data, "model": body["model"],
        "usage": {"prompt_tokens": input_tokens, "total_tokens": input_tokens}})
}

/// Google: one content, or a list of requests with one each.
pub(crate) fn google(body: &Value) -> Value {
    let one = |request: &Value| {
        let parts = request["content"]["parts"].as_array().map(Vec::as_slice).unwrap_or_default();
        let texts: String = parts.iter().filter_map(|part| part["text"].as_str()).collect();
        json!({"values": vector(&texts, dimensions(&request["outputDimensionality"]))})
    };
    match body["requests"].as_array() {
        Some(requests) => json!({"embeddings": requests.iter().map(one).collect::<Vec<_>>()}),
        None => json!({"embedding": one(body)}),
    }
}

fn dimensions(asked: &Value) -> usize {
    asked.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(DIMENSIONS).clamp(1, MOST)
}

fn inputs(input: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), String::from);
    match input.as_array() {
        // A list of numbers is one text, in tokens.
        Some(list) if !list.iter().all(Value::is_number) => list.iter().map(text).collect(),
        Some(_) | None => vec![text(input)],
    }
}

fn vector(text: &str, count: usize) -> Vec<f32> {
    // FNV-1a begins, xorshift goes on: the same text has the same numbers everywhere.
    let mut state = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
        | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        f32::from(u16::try_from(state >> 48).unwrap_or(0)) / 32_768.0 - 1.0
    };
    let raw: Vec<f32> = (0..count).map(|_| next()).collect();
    let length = raw.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    raw.into_iter().map(|value| value / length).collect()
}

fn packed(vector: &[f32]) -> String {
    STANDARD.encode(vector.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_vector_in_every_form() {
        let plain = openai(&json!({"model": "m", "input": ["one", "two"], "dimensions": 3}), 5);
        let values =
            |at: usize| -> Vec<f32> { serde_json::from_value(plain["data"][at]["embedding"].clone()).unwrap() };
        assert_eq!((values(0).len(), values(0) == values(1)), (3, false));
        let length: f32 = values(0).iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-5);
        let coded = openai(&json!({"input": "one", "dimensions": 3, "encoding_format": "base64"}), 5);
        let bytes = STANDARD.decode(coded["data"][0]["embedding"].as_str().unwrap()).unwrap();
        let read: Vec<f32> = bytes.chunks(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect();
        assert_eq!(read, values(0));
        let google =
            google(&json!({"requests": [{"content": {"parts": [{"text": "one"}]}, "outputDimensionality": 3}]}));
        assert_eq!(serde_json::from_value::<Vec<f32>>(google["embeddings"][0]["values"].clone()).unwrap(), values(0));
    }

    #[test]
    fn tokens_are_one_text() {
        assert_eq!(openai(&json!({"input": [1, 2, 3]}), 1)["data"].as_array().map(Vec::len), Some(1));
        assert_eq!(openai(&json!({"input": [[1], [2]]}), 1)["data"].as_array().map(Vec::len), Some(2));
    }
}
