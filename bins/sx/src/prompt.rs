//! What a person may say at the prompt of an interactive search.

/// One line of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Open this result in the browser.
    Open(usize),
    /// Read its page here.
    Read(usize),
    /// Print its whole address.
    Link(usize),
    /// Further results.
    Next,
    /// Those before.
    Previous,
    /// What can be said.
    Help,
    /// That was all.
    Quit,
    /// Nothing: show the prompt again.
    Nothing,
    /// A letter that wants a number, without one.
    NoNumber,
    /// Search for other words.
    Search(String),
}

/// What can be said, for the person.
pub(crate) const HELP: &str = "  NUMBER    open the result in the browser
  t NUMBER  read its page here
  l NUMBER  print its address
  n, p      further results, and back
  /WORDS    search anew; other words do, too
  q         end";

/// Reads a line.
pub(crate) fn read(line: &str) -> Said {
    let line = line.trim();
    if let Some(words) = line.strip_prefix('/') {
        return if words.trim().is_empty() { Said::Nothing } else { Said::Search(words.trim().to_owned()) };
    }
    if let Ok(number) = line.parse() {
        return Said::Open(number);
    }
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    match (word, rest.trim()) {
        ("", _) => Said::Nothing,
        ("n" | "next", "") => Said::Next,
        ("p" | "prev" | "previous", "") => Said::Previous,
        ("?" | "h" | "help", "") => Said::Help,
        ("q" | "quit" | "exit", "") => Said::Quit,
        ("o" | "t" | "l", "") => Said::NoNumber,
        ("o" | "t" | "l", number) => match (number.parse(), word) {
            (Ok(number), "o") => Said::Open(number),
            (Ok(number), "t") => Said::Read(number),
            (Ok(number), _) => Said::Link(number),
            (Err(_), _) => Said::Search(line.to_owned()),
        },
        _ => Said::Search(line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_letters_and_words_are_told_apart() {
        for (line, said) in [
            ("3", Said::Open(3)),
            (" o 3 ", Said::Open(3)),
            ("t 12", Said::Read(12)),
            ("l 1", Said::Link(1)),
            ("t", Said::NoNumber),
            ("n", Said::Next),
            ("p", Said::Previous),
            ("q", Said::Quit),
            ("?", Said::Help),
            ("  ", Said::Nothing),
            ("/", Said::Nothing),
            ("/3", Said::Search("3".into())),
            ("/q", Said::Search("q".into())),
            ("-1", Said::Search("-1".into())),
            ("l train ü", Said::Search("l train ü".into())),
            ("next steps", Said::Search("next steps".into())),
        ] {
            assert_eq!(read(line), said, "{line}");
        }
    }
}
