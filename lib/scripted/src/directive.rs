//! The script of an answer, written into the prompt itself.
//!
//! | directive (at the start of a line) | effect |
//! |---|---|
//! | `fake:text WORDS` | answers with the rest of the line, a word a chunk, 5 ms apart; several lines are joined |
//! | `fake:think` | thinking comes before the answer, in every reply to this prompt |
//! | `fake:slow N` | answers with N chunks, 100 ms apart |
//! | `fake:count N` | answers with `w1 w2 … wN` as N chunks without delay |
//! | `fake:error STATUS TIMES` | that HTTP status for the first TIMES requests with this prompt (always, without TIMES) |
//! | `fake:hang` | starts the answer (with the `fake:text`, if any), then sends nothing more |
//! | `fake:tool NAME {json}` | a tool call; several lines are called one a turn, in order |
//! | `fake:ptool NAME {json}` | tool calls of one turn, together |
//! | `fake:seen` | answers with what came with the prompt: how many images, which tools |
//! | `fake:write N BYTES` | N calls of `write` in one turn: `file-1.txt` and so on, each of so many bytes |
//!
//! A line that starts with `fake:` but is none of these is answered with what is wrong, so that a typing error in a
//! test cannot look like an answer.

use std::time::Duration;

use serde_json::Value;

use crate::reply::{Call, Words};

/// Pause between two chunks of `fake:slow`.
const SLOW_GAP: Duration = Duration::from_millis(100);

/// Everything a prompt asks the model to do.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Script {
    pub(crate) text: Option<Words>,
    pub(crate) thinks: bool,
    pub(crate) hangs: bool,
    /// Tells what came with the prompt.
    pub(crate) seen: bool,
    pub(crate) error: Option<Refusal>,
    /// Called one after the other.
    pub(crate) calls: Vec<Call>,
    /// Called together, in the first turn.
    pub(crate) parallel: Vec<Call>,
    pub(crate) mistakes: Vec<String>,
}

/// `fake:error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// How many requests with this prompt are refused; `None` is all of them.
    pub(crate) times: Option<u32>,
}

impl Script {
    /// Reads the directives of a prompt; `None` when it has not a single one.
    pub(crate) fn parse(prompt: &str) -> Option<Self> {
        let mut script = Self::default();
        let mut found = false;
        for line in prompt.lines() {
            if let Some(directive) = line.trim().strip_prefix("fake:") {
                found = true;
                if let Err(mistake) = script.add(directive) {
                    script.mistakes.push(format!("fake:{directive}: {mistake}"));
                }
            }
        }
        found.then_some(script)
    }

    fn add(&mut self, directive: &str) -> Result<(), String> {
        let (name, rest) = directive.split_once(' ').unwrap_or((directive, ""));
        match name {
            "text" => self.say(Words::spoken(rest)),
            "think" => self.thinks = true,
            "hang" => self.hangs = true,
            "seen" => self.seen = true,
            "slow" => self.say(Words::numbered("chunk", number(rest)?, SLOW_GAP)),
            "count" => self.say(Words::numbered("w", number(rest)?, Duration::ZERO)),
            "error" => self.error = Some(refusal(rest)?),
            "tool" => self.calls.push(call(rest)?),
            "ptool" => self.parallel.push(call(rest)?),
            "write" => self.parallel.extend(writes(rest)?),
            other => return Err(format!("no directive is called {other:?}")),
        }
        Ok(())
    }

    fn say(&mut self, words: Words) {
        match &mut self.text {
            Some(text) => text.append_line(words),
            None => self.text = Some(words),
        }
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.trim().parse().map_err(|_| format!("{:?} is not a number", text.trim()))
}

fn refusal(text: &str) -> Result<Refusal, String> {
    let mut words = text.split_whitespace();
    let status = words.next().unwrap_or_default();
    let status = status
        .parse()
        .ok()
        .filter(|status| (400..600).contains(status))
        .ok_or_else(|| format!("{status:?} is not an HTTP error status"))?;
    let times = words.next().map(|times| times.parse().map_err(|_| format!("{times:?} is not a number")));
    Ok(Refusal { status, times: times.transpose()? })
}

/// Calls that are longer than a prompt may be.
fn writes(text: &str) -> Result<Vec<Call>, String> {
    let (files, bytes) = text.trim().split_once(' ').ok_or("how many files, and of how many bytes?")?;
    let (files, bytes) = (number(files)?, number(bytes)?);
    let write = |file: usize| Call {
        name: "write".into(),
        input: serde_json::json!({"path": format!("file-{file}.txt"), "content": "x".repeat(bytes)}),
    };
    Ok((1..=files).map(write).collect())
}

fn call(text: &str) -> Result<Call, String> {
    let (name, input) = text.trim().split_once(' ').unwrap_or((text.trim(), "{}"));
    let input: Value = serde_json::from_str(input).map_err(|error| format!("the input is not JSON: {error}"))?;
    match (name, input.is_object()) {
        ("", _) => Err("no tool is named".into()),
        (_, false) => Err("the input is not an object".into()),
        (name, true) => Ok(Call { name: name.into(), input }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_prompt_without_directives_is_no_script() {
        assert_eq!(Script::parse("what does fake:text do?"), None);
    }

    #[test]
    fn every_directive_is_read() {
        let script = Script::parse(
            "please\nfake:think\nfake:text one two\nfake:text three\nfake:error 503 2\nfake:hang\nfake:seen\n\
             fake:tool bash {\"command\":\"ls\"}\nfake:ptool read {\"path\":\"a\"}",
        );
        assert_eq!(
            script,
            Some(Script {
                text: Some(Words {
                    chunks: ["one ", "two", "\n", "three"].map(String::from).into(),
                    gap: Duration::from_millis(5)
                }),
                thinks: true,
                hangs: true,
                seen: true,
                error: Some(Refusal { status: 503, times: Some(2) }),
                calls: vec![Call { name: "bash".into(), input: json!({"command": "ls"}) }],
                parallel: vec![Call { name: "read".into(), input: json!({"path": "a"}) }],
                mistakes: Vec::new(),
            })
        );
    }

    #[test]
    fn numbered_words_can_be_told_apart() {
        let script = Script::parse("fake:count 3").and_then(|script| script.text);
        assert_eq!(script.map(|words| words.chunks.concat()), Some("w1 w2 w3".into()));
    }

    #[test]
    fn long_calls_are_written_short() {
        let calls = Script::parse("fake:write 2 3").map(|script| script.parallel).unwrap_or_default();
        let write = |path: &str| Call { name: "write".into(), input: json!({"path": path, "content": "xxx"}) };
        assert_eq!(calls, [write("file-1.txt"), write("file-2.txt")]);
    }

    #[test]
    fn mistakes_are_named() {
        let script =
            Script::parse("fake:tex hello\nfake:tool bash {\nfake:error 200\nfake:slow many\nfake:tool bash 3");
        let mistakes = script.map(|script| script.mistakes).unwrap_or_default();
        assert_eq!(
            mistakes,
            [
                "fake:tex hello: no directive is called \"tex\"",
                "fake:tool bash {: the input is not JSON: EOF while parsing an object at line 1 column 1",
                "fake:error 200: \"200\" is not an HTTP error status",
                "fake:slow many: \"many\" is not a number",
                "fake:tool bash 3: the input is not an object",
            ]
        );
    }
}
