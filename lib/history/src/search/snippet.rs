//! The piece of a text that shows best why it was found.

/// How much text a snippet shows, in bytes, and how much of it before the first word.
const LENGTH: usize = 240;
const BEFORE: usize = 60;
/// How much of a text is looked through for the best place.
const LOOK: usize = 64 << 10;
/// Endings that a word may have in other forms.
const ENDINGS: [&str; 14] =
    ["ational", "ations", "ation", "ingly", "ings", "ness", "ing", "ies", "ied", "ed", "es", "ly", "er", "s"];

/// A piece of a text and where in it the words are, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snippet {
    pub(crate) text: String,
    pub(crate) highlights: Vec<(u32, u32)>,
}

struct Found {
    start: usize,
    end: usize,
    word: usize,
}

/// Cuts the piece in which the most different words stand together.
pub(crate) fn cut(text: &str, words: &[(String, bool)]) -> Snippet {
    let text = &text[..text.floor_char_boundary(LOOK)];
    let found = find(text, words);
    let first = best(&found, words.len());
    let start = first.map_or(0, |index| word_start(text, found[index].start.saturating_sub(BEFORE)));
    let end = word_end(text, start, (start + LENGTH).min(text.len()));
    let mut snippet = Snippet { text: String::new(), highlights: Vec::new() };
    if start > 0 {
        snippet.text.push('…');
    }
    let shift = snippet.text.len();
    // Line ends and tabs become spaces, byte for byte, so that the places stay right.
    snippet.text.extend(text[start..end].chars().map(|letter| if letter.is_ascii_control() { ' ' } else { letter }));
    for place in found.iter().filter(|place| place.start >= start && place.end <= end) {
        let at = |byte: usize| u32::try_from(byte - start + shift).unwrap_or(u32::MAX);
        snippet.highlights.push((at(place.start), at(place.end)));
    }
    if end < text.len() {
        snippet.text.push('…');
    }
    snippet
}

fn find(text: &str, words: &[(String, bool)]) -> Vec<Found> {
    let stems: Vec<String> = words.iter().map(|(word, _)| stem(word).to_owned()).collect();
    let mut found = Vec::new();
    let mut place = 0;
    while let Some(start) = text[place..].find(char::is_alphanumeric).map(|offset| place + offset) {
        let length = text[start..].find(|letter: char| !letter.is_alphanumeric()).unwrap_or(text.len() - start);
        let end = start + length;
        let here = text[start..end].to_lowercase();
        let matches = words.iter().zip(&stems).position(|((word, beginning), wanted)| {
            here == *word
                || *beginning && here.starts_with(word)
                || stem(&here) == wanted
                || contains_part(&text[start..end], word)
        });
        if let Some(word) = matches {
            found.push(Found { start, end, word });
        }
        place = end;
    }
    found
}

/// Whether a word in camel case has this part.
fn contains_part(written: &str, word: &str) -> bool {
    if !written.is_ascii() || !written.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()) {
        return !written.is_ascii() && written.contains(word);
    }
    let mut expanded = String::new();
    super::words::expand(written, &mut expanded);
    expanded.split(' ').skip(1).any(|part| part.eq_ignore_ascii_case(word))
}

/// The index of the place from which the most different words follow within the length of a snippet.
fn best(found: &[Found], words: usize) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    let mut last = vec![usize::MAX; words];
    for (index, place) in found.iter().enumerate().rev() {
        last[place.word] = place.start;
        let limit = place.start + LENGTH - BEFORE;
        let count = last.iter().filter(|start| **start < limit).count();
        // Read from the end: of equal places the first one stays.
        if best.is_none_or(|(most, _)| count >= most) {
            best = Some((count, index));
        }
    }
    best.map(|(_, index)| index)
}

fn word_start(text: &str, near: usize) -> usize {
    let near = text.floor_char_boundary(near);
    if near == 0 {
        return 0;
    }
    text[near..].find(char::is_whitespace).filter(|offset| *offset < BEFORE).map_or(near, |offset| {
        let space = near + offset;
        space + text[space..].chars().next().map_or(0, char::len_utf8)
    })
}

fn word_end(text: &str, start: usize, near: usize) -> usize {
    let near = text.floor_char_boundary(near);
    if near == text.len() {
        return near;
    }
    text[start..near]
        .rfind(char::is_whitespace)
        .filter(|offset| *offset > LENGTH / 2)
        .map_or(near, |offset| start + offset)
}

/// The word without one usual ending, where three letters stay.
fn stem(word: &str) -> &str {
    let cut =
        ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(|rest| rest.len() >= 3)).unwrap_or(word);
    let bytes = cut.as_bytes();
    match bytes {
        // `running` loses its doubled letter, `changes` and `change` meet without their `e`.
        [.., one, two] if cut.len() < word.len() && one == two && cut.len() > 3 => &cut[..cut.len() - 1],
        [.., b'e'] if cut.len() > 3 => &cut[..cut.len() - 1],
        _ => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<(String, bool)> {
        words.iter().map(|word| ((*word).to_owned(), false)).collect()
    }

    fn shown(snippet: &Snippet) -> Vec<&str> {
        snippet.highlights.iter().map(|&(start, end)| &snippet.text[start as usize..end as usize]).collect()
    }

    #[test]
    fn the_place_with_the_most_words_is_shown() {
        let text = format!("fox {} the fox\nand the dog ran {}", "filler ".repeat(60), "more ".repeat(80));
        let snippet = cut(&text, &words(&["dog", "fox"]));
        assert_eq!(shown(&snippet), ["fox", "dog"]);
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…') && snippet.text.len() < 300);
    }

    #[test]
    fn other_forms_beginnings_and_parts_are_marked() {
        let snippet = cut("It was running; a WebSocket changes. Café münchen", &words(&["run", "socket", "change"]));
        assert_eq!(shown(&snippet), ["running", "WebSocket", "changes"]);
        let snippet = cut("connection", &[("connec".to_owned(), true)]);
        assert_eq!(shown(&snippet), ["connection"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_a_short_piece_with_whole_marks(
            text in "(\\PC|word|WordCamel| |\n|ü|数){0,400}",
            wanted in proptest::collection::vec(("[a-zü数]{1,8}", proptest::bool::ANY), 0..4),
        ) {
            let snippet = cut(&text, &wanted);
            proptest::prop_assert!(snippet.text.len() <= LENGTH + 6);
            for &(start, end) in &snippet.highlights {
                proptest::prop_assert!(start < end && snippet.text.get(start as usize..end as usize).is_some());
            }
        }
    }

    #[test]
    fn nothing_found_shows_the_beginning_and_letters_are_never_cut() {
        let text = "ü".repeat(500);
        let snippet = cut(&text, &words(&["nothing"]));
        assert!(snippet.highlights.is_empty() && snippet.text.ends_with('…'));
    }
}
