//! What a person types into the search.

use std::cell::RefCell;

use oqto_history::HistoryError;
use oqto_history::search::SearchMode;
use oqto_history::search::probe::Probe;

use crate::text;

thread_local! {
    static PROBE: RefCell<Option<(tempfile::TempDir, Probe)>> = const { RefCell::new(None) };
}

/// Any text, read in each of the ways: what becomes of it is always a query of the index, or one of two refusals.
///
/// # Panics
/// When it does not hold.
pub fn query(data: &[u8]) {
    let data = text(data);
    PROBE.with_borrow_mut(|probe| {
        let (_, probe) = probe.get_or_insert_with(made);
        for mode in [SearchMode::Auto, SearchMode::Natural, SearchMode::Code] {
            match probe.ask(&data, mode) {
                Ok(shown) => assert!(shown.iter().all(|(word, _)| !word.is_empty()), "{data:?}: {shown:?}"),
                Err(HistoryError::EmptyQuery(_)) => assert!(data.len() <= 1000),
                Err(HistoryError::Invalid(_)) => assert!(data.len() > 1000, "{data:?}"),
                Err(error) => unreachable!("{data:?} is no query of the index: {error}"),
            }
        }
    });
}

fn made() -> (tempfile::TempDir, Probe) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| unreachable!("no temporary folder: {error}"));
    let probe = Probe::new(folder.path()).unwrap_or_else(|error| unreachable!("no index: {error}"));
    (folder, probe)
}

/// Queries as people write them.
#[must_use]
pub fn queries() -> Vec<Vec<u8>> {
    let all = [
        "how do I restart the runner",
        "WebSocket proto*",
        "src/lib.rs:42",
        "a::b->c_d \"quoted words\" AND NOT (x OR y)",
        "co-operate re-*",
        "日本語の検索 märchen É*",
        "NEAR(a b, 3) ^start col:word + - {x}",
        "\u{0}\u{feff}x",
    ];
    all.map(|query| query.as_bytes().to_vec()).to_vec()
}
