//! Dialogues with providers, written after their public API documents: what passes, in which bytes, and what it costs.
//!
//! A file of `dialogues` has a request, an answer and the line that the book must have of them. Native: every byte of the
//! answer reaches the client, in each framing that servers use and in each cut. Translated: the same answer in the words of
//! the other API, compared with a snapshot.

use std::fs;
use std::path::Path;

use oqto_gateway::book::UsageRow;
use serde_json::{Value, json};

use crate::support::{Heard, Provider, Say, Step, World, config};

/// One dialogue.
struct Dialogue {
    name: String,
    path: String,
    request: String,
    status: u16,
    kind: String,
    answer: String,
    end: String,
}

impl Dialogue {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (asked, answered) = text.split_once("\n<<< ").unwrap_or_else(|| panic!("{name} has an answer"));
        let (path, request) = asked.strip_prefix(">>> ").unwrap().split_once('\n').unwrap();
        let (head, rest) = answered.split_once('\n').unwrap();
        let (status, kind) = head.split_once(' ').unwrap();
        let (answer, end) = rest.rsplit_once("=== ").unwrap_or_else(|| panic!("{name} has an end"));
        let [path, request, kind, answer, end] = [path, request, kind, answer, end.trim()].map(str::to_owned);
        Self { name, path, request, status: status.parse().unwrap(), kind, answer, end }
    }

    fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gateway/dialogues");
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|end| end == "dialogue"));
        files.sort();
        files.iter().map(|path| Self::read(path)).collect()
    }

    fn streams(&self) -> bool {
        self.kind == "text/event-stream"
    }

    fn say(&self, bytes: &[u8], cut: usize) -> Say {
        let steps = bytes.chunks(cut.max(1)).map(|chunk| Step::Send(chunk.to_vec().into())).collect();
        let base = Say::error(self.status, &Value::Null);
        Say { steps, headers: vec![("content-type", self.kind.clone())], ..base }
    }

    /// The line of the book, against the one that the file has.
    fn check(&self, row: &UsageRow, how: &str) {
        let used = &row.usage;
        let counts = [
            ("input", used.input),
            ("cache_read", used.cache_read),
            ("cache_write", used.cache_write),
            ("cache_write_long", used.cache_write_long),
            ("output", used.output),
            ("reasoning", used.reasoning),
        ];
        let words: Vec<&str> = self.end.split(' ').collect();
        let estimated = words.contains(&"estimated");
        let expected =
            |name: &str| words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok());
        let (name, outcome) = (&self.name, words[0]);
        assert_eq!((row.outcome.as_str(), row.estimated), (outcome, estimated), "{name} {how}: {used:?}");
        for (kind, count) in counts {
            match expected(kind) {
                // What nobody told is guessed by the request.
                None if estimated && kind == "input" => assert!(count > 0, "{name} {how}: {used:?}"),
                told => assert_eq!(count, told.unwrap_or(0), "{name} {how}: {kind} of {used:?}"),
            }
        }
    }
}

/// What a line of the book has to cost, in millionths of a millionth of a dollar: the price of a million tokens in dollars
/// is the price of one of them in millionths.
fn price(row: &UsageRow) -> u64 {
    // Input, output, read from the cache, written into it for minutes, for an hour; in thousandths.
    let [input, output, read, written, kept] = match row.model.as_str() {
        "gpt-5-mini" => [250, 2000, 25, 0, 0],
        "claude-haiku-4-5" => [1000, 5000, 100, 1250, 2000],
        "gemini-2.5-flash" => [300, 2500, 30, 0, 0],
        "text-embedding-3-small" => [20, 0, 0, 0, 0],
        "gemini-embedding-001" => [150, 0, 0, 0, 0],
        other => panic!("the price of {other}"),
    };
    let used = &row.usage;
    let sum = used.input * input + used.output * output + used.cache_read * read;
    (sum + used.cache_write * written + used.cache_write_long * kept) * 1000
}

/// A framing of a stream: the same events in other bytes.
type Framing = (&'static str, fn(&str) -> Vec<u8>);

const FRAMINGS: [Framing; 8] = [
    ("as it is", |text| text.as_bytes().to_vec()),
    ("with CRLF", |text| text.replace('\n', "\r\n").into_bytes()),
    ("with CR", |text| text.replace('\n', "\r").into_bytes()),
    ("with comments", |text| {
        format!("\u{feff}: hello\n\n{}", text.replace("\n\n", "\n\n: still here\n\n")).into_bytes()
    }),
    ("without spaces", |text| text.replace("data: ", "data:").replace("event: ", "event:").into_bytes()),
    ("with ids", |text| text.replace("data: ", "id: 7\nretry: 100\ndata: ").into_bytes()),
    ("in several lines", |text| text.lines().map(|line| several(line) + "\n").collect::<String>().into_bytes()),
    ("without the last line end", |text| text.trim_end().as_bytes().to_vec()),
];

/// A line of data as several: JSON may have line breaks between its words.
fn several(line: &str) -> String {
    let value: Option<Value> = line.strip_prefix("data: ").and_then(|data| serde_json::from_str(data).ok());
    let Some(value) = value else { return line.to_owned() };
    let lines: Vec<_> = format!("{value:#}").lines().map(|line| format!("data: {line}")).collect();
    lines.join("\n")
}

async fn ask(world: &World, key: &oqto_kit::Secret, path: &str, request: &str) -> Heard {
    let headers = [("authorization", format!("Bearer {}", key.expose()))];
    world.send("POST", path, &headers, request.as_bytes()).await
}

/// The newest line of the book.
async fn last(world: &World, count: usize) -> UsageRow {
    world.settled(count).await.pop().unwrap()
}

#[tokio::test]
async fn every_dialogue_passes_byte_by_byte_and_costs_what_it_says() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "upstream = {retries = 0}")).await;
    let key = world.any_key().await;
    let (dialogues, mut asked) = (Dialogue::all(), 0);
    assert!(dialogues.len() >= 45);
    for dialogue in &dialogues {
        let framings = if dialogue.streams() { &FRAMINGS[..] } else { &FRAMINGS[..1] };
        for (how, framed) in framings {
            let bytes = framed(&dialogue.answer);
            let plain = *how == "as it is";
            let cuts: &[usize] = if plain { &[1, 1 << 20] } else { &[11] };
            for cut in cuts {
                provider.says([dialogue.say(&bytes, *cut)]);
                let heard = ask(&world, &key, &dialogue.path, &dialogue.request).await;
                let name = &dialogue.name;
                assert_eq!(heard.status, dialogue.status, "{name} {how}: {}", heard.text());
                assert_eq!(String::from_utf8_lossy(&heard.body), String::from_utf8_lossy(&bytes), "{name} {how}");
                assert_eq!(heard.header("content-type"), Some(dialogue.kind.as_str()), "{name}");
                asked += 1;
                let row = last(&world, asked).await;
                // An event that its blank line does not end is none: the usage in it was not told.
                let unended = how.contains("last line end") && !dialogue.answer.ends_with("data: [DONE]\n\n");
                if !unended {
                    dialogue.check(&row, how);
                }
                assert_eq!(
                    row.cost_usd.map(oqto_gateway::money::Money::pico),
                    Some(price(&row)),
                    "{name} {how}: {row:?}"
                );
            }
        }
        let sent = provider.asked().pop().unwrap();
        assert_eq!(String::from_utf8_lossy(&sent.body), dialogue.request, "{}", dialogue.name);
        let version = sent.path.strip_prefix("/v1").unwrap();
        assert!(dialogue.path.ends_with(version), "{} asks at {}", dialogue.name, sent.path);
    }
}

/// What is asked in the words of the other API, so that a dialogue's answer comes.
fn other(dialogue: &Dialogue) -> Option<(&'static str, Value)> {
    let stream = dialogue.streams();
    let tool = json!({"type": "object", "properties": {"city": {"type": "string"}}});
    let said = json!([{"role": "user", "content": "Grüße?"}]);
    match dialogue.path.as_str() {
        "/v1/messages" => {
            let tools = json!([{"type": "function", "function": {"name": "get_weather", "parameters": tool}}]);
            let mut request = json!({"model": "claude-haiku-4-5", "messages": said, "tools": tools, "stream": stream});
            if stream {
                request["stream_options"] = json!({"include_usage": true});
            }
            Some(("/v1/chat/completions", request))
        }
        "/v1/chat/completions" => {
            let tools = json!([{"name": "get_weather", "input_schema": tool}]);
            let request =
                json!({"model": "gpt-5-mini", "max_tokens": 99, "messages": said, "tools": tools, "stream": stream});
            Some(("/v1/messages", request))
        }
        _ => None,
    }
}

/// The words of an answer without what the clock says.
fn timeless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split("\"created\":").enumerate() {
        let rest = if index == 0 { part } else { part.trim_start_matches(|c: char| c.is_ascii_digit()) };
        out.push_str(if index == 0 { "" } else { "\"created\":0" });
        out.push_str(rest);
    }
    out
}

#[tokio::test]
async fn every_dialogue_has_the_same_meaning_in_the_other_words() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "upstream = {retries = 0}")).await;
    let key = world.any_key().await;
    let (mut told, mut asked) = (String::new(), 0);
    for dialogue in Dialogue::all() {
        let Some((path, request)) = other(&dialogue) else { continue };
        let framings = if dialogue.streams() { &FRAMINGS[..] } else { &FRAMINGS[..1] };
        let mut first: Option<String> = None;
        for (how, framed) in framings {
            // Without its line end the last event is none: a stream that lost more than that has another end.
            if how.contains("last line end") && !dialogue.answer.ends_with("data: [DONE]\n\n") {
                continue;
            }
            for cut in [7, 1 << 20] {
                provider.says([dialogue.say(&framed(&dialogue.answer), cut)]);
                let heard = ask(&world, &key, path, &request.to_string()).await;
                asked += 1;
                dialogue.check(&last(&world, asked).await, how);
                let text = format!(
                    "{} {}\n{}\n",
                    heard.status,
                    heard.header("content-type").unwrap(),
                    timeless(&heard.text())
                );
                let expected = first.get_or_insert_with(|| text.clone());
                assert_eq!(&text, expected, "{} {how} in cuts of {cut}", dialogue.name);
            }
        }
        told.push_str(&format!("### {} for {path}\n{}\n", dialogue.name, first.unwrap()));
    }
    insta::assert_snapshot!(told);
}
