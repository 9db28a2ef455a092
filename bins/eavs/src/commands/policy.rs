//! `eavs policy`

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use oqto_gateway::config::Settings;
use oqto_gateway::policy::About;
use oqto_gateway::wire::Api;
use oqto_gateway::wire::document::Document;
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Result, escape};
use oqto_protocol::error::ErrorKind;
use serde_json::{Value, json};

use crate::shown::{Shown, entries, text};

/// Try the policy of the configuration
#[derive(Subcommand, Debug)]
pub(crate) enum Policy {
    /// Show what becomes of a request, without sending it
    Test(Test),
}

/// The API of a request
#[derive(ValueEnum, Clone, Copy, Debug)]
enum Words {
    /// OpenAI chat completions
    Chat,
    /// OpenAI responses
    Responses,
    /// OpenAI embeddings
    Embeddings,
    /// Anthropic messages
    Messages,
    /// Google generateContent
    Generate,
}

/// Show what becomes of a request, without sending it
///
/// The request as it would go on is printed on stdout, and what was changed in it on stderr.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs policy test request.json\n  \
    echo '{\"model\":\"m\",\"tools\":[{\"type\":\"web_search\"}]}' | eavs policy test - --api responses\n\n\
    Exit codes: 0 it goes on, 77 a rule denies it.")]
pub(crate) struct Test {
    /// The body of the request; `-` is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The API that it is for
    #[arg(long, value_enum, default_value = "chat")]
    api: Words,
    /// The provider that it would go to
    #[arg(long, value_name = "NAME", default_value = "")]
    provider: String,
    /// The provider's name of the model [default: the one in the request]
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
    /// The name or the id of the key that it would come with
    #[arg(long, value_name = "KEY", default_value = "")]
    key: String,
}

pub(crate) fn run(ctx: &Ctx, command: &Policy) -> Result<Exit> {
    let Policy::Test(args) = command;
    let policy = ctx.config::<Settings>(Vec::new())?.value.policy;
    let body = read(&args.file)?;
    let mut document = Document::parse(body.into())
        .or_fail(ErrorKind::InvalidParams, || format!("{} is no request", args.file.display()))?;
    let api = match args.api {
        Words::Chat => Api::Chat,
        Words::Responses => Api::Responses,
        Words::Embeddings => Api::Embeddings,
        Words::Messages => Api::Messages,
        Words::Generate => Api::Generate,
    };
    let model = args.model.clone().or_else(|| document.read("model")).unwrap_or_default();
    let about = About { api, key: &args.key, key_name: &args.key, provider: &args.provider, model: &model };
    let changes = policy
        .apply(&mut document, about)
        .map_err(|denied| Error::new(ErrorKind::NotPermitted, "a rule denies this request").because(denied))?;
    let request = document.value().or_fail(ErrorKind::InvalidParams, || "the request nests too deep")?;
    let told = json!({"changes": changes, "request": request});
    for change in entries(&told["changes"]) {
        ctx.note(&escape::line(&text(change)));
    }
    ctx.print(&Shown(told, |told: &Value, page: &mut Page<'_>| {
        let shown = serde_json::to_string_pretty(&told["request"])
            .or_fail(ErrorKind::Internal, || "cannot write the request as JSON")?;
        page.line(escape::text(&shown))
    }))
}

fn read(file: &Path) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut text).or_fail(ErrorKind::Failed, || "cannot read stdin")?;
    } else {
        text = std::fs::read(file).map_err(|error| {
            let kind =
                if error.kind() == std::io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Failed };
            Error::new(kind, format!("cannot read {}", file.display())).because(error)
        })?;
    }
    Ok(text)
}
