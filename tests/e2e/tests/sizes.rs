//! What an agent does is longer than a frame: the log keeps what fits and attaches the whole, and the page is told it all.

use oqto_e2e::browser::Browser;
use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome, both_generations};
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::message::{Media, Part, Role};
use oqto_testkit::pi::Generation;
use serde_json::{Value, json};

both_generations! {
    a_long_input_of_a_tool,
}

/// The longest line, in bytes.
const LINE: usize = 8 << 20;

async fn page(world: &mut World) -> Outcome<(Browser, Session)> {
    let browser = world.start_relay().await?;
    let params = json!({"harness": "pi", "workspace": world.home.work()});
    let session = Session::create(browser.open().await?, params).await?;
    Ok((browser, session))
}

fn parts(session: &Session) -> Vec<Part> {
    let called = |parts: &Vec<Part>| parts.iter().any(|part| matches!(part, Part::ToolCall(_)));
    let said = session.messages().into_iter().filter(|message| message.role == Role::Assistant);
    said.map(|message| message.parts).find(called).unwrap_or_default()
}

fn calls(parts: &[Part]) -> Vec<&Value> {
    parts.iter().filter_map(|part| if let Part::ToolCall(call) = part { Some(&call.input) } else { None }).collect()
}

/// All of it, read back in pieces, as the page reads it.
async fn attached(session: &mut Session, parts: &[Part]) -> Outcome<Vec<u8>> {
    let blob = parts.iter().rev().find_map(|part| {
        if let Part::Attachment { media: Media::Blob { sha256, .. }, .. } = part { Some(sha256.clone()) } else { None }
    });
    let sha256 = blob.ok_or("nothing is attached")?;
    let mut whole = Vec::new();
    loop {
        let params = json!({"sha256": sha256, "offset": whole.len()});
        let piece = session.client.call("blob.get", None, params).await?;
        whole.extend(base64(piece["data"].as_str().unwrap_or_default()));
        if whole.len() as u64 >= piece["total"].as_u64().unwrap_or_default() {
            return Ok(whole);
        }
    }
}

/// Base64 without what no piece has: it is read by the shape of its alphabet.
fn base64(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => u32::from(letter - b'A'),
        b'a'..=b'z' => u32::from(letter - b'a') + 26,
        b'0'..=b'9' => u32::from(letter - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters = text.trim_end_matches('=').as_bytes();
    let bytes = letters.chunks(4).flat_map(|four| {
        let bits = four.iter().fold(0, |bits, letter| (bits << 6) | value(*letter)) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    });
    bytes.collect()
}

async fn a_long_input_of_a_tool(generation: Generation) -> Outcome {
    const BYTES: usize = 3_000_000;
    let mut world = World::with_runner(generation).await?;
    let (_browser, mut session) = page(&mut world).await?;
    session.ends(&format!("fake:write 1 {BYTES}"), TurnEnd::Done).await?;
    assert_eq!(std::fs::metadata(world.home.work().join("file-1.txt"))?.len(), BYTES as u64);
    let parts = parts(&session);
    let input = calls(&parts)[0];
    assert_eq!(input["path"], "file-1.txt", "what is short stays");
    let kept = input["content"].as_str().unwrap_or_default();
    assert!(kept.starts_with("xxxx") && kept.contains("3000000 bytes in all") && kept.len() < 1 << 20);
    let whole: Value = serde_json::from_slice(&attached(&mut session, &parts).await?)?;
    assert_eq!(whole["content"].as_str().map(str::len), Some(BYTES));
    session.agrees_with(world.client().await?).await
}

/// Each of them is as long as it may be; together no line holds them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_parts_that_together_are_longer_than_a_line() -> Outcome {
    const FILES: usize = 12;
    let mut world = World::with_runner(Generation::V087).await?;
    let (browser, mut session) = page(&mut world).await?;
    session.ends(&format!("fake:write {FILES} 900000"), TurnEnd::Done).await?;
    for file in 1..=FILES {
        assert_eq!(std::fs::metadata(world.home.work().join(format!("file-{file}.txt")))?.len(), 900_000);
    }
    let longest = session.reader.entries.iter().map(|entry| entry.data.len()).max().unwrap_or_default();
    assert!(longest < LINE, "an entry has {longest} bytes");
    let parts = parts(&session);
    let paths: Vec<_> = calls(&parts).iter().map(|input| input["path"].clone()).collect();
    let expected: Vec<_> = (1..=FILES).map(|file| json!(format!("file-{file}.txt"))).collect();
    assert_eq!(paths, expected);
    let whole: Vec<Value> = serde_json::from_slice(&attached(&mut session, &parts).await?)?;
    let lengths: Vec<_> = whole.iter().filter_map(|part| part["input"]["content"].as_str().map(str::len)).collect();
    assert_eq!(lengths, vec![900_000; FILES]);
    assert_eq!(session.results().len(), FILES);
    session.ends("fake:text and on", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await?;
    // Who comes later is told the same, also over the relay.
    let mut late = Session::follow(browser.open().await?, Reader::new(session.id)).await?;
    late.until_within("the snapshot", DEADLINE, Reader::caught_up).await?;
    assert_eq!(late.reader.entries, session.reader.entries);
    late.check()
}
