//! Every recorded dialogue through the adapter: what comes out, and that it does not depend on how it is cut or on
//! where it is taken up again.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    clippy::wildcard_enum_match_arm,
    reason = "a test picks what it looks at, and fails by panicking"
)]

mod recording;

use std::collections::BTreeMap;

use oqto_harness::adapter::{Adapter, Output};
use oqto_harness::pi::Pi;
use proptest::prelude::*;
use recording::{Driver, Journal, Record, generation, names, replay, session, shown};

#[test]
fn outputs() {
    for name in names() {
        let journal = Driver::journal(&name);
        let outputs = replay(&mut Pi::new(session(), generation(&name)), &journal, 0);
        insta::with_settings!({omit_expression => true, prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(name.as_str(), shown(&outputs));
        });
    }
}

#[test]
fn every_turn_settles_once() {
    for name in names() {
        let journal = Driver::journal(&name);
        let mut turns: BTreeMap<String, usize> = BTreeMap::new();
        for (_, record) in &journal {
            if let Record::Sent(sent) = record
                && let Some(turn) = sent.id.strip_prefix("prompt:")
            {
                turns.insert(turn.to_owned(), 0);
            }
        }
        for output in replay(&mut Pi::new(session(), generation(&name)), &journal, 0) {
            if let Output::Settled { turn, .. } = output {
                *turns.get_mut(&turn.to_string()).expect("a turn that was opened") += 1;
            }
        }
        assert!(!turns.is_empty(), "{name}");
        // These end while the agent works.
        let dies = name.contains("kill_") || name.contains("midstream_death");
        let wanted = usize::from(!dies);
        assert!(turns.values().all(|count| *count == wanted), "{name}: {turns:?}");
    }
}

#[test]
fn a_checkpoint_at_every_record_goes_on_the_same() {
    for name in names() {
        let journal = Driver::journal(&name);
        let mut pi = Pi::new(session(), generation(&name));
        let mut kept = Vec::new();
        let mut outputs = Vec::new();
        for (index, (ts, record)) in journal.iter().enumerate() {
            kept.push((outputs.len(), pi.checkpoint().expect("whole lines only")));
            pi.read(index as u64, *ts, record.input(), &mut outputs);
        }
        // Every place of a short recording, every seventh of a long one.
        let step = if journal.len() > 120 { 7 } else { 1 };
        for (index, (before, checkpoint)) in kept.iter().enumerate().step_by(step) {
            let mut again = Pi::restore(session(), generation(&name), checkpoint).expect("restores");
            let rest = replay(&mut again, &journal[index..], index);
            assert_eq!(shown(&rest), shown(&outputs[*before..]), "{name} from record {index}");
        }
    }
}

/// The same journal with its standard output cut at other places. Times and indexes stay those of the first byte.
fn recut(journal: &Journal, cuts: &[usize]) -> Vec<(u64, u64, Record)> {
    let mut cuts = cuts.iter().cycle();
    let mut pieces = Vec::new();
    for (index, (ts, record)) in journal.iter().enumerate() {
        let Record::Stdout(bytes) = record else {
            pieces.push((index as u64, *ts, record.clone()));
            continue;
        };
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at((*cuts.next().expect("cuts")).min(rest.len()));
            pieces.push((index as u64, *ts, Record::Stdout(piece.to_vec())));
            rest = after;
        }
    }
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cut_gives_the_same(which in 0..27_usize, cuts in prop::collection::vec(1..400_usize, 1..40)) {
        let names = names();
        let name = &names[which % names.len()];
        let journal = Driver::journal(name);
        let whole = replay(&mut Pi::new(session(), generation(name)), &journal, 0);
        let mut pi = Pi::new(session(), generation(name));
        let mut cut = Vec::new();
        for (index, ts, piece) in recut(&journal, &cuts) {
            pi.read(index, ts, piece.input(), &mut cut);
        }
        prop_assert_eq!(shown(&cut), shown(&whole));
    }

    #[test]
    fn damaged_bytes_never_panic(
        which in 0..27_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..60),
    ) {
        let names = names();
        let name = &names[which % names.len()];
        let mut journal = Driver::journal(name);
        for (place, byte) in damage {
            let record = place.get(&journal);
            let at = record.0;
            let index = journal.iter().position(|(ts, _)| *ts == at).unwrap_or(0);
            if let Record::Stdout(bytes) = &mut journal[index].1 {
                let length = bytes.len();
                bytes[usize::from(byte) % length] = byte;
            }
        }
        let outputs = replay(&mut Pi::new(session(), generation(name)), &journal, 0);
        let ended = matches!(outputs.last(), Some(Output::Exited { .. }));
        prop_assert!(ended);
    }

    #[test]
    fn noise_never_panics(noise in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..20)) {
        let mut pi = Pi::new(session(), oqto_harness::pi::Generation::Delta);
        let journal: Journal = noise.into_iter().map(|bytes| (1, Record::Stdout(bytes))).collect();
        replay(&mut pi, &journal, 0);
    }
}
