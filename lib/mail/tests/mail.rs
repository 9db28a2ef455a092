//! Mail from end to end: states, dead letters, threads, many writers, and a simple model of a mailbox.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use oqto_mail::MailError;
use oqto_mail::mail::{Ack, Answer, Draft, Filter, Inbox, Newcomers, State, To, Which};
use oqto_mail::store::Store;
use proptest::prelude::*;
use support::{World, actor, name};

const OPEN: Filter = Filter { which: Which::Open, after: 0, limit: 100 };
const ALL: Filter = Filter { which: Which::All, after: 0, limit: 100 };

fn draft(to: &str, subject: &str) -> Draft {
    Draft { newcomers: Newcomers::Welcome, ..Draft::new(To::Names(vec![name(to)]), subject, "text") }
}

fn ids(inbox: &Inbox) -> Vec<String> {
    inbox.mails.iter().map(|mail| mail.id.clone()).collect()
}

fn state(store: &Store, sender: &str) -> State {
    store.sent(&actor(sender), 1).unwrap()[0].to[0].state
}

#[test]
fn a_delivery_moves_on_and_its_sender_sees_how_far() {
    let world = World::new();
    let store = world.store();
    let sent = store.send(&actor("pi"), &Draft { ack: Ack::Wanted, ..draft("ada", "Schema?") }).unwrap();
    assert_eq!(state(&store, "pi"), State::Queued);
    // Whoever dies after listing finds it again, from another process and in another spelling of the name.
    for _ in 0..2 {
        assert_eq!(ids(&world.store().inbox(&actor("ADA"), OPEN).unwrap()), std::slice::from_ref(&sent.id));
    }
    assert_eq!(state(&store, "pi"), State::Delivered);
    let short = sent.id[..9].to_owned();
    assert_eq!(store.read_mail(&actor("ada"), &[short]).unwrap()[0].body, "text");
    assert_eq!((state(&store, "pi"), store.inbox(&actor("ada"), OPEN).unwrap().mails.len()), (State::Read, 1));
    for again in [false, true] {
        assert_eq!(store.acknowledge(&actor("ada"), std::slice::from_ref(&sent.id)).unwrap()[0].again, again);
    }
    let inbox = store.inbox(&actor("ada"), OPEN).unwrap();
    assert_eq!((state(&store, "pi"), inbox.mails.len(), inbox.cursor), (State::Acknowledged, 0, 1));
}

#[test]
fn an_answer_stays_in_its_thread_and_acknowledges() {
    let world = World::new();
    let store = world.store();
    let first = store.send(&actor("pi"), &Draft { ack: Ack::Wanted, ..draft("ada", "Übung 日本") }).unwrap();
    let answer = Draft::new(To::Names(Vec::new()), "", "done, 完了しました");
    let reply = store.reply(&actor("ada"), &first.id, Answer::Sender, &answer).unwrap();
    assert_eq!((reply.to.as_slice(), reply.thread.as_str()), (&["pi".to_owned()][..], first.id.as_str()));
    assert_eq!(state(&store, "pi"), State::Acknowledged);
    let thread = store.thread(&actor("pi"), &reply.id).unwrap();
    assert_eq!(thread.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["Übung 日本", "Re: Übung 日本"]);
    let found = |who: &str, query: &str| store.search(&actor(who), query, 10).unwrap().len();
    assert_eq!((found("ada", "übu"), found("ada", "完了"), found("ada", "done 日本")), (2, 1, 1));
    // Positive control above: the same words are not found by who has nothing to do with it.
    assert_eq!((found("eve", "übu"), found("eve", "完了")), (0, 0));
    let refused = store.read_mail(&actor("eve"), std::slice::from_ref(&first.id)).unwrap_err();
    assert!(matches!(refused, MailError::NotYours { .. }), "{refused:?}");
}

#[test]
fn unread_mail_dies_visibly_whatever_the_date_says() {
    let world = World::new();
    let store = world.store();
    store.send(&actor("pi"), &Draft { ttl: Duration::from_secs(60), ..draft("ada", "soon") }).unwrap();
    world.clocks.set_date(400 * 86_400_000);
    assert_eq!((store.dead(&actor("pi"), 9).unwrap().len(), state(&store, "pi")), (0, State::Queued));
    world.clocks.set_date(-800 * 86_400_000);
    world.clocks.pass(60_000);
    for who in ["pi", "ada"] {
        assert_eq!(store.dead(&actor(who), 9).unwrap()[0].why, "not read in time", "{who}");
    }
    let inbox = store.inbox(&actor("ada"), ALL).unwrap();
    assert_eq!(
        (inbox.mails[0].state, inbox.unread, store.inbox(&actor("pi"), OPEN).unwrap().dead),
        (State::Dead, 0, 1)
    );
}

#[test]
fn looking_changes_nothing() {
    let world = World::new();
    let store = world.store();
    assert_eq!(store.peek(&actor("ada"), OPEN).unwrap().mails, []);
    let sent = store.send(&actor("pi"), &Draft { ttl: Duration::from_secs(60), ..draft("ada", "soon") }).unwrap();
    let seen = store.peek(&actor("ADA"), OPEN).unwrap();
    assert_eq!((ids(&seen), seen.unread, seen.cursor), (vec![sent.id.clone()], 1, 0));
    assert_eq!(store.letters(&actor("ada"), std::slice::from_ref(&sent.id)).unwrap()[0].body, "text");
    assert_eq!((state(&store, "pi"), store.known(None).unwrap()[0].seen_at), (State::Queued, None));
    let refused = store.letters(&actor("eve"), &[sent.id]).unwrap_err();
    assert!(matches!(refused, MailError::NotYours { .. }), "{refused:?}");
    // What has expired is not open any more, even before any change marks it.
    world.clocks.pass(60_000);
    let seen = store.peek(&actor("ada"), OPEN).unwrap();
    assert_eq!((seen.mails.len(), seen.unread), (0, 0));
}

#[test]
fn who_left_gets_no_mail_until_they_are_back() {
    let world = World::new();
    let store = world.store();
    store.send(&actor("pi"), &draft("ada", "one")).unwrap();
    assert_eq!(store.leave(&actor("ada")).unwrap().mails, 1);
    assert_eq!(store.dead(&actor("pi"), 9).unwrap()[0].why, "its recipient left");
    let refused = store.send(&actor("pi"), &draft("Ada", "two")).unwrap_err();
    assert!(matches!(&refused, MailError::Left { names } if names == &["ada"]), "{refused:?}");
    store.inbox(&actor("ada"), OPEN).unwrap();
    assert_eq!(store.send(&actor("pi"), &draft("Ada", "three")).unwrap().to, ["ada"]);
}

#[test]
fn unknown_names_are_refused_with_names_that_look_alike() {
    let world = World::new();
    let store = world.store();
    store.inbox(&actor("ses_walrus"), OPEN).unwrap();
    let strict = Draft { newcomers: Newcomers::Refused, ..draft("ses_warlus", "hi") };
    let refused = store.send(&actor("pi"), &strict).unwrap_err();
    assert!(matches!(&refused, MailError::Unknown { alike, .. } if alike == &["ses_walrus"]), "{refused:?}");
    assert!(store.sent(&actor("pi"), 9).unwrap().is_empty());
    let everybody = Draft { to: To::Workspace, ..draft("x", "all") };
    assert_eq!(store.send(&actor("pi"), &everybody).unwrap().to, ["ses_walrus"]);
    let elsewhere = oqto_mail::party::Actor { workspace: "/other".into(), ..actor("pi") };
    assert!(matches!(store.send(&elsewhere, &everybody), Err(MailError::NobodyThere { .. })));
}

#[test]
fn the_same_key_sends_once() {
    let world = World::new();
    let store = world.store();
    let keyed = Draft { key: Some("k1".into()), ..draft("ada", "once") };
    let first = store.send(&actor("pi"), &keyed).unwrap();
    let again = store.send(&actor("pi"), &keyed).unwrap();
    assert_eq!((first.id.as_str(), false, true), (again.id.as_str(), first.repeated, again.repeated));
    let other = Draft { subject: "other".into(), ..keyed };
    assert!(matches!(store.send(&actor("pi"), &other), Err(MailError::KeyUsed { .. })));
    assert_eq!(store.inbox(&actor("ada"), OPEN).unwrap().mails.len(), 1);
}

#[test]
fn what_is_no_mail_is_refused_with_the_reason() {
    let world = World::new();
    let store = world.store();
    for (bad, why) in [
        (draft("ada", "  "), "needs a subject"),
        (draft("ada", "two\nlines"), "one line"),
        (draft("ada", &"x".repeat(501)), "500"),
        (Draft { body: "x".repeat((1 << 20) + 1), ..draft("ada", "big") }, "attach a file"),
        (Draft { to: To::Names(Vec::new()), ..draft("ada", "nobody") }, "recipient"),
        (Draft { ttl: Duration::ZERO, ..draft("ada", "dead at once") }, "between"),
    ] {
        let refused = store.send(&actor("pi"), &bad).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
    assert!(!store.exists());
}

#[test]
fn nothing_is_lost_when_many_write_at_once() {
    let world = World::new();
    std::thread::scope(|scope| {
        for writer in 0..20 {
            let store = world.store();
            scope.spawn(move || {
                for number in 0..5 {
                    store.send(&actor(&format!("w{writer}")), &draft("ada", &format!("{writer}.{number}"))).unwrap();
                }
            });
        }
    });
    let inbox = world.store().inbox(&actor("ada"), ALL).unwrap();
    let subjects: BTreeSet<_> = inbox.mails.iter().map(|mail| mail.subject.clone()).collect();
    let numbers: Vec<i64> = inbox.mails.iter().map(|mail| mail.seq).collect();
    assert_eq!((subjects.len(), numbers), (100, (1..=100).collect()));
    assert_eq!(world.store().check().unwrap(), Vec::<String>::new());
}

/// What happens to one mailbox.
#[derive(Debug, Clone)]
enum Step {
    Send { ttl: u8 },
    List,
    Read(usize),
    Acknowledge(usize),
    Leave,
    Pass(u8),
    SetDate(i32),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1..30_u8).prop_map(|ttl| Step::Send { ttl }),
        2 => Just(Step::List),
        2 => (0..12_usize).prop_map(Step::Read),
        2 => (0..12_usize).prop_map(Step::Acknowledge),
        1 => Just(Step::Leave),
        3 => (0..20_u8).prop_map(Step::Pass),
        1 => any::<i32>().prop_map(Step::SetDate),
    ]
}

/// The model: for each mail its state and when it dies.
#[derive(Default)]
struct Model {
    mails: Vec<(State, u64)>,
    time: u64,
    left: bool,
}

impl Model {
    fn expire(&mut self) {
        for (state, dies) in &mut self.mails {
            if matches!(state, State::Queued | State::Delivered) && *dies <= self.time {
                *state = State::Dead;
            }
        }
    }

    fn end_unread(&mut self) {
        for (state, _) in &mut self.mails {
            if matches!(state, State::Queued | State::Delivered) {
                *state = State::Dead;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_mailbox_does_what_its_model_does(steps in prop::collection::vec(step(), 1..30)) {
        let world = World::new();
        let store = world.store();
        let ada = actor("ada");
        store.inbox(&ada, OPEN).unwrap();
        let (mut model, mut known) = (Model::default(), Vec::new());
        for step in steps {
            model.expire();
            match step {
                Step::Send { ttl } => {
                    let mail = Draft { ttl: Duration::from_secs(ttl.into()), ..draft("ada", "x") };
                    match store.send(&actor("pi"), &mail) {
                        Ok(sent) => {
                            prop_assert!(!model.left);
                            known.push(sent.id);
                            model.mails.push((State::Queued, model.time + u64::from(ttl)));
                        }
                        Err(error) => {
                            let as_expected = model.left && matches!(error, MailError::Left { .. });
                            prop_assert!(as_expected, "{:?}", error);
                        }
                    }
                }
                Step::List => {
                    model.left = false;
                    for (state, _) in model.mails.iter_mut().filter(|(state, _)| *state == State::Queued) {
                        *state = State::Delivered;
                    }
                    store.inbox(&ada, ALL).unwrap();
                }
                Step::Read(place) if place < known.len() => {
                    model.left = false;
                    if matches!(model.mails[place].0, State::Queued | State::Delivered) {
                        model.mails[place].0 = State::Read;
                    }
                    store.read_mail(&ada, &known[place..=place]).unwrap();
                }
                Step::Acknowledge(place) if place < known.len() => {
                    let done = store.acknowledge(&ada, &known[place..=place]);
                    prop_assert_eq!(done.is_err(), model.mails[place].0 == State::Dead);
                    if done.is_ok() {
                        model.left = false;
                        model.mails[place].0 = State::Acknowledged;
                    }
                }
                Step::Leave => {
                    model.end_unread();
                    model.left = true;
                    store.leave(&ada).unwrap();
                }
                Step::Pass(seconds) => {
                    model.time += u64::from(seconds);
                    world.clocks.pass(i64::from(seconds) * 1000);
                }
                Step::SetDate(by) => world.clocks.set_date(i64::from(by)),
                Step::Read(_) | Step::Acknowledge(_) => {}
            }
            model.expire();
            let mut seen: Vec<State> = world.store().sent(&actor("pi"), 100).unwrap().iter().map(|m| m.to[0].state).collect();
            seen.reverse();
            prop_assert_eq!(seen, model.mails.iter().map(|(state, _)| *state).collect::<Vec<_>>());
        }
    }
}
