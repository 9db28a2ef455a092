//! `eavs models pi`

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use oqto_gateway::config::Settings;
use oqto_gateway::pi_models::configured;
use oqto_gateway::pi_models::entry::Entries;
use oqto_gateway::pi_models::file::{FileError, preview, write};
use oqto_gateway::pi_models::merge::Merged;
use oqto_kit::{Ctx, Error, Exit, Page, Result, escape};
use oqto_protocol::error::ErrorKind;
use serde_json::{Value, json};

use crate::place::variable;
use crate::shown::{Shown, entries as lines, text};

/// Put the models into Pi's list of models
///
/// Without a flag it says what would change in `models.json` of Pi's agent directory. What you wrote there stays as it
/// is: other providers, comments, and your own changes of our entries. Pi finds the key in EAVS_API_KEY.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs models pi                          what would change\n  \
    eavs models pi --write                  into ~/.pi/agent/models.json\n  \
    eavs models pi --write ./models.json\n  eavs models pi --print                  the file as it would be\n\n\
    Then: EAVS_API_KEY=$(eavs keys create --name pi) pi")]
pub(crate) struct Pi {
    /// Write the file, which is Pi's own where no other is named
    #[arg(long, value_name = "PATH", num_args = 0..=1, conflicts_with = "print")]
    #[expect(clippy::option_option, reason = "a flag that may have a value")]
    write: Option<Option<PathBuf>>,
    /// Print the whole file as it would be
    #[arg(long)]
    print: bool,
    /// Where Pi reaches the gateway [default: the address it is configured to listen on]
    #[arg(long, value_name = "URL", value_parser = address)]
    base_url: Option<String>,
}

fn address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let fits =
        rest.is_some_and(|rest| !rest.is_empty() && !rest.chars().any(|one| one.is_whitespace() || one.is_control()));
    if fits {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err("it is an address such as http://127.0.0.1:3033".to_owned())
    }
}

pub(crate) fn run(ctx: &Ctx, args: &Pi) -> Result<Exit> {
    let settings = ctx.config::<Settings>(Vec::new())?.value;
    let base = match &args.base_url {
        Some(base) => base.clone(),
        None => own_address(settings.server.listen)?,
    };
    let now = configured(&settings, &variable, &base);
    if now.is_empty() {
        ctx.printer().warn("no provider with a key is configured: every entry of ours goes");
    }
    let path = match &args.write {
        Some(Some(path)) => path.clone(),
        Some(None) | None => own_file(ctx)?,
    };
    let merged = if args.write.is_some() { write(&path, &now) } else { preview(&path, &now) };
    let merged = merged.map_err(|error| failed(&error))?;
    if args.print {
        return ctx.print(&Shown(json!({"path": path, "text": merged.text}), |shown: &Value, page: &mut Page<'_>| {
            page.line(shown["text"].as_str().unwrap_or_default().trim_end())
        }));
    }
    ctx.print(&Shown(told(&path, args.write.is_some(), &now, &merged), people))
}

fn own_address(listen: SocketAddr) -> Result<String> {
    if listen.port() == 0 {
        let what = "the gateway listens on any free port, so that its address is not known";
        return Err(Error::new(ErrorKind::Config, what).hint("eavs models pi --base-url http://127.0.0.1:PORT"));
    }
    Ok(format!("http://{listen}"))
}

/// Where Pi of this user looks.
fn own_file(ctx: &Ctx) -> Result<PathBuf> {
    let own = variable("PI_CODING_AGENT_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let dir = match own {
        Some(dir) => dir,
        None => ctx.dirs()?.home.join(".pi/agent"),
    };
    Ok(dir.join("models.json"))
}

fn told(path: &Path, written: bool, now: &Entries, merged: &Merged) -> Value {
    let counted = |name: &String| {
        let models = now.get(name).and_then(|entry| entry["models"].as_array()).map_or(0, Vec::len);
        json!({"name": name, "models": models})
    };
    let all = |names: &[String]| names.iter().map(counted).collect::<Vec<_>>();
    json!({"path": path, "written": written, "added": all(&merged.added), "updated": all(&merged.updated),
        "removed": all(&merged.removed), "kept": all(&merged.kept)})
}

fn people(shown: &Value, page: &mut Page<'_>) -> Result<()> {
    let path = text(&shown["path"]);
    let mut nothing = true;
    let written = shown["written"] == true;
    let words = [
        ("added", if written { "added" } else { "would add" }),
        ("updated", if written { "updated" } else { "would update" }),
        ("removed", if written { "took out" } else { "would take out" }),
        ("kept", "left as you have it:"),
    ];
    for (field, word) in words {
        for entry in lines(&shown[field]) {
            nothing &= field == "kept";
            let models = entry["models"].as_u64().filter(|_| field != "removed" && field != "kept");
            let models = models.map(|count| format!(" ({count} models)")).unwrap_or_default();
            page.line(format!("{word} {}{models}", escape::line(&text(&entry["name"]))))?;
        }
    }
    let path = escape::line(&path).into_owned();
    match (nothing, written) {
        (true, _) => page.line(format!("{path} has everything already")),
        (false, true) => page.line(format!("wrote {path}")),
        (false, false) => page.line(format!("write it with: eavs models pi --write  ({path})")),
    }
}

fn failed(error: &FileError) -> Error {
    let said = error.to_string();
    match error {
        FileError::Io { source, .. } => {
            Error::new(ErrorKind::Failed, said).because(std::io::Error::new(source.kind(), source.to_string()))
        }
        FileError::NotMerged { path, source } => Error::new(ErrorKind::Config, said)
            .because(source.clone())
            .hint(format!("mend it, or move it away: mv {0} {0}.old", path.display())),
        FileError::Busy { .. } => Error::new(ErrorKind::Unavailable, said).hint("try again"),
    }
}
