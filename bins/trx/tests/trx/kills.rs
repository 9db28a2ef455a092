//! Whoever is killed at any instant loses nothing that was acknowledged, and stands in nobody's way.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::home::Home;

const ROUNDS: usize = 500;

/// Numbers that look random and are the same in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

/// What must be there in the end.
#[derive(Default)]
struct Acknowledged {
    titles: BTreeSet<String>,
    remarks: BTreeSet<String>,
    labels: BTreeSet<String>,
    related: BTreeSet<String>,
    /// The last notes that were acknowledged, and all that were tried after them.
    notes: Vec<String>,
}

/// Starts a command and kills it after `instant`; whether it had said that it was done, and whether the kill came in time.
fn killed(home: &Home, arguments: &[&str], instant: Duration) -> (bool, bool) {
    let since = Instant::now();
    let mut child = home.start("one", arguments);
    while since.elapsed() < instant && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    (output.stdout.starts_with(b"{\"ok\":") && output.stdout.ends_with(b"\n"), output.status.code().is_none())
}

#[test]
fn five_hundred_kills_lose_nothing_and_leave_no_lock() {
    let home = Home::new();
    let parent = home.create(&["parent"]);
    let others: Vec<String> = (0..20).map(|number| home.create(&[&format!("other {number}")])).collect();
    let since = Instant::now();
    home.create(&["how long it takes undisturbed"]);
    let usual = since.elapsed().as_micros() as usize;
    let mut numbers = Numbers(500);
    let (mut there, mut in_time) = (Acknowledged::default(), 0);
    for round in 0..ROUNDS {
        let text = format!("round {round} ü🚀");
        let (first, second) = (format!("first of {text}"), format!("second of {text}"));
        let items = home.dir().join("items.jsonl");
        let other = &others[round % others.len()];
        let arguments: Vec<&str> = match round % 7 {
            0 => vec!["create", &text, "--parent", &parent],
            1 => vec!["comment", &parent, &text],
            2 => vec!["label", &parent, &text],
            3 => {
                std::fs::write(&items, format!("{{\"title\":{first:?}}}\n{{\"title\":{second:?}}}\n")).unwrap();
                vec!["create-many", items.to_str().unwrap()]
            }
            4 => vec!["dep", "relate", &parent, "--to", other],
            5 => vec!["update", &parent, "--notes", &text],
            _ => vec!["sync", "--no-commit"],
        };
        let instant = Duration::from_micros(numbers.below(usual * 13 / 10) as u64);
        let (done, was_killed) = killed(&home, &arguments, instant);
        in_time += usize::from(was_killed);
        if round % 7 == 5 {
            if done {
                there.notes.clear();
            }
            there.notes.push(text.clone());
        }
        if done {
            match round % 7 {
                0 => drop(there.titles.insert(text)),
                1 => drop(there.remarks.insert(text)),
                2 => drop(there.labels.insert(text)),
                3 => there.titles.extend([first, second]),
                4 => drop(there.related.insert(other.clone())),
                _ => {}
            }
        }
        if round % 50 == 0 {
            let title = format!("undisturbed {round}");
            home.create(&[&title]);
            there.titles.insert(title);
        }
    }
    assert!(in_time > 0, "some were killed in time");
    there.check(&home, &parent);
}

impl Acknowledged {
    fn check(&self, home: &Home, parent: &str) {
        let words = |list: &Value, field: &str| -> BTreeSet<String> {
            let word = |value: &Value| if field.is_empty() { value.clone() } else { value[field].clone() };
            list.as_array().into_iter().flatten().map(|value| word(value).as_str().unwrap().to_owned()).collect()
        };
        let titles = words(&home.ok("one", &["list", "--all"]), "title");
        assert!(titles.is_superset(&self.titles), "{:?}", self.titles.difference(&titles).collect::<Vec<_>>());
        for first in titles.iter().filter_map(|title| title.strip_prefix("first of ")) {
            assert!(titles.contains(&format!("second of {first}")), "half a batch is there");
        }
        assert!(!titles.iter().any(|title| {
            title.strip_prefix("second of ").is_some_and(|rest| !titles.contains(&format!("first of {rest}")))
        }));
        let shown = home.ok("one", &["show", parent]);
        assert!(words(&shown["remarks"], "text").is_superset(&self.remarks));
        assert!(words(&shown["labels"], "").is_superset(&self.labels));
        assert!(words(&shown["related"], "").is_superset(&self.related));
        assert!(self.notes.iter().any(|notes| shown["notes"] == notes.as_str()), "{shown}");
    }
}
