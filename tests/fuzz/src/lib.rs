//! Every parser of foreign bytes as a pure function that must hold for any input.
//!
//! A target takes bytes and asserts what has to be true whatever they are; it touches nothing outside itself but a
//! temporary folder. [`TARGETS`] is the list of them. `tests/smoke.rs` runs each on some thousand inputs in every test
//! run; `cargo-fuzz/` looks for inputs with the help of coverage (see the README).
//!
//! | module | holds |
//! |---|---|
//! | [`lines`] | the framing of the wire, frames and their routing |
//! | [`words`] | names with their payloads, parts, ids |
//! | [`fold`] | entries and live events into a snapshot |
//! | [`pi`] | the Pi adapter: any records, any cuts, going on from any checkpoint |
//! | [`issues`] | logs of issues, and the files of other programs about them |
//! | [`journal`] | records of a holder's journal, frames of who is attached |
//! | [`model_apis`] | requests to models, streams of events, answers with their usage |
//! | [`gateway`] | translations between model APIs, policies, configurations, headers of providers |
//! | [`search`] | queries of the search |
//! | [`memories`] | ledgers of memories, and files of them |
//! | [`seeds`] | valid inputs that are good to begin with |
//! | [`alike`] | equality that forgives the last digit of a decimal |

pub mod alike;
pub mod fold;
pub mod gateway;
pub mod issues;
pub mod journal;
pub mod lines;
pub mod memories;
pub mod model_apis;
pub mod pi;
pub mod search;
pub mod seeds;
pub mod words;

/// A parser and what it is fed with.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, that of its file in `fuzz_targets` too.
    pub name: &'static str,
    /// Asserts what must hold for any bytes.
    pub run: fn(&[u8]),
    /// Valid inputs to change.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub const TARGETS: [Target; 23] = [
    Target { name: "framing", run: lines::framing, seeds: seeds::chunks },
    Target { name: "frame", run: lines::frame, seeds: seeds::frames },
    Target { name: "payload", run: words::payload, seeds: seeds::payloads },
    Target { name: "part", run: words::part, seeds: seeds::parts },
    Target { name: "id", run: words::id, seeds: seeds::ids },
    Target { name: "fold", run: fold::fold, seeds: seeds::dialogues },
    Target { name: "pi", run: pi::records, seeds: seeds::journals },
    Target { name: "pi_checkpoint", run: pi::checkpoint, seeds: seeds::checkpoints },
    Target { name: "journal", run: journal::journal, seeds: seeds::segments },
    Target { name: "attach", run: journal::attach, seeds: seeds::attach_frames },
    Target { name: "model_request", run: model_apis::request, seeds: model_apis::requests },
    Target { name: "model_events", run: model_apis::events, seeds: model_apis::streams },
    Target { name: "model_answer", run: model_apis::answer, seeds: model_apis::streams },
    Target { name: "translated", run: gateway::translated, seeds: gateway::requests },
    Target { name: "translated_stream", run: gateway::translated_stream, seeds: gateway::streams },
    Target { name: "policy", run: gateway::policy, seeds: gateway::policies },
    Target { name: "gateway_config", run: gateway::config, seeds: gateway::configs },
    Target { name: "answer_headers", run: gateway::answer_headers, seeds: gateway::header_lines },
    Target { name: "query", run: search::query, seeds: search::queries },
    Target { name: "memory_ledger", run: memories::memory_ledger, seeds: memories::ledgers },
    Target { name: "memory_file", run: memories::memory_file, seeds: memories::files },
    Target { name: "issue_log", run: issues::log, seeds: issues::logs },
    Target { name: "issue_lines", run: issues::lines, seeds: issues::files },
];

/// Runs the target of this name.
///
/// # Panics
/// When it does not hold for `data`, or there is no such target.
pub fn hold(name: &str, data: &[u8]) {
    let Some(target) = TARGETS.iter().find(|target| target.name == name) else { unreachable!("no target {name}") };
    (target.run)(data);
}

/// The bytes as UTF-8; what is none becomes U+FFFD.
pub(crate) fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Cuts bytes into pieces whose lengths are taken from `cuts` in turn (0 counts as 1); whole where there are none.
pub(crate) fn pieces<'a>(mut bytes: &'a [u8], cuts: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    for length in cuts.iter().cycle() {
        if bytes.is_empty() {
            break;
        }
        let (piece, rest) = bytes.split_at(usize::from(*length).clamp(1, bytes.len()));
        pieces.push(piece);
        bytes = rest;
    }
    pieces.extend((!bytes.is_empty()).then_some(bytes));
    pieces
}
