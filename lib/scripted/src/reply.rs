//! What the model answers, before it is put into the words of one API.

use std::time::Duration;

use serde_json::Value;

/// Pause between two words of a spoken text.
const SPOKEN_GAP: Duration = Duration::from_millis(5);

/// One answer to one request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// An HTTP error instead of an answer.
    Refuse {
        status: u16,
    },
    Reply(Reply),
}

/// A reply: its blocks in order, and how it ends.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    pub(crate) blocks: Vec<Block>,
    pub(crate) ending: Ending,
}

/// How a reply ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Done,
    /// Nothing more comes, and the connection stays open.
    Hang,
}

/// One block of a reply.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Thinking(Words),
    Text(Words),
    Call(Call),
}

/// A tool call; its id is minted when it is encoded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) input: Value,
}

/// A text in the chunks it is streamed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) chunks: Vec<String>,
    /// Pause after each chunk.
    pub(crate) gap: Duration,
}

impl Words {
    /// A word a chunk, at the pace of a quick model.
    pub(crate) fn spoken(text: &str) -> Self {
        Self { chunks: text.split_inclusive([' ', '\n']).map(String::from).collect(), gap: SPOKEN_GAP }
    }

    /// `name1 name2 … nameN`, a word a chunk.
    pub(crate) fn numbered(name: &str, count: usize, gap: Duration) -> Self {
        let word = |n| {
            if n == count { format!("{name}{n}") } else { format!("{name}{n} ") }
        };
        Self { chunks: (1..=count).map(word).collect(), gap }
    }

    /// Adds a further line; the pace stays that of the first.
    pub(crate) fn append_line(&mut self, other: Self) {
        self.chunks.push("\n".into());
        self.chunks.extend(other.chunks);
    }

    pub(crate) fn text(&self) -> String {
        self.chunks.concat()
    }
}

impl Reply {
    pub(crate) fn done(blocks: Vec<Block>) -> Self {
        Self { blocks, ending: Ending::Done }
    }

    /// Whether the harness has to run a tool before it goes on.
    pub(crate) fn calls_tools(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Call(_)))
    }

    /// Of what was said: thoughts.
    pub(crate) fn thought_tokens(&self) -> u64 {
        let tokens = |block: &Block| match block {
            Block::Thinking(words) => words.chunks.len() as u64,
            Block::Text(_) | Block::Call(_) => 0,
        };
        self.blocks.iter().map(tokens).sum()
    }

    /// A rough count of what was said: a chunk a token, a call twenty.
    pub(crate) fn output_tokens(&self) -> u64 {
        let tokens = |block: &Block| match block {
            Block::Thinking(words) | Block::Text(words) => words.chunks.len() as u64,
            Block::Call(_) => 20,
        };
        self.blocks.iter().map(tokens).sum()
    }
}

/// A piece of a stream as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Send this, then pause.
    Data { text: String, pause: Duration },
    /// Send nothing more, and stay open.
    Hang,
}

/// The numbers and names that the encoders put into an answer.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// Number of the request on this server; ids are made from it.
    pub(crate) number: u64,
    pub(crate) model: String,
    pub(crate) input_tokens: u64,
    /// Unix seconds.
    pub(crate) created: u64,
}

/// Cuts the JSON text of a call's input in two, as models stream it.
pub(crate) fn halves(input: &Value) -> [String; 2] {
    let text = input.to_string();
    let middle = (text.len() / 2..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (head, tail) = text.split_at(middle);
    [head.into(), tail.into()]
}

/// An event of a server-sent stream without a name.
pub(crate) fn unnamed(data: &Value, pause: Duration) -> Piece {
    Piece::Data { text: format!("data: {data}\n\n"), pause }
}

/// An event of a server-sent stream, named by the `type` of its data.
pub(crate) fn named(data: &Value, pause: Duration) -> Piece {
    let name = data["type"].as_str().unwrap_or_default();
    Piece::Data { text: format!("event: {name}\ndata: {data}\n\n"), pause }
}
