//! What a request says, in the same words for every API.

use serde_json::Value;

use crate::dialect::Dialect;

/// One turn of a conversation, as far as a script needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Turn {
    User { texts: Vec<String>, images: usize },
    ToolResult(String),
}

/// A request to the model, reduced to what a script depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversation {
    /// The model the harness asked for.
    pub model: String,
    /// The last text a person wrote; texts that harnesses add on their own are skipped.
    pub prompt: String,
    /// How many texts a person wrote so far, this one included.
    pub prompts: usize,
    /// Images that came with the last prompt.
    pub images: usize,
    /// What the tools answered since the last prompt, in order.
    pub results: Vec<String>,
    /// Names of the tools on offer.
    pub tools: Vec<String>,
    /// Whether the answer is to be streamed.
    pub stream: bool,
}

/// Starts of texts that harnesses put into the user's mouth.
const INJECTED: [&str; 5] = [
    "<system-reminder>",
    "<environment_context>",
    "<user_instructions>",
    "# AGENTS",
    "Attached image(s) from tool result",
];

impl Conversation {
    pub(crate) fn read(dialect: Dialect, body: &Value) -> Self {
        let mut conversation = Self {
            model: body["model"].as_str().unwrap_or_default().into(),
            tools: dialect.tools(body),
            stream: body["stream"].as_bool().unwrap_or(false),
            ..Self::default()
        };
        for turn in dialect.turns(body) {
            conversation.fold(turn);
        }
        conversation
    }

    fn fold(&mut self, turn: Turn) {
        match turn {
            Turn::ToolResult(text) => self.results.push(text),
            Turn::User { texts, images } => {
                let injected = texts.iter().any(|text| is_injected(text));
                let texts: Vec<_> = texts.into_iter().filter(|text| !is_injected(text)).collect();
                if !texts.is_empty() || (images > 0 && !injected) {
                    self.prompt = texts.join("\n");
                    self.prompts += 1;
                    self.images = images;
                    self.results.clear();
                }
            }
        }
    }

    /// Whether this is a request for a summary of the conversation, which quotes earlier prompts.
    pub(crate) fn asks_for_summary(&self) -> bool {
        self.tools.is_empty() && self.prompt.contains("<conversation>")
    }

    /// Whether this is a harness asking for a title beside the conversation.
    pub(crate) fn asks_for_title(&self) -> bool {
        self.tools.is_empty() && self.prompt.to_lowercase().contains("title")
    }
}

fn is_injected(text: &str) -> bool {
    INJECTED.iter().any(|start| text.trim_start().starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn user(text: &str) -> Turn {
        Turn::User { texts: vec![text.into()], images: 0 }
    }

    #[test]
    fn the_step_is_the_number_of_results_since_the_last_real_prompt() {
        let mut conversation = Conversation::default();
        let turns = [user("one"), Turn::ToolResult("a".into()), user("two"), Turn::ToolResult("b".into())];
        turns.into_iter().chain([user("<system-reminder>x")]).for_each(|turn| conversation.fold(turn));
        assert_eq!(conversation.prompt, "two");
        assert_eq!(conversation.prompts, 2);
        assert_eq!(conversation.results, ["b"]);
    }

    #[test]
    fn the_dialects_read_the_same() {
        let chat = json!({"model": "m", "stream": true, "tools": [{"type": "function", "function": {"name": "bash"}}],
            "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": [
                {"type": "text", "text": "hi"}, {"type": "image_url", "image_url": {"url": "data:"}}]},
                {"role": "assistant", "tool_calls": []}, {"role": "tool", "tool_call_id": "c", "content": "out"}]});
        let responses = json!({"model": "m", "stream": true, "tools": [{"type": "function", "name": "bash"}],
            "input": [{"role": "developer", "content": "s"}, {"role": "user", "content": [
                {"type": "input_text", "text": "hi"}, {"type": "input_image", "image_url": "data:"}]},
                {"type": "function_call", "name": "bash"}, {"type": "function_call_output", "call_id": "c", "output": "out"}]});
        let messages = json!({"model": "m", "stream": true, "tools": [{"name": "bash"}], "system": "s",
            "messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}, {"type": "image", "source": {}}]},
                {"role": "assistant", "content": [{"type": "tool_use", "id": "c", "name": "bash", "input": {}}]},
                {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "c", "content": [{"type": "text", "text": "out"}]}]}]});
        let generate = json!({"tools": [{"functionDeclarations": [{"name": "bash"}]}],
            "systemInstruction": {"parts": [{"text": "s"}]}, "contents": [
                {"role": "user", "parts": [{"text": "hi"}, {"inlineData": {"mimeType": "image/png", "data": ""}}]},
                {"role": "model", "parts": [{"functionCall": {"name": "bash", "args": {}}}]},
                {"role": "user", "parts": [{"functionResponse": {"name": "bash", "response": {"output": "out"}}}]}]});
        let expected = Conversation {
            model: "m".into(),
            prompt: "hi".into(),
            prompts: 1,
            images: 1,
            results: vec!["out".into()],
            tools: vec!["bash".into()],
            stream: true,
        };
        assert_eq!(Conversation::read(Dialect::Chat, &chat), expected);
        assert_eq!(Conversation::read(Dialect::Responses, &responses), expected);
        assert_eq!(Conversation::read(Dialect::Messages, &messages), expected);
        // The model and the form of the answer are in the path.
        let read = Conversation::read(Dialect::Generate, &generate);
        assert_eq!(Conversation { model: "m".into(), stream: true, ..read }, expected);
    }
}
