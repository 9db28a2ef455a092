//! Takes out of foreign text what a reader cannot see but a terminal, or a model, would obey.
//!
//! Results come from pages that anyone can write. Escape sequences, control characters, marks that reorder text and
//! the invisible "tag" characters are removed, not shown: nobody searches for them.

/// The text without escape sequences and invisible commands; line feeds and tabs stay.
pub(crate) fn text(raw: &str) -> String {
    let mut clean = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\u{9b}' => skip_control_sequence(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut chars),
            '\n' | '\t' => clean.push(c),
            _ if is_invisible_command(c) => {}
            _ => clean.push(c),
        }
    }
    clean
}

/// The same on one line, runs of white space as one space.
pub(crate) fn line(raw: &str) -> String {
    text(raw).split_whitespace().collect::<Vec<_>>().join(" ")
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn skip_escape(chars: &mut Chars<'_>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_control_sequence(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_string(chars);
        }
        // A sequence of intermediate bytes and one final byte, such as a change of the character set.
        Some(' '..='/') => {
            while chars.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            chars.next_if(|c| matches!(c, '0'..='~'));
        }
        Some('0'..='~') => {
            chars.next();
        }
        Some(_) | None => {}
    }
}

/// Parameters, then one final byte.
fn skip_control_sequence(chars: &mut Chars<'_>) {
    while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
    chars.next_if(|c| matches!(c, '@'..='~'));
}

/// Up to BEL or ST. An unfinished string ends at the end of its line, so that it cannot swallow the rest of a text.
fn skip_string(chars: &mut Chars<'_>) {
    while let Some(c) = chars.next_if(|c| *c != '\n') {
        match c {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {}
        }
    }
}

/// Controls, marks that reorder text, odd line separators, byte-order marks, and the tag characters.
fn is_invisible_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sequences_go_as_a_whole() {
        assert_eq!(text("a\u{1b}[31;1mred\u{1b}[0mb"), "aredb");
        assert_eq!(text("a\u{1b}]0;title\u{7}b\u{1b}]8;;http://x\u{1b}\\c"), "abc");
        assert_eq!(text("a\u{9b}2Jb\u{1b}(0c\u{1b}Md\u{1b}"), "abcd");
        assert_eq!(text("over\rwrite\u{8}"), "overwrite");
    }

    #[test]
    fn an_unfinished_sequence_takes_no_other_line() {
        assert_eq!(text("a\u{1b}]0;never ends\nb"), "a\nb");
    }

    #[test]
    fn invisible_words_go_and_scripts_stay() {
        assert_eq!(text("x\u{202e}y\u{e0049}\u{e0067}\u{200b}z"), "xyz");
        let kept = "naïve – 日本語 עברית 👩\u{200d}🔬 e\u{301}";
        assert_eq!(text(kept), kept);
        assert_eq!(line(" a\n\tb  c "), "a b c");
    }

    proptest! {
        #[test]
        fn nothing_that_commands_is_left(raw in "(?s).*") {
            let clean = text(&raw);
            prop_assert!(!clean.chars().any(|c| !matches!(c, '\n' | '\t') && is_invisible_command(c)));
            prop_assert_eq!(text(&clean), clean);
        }
    }
}
