//! The journal's bytes: any split, any cut, any flipped byte.

use std::path::{Path, PathBuf};

use oqto_process::journal::{self, JournalError, SegmentSize, Writer};
use oqto_process::record::{CodecError, Decoder};
use oqto_process::{Exit, Kind, Record, StdinEnd};
use proptest::prelude::*;

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![4 => prop::collection::vec(any::<u8>(), 0..60), 1 => prop::collection::vec(any::<u8>(), 3000..9000)]
}

fn kind() -> impl Strategy<Value = Kind> {
    let end = prop_oneof![Just(StdinEnd::Client), Just(StdinEnd::Child)];
    prop_oneof![
        any::<u32>().prop_map(|pid| Kind::Start { pid }),
        bytes().prop_map(Kind::Out),
        bytes().prop_map(Kind::Err),
        ("[a-zé:_-]{1,40}", bytes()).prop_map(|(send_id, bytes)| Kind::In { send_id, bytes }),
        Just(Kind::OutClosed),
        Just(Kind::ErrClosed),
        (end, any::<u64>()).prop_map(|(by, unwritten)| Kind::StdinClosed { by, unwritten }),
        (any::<u16>(), any::<u16>()).prop_map(|(rows, cols)| Kind::Resize { rows, cols }),
        any::<i32>().prop_map(|signal| Kind::Signal { signal }),
        Just(Kind::KillTree),
        any::<i32>().prop_map(|code| Kind::Exit(Exit::Code(code))),
        any::<i32>().prop_map(|signal| Kind::Exit(Exit::Signal(signal))),
        any::<u32>().prop_map(|leftovers| Kind::End { leftovers }),
    ]
}

fn kinds() -> impl Strategy<Value = Vec<Kind>> {
    prop::collection::vec(kind(), 1..30)
}

/// A journal of `kinds` in small segments.
fn written(kinds: &[Kind]) -> (tempfile::TempDir, Writer) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Writer::create(folder.path(), SegmentSize(4096)).expect("a journal");
    for (at, kind) in kinds.iter().enumerate() {
        assert_eq!(writer.append(kind).expect("appended"), at as u64);
    }
    (folder, writer)
}

fn read(dir: &Path, from: u64) -> Result<Vec<Record>, JournalError> {
    journal::read(dir, from)?.collect()
}

fn segments(dir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        std::fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The records of all segments as one run of bytes.
fn raw(dir: &Path) -> Vec<u8> {
    segments(dir).iter().flat_map(|path| std::fs::read(path).expect("a segment").split_off(16)).collect()
}

proptest! {
    #[test]
    fn what_is_written_is_read(kinds in kinds()) {
        let (folder, _) = written(&kinds);
        let all = read(folder.path(), 0).expect("records");
        prop_assert!(all.iter().enumerate().all(|(at, record)| record.index == at as u64));
        prop_assert_eq!(all.iter().map(|record| record.kind.clone()).collect::<Vec<_>>(), kinds);
        for from in 0..=all.len() {
            prop_assert_eq!(read(folder.path(), from as u64).expect("the rest"), &all[from..]);
        }
    }

    #[test]
    fn any_split_of_the_bytes_gives_the_same_records(kinds in kinds(), cuts in prop::collection::vec(1..5000_usize, 1..40)) {
        let (folder, _) = written(&kinds);
        let bytes = raw(folder.path());
        let mut decoder = Decoder::new(0);
        let (mut rest, mut seen) = (bytes.as_slice(), Vec::new());
        for cut in cuts.iter().cycle() {
            let (piece, later) = rest.split_at((*cut).min(rest.len()));
            decoder.push(piece);
            while let Some(record) = decoder.next_record().expect("whole bytes") {
                seen.push(record.kind);
            }
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(seen, kinds);
        prop_assert_eq!(decoder.partial(), 0);
    }

    #[test]
    fn a_cut_end_loses_only_what_was_cut(kinds in kinds(), keep in any::<prop::sample::Index>()) {
        let (folder, _) = written(&kinds);
        let last = segments(folder.path()).pop().expect("a segment");
        let all = read(folder.path(), 0).expect("records");
        let bytes = std::fs::read(&last).expect("bytes");
        let keep = keep.index(bytes.len() + 1);
        std::fs::write(&last, &bytes[..keep]).expect("written");
        let left = read(folder.path(), 0).expect("a cut is no damage");
        prop_assert_eq!(&left[..], &all[..left.len()]);
        // Everything that is still whole is read: one more record would not fit into what was kept.
        if let Some(next) = all.get(left.len()) {
            let mut decoder = Decoder::new(next.index);
            let first_here = last.file_stem().and_then(|name| name.to_str()?.strip_prefix("journal-")?.parse::<u64>().ok()).expect("a number");
            prop_assert!(next.index >= first_here);
            if keep >= 16 && next.index == first_here {
                decoder.push(&bytes[16..keep]);
                prop_assert_eq!(decoder.next_record(), Ok(None));
            }
        }
    }

    #[test]
    fn a_flipped_byte_is_never_read_as_something_else(kinds in kinds(), place in any::<prop::sample::Index>(), flip in 1..=255_u8) {
        let (folder, _) = written(&kinds);
        let all = read(folder.path(), 0).expect("records");
        let paths = segments(folder.path());
        let which = &paths[place.index(paths.len())];
        let mut bytes = std::fs::read(which).expect("bytes");
        let at = place.index(bytes.len());
        bytes[at] ^= flip;
        std::fs::write(which, &bytes).expect("written");
        let mut seen = 0;
        let mut failed = false;
        for record in journal::read(folder.path(), 0).expect("a journal") {
            match record {
                Ok(record) => {
                    prop_assert!(!failed, "nothing comes after an error");
                    prop_assert_eq!(&record, &all[seen]);
                    seen += 1;
                }
                Err(_) => failed = true,
            }
        }
        prop_assert!(seen < all.len(), "the damaged record is missing");
        // A length that grew past the file's end looks like a cut end; in an earlier segment the next one shows the gap.
        let in_last = Some(which) == paths.last();
        prop_assert!(failed || in_last);
    }

    #[test]
    fn garbage_is_an_error_or_nothing(bytes in prop::collection::vec(any::<u8>(), 0..4000)) {
        let mut decoder = Decoder::new(0);
        decoder.push(&bytes);
        while let Ok(Some(_)) = decoder.next_record() {}
    }

    #[test]
    fn trimming_removes_only_what_is_below(kinds in kinds(), below in any::<prop::sample::Index>()) {
        let (folder, mut writer) = written(&kinds);
        let all = read(folder.path(), 0).expect("records");
        let below = below.index(kinds.len() + 1) as u64;
        let first = writer.trim(below).expect("trimmed");
        prop_assert!(first <= below);
        prop_assert_eq!(read(folder.path(), first).expect("the rest"), &all[first as usize..]);
        let on_disk: u64 = segments(folder.path()).iter().map(|path| path.metadata().expect("metadata").len()).sum();
        prop_assert_eq!(writer.bytes(), on_disk);
        if first > 0 {
            let gone = matches!(read(folder.path(), first - 1), Err(JournalError::Trimmed { first: left, .. }) if left == first);
            prop_assert!(gone);
        }
        prop_assert_eq!(writer.append(&Kind::KillTree).expect("appended"), all.len() as u64);
        prop_assert_eq!(read(folder.path(), first).expect("the rest").len(), all.len() - first as usize + 1);
    }
}

#[test]
fn a_length_beyond_any_record_is_refused_before_memory_is_taken() {
    let mut decoder = Decoder::new(0);
    let mut header = [0; 28];
    header[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    decoder.push(&header);
    assert_eq!(decoder.next_record(), Err(CodecError::TooLong(u32::MAX)));
}

#[test]
fn a_record_out_of_turn_is_refused() {
    let (folder, _) = written(&[Kind::KillTree, Kind::OutClosed]);
    let mut decoder = Decoder::new(1);
    decoder.push(&raw(folder.path()));
    assert_eq!(decoder.next_record(), Err(CodecError::Order { expected: 1, found: 0 }));
}

#[test]
fn a_missing_segment_is_damage_not_an_end() {
    let (folder, _) = written(&vec![Kind::Out(vec![7; 3000]); 9]);
    let paths = segments(folder.path());
    assert!(paths.len() > 2);
    std::fs::remove_file(&paths[1]).expect("removed");
    let error = read(folder.path(), 0).expect_err("a gap");
    assert!(matches!(error, JournalError::Corrupt { source: CodecError::Order { .. }, .. }), "{error:?}");
}

#[test]
fn a_folder_without_a_journal_has_no_records() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(read(folder.path(), 0).expect("nothing"), []);
    let missing = read(&folder.path().join("missing"), 0).expect_err("no folder");
    assert!(missing.to_string().contains("missing"));
}
