use std::sync::LazyLock;

use proptest::prelude::*;

use super::{Glob, plain_beginning};

fn glob(text: &str) -> Glob {
    Glob::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

#[test]
fn what_patterns_match() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("src", &["src", "src/a.rs", "src/b/c.rs"], &["srcs", "a/src"]),
        ("src/*", &["src/a.rs", "src/.hidden"], &["src", "src/b/c.rs"]),
        ("src/**", &["src/a.rs", "src/b/c.rs"], &["src", "lib/a.rs"]),
        ("**/a.rs", &["a.rs", "x/a.rs", "x/y/a.rs", "a.rs/below"], &["xa.rs", "a.rsx"]),
        ("a/**/b", &["a/b", "a/x/b", "a/x/y/b"], &["ab", "a/xb"]),
        ("*.{rs,toml}", &["a.rs", "b.toml", ".rs"], &["a.md", "x/a.rs"]),
        ("[!a-c]?", &["dé", "z1"], &["a1", "z", "d/"]),
        ("app/\\[id\\]/page.tsx", &["app/[id]/page.tsx"], &["app/i/page.tsx"]),
        ("**", &["a", "a/b"], &[]),
        ("日*", &["日本", "日"], &["本日"]),
    ];
    for (pattern, yes, no) in cases {
        for path in *yes {
            assert!(glob(pattern).matches(path), "{pattern} does not match {path}");
        }
        for path in *no {
            assert!(!glob(pattern).matches(path), "{pattern} matches {path}");
        }
    }
    assert!(Glob::literal("app/[id]/*.tsx").unwrap().matches("app/[id]/*.tsx"));
}

#[test]
fn what_patterns_share() {
    for (one, other, path) in [
        ("src/*.rs", "src/lib*", Some("src/lib.rs")),
        ("src/*", "src/sub/x.rs", None),
        ("src", "src/sub/x.rs", Some("src/sub/x.rs")),
        ("src/**", "**/test_*.py", Some("src/test_.py")),
        ("*.rs", "*.toml", None),
        ("*a*b", "b*a", None),
        ("?", "*", Some("a")),
        ("a/**/z", "a/*/z", Some("a/a/z")),
        ("{a,b}/*", "{b,c}/x", Some("b/x")),
        ("docs", "docs2", None),
        ("[.]", "*", None),
        ("[.][.]?", "..*", Some("...")),
        ("[.][.]", "*", None),
    ] {
        let (one, other) = (glob(one), glob(other));
        assert_eq!(one.shared(&other).as_deref(), path, "{one} and {other}");
        assert_eq!(other.shared(&one).is_some(), path.is_some(), "{other} and {one}");
    }
}

#[test]
fn patterns_made_to_be_slow_are_not() {
    let slow = glob(&format!("{}*", "*a".repeat(200)));
    let start = std::time::Instant::now();
    assert!(slow.shared(&glob(&format!("{}*", "*b".repeat(200)))).is_some());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// A second reading of a pattern without braces, as simple as can be: by trying everything.
fn matches_by_trying(pattern: &[&str], path: &[&str]) -> bool {
    match pattern {
        [] => path.is_empty(),
        ["**"] => !path.is_empty(),
        ["**", rest @ ..] => (0..=path.len()).any(|skipped| matches_by_trying(rest, &path[skipped..])),
        [last] if !last.contains(['*', '?', '[']) => path.first() == Some(last),
        [segment, rest @ ..] => {
            let Some((name, names)) = path.split_first() else { return false };
            let (letters, name): (Vec<char>, Vec<char>) = (segment.chars().collect(), name.chars().collect());
            segment_matches(&letters, &name) && matches_by_trying(rest, names)
        }
    }
}

fn segment_matches(pattern: &[char], name: &[char]) -> bool {
    match pattern {
        [] => name.is_empty(),
        ['*', rest @ ..] => (0..=name.len()).any(|skipped| segment_matches(rest, &name[skipped..])),
        ['?', rest @ ..] => !name.is_empty() && segment_matches(rest, &name[1..]),
        ['[', '!', c, ']', rest @ ..] => name.first().is_some_and(|n| n != c) && segment_matches(rest, &name[1..]),
        ['[', a, b, ']', rest @ ..] => {
            name.first().is_some_and(|n| n == a || n == b) && segment_matches(rest, &name[1..])
        }
        [c, rest @ ..] => name.first() == Some(c) && segment_matches(rest, &name[1..]),
    }
}

fn by_trying(pattern: &str, path: &str) -> bool {
    matches_by_trying(&pattern.split('/').collect::<Vec<_>>(), &path.split('/').collect::<Vec<_>>())
}

/// Every path of up to six characters over a small alphabet.
static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut all = vec![String::new()];
    let mut from = 0;
    for _ in 0..6 {
        let to = all.len();
        for place in from..to {
            for c in ['a', 'b', '.', '/'] {
                let mut longer = all[place].clone();
                longer.push(c);
                all.push(longer);
            }
        }
        from = to;
    }
    all.retain(|path| !path.split('/').any(|name| matches!(name, "" | "." | "..")));
    all
});

fn pattern() -> impl Strategy<Value = String> {
    let item = prop_oneof![
        4 => Just("a"), 4 => Just("b"), 1 => Just("."), 3 => Just("*"), 2 => Just("?"), 1 => Just("[ab]"), 1 => Just("[!a]"),
    ];
    let segment = prop_oneof![
        5 => prop::collection::vec(item, 1..4).prop_map(|items| items.concat()).prop_map(|s| if s == "." || s == ".." { "a".into() } else { s }),
        2 => Just("**".to_owned()),
    ];
    prop::collection::vec(segment, 1..4).prop_map(|segments| segments.join("/"))
}

#[test]
fn beginnings_tell_apart_only_what_is_apart() {
    for (one, other, apart) in [
        ("src/a/**", "src/b/**", true),
        ("src/a.rs", "docs/*.md", true),
        ("src/a.rs", "src/b.rs", true),
        ("src", "srca", true),
        ("src", "src/a/*.rs", false),
        ("src/a", "src/a", false),
        ("src/a*", "src/b", false),
        ("**/a", "src/b", false),
        ("{src,docs}/a", "lib/b", false),
        ("\\src/a", "src/a", false),
    ] {
        assert_eq!(glob(one).begins_apart(plain_beginning(glob(other).text())), apart, "{one} and {other}");
        assert_eq!(glob(other).begins_apart(plain_beginning(glob(one).text())), apart, "{other} and {one}");
    }
}

/// What `**` in a row means is the same as one.
fn single(pattern: &str) -> String {
    glob(pattern).text().to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn matching_is_what_trying_everything_says(pattern in pattern()) {
        let (glob, pattern) = (glob(&pattern), single(&pattern));
        for path in PATHS.iter() {
            prop_assert_eq!(glob.matches(path), by_trying(&pattern, path), "{} and {}", pattern, path);
        }
    }

    #[test]
    fn sharing_is_what_trying_everything_says(one in pattern(), other in pattern()) {
        let (a, b) = (glob(&one), glob(&other));
        match a.shared(&b) {
            Some(path) => {
                prop_assert!(!path.split('/').any(|name| matches!(name, "" | "." | "..")), "{}", path);
                for text in [&one, &other] {
                    prop_assert!(by_trying(&single(text), &path), "{} does not match {}", text, path);
                }
            }
            None => {
                let both = PATHS.iter().find(|path| by_trying(&single(&one), path) && by_trying(&single(&other), path));
                prop_assert_eq!(both, None, "{} and {} share it", one, other);
            }
        }
    }

    #[test]
    fn what_begins_apart_shares_nothing(one in pattern(), other in pattern()) {
        let (a, b) = (glob(&one), glob(&other));
        if a.begins_apart(plain_beginning(b.text())) {
            prop_assert_eq!(a.shared(&b), None, "{} and {}", one, other);
            prop_assert!(b.begins_apart(plain_beginning(a.text())));
        }
    }

    #[test]
    fn braces_are_the_union(a in pattern(), b in pattern(), other in pattern()) {
        let both = glob(&format!("{{{a},{b}}}"));
        let each = glob(&a).shared(&glob(&other)).is_some() || glob(&b).shared(&glob(&other)).is_some();
        prop_assert_eq!(both.shared(&glob(&other)).is_some(), each);
    }

    #[test]
    fn any_text_is_a_pattern_or_refused(text in "[\\PC/*?{}\\[\\],!\\\\]{0,40}") {
        if let Ok(glob) = Glob::parse(&text) {
            prop_assert_eq!(Glob::parse(glob.text()).map(|again| again.text().to_owned()), Ok(glob.text().to_owned()));
            drop(glob.shared(&Glob::parse("**/*a*").unwrap()));
        }
    }

    #[test]
    fn any_path_is_matched_by_its_literal(path in "[a\\[\\]{}*?\\\\日.-]{1,8}(/[a\\[\\]{}*?\\\\日-]{1,8}){0,3}") {
        prop_assume!(!path.split('/').any(|name| matches!(name, "." | "..")));
        prop_assert!(Glob::literal(&path).unwrap().matches(&path));
    }
}
