//! Logs of issues, and the files of other programs about them.

use std::path::Path;

use oqto_issues::{NewIssue, Query, Store};

/// Any bytes are a log: the store opens and every issue can be told; with its lines in another order, and each twice, it
/// says the same; and it takes more.
///
/// # Panics
/// When it does not hold.
pub fn log(data: &[u8]) {
    let mut turned: Vec<&[u8]> = data.split(|byte| *byte == b'\n').rev().collect();
    turned.extend(turned.clone());
    let turned = turned.join(&b'\n');
    let told = with_store(data, b"", |store| {
        let told = told(store);
        taking_more(store);
        told
    });
    // A mark of the order of bytes may stand before the first line only.
    if !data.starts_with(b"\xef\xbb\xbf") && !data.windows(4).any(|part| part == b"\n\xef\xbb\xbf") {
        assert_eq!(with_store(&turned, b"", |store| self::told(store)), told);
    }
}

/// Any bytes are what others wrote: they are taken in or told as damage, and not taken in twice; an import of them holds
/// as well.
///
/// # Panics
/// When it does not hold.
pub fn lines(data: &[u8]) {
    with_store(b"", data, |store| {
        let first = told(store);
        let folder = store.folder().to_path_buf();
        let log = std::fs::read(folder.join("events.jsonl")).unwrap_or_default();
        let again = opened(&folder);
        assert_eq!(told(&again), first);
        assert_eq!(std::fs::read(folder.join("events.jsonl")).unwrap_or_default(), log, "taken in twice");
        taking_more(store);
    });
    with_store(b"", b"", |store| {
        let report = store.import("file", data, None);
        let Ok(report) = report else { unreachable!("an import fails: {report:?}") };
        assert_eq!(told(store).0.len(), report.imported);
    });
}

/// All issues as lines, and what each hangs together with.
fn told(store: &Store) -> (Vec<String>, Vec<String>) {
    let read = || -> oqto_issues::Result<(Vec<String>, Vec<String>)> {
        let (links, mut out) = (store.links()?, Vec::new());
        let entries = store.list(&Query { all: true, ..Query::default() })?;
        for entry in &entries {
            assert_eq!(links.of(entry), store.show(&entry.id)?.resolved, "{}", entry.id);
        }
        store.each_line(&entries, |entry, line| {
            let mut text = Vec::new();
            entry.write_json(line, &links.of(entry), &mut text);
            let value: Result<serde_json::Value, _> = serde_json::from_slice(&text);
            assert!(value.is_ok(), "{value:?}: {}", String::from_utf8_lossy(&text));
            out.push(String::from_utf8_lossy(&text).into_owned());
            Ok::<_, oqto_issues::IssueError>(())
        })?;
        store.ready("somebody")?;
        Ok((store.lines()?, out))
    };
    match read() {
        Ok(told) => told,
        Err(error) => unreachable!("it cannot be read: {error}"),
    }
}

fn taking_more(store: &mut Store) {
    let before = told(store).0.len();
    let made = store.create(NewIssue::titled("one more"));
    assert!(made.is_ok(), "{made:?}");
    assert_eq!(told(store).0.len(), before + 1);
}

fn opened(folder: &Path) -> Store {
    match Store::open(folder) {
        Ok(store) => store,
        Err(error) => unreachable!("it does not open: {error}"),
    }
}

fn with_store<T>(log: &[u8], lines: &[u8], work: impl FnOnce(&mut Store) -> T) -> T {
    let Ok(folder) = tempfile::tempdir() else { unreachable!("no temporary folder") };
    // Where the folder of the index belongs there is a file: it is kept in memory.
    let written = std::fs::write(folder.path().join(".index"), "")
        .and_then(|()| std::fs::write(folder.path().join("events.jsonl"), log))
        .and_then(|()| std::fs::write(folder.path().join("issues.jsonl"), lines));
    assert!(written.is_ok(), "{written:?}");
    work(&mut opened(folder.path()))
}

/// Logs to begin with.
#[must_use]
pub fn logs() -> Vec<Vec<u8>> {
    let event = |id: &str, issue: &str, second: u8, changes: &str| {
        format!(
            r#"{{"id":"evt_{id}","issue_id":"{issue}","action":"updated","timestamp":"2026-01-01T00:00:{second:02}Z","changes":[{changes}]}}"#
        )
    };
    let title = r#"{"field":"title","to":"a title"}"#;
    let edge = |link: &str, target: &str| {
        format!(
            r#"{{"field":"dependencies","add":[{{"issue_id":"t-a","depends_on_id":"{target}","type":"{link}","created_at":"2026-01-01T00:00:00Z"}}]}}"#
        )
    };
    let a = event("1", "t-a", 1, title);
    let b = event("2", "t-b", 2, &format!("{title},{}", edge("blocks", "t-a")));
    let circle = event("3", "t-a", 3, &edge("blocks", "t-b"));
    let child = event("4", "t-a.1-x", 4, &format!("{title},{}", edge("parent_child", "t-a")));
    let closed =
        event("5", "t-a", 5, r#"{"field":"status","from":"open","to":"closed"},{"field":"close_reason","to":"ü"}"#);
    let labels = event(
        "6",
        "t-b",
        6,
        r#"{"field":"labels","from":["x"],"to":["y"],"add":["z"],"remove":["y"]},{"field":"x","to":{"a":[1]}}"#,
    );
    let together = a.replace("}]}", &format!("}}],\"more\":[{b},{child}]}}"));
    let claim = event(
        "7",
        "t-b",
        7,
        r#"{"field":"claim","to":{"by":"ada","until":"2199-01-01T00:00:00Z"}},{"field":"priority","to":0}"#,
    );
    [
        vec![a.clone()],
        vec![a.clone(), b.clone(), circle.clone(), child.clone()],
        vec![a.clone(), closed, labels.clone(), b.clone()],
        vec![together.clone(), circle],
        vec![together, claim, labels, child, b, a],
    ]
    .into_iter()
    .map(|lines| (lines.join("\n") + "\n").into_bytes())
    .collect()
}

/// Files of other programs to begin with.
#[must_use]
pub fn files() -> Vec<Vec<u8>> {
    let line = |id: &str, more: &str| {
        format!(
            r#"{{"id":"{id}","title":"t","status":"open","priority":2,"issue_type":"task","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z"{more}}}"#
        )
    };
    let edge = r#","dependencies":[{"issue_id":"trx-a","depends_on_id":"trx-b","type":"parent-child","created_at":"2026-01-01T00:00:00Z"}]"#;
    [
        vec![line("trx-a", ""), line("trx-b", r#","labels":["x"],"unknown":{"a":[1,null]}"#)],
        vec![line("trx-a", edge), line("trx-a", r#","close_reason":"c","closed_at":"2026-01-03T00:00:00Z""#)],
        vec![line("bd-1", r#","comments":[{"id":1,"text":"c","created_at":"x"}],"assignee":null"#), "<<<<<<< x".into()],
        vec![line("trx-a.1.10", "").replace("open", "tombstone"), line("trx-a.1", edge)],
    ]
    .into_iter()
    .map(|lines| (lines.join("\n") + "\n").into_bytes())
    .collect()
}
