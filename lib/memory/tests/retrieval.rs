//! Is the right memory found more often than by plain substring search and by plain BM25?

#[path = "retrieval/quality.rs"]
mod quality;

use quality::{bm25, filled, lines, measure, ours, plain_bm25, substring};

#[test]
fn the_right_memory_is_found_more_often_than_by_substring_and_by_bm25() {
    let memories = lines("memories.jsonl");
    let folder = tempfile::tempdir().expect("a folder");
    let store = filled(folder.path(), &memories);
    let db = bm25(&memories);
    for half in ["questions-tuned.jsonl", "questions-held-out.jsonl", "questions-blind.jsonl", "questions-fresh.jsonl"]
    {
        let questions = lines(half);
        let found = measure(&questions, |question| ours(&store, question));
        let by_bm25 = measure(&questions, |question| plain_bm25(&db, question));
        let by_substring = measure(&questions, |question| substring(&memories, question));
        println!("{half}: ours {found:.2?}, BM25 {by_bm25:.2?}, substring {by_substring:.2?}");
        for yardstick in [by_bm25, by_substring] {
            assert!(found.first > yardstick.first + 0.05, "{half}: {found:?} {yardstick:?}");
            assert!(found.five > yardstick.five + 0.05, "{half}: {found:?} {yardstick:?}");
            assert!(found.mrr > yardstick.mrr + 0.05, "{half}: {found:?} {yardstick:?}");
        }
    }
}
