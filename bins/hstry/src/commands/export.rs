//! `hstry export`

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use oqto_history::Reader;
use oqto_history::model::{Conversation, Entry, ListFilter, MESSAGE};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Report, Result, escape};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::message::{Message, Part, Role};
use serde::Serialize;
use serde_json::{Value, json};

use super::show::ShownEntry;
use crate::cli::Place;
use crate::failure::failed;
use crate::times;

/// Write conversations as JSON lines or Markdown
///
/// JSON lines hold everything: one line for each conversation, followed by one line for each of its entries.
/// Markdown holds what was said.
#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The ids of the conversations [default: all]
    ids: Vec<String>,
    /// What to write
    #[arg(long, short, value_enum, default_value_t)]
    format: Format,
    /// Only of this workspace
    #[arg(long, value_name = "PATH")]
    workspace: Option<String>,
    /// Write to this file instead of stdout
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Jsonl,
    Markdown,
}

#[derive(Serialize)]
struct Exported {
    conversations: u64,
    entries: u64,
    file: PathBuf,
}

impl Report for Exported {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let file = self.file.display().to_string();
        let Self { conversations, entries, .. } = self;
        page.line(format_args!("{conversations} conversations with {entries} entries: {}", escape::line(&file)))
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Export) -> Result<Exit> {
    if ctx.printer().is_json() && args.output.is_none() {
        let error = Error::new(ErrorKind::InvalidParams, "an export to stdout is data already");
        return Err(error.hint("leave out --json, or name a file: --output history.jsonl"));
    }
    let reader = place.reader(ctx)?;
    let mut sink = Sink::open(ctx, args)?;
    ctx.block_on(export(&reader, args, &mut sink))?;
    match sink.finish()? {
        Some(exported) => ctx.print(&exported),
        None => Ok(Exit::DONE),
    }
}

async fn export(reader: &Reader, args: &Export, sink: &mut Sink<'_>) -> Result<()> {
    let told = |error| failed("cannot export", &error);
    if !args.ids.is_empty() {
        for id in &args.ids {
            let conversation = reader.get(id).await.map_err(told)?;
            one(reader, args.format, &conversation, sink).await?;
        }
        return Ok(());
    }
    let mut filter = ListFilter { workspace: args.workspace.clone(), ..ListFilter::default() };
    loop {
        let page = reader.list(filter.clone()).await.map_err(told)?;
        for conversation in &page.conversations {
            one(reader, args.format, conversation, sink).await?;
        }
        filter.cursor = page.next;
        if filter.cursor.is_none() {
            return Ok(());
        }
    }
}

async fn one(reader: &Reader, format: Format, conversation: &Conversation, sink: &mut Sink<'_>) -> Result<()> {
    sink.conversations += 1;
    let mut transcript = Transcript::new(conversation);
    if format == Format::Jsonl {
        sink.line(&json!({ "conversation": conversation_json(conversation) }))?;
    }
    let mut after = 0;
    loop {
        let page = reader.entries(&conversation.id, after, 0).await;
        let page = page.map_err(|error| failed("cannot export", &error))?;
        let Some(last) = page.entries.last() else { break };
        after = last.seq;
        sink.entries += page.entries.len() as u64;
        for entry in &page.entries {
            match format {
                Format::Jsonl => sink.line(&Line { conversation: &conversation.id, entry: ShownEntry::of(entry)? })?,
                Format::Markdown => transcript.add(entry),
            }
        }
    }
    match format {
        Format::Jsonl => Ok(()),
        Format::Markdown => sink.write((transcript.finish() + "\n").as_bytes()),
    }
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(rename = "in")]
    conversation: &'a str,
    entry: ShownEntry,
}

/// Everything that is known of a conversation, its state and metadata as JSON.
pub(crate) fn conversation_json(value: &Conversation) -> Value {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
    json!({
        "id": value.id, "log": value.log, "writer": value.writer, "title": value.title,
        "workspace": value.workspace, "harness": value.harness, "model": value.model, "provider": value.provider,
        "state": parsed(&value.state), "parent": value.parent, "parent_seq": value.parent_seq,
        "native_id": value.native_id, "native_file": value.native_file, "created_at": value.created_at,
        "updated_at": value.updated_at, "head": value.head, "message_count": value.message_count,
        "metadata": parsed(&value.metadata),
    })
}

/// Where an export goes.
struct Sink<'a> {
    ctx: &'a Ctx,
    file: Option<(PathBuf, BufWriter<File>)>,
    conversations: u64,
    entries: u64,
}

impl<'a> Sink<'a> {
    fn open(ctx: &'a Ctx, args: &Export) -> Result<Self> {
        let create = |path: &PathBuf| -> Result<(PathBuf, BufWriter<File>)> {
            let file = File::create(path).or_fail(ErrorKind::Failed, || format!("cannot create {}", path.display()))?;
            Ok((path.clone(), BufWriter::new(file)))
        };
        let file = args.output.as_ref().map(create).transpose()?;
        Ok(Self { ctx, file, conversations: 0, entries: 0 })
    }

    fn line(&mut self, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(value).or_fail(ErrorKind::Internal, || "cannot write JSON")?;
        self.write((text + "\n").as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.file {
            Some((path, file)) => {
                file.write_all(bytes).or_fail(ErrorKind::Failed, || format!("cannot write {}", path.display()))
            }
            None => self.ctx.printer().data(bytes),
        }
    }

    fn finish(self) -> Result<Option<Exported>> {
        let Some((path, file)) = self.file else { return Ok(None) };
        let written = file.into_inner().map_err(std::io::IntoInnerError::into_error).and_then(|file| file.sync_all());
        written.or_fail(ErrorKind::Failed, || format!("cannot write {}", path.display()))?;
        Ok(Some(Exported { conversations: self.conversations, entries: self.entries, file: path }))
    }
}

/// What was said, as Markdown.
pub(crate) struct Transcript {
    text: String,
}

impl Transcript {
    pub(crate) fn new(conversation: &Conversation) -> Self {
        let title = if conversation.title.is_empty() { &conversation.id } else { &conversation.title };
        let facts = [&conversation.id, &conversation.workspace, &conversation.harness, &conversation.model];
        let facts: Vec<&str> = facts.into_iter().map(String::as_str).filter(|fact| !fact.is_empty()).collect();
        Self { text: format!("# {}\n\n{}\n", title.replace('\n', " "), facts.join(" · ")) }
    }

    /// Adds a message; other entries say nothing.
    pub(crate) fn add(&mut self, entry: &Entry) {
        #[derive(serde::Deserialize)]
        struct Data {
            message: Message,
        }
        if entry.event != MESSAGE {
            return;
        }
        let Ok(Data { message }) = serde_json::from_slice(&entry.data) else {
            self.text.push_str(&format!("\n## {} · entry {} cannot be read\n", times::show(entry.ts), entry.seq));
            return;
        };
        let who = match message.role {
            Role::User => "User",
            Role::Assistant => "Assistant",
            Role::System => "System",
            Role::Tool => "Tool",
        };
        self.text.push_str(&format!("\n## {who} · {} · #{}\n", times::show(entry.ts), entry.seq));
        message.parts.iter().for_each(|part| self.part(part));
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Text { text } => self.text.push_str(&format!("\n{text}\n")),
            Part::Thinking { text } => {
                let quoted: Vec<String> = text.lines().map(|line| format!("> {line}")).collect();
                self.text.push_str(&format!("\n{}\n", quoted.join("\n")));
            }
            Part::ToolCall(call) => self.fenced(&call.name, &call.input.to_string()),
            Part::ToolResult(result) => self.fenced(if result.is_error { "error" } else { "result" }, &result.output),
            Part::Image { .. } => self.text.push_str("\n*(image)*\n"),
            Part::Audio { .. } => self.text.push_str("\n*(audio)*\n"),
            Part::Video { .. } => self.text.push_str("\n*(video)*\n"),
            Part::FileRef { uri, .. } => self.text.push_str(&format!("\n*(file {uri})*\n")),
            Part::Attachment { filename, .. } => {
                self.text.push_str(&format!("\n*(attachment {})*\n", filename.as_deref().unwrap_or("")));
            }
            Part::Citation { uri, title } => {
                self.text.push_str(&format!("\n*({} {uri})*\n", title.as_deref().unwrap_or("source")));
            }
            Part::A2ui { .. } => self.text.push_str("\n*(surface)*\n"),
            Part::Extension { kind, .. } => self.text.push_str(&format!("\n*({kind})*\n")),
        }
    }

    /// A block that nothing in its text can end.
    fn fenced(&mut self, name: &str, text: &str) {
        let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.text.push_str(&format!("\n{fence}{}\n{text}\n{fence}\n", name.replace(['`', '\n', ' '], "_")));
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}
