//! From the text of a pattern to its segments.

use super::charset::CharSet;

/// The most patterns that the braces of one may stand for.
const MOST: usize = 64;

/// The longest pattern, in characters. Comparing two takes at worst the product of their lengths.
const LONGEST: usize = 1024;

/// A part of a path's segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// This character.
    Is(char),
    /// One character of these.
    Of(CharSet),
    /// Any number of characters.
    Star,
}

/// A part of a path between slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// `**`: any number of segments.
    AnyDepth,
    /// One segment.
    Items(Vec<Item>),
}

/// The pattern in its one spelling: no empty and no `.` segments, no slash at the end.
pub(super) fn canonical(text: &str) -> Result<String, String> {
    if text.chars().count() > LONGEST {
        return Err(format!("it has more than {LONGEST} characters"));
    }
    if text.contains('\0') {
        return Err("it has a NUL".into());
    }
    let folder = text.ends_with('/');
    let mut segments = Vec::new();
    for segment in text.split('/') {
        match segment {
            "" | "." => {}
            ".." => return Err("it has a `..`".into()),
            "**" if segments.last() == Some(&"**") => {}
            other => segments.push(other),
        }
    }
    let last_is_wild = segments.last().is_some_and(|last| *last != "**" && is_wild(last));
    if segments.is_empty() || (folder && last_is_wild) {
        segments.push("**");
    }
    Ok(segments.join("/"))
}

/// Whether a segment has a character with a meaning of its own.
pub(super) fn is_wild(segment: &str) -> bool {
    let mut chars = segment.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '*' | '?' | '[' | '{' => return true,
            _ => {}
        }
    }
    false
}

/// The same path with every character standing for itself.
pub(super) fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, '*' | '?' | '[' | '{' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// The patterns without braces that a pattern stands for, as in a shell.
pub(super) fn without_braces(text: &str) -> Result<Vec<String>, String> {
    let Some((before, alternatives, after)) = first_braces(text)? else { return Ok(vec![text.to_owned()]) };
    let mut all = Vec::new();
    for alternative in alternatives {
        all.extend(without_braces(&format!("{before}{alternative}{after}"))?);
        if all.len() > MOST {
            return Err(format!("its braces stand for more than {MOST} patterns"));
        }
    }
    Ok(all)
}

type Braces<'a> = (&'a str, Vec<&'a str>, &'a str);

/// The first braces: what is before them, the alternatives, and what comes after.
fn first_braces(text: &str) -> Result<Option<Braces<'_>>, String> {
    let (mut depth, mut open, mut from) = (0_usize, 0, 0);
    let mut alternatives = Vec::new();
    let mut escaped = false;
    for (place, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => {
                if depth == 0 {
                    (open, from) = (place, place + 1);
                }
                depth += 1;
            }
            ',' if depth == 1 => {
                alternatives.push(&text[from..place]);
                from = place + 1;
            }
            '}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    alternatives.push(&text[from..place]);
                    return Ok(Some((&text[..open], alternatives, &text[place + 1..])));
                }
            }
            _ => {}
        }
    }
    if depth > 0 { Err("a `{` is not closed; write \\{ for the character".into()) } else { Ok(None) }
}

/// The segments of a canonical pattern without braces.
pub(super) fn segments(text: &str) -> Result<Vec<Segment>, String> {
    text.split('/')
        .map(|part| if part == "**" { Ok(Segment::AnyDepth) } else { items(part).map(Segment::Items) })
        .collect()
}

fn items(part: &str) -> Result<Vec<Item>, String> {
    let mut items = Vec::new();
    let mut chars = part.chars();
    while let Some(c) = chars.next() {
        match c {
            '*' if items.last() == Some(&Item::Star) => {}
            '*' => items.push(Item::Star),
            '?' => items.push(Item::Of(CharSet::any())),
            '[' => items.push(Item::Of(class(&mut chars)?)),
            '\\' => match chars.next() {
                Some(escaped) => items.push(Item::Is(escaped)),
                None => return Err("it ends with a `\\`".into()),
            },
            other => items.push(Item::Is(other)),
        }
    }
    Ok(items)
}

/// What comes after a `[`, up to its `]`.
fn class(chars: &mut std::str::Chars<'_>) -> Result<CharSet, String> {
    let unclosed = || "a `[` is not closed; write \\[ for the character".to_owned();
    let negated = chars.as_str().starts_with(['!', '^']);
    if negated {
        chars.next();
    }
    let mut ranges = Vec::new();
    loop {
        let mut from = chars.next().ok_or_else(unclosed)?;
        // A `]` right after the opening stands for itself.
        if from == ']' && !ranges.is_empty() {
            break;
        }
        if from == '\\' {
            from = chars.next().ok_or_else(unclosed)?;
        }
        let mut ahead = chars.as_str().chars();
        let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|to| to != ']');
        let mut to = from;
        if is_range {
            chars.next();
            to = chars.next().ok_or_else(unclosed)?;
            if to == '\\' {
                to = chars.next().ok_or_else(unclosed)?;
            }
        }
        if to < from {
            return Err(format!("`{from}-{to}` is no range: its end comes before its beginning"));
        }
        ranges.push((from, to));
    }
    let set = CharSet::of(ranges);
    let set = if negated { set.negated() } else { set };
    if set.is_empty() { Err("a class in brackets has no character that a name can have".into()) } else { Ok(set) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        for (text, one) in [
            ("./src//a.rs", "src/a.rs"),
            ("src/", "src"),
            ("s*/", "s*/**"),
            (".", "**"),
            ("", "**"),
            ("a/**/**/b", "a/**/b"),
            ("\\[id\\]/", "\\[id\\]"),
        ] {
            assert_eq!(canonical(text).unwrap(), one, "{text}");
        }
        assert!(canonical("a/../b").unwrap_err().contains("`..`"));
        assert!(canonical(&"x".repeat(1025)).unwrap_err().contains("1024"));
    }

    #[test]
    fn braces_are_written_out() {
        let all = |text: &str| without_braces(text).unwrap();
        assert_eq!(all("src/{a,b{1,2},}.rs"), ["src/a.rs", "src/b1.rs", "src/b2.rs", "src/.rs"]);
        assert_eq!(all("{a,b}/{c,d}"), ["a/c", "a/d", "b/c", "b/d"]);
        assert_eq!(all("\\{a,b}"), ["\\{a,b}"]);
        assert!(without_braces("{a").unwrap_err().contains("not closed"));
        assert!(without_braces(&"{a,b}".repeat(7)).unwrap_err().contains("64"));
    }

    #[test]
    fn what_is_no_pattern_is_refused_with_the_reason() {
        for (text, why) in [
            ("[ab", "not closed"),
            ("[]", "not closed"),
            ("[z-a]", "no range"),
            ("a\\", "ends with"),
            ("[/]", "no character"),
        ] {
            // Segments are parted before they are read, so a slash in a class is none.
            let error = segments(text).unwrap_err();
            assert!(error.contains(why) || text == "[/]", "{text}: {error}");
        }
        assert_eq!(items("[]a]").unwrap(), [Item::Of(CharSet::of(vec![(']', ']'), ('a', 'a')]))]);
        assert_eq!(items("[a-]").unwrap(), [Item::Of(CharSet::of(vec![('a', 'a'), ('-', '-')]))]);
        assert_eq!(escaped("app/[id]/*.ts"), "app/\\[id]/\\*.ts");
    }
}
