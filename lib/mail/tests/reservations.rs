//! Reservations from end to end: refusals, leases, numbers, many at once, and a simple model.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use oqto_mail::MailError;
use oqto_mail::glob::Glob;
use oqto_mail::reservation::{Chosen, Mode, Request, Reservation};
use oqto_mail::store::Store;
use proptest::prelude::*;
use support::{World, actor};

fn request(patterns: &[&str], mode: Mode, seconds: u64) -> Request {
    let patterns = patterns.iter().map(|pattern| Glob::parse(pattern).unwrap()).collect();
    Request { patterns, mode, ttl: Duration::from_secs(seconds), reason: Some("refactoring".into()) }
}

fn reserve(store: &Store, who: &str, patterns: &[&str]) -> Result<Vec<Reservation>, MailError> {
    store.reserve(&actor(who), &request(patterns, Mode::Exclusive, 60))
}

fn these(pattern: &str) -> Chosen {
    Chosen::These { patterns: vec![Glob::parse(pattern).unwrap()], numbers: Vec::new() }
}

/// Every process that opens the store reads its log once.
#[test]
fn the_log_stays_short_however_many_open_the_store() {
    let world = World::new();
    let mut longest = 0;
    for number in 0..300 {
        reserve(&world.store(), "ada", &[&format!("src/part{number}/**")]).unwrap();
        let mut log = world.store().path().to_path_buf().into_os_string();
        log.push("-wal");
        longest = longest.max(std::fs::metadata(log).map_or(0, |log| log.len()));
    }
    assert!(longest > 0, "the control: there is a log");
    assert!(longest < 2 << 20, "{longest} bytes");
    assert_eq!(world.store().reservations(Some("/w")).unwrap().len(), 300);
}

#[test]
fn a_refusal_grants_nothing_and_says_who_what_and_until_when() {
    let world = World::new();
    let store = world.store();
    reserve(&store, "ada", &["src/*.rs"]).unwrap();
    let refused = reserve(&store, "pi", &["docs", "src/lib*"]).unwrap_err();
    let said = refused.to_string();
    for part in [
        "src/lib* is covered by src/*.rs",
        "both match src/lib.rs",
        "ada",
        "2025-11-21T04:41:00Z",
        "refactoring",
        "number 1",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(refused.kind().exit_code(), 75);
    assert_eq!(store.reservations(Some("/w")).unwrap().len(), 1);
    // Elsewhere, and beside it, there is nothing in the way.
    let elsewhere = oqto_mail::party::Actor { workspace: "/other".into(), ..actor("pi") };
    store.reserve(&elsewhere, &request(&["src/lib.rs"], Mode::Exclusive, 60)).unwrap();
    reserve(&store, "pi", &["docs", "src/lib.md"]).unwrap();
}

#[test]
fn sharing_is_for_those_who_share() {
    let world = World::new();
    let store = world.store();
    let shared = request(&["src"], Mode::Shared, 60);
    store.reserve(&actor("ada"), &shared).unwrap();
    store.reserve(&actor("pi"), &shared).unwrap();
    assert!(matches!(reserve(&store, "eve", &["src/a.rs"]), Err(MailError::Held(held)) if held.len() == 2));
    let path = [Glob::literal("src/a.rs").unwrap()];
    assert_eq!(store.in_the_way(&actor("PI"), &path).unwrap(), []);
    assert_eq!(store.in_the_way(&actor("eve"), &path).unwrap().len(), 2);
    reserve(&store, "ada", &["docs"]).unwrap();
    assert!(matches!(store.reserve(&actor("pi"), &request(&["docs"], Mode::Shared, 60)), Err(MailError::Held(_))));
}

#[test]
fn a_lease_runs_out_by_passing_time_and_not_by_the_date() {
    let world = World::new();
    let store = world.store();
    let first = reserve(&store, "ada", &["src"]).unwrap()[0].number;
    for jump in [86_400_000_000, -172_800_000_000] {
        world.clocks.set_date(jump);
        assert!(matches!(reserve(&store, "pi", &["src"]), Err(MailError::Held(_))));
    }
    world.clocks.pass(59_999);
    assert_eq!(store.still_held(&actor("ada"), first).unwrap().seconds_left, 0);
    world.clocks.pass(1);
    assert!(matches!(store.still_held(&actor("ada"), first), Err(MailError::RanOut { .. })));
    let late = store.renew(&actor("ada"), &these("src"), None).unwrap_err();
    assert!(matches!(late, MailError::RanOut { fence, .. } if fence == first), "{late:?}");
    let second = reserve(&store, "pi", &["src"]).unwrap()[0].number;
    assert!(second > first);
}

#[test]
fn renewing_prolongs_and_reserving_again_keeps_the_number() {
    let world = World::new();
    let store = world.store();
    let first = reserve(&store, "ada", &["src", "docs", "src"]).unwrap();
    assert_eq!(first.iter().map(|held| held.number).collect::<Vec<_>>(), [1, 2]);
    world.clocks.pass(50_000);
    assert_eq!(store.renew(&actor("ada"), &these("src"), None).unwrap()[0].seconds_left, 60);
    assert_eq!(store.renew(&actor("ada"), &these("src"), Some(Duration::from_secs(5))).unwrap()[0].seconds_left, 60);
    assert_eq!(reserve(&store, "ADA", &["docs"]).unwrap()[0].number, 2);
    world.clocks.pass(50_000);
    assert_eq!(store.reservations(None).unwrap().len(), 2);
}

#[test]
fn releasing_nothing_is_an_error() {
    let world = World::new();
    let store = world.store();
    for chosen in [Chosen::All, these("src"), Chosen::These { patterns: Vec::new(), numbers: vec![7] }] {
        let refused = store.release(&actor("ada"), &chosen).unwrap_err();
        assert!(matches!(refused, MailError::NotHeld { .. }) && refused.kind().exit_code() == 3, "{refused:?}");
    }
    reserve(&store, "ada", &["src", "docs"]).unwrap();
    let half = Chosen::These { patterns: vec![Glob::parse("src").unwrap()], numbers: vec![99] };
    assert!(store.release(&actor("ada"), &half).is_err() && store.release(&actor("pi"), &Chosen::All).is_err());
    assert_eq!(store.reservations(None).unwrap().len(), 2);
    assert_eq!(store.release(&actor("Ada"), &Chosen::All).unwrap().len(), 2);
    reserve(&store, "pi", &["src"]).unwrap();
}

#[test]
fn of_many_who_ask_at_once_one_is_granted() {
    let world = World::new();
    let granted: usize = std::thread::scope(|scope| {
        let askers: Vec<_> = (0..40)
            .map(|asker| {
                let store = world.store();
                let who = format!("w{asker}");
                scope.spawn(move || match reserve(&store, &who, &[&format!("own/{asker}"), "common"]) {
                    Ok(held) => held.len() - 1,
                    Err(MailError::Held(_)) => 0,
                    Err(other) => panic!("{other:?}"),
                })
            })
            .collect();
        askers.into_iter().map(|asker| asker.join().unwrap()).sum()
    });
    assert_eq!((granted, world.store().reservations(None).unwrap().len()), (1, 2));
}

const PATTERNS: [&str; 7] = ["a", "a/*", "a/b.rs", "**/*.rs", "c", "*", "{a,c}/x"];

#[derive(Debug, Clone)]
enum Step {
    Reserve { who: usize, patterns: Vec<usize>, mode: Mode, ttl: u64 },
    Release { who: usize, pattern: usize },
    Renew { who: usize, pattern: usize },
    Pass(u8),
    SetDate(i32),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..3_usize;
    let pattern = 0..PATTERNS.len();
    let mode = prop_oneof![Just(Mode::Exclusive), Just(Mode::Shared)];
    prop_oneof![
        5 => (who.clone(), prop::collection::vec(pattern.clone(), 1..3), mode, 1..30_u64)
            .prop_map(|(who, patterns, mode, ttl)| Step::Reserve { who, patterns, mode, ttl }),
        2 => (who.clone(), pattern.clone()).prop_map(|(who, pattern)| Step::Release { who, pattern }),
        2 => (who, pattern).prop_map(|(who, pattern)| Step::Renew { who, pattern }),
        3 => (0..15_u8).prop_map(Step::Pass),
        1 => any::<i32>().prop_map(Step::SetDate),
    ]
}

/// What is held, as simply as can be: who, what, how, until when, and for how long it was granted.
#[derive(Debug, Default)]
struct Model {
    held: Vec<(usize, usize, Mode, u64, u64)>,
    time: u64,
}

/// Which of the patterns overlap, written by hand.
fn overlap(one: usize, other: usize) -> bool {
    const OVERLAPS: [[u8; 7]; 7] = [
        [1, 1, 1, 1, 0, 1, 1],
        [1, 1, 1, 1, 0, 0, 1],
        [1, 1, 1, 1, 0, 0, 0],
        [1, 1, 1, 1, 1, 1, 1],
        [0, 0, 0, 1, 1, 1, 1],
        [1, 0, 0, 1, 1, 1, 0],
        [1, 1, 0, 1, 1, 0, 1],
    ];
    OVERLAPS[one][other] == 1
}

impl Model {
    fn reserve(&mut self, who: usize, patterns: &[usize], mode: Mode, ttl: u64) -> bool {
        let blocked = self.held.iter().any(|(holder, held, how, ..)| {
            *holder != who
                && (mode == Mode::Exclusive || *how == Mode::Exclusive)
                && patterns.iter().any(|asked| overlap(*asked, *held))
        });
        if blocked {
            return false;
        }
        for pattern in patterns {
            let before = self.held.iter().position(|(holder, held, ..)| (*holder, *held) == (who, *pattern));
            let kept = before.map(|place| self.held.remove(place)).filter(|(_, _, how, ..)| *how == mode);
            let until = (self.time + ttl).max(kept.map_or(0, |(_, _, _, until, _)| until));
            self.held.push((who, *pattern, mode, until, ttl));
        }
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reservations_do_what_their_model_does(steps in prop::collection::vec(step(), 1..40)) {
        let world = World::new();
        let store = world.store();
        let (mut model, mut highest) = (Model::default(), 0);
        for step in steps {
            match step {
                Step::Reserve { who, patterns, mode, ttl } => {
                    let texts: Vec<&str> = patterns.iter().map(|pattern| PATTERNS[*pattern]).collect();
                    let answer = store.reserve(&actor(&format!("w{who}")), &request(&texts, mode, ttl));
                    prop_assert_eq!(answer.is_ok(), model.reserve(who, &patterns, mode, ttl), "{:?}", answer);
                    for held in answer.unwrap_or_default() {
                        highest = highest.max(held.number);
                    }
                }
                Step::Release { who, pattern } => {
                    let place = model.held.iter().position(|(holder, held, ..)| (*holder, *held) == (who, pattern));
                    let answer = store.release(&actor(&format!("w{who}")), &these(PATTERNS[pattern]));
                    prop_assert_eq!(answer.is_ok(), place.is_some(), "{:?}", answer);
                    place.map(|place| model.held.remove(place));
                }
                Step::Renew { who, pattern } => {
                    let mine = model.held.iter_mut().find(|(holder, held, ..)| (*holder, *held) == (who, pattern));
                    let answer = store.renew(&actor(&format!("w{who}")), &these(PATTERNS[pattern]), None);
                    prop_assert_eq!(answer.is_ok(), mine.is_some(), "{:?}", answer);
                    if let Some((_, _, _, until, ttl)) = mine {
                        *until = (*until).max(model.time + *ttl);
                    }
                }
                Step::Pass(seconds) => {
                    model.time += u64::from(seconds);
                    world.clocks.pass(i64::from(seconds) * 1000);
                    model.held.retain(|(_, _, _, until, _)| *until > model.time);
                }
                Step::SetDate(by) => world.clocks.set_date(i64::from(by)),
            }
            let mut expected: Vec<(String, String, u64)> = model
                .held
                .iter()
                .map(|(who, pattern, _, until, _)| (PATTERNS[*pattern].to_owned(), format!("w{who}"), until - model.time))
                .collect();
            expected.sort();
            let mut seen: Vec<(String, String, u64)> = world
                .store()
                .reservations(Some("/w"))
                .unwrap()
                .into_iter()
                .map(|held| (held.pattern, held.holder, u64::try_from(held.seconds_left).unwrap()))
                .collect();
            seen.sort();
            prop_assert_eq!(seen, expected);
        }
        let last = store.reserve(&actor("last"), &request(&["z/z"], Mode::Exclusive, 1));
        if let Ok(last) = last {
            prop_assert!(last[0].number > highest);
        }
    }
}
