//! Every target on some thousand inputs: noise, and valid inputs that were changed. The same ones in every run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use oqto_fuzz::{TARGETS, Target};

/// Inputs of one target, unless its time is up before.
const INPUTS: u64 = 3_000;
/// How long one target may take; the tests run side by side.
const TIME: Duration = Duration::from_secs(4);
/// How many inputs are tried however long it takes: fewer would prove nothing.
const LEAST: u64 = 200;

/// Numbers that look random and are the same for the same seed (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

/// Texts at which parsers of JSON and lines trip.
const WORDS: [&[u8]; 22] = [
    b"\n",
    b"\r\n",
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"null",
    b"true",
    b"-1",
    b"0",
    b"1e400",
    b"\\ud83d",
    b"18446744073709551615",
    b"18446744073709551616",
    b"\xff\xfe",
    b"\0",
    "\u{2028}".as_bytes(),
    b"{\"type\":",
];

fn noise(numbers: &mut Numbers) -> Vec<u8> {
    let length = numbers.below(300);
    (0..length).map(|_| if numbers.below(4) == 0 { b"{}[]\",:\n0"[numbers.below(9)] } else { numbers.byte() }).collect()
}

fn changed(numbers: &mut Numbers, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[numbers.below(seeds.len())].clone();
    for _ in 0..numbers.below(6) {
        change(numbers, &mut bytes, seeds);
    }
    bytes
}

fn change(numbers: &mut Numbers, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let at = numbers.below(bytes.len() + 1);
    let end = (at + numbers.below(40)).min(bytes.len());
    match numbers.below(9) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
        3 => drop(bytes.splice(at..end, WORDS[numbers.below(WORDS.len())].iter().copied())),
        4 => drop(bytes.splice(at..at, WORDS[numbers.below(WORDS.len())].iter().copied())),
        5 => {
            let other = &seeds[numbers.below(seeds.len())];
            let from = numbers.below(other.len());
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from..]);
        }
        6 => drop(bytes.splice(at..at, std::iter::repeat_n(b"[{"[numbers.below(2)], numbers.below(3_000)))),
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = numbers.byte();
            }
        }
    }
}

fn input(seed: u64, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut numbers = Numbers(seed);
    if numbers.below(5) == 0 { noise(&mut numbers) } else { changed(&mut numbers, seeds) }
}

fn holds(name: &str) {
    let Some(target) = TARGETS.iter().find(|target| target.name == name) else { unreachable!("no target {name}") };
    let seeds = (target.seeds)();
    assert!(seeds.len() > 3, "{name}: {} seeds", seeds.len());
    for (place, seed) in seeds.iter().enumerate() {
        tried(target, seed, &format!("valid input {place}"));
    }
    let began = Instant::now();
    let done = (0..INPUTS).take_while(|seed| *seed < LEAST || began.elapsed() < TIME);
    for seed in done {
        tried(target, &input(seed, &seeds), &format!("seed {seed}"));
    }
}

fn tried(target: &Target, bytes: &[u8], which: &str) {
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(bytes)));
    assert!(outcome.is_ok(), "{} does not hold for {which}: {:?}", target.name, String::from_utf8_lossy(bytes));
}

macro_rules! targets {
    ($($name:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            holds(stringify!($name));
        })*

        #[test]
        fn every_target_is_tried_here_and_has_a_file() {
            let tried = [$(stringify!($name)),*];
            assert_eq!(TARGETS.map(|target| target.name), tried);
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
            let manifest = std::fs::read_to_string(folder.join("cargo-fuzz/Cargo.toml")).expect("its manifest");
            for name in tried {
                let path = folder.join("fuzz_targets").join(format!("{name}.rs"));
                let text = std::fs::read_to_string(&path).expect("its file");
                assert!(text.contains(&format!("\"{name}\"")), "{}", path.display());
                assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is not in the manifest");
            }
        }
    };
}

targets!(
    framing,
    frame,
    payload,
    part,
    id,
    fold,
    pi,
    pi_checkpoint,
    journal,
    attach,
    model_request,
    model_events,
    model_answer,
    translated,
    translated_stream,
    policy,
    gateway_config,
    answer_headers,
    query,
    memory_ledger,
    memory_file,
    issue_log,
    issue_lines
);

#[test]
fn a_target_that_does_not_hold_is_seen() {
    let broken = Target { name: "broken", run: |bytes| assert!(!bytes.contains(&b'{')), seeds: Vec::new };
    tried(&broken, b"no brace", "the control");
    let seen = catch_unwind(|| tried(&broken, b"{", "seed 1")).expect_err("it does not hold");
    let message = seen.downcast_ref::<String>().expect("a message");
    assert_eq!(message, "broken does not hold for seed 1: \"{\"");
}
