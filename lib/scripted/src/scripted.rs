//! Answers to prompts with directives, and to what harnesses ask beside them.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::conversation::Conversation;
use crate::directive::{Refusal, Script};
use crate::reply::{Answer, Block, Ending, Reply, Words};

/// Said when a prompt has no directive.
const PLAIN: &str = "Hello from the scripted model.";
const THOUGHT: &str = "Let me think about this. It is simple.";

/// The only memory of the server: how often each prompt was refused.
#[derive(Debug, Default)]
pub(crate) struct Refusals(Mutex<HashMap<String, u32>>);

impl Refusals {
    /// Whether this request is refused, and with which status.
    fn next(&self, prompt: &str, refusal: Refusal) -> Option<u16> {
        let Some(times) = refusal.times else {
            return Some(refusal.status);
        };
        let mut counts = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let count = counts.entry(prompt.into()).or_default();
        *count = count.saturating_add(1);
        (*count <= times).then_some(refusal.status)
    }
}

/// The answer to a request that no tour is asked for.
pub(crate) fn answer(conversation: &Conversation, refusals: &Refusals) -> Answer {
    if let Some(aside) = aside(conversation) {
        return aside;
    }
    match Script::parse(&conversation.prompt) {
        Some(script) => scripted(conversation, &script, refusals),
        None if conversation.asks_for_title() => say("Scripted session"),
        None => say(PLAIN),
    }
}

/// The answer to a request that quotes directives of earlier prompts.
pub(crate) fn aside(conversation: &Conversation) -> Option<Answer> {
    conversation.asks_for_summary().then(|| say("Summary: the conversation so far was scripted."))
}

fn scripted(conversation: &Conversation, script: &Script, refusals: &Refusals) -> Answer {
    if !script.mistakes.is_empty() {
        return say(&format!("The script has mistakes:\n{}", script.mistakes.join("\n")));
    }
    if let Some(status) = script.error.and_then(|refusal| refusals.next(&conversation.prompt, refusal)) {
        return Answer::Refuse { status };
    }
    let mut blocks = Vec::new();
    if script.thinks {
        blocks.push(Block::Thinking(Words::spoken(THOUGHT)));
    }
    let calls = calls(script, conversation.results.len());
    if calls.is_empty() {
        blocks.extend(closing_text(conversation, script).map(Block::Text));
    } else {
        blocks.push(Block::Text(Words::spoken("Calling a tool.")));
        blocks.extend(calls);
    }
    let ending = if script.hangs { Ending::Hang } else { Ending::Done };
    Answer::Reply(Reply { blocks, ending })
}

/// The calls due after `results` tool results: those made together first, then one a turn.
fn calls(script: &Script, results: usize) -> Vec<Block> {
    if results == 0 && !script.parallel.is_empty() {
        return script.parallel.iter().cloned().map(Block::Call).collect();
    }
    let next = results.checked_sub(script.parallel.len()).and_then(|step| script.calls.get(step));
    next.cloned().map(Block::Call).into_iter().collect()
}

fn closing_text(conversation: &Conversation, script: &Script) -> Option<Words> {
    match &script.text {
        Some(text) => Some(text.clone()),
        None if script.seen => Some(Words::spoken(&seen(conversation))),
        None if script.hangs => None,
        None if conversation.results.is_empty() => Some(Words::spoken(PLAIN)),
        None => Some(Words::spoken(&format!("Tool said: {}", conversation.results.join("\n")))),
    }
}

fn seen(conversation: &Conversation) -> String {
    format!("{} images; tools: {}", conversation.images, conversation.tools.join(", "))
}

pub(crate) fn say(text: &str) -> Answer {
    Answer::Reply(Reply::done(vec![Block::Text(Words::spoken(text))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(prompt: &str, results: &[&str]) -> Conversation {
        Conversation {
            prompt: prompt.into(),
            results: results.iter().map(ToString::to_string).collect(),
            tools: vec!["bash".into()],
            ..Conversation::default()
        }
    }

    /// The answer in one line: `[thinking]`, `name{input}` for calls, text, `…` for a hang.
    fn line(answer: Answer) -> String {
        let Answer::Reply(reply) = answer else {
            return format!("{answer:?}");
        };
        let block = |block: &Block| match block {
            Block::Thinking(_) => "[thinking]".to_owned(),
            Block::Text(words) => words.text(),
            Block::Call(call) => format!("{}{}", call.name, call.input),
        };
        let mut parts: Vec<_> = reply.blocks.iter().map(block).collect();
        parts.extend((reply.ending == Ending::Hang).then(|| "…".into()));
        parts.join(" | ")
    }

    #[test]
    fn tools_are_called_one_a_turn_and_their_results_reported() {
        let prompt = "fake:tool bash {\"command\":\"a\"}\nfake:tool bash {\"command\":\"b\"}";
        let steps =
            [&[][..], &["1"], &["1", "2"]].map(|results| line(answer(&ask(prompt, results), &Refusals::default())));
        assert_eq!(
            steps,
            [
                "Calling a tool. | bash{\"command\":\"a\"}",
                "Calling a tool. | bash{\"command\":\"b\"}",
                "Tool said: 1\n2"
            ]
        );
    }

    #[test]
    fn parallel_calls_come_first_and_together() {
        let prompt = "fake:ptool a {}\nfake:tool c {}\nfake:ptool b {}\nfake:text end";
        let steps = [&[][..], &["1", "2"], &["1", "2", "3"]]
            .map(|results| line(answer(&ask(prompt, results), &Refusals::default())));
        assert_eq!(steps, ["Calling a tool. | a{} | b{}", "Calling a tool. | c{}", "end"]);
    }

    #[test]
    fn refusals_are_counted_by_prompt() {
        let refusals = Refusals::default();
        let next = |prompt: &str| line(answer(&ask(prompt, &[]), &refusals));
        assert_eq!(next("fake:error 529 1 a"), "Refuse { status: 529 }");
        assert_eq!(next("fake:error 529 1 b"), "Refuse { status: 529 }");
        assert_eq!(next("fake:error 529 1 a"), PLAIN);
        assert_eq!(
            (next("fake:error 400"), next("fake:error 400")),
            ("Refuse { status: 400 }".into(), "Refuse { status: 400 }".into())
        );
    }

    #[test]
    fn hanging_keeps_what_was_said() {
        assert_eq!(line(answer(&ask("fake:hang", &[]), &Refusals::default())), "…");
        let prompt = "fake:think\nfake:text half\nfake:hang";
        assert_eq!(line(answer(&ask(prompt, &[]), &Refusals::default())), "[thinking] | half | …");
    }

    #[test]
    fn side_requests_are_recognised_by_having_no_tools() {
        let aside = |prompt: &str| {
            let conversation = Conversation { tools: Vec::new(), ..ask(prompt, &[]) };
            line(answer(&conversation, &Refusals::default()))
        };
        assert_eq!(aside("Write a title for this session"), "Scripted session");
        assert_eq!(
            aside("<conversation>\nfake:hang\n</conversation>"),
            "Summary: the conversation so far was scripted."
        );
    }
}
