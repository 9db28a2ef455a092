//! What a prompt asks for.

/// One step of a script.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// Deltas of a kind, so many of them, and at most so many a second.
    Deltas(Text, u64, Option<f64>),
    Line(usize),
    Wait,
    Ask,
    Hang,
    Garbage(u64),
    FloodStderr(u64),
    PartialLine,
    Exit(u8),
    Say(String),
}

/// What deltas are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    /// The time at which each is written.
    Stamps,
    Words,
}

pub(crate) fn parse(prompt: &str) -> Vec<Step> {
    prompt.split(" then ").map(|text| step(text.trim())).collect()
}

fn step(text: &str) -> Step {
    let mut words = text.split_whitespace();
    let name = words.next().unwrap_or_default();
    let mut number = || words.next().map(|word| word.trim_end_matches("/s").to_owned());
    let first = number();
    let count = first.as_deref().and_then(|word| word.parse::<u64>().ok());
    let rate = number().and_then(|word| word.parse::<f64>().ok());
    match (name, count) {
        ("count", Some(count)) => Step::Deltas(Text::Stamps, count, rate),
        ("words", Some(count)) => Step::Deltas(Text::Words, count, rate),
        ("line", Some(megabytes)) => Step::Line(usize::try_from(megabytes).unwrap_or(1) << 20),
        ("wait", None) => Step::Wait,
        ("ask", None) => Step::Ask,
        ("hang", None) => Step::Hang,
        ("garbage", count) => Step::Garbage(count.unwrap_or(1)),
        ("flood-stderr", Some(count)) => Step::FloodStderr(count),
        ("partial-line", None) => Step::PartialLine,
        ("exit", Some(code)) => Step::Exit(u8::try_from(code).unwrap_or(1)),
        _ => Step::Say(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_joined_and_words_are_said_back() {
        let steps = parse("count 3 50/s then garbage then exit 4 then a word, exit or not");
        let said = Step::Say("a word, exit or not".into());
        assert_eq!(steps, [Step::Deltas(Text::Stamps, 3, Some(50.0)), Step::Garbage(1), Step::Exit(4), said]);
        assert_eq!(parse("count"), [Step::Say("count".into())]);
    }
}
