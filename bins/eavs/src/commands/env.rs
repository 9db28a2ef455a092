//! `eavs env`

use std::path::{Path, PathBuf};

use axum::http::Method;
use clap::Args;
use oqto_gateway::config::Settings;
use oqto_gateway::server::{Door, Lock};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Result, Secret};
use oqto_protocol::env::EAVS_API_KEY;
use oqto_protocol::error::ErrorKind;
use oqto_whole::Access;
use serde_json::{Map, Value, json};

use crate::place::{Place, variable};
use crate::shown::{Shown, text};

/// Print the variables by which SDKs and agents find the gateway
///
/// One NAME=value a line, as shells, systemd's EnvironmentFile and containers read them: the key, and the address as the
/// SDKs of OpenAI, Anthropic and Google want it. The key is that of --key or --new, else $EAVS_API_KEY.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs env --new ada --owner ada --write ~/.config/oqto/eavs.env\n  \
    eavs keys create --budget 5 | eavs env --key -\n  set -a; . ~/.config/oqto/eavs.env; set +a")]
pub(crate) struct Env {
    /// The text of a key, or - to read it from stdin, where nobody can see it among the processes
    #[arg(long, value_name = "KEY", conflicts_with = "new")]
    key: Option<String>,
    /// Make a key with this name for it
    #[arg(long, value_name = "NAME")]
    new: Option<String>,
    /// Whose the new key is
    #[arg(long, value_name = "NAME", requires = "new")]
    owner: Option<String>,
    /// Where clients reach the gateway [default: where it answers, else where the configuration says]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Write a file that only you can read, in the place of one that is there
    #[arg(long, value_name = "PATH")]
    write: Option<PathBuf>,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: Env) -> Result<Exit> {
    let base = match args.base_url {
        Some(url) => address(&url)?,
        None => found(ctx, place)?,
    };
    let key = match (args.new, args.key) {
        (Some(name), _) => made(ctx, place, &name, args.owner.as_deref())?,
        (None, Some(key)) => read(&key)?,
        (None, None) => Secret::new(variable(EAVS_API_KEY).and_then(|key| key.into_string().ok()).unwrap_or_default()),
    };
    check(&key)?;
    let pairs = pairs(&base, key.expose());
    if let Some(path) = &args.write {
        write(path, &lines(&pairs))?;
        ctx.note(&format!("wrote {}", path.display()));
        return if ctx.printer().is_json() {
            ctx.print(&Shown(json!({"file": path}), |_: &Value, _: &mut Page<'_>| Ok(())))
        } else {
            Ok(Exit::DONE)
        };
    }
    let told: Map<String, Value> = pairs.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    ctx.print(&Shown(told.into(), move |_: &Value, page: &mut Page<'_>| page.line(lines(&pairs).trim_end())))
}

/// The names are those that each SDK reads.
fn pairs(base: &str, key: &str) -> Vec<(&'static str, String)> {
    vec![
        (EAVS_API_KEY, key.to_owned()),
        ("EAVS_BASE_URL", base.to_owned()),
        ("OPENAI_BASE_URL", format!("{base}/v1")),
        ("OPENAI_API_KEY", key.to_owned()),
        ("ANTHROPIC_BASE_URL", base.to_owned()),
        ("ANTHROPIC_API_KEY", key.to_owned()),
        ("GOOGLE_GEMINI_BASE_URL", base.to_owned()),
        ("GEMINI_API_KEY", key.to_owned()),
    ]
}

fn lines(pairs: &[(&'static str, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}\n")).collect()
}

fn made(ctx: &Ctx, place: &Place, name: &str, owner: Option<&str>) -> Result<Secret> {
    let mut terms = json!({"name": name});
    if let Some(owner) = owner {
        terms["owner"] = owner.into();
    }
    let key = place.ask(ctx, "cannot make a key", Method::POST, "/admin/keys", Some(&terms))?;
    ctx.note(&format!("made {}", text(&key["key_id"])));
    Ok(Secret::new(text(&key["key"])))
}

fn read(key: &str) -> Result<Secret> {
    if key != "-" {
        return Ok(Secret::new(key.to_owned()));
    }
    let mut line = String::new();
    let read = std::io::BufRead::read_line(&mut std::io::stdin().lock(), &mut line);
    read.map_err(|error| Error::new(ErrorKind::Failed, "cannot read the key from stdin").because(error))?;
    Ok(Secret::new(line.trim().to_owned()))
}

/// A key has no character that a shell gives a meaning to.
fn check(key: &Secret) -> Result<()> {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.~+/=".contains(&byte);
    if key.is_empty() {
        return Err(Error::new(ErrorKind::InvalidParams, "no key is named")
            .hint("eavs env --new NAME, or: eavs keys create | eavs env --key -"));
    }
    if !key.expose().bytes().all(usual) {
        return Err(Error::new(ErrorKind::InvalidParams, "this text is no key"));
    }
    Ok(())
}

/// An address without a slash at its end, and without anything that a shell gives a meaning to.
fn address(url: &str) -> Result<String> {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.~/:[]%".contains(&byte);
    let begins = url.starts_with("http://") || url.starts_with("https://");
    if !begins || !url.bytes().all(usual) {
        return Err(Error::new(ErrorKind::InvalidParams, format!("{url:?} is not an address"))
            .hint("--base-url http://127.0.0.1:3033"));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

/// Where the service answers; where none runs, where it will.
fn found(ctx: &Ctx, place: &Place) -> Result<String> {
    let (socket, database) = (place.socket(ctx)?, place.database(ctx)?);
    let told = ctx.block_on(async {
        let door = Door::open(&socket, &database, Lock::Left, Settings::default, &variable).await.ok();
        let Some(door) = door else { return Ok(None) };
        Ok(door.ask(Method::GET, "/admin/status", None).await.ok())
    })?;
    if let Some(address) = told.as_ref().and_then(|status| status["address"].as_str()) {
        return Ok(address.to_owned());
    }
    Ok(format!("http://{}", ctx.config::<Settings>(Vec::new())?.value.server.listen))
}

/// Writes a file for its owner alone: the old or the new one at any moment.
fn write(path: &Path, text: &str) -> Result<()> {
    let failed = || format!("cannot write {}", path.display());
    std::fs::create_dir_all(oqto_whole::folder(path)).or_fail(ErrorKind::Failed, failed)?;
    oqto_whole::write(path, text.as_bytes(), Access::Owner).or_fail(ErrorKind::Failed, failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_shell_understands_gets_in() {
        assert_eq!(address("http://127.0.0.1:3033/").unwrap(), "http://127.0.0.1:3033");
        for wrong in ["127.0.0.1:3033", "http://x;rm -rf /", "http://$(id)", "http://a\nB=c", ""] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "a b", "a;b", "a\nB=c", "$(id)"] {
            assert!(check(&Secret::new(wrong.to_owned())).is_err(), "{wrong}");
        }
        assert!(check(&Secret::new("eavs_aZ0_-".to_owned())).is_ok());
    }

    #[test]
    fn every_sdk_finds_its_names() {
        let told = lines(&pairs("http://h", "k"));
        assert!(told.contains("OPENAI_BASE_URL=http://h/v1\n") && told.contains("ANTHROPIC_BASE_URL=http://h\n"));
        assert!(told.contains("GOOGLE_GEMINI_BASE_URL=http://h\nGEMINI_API_KEY=k\n"));
    }
}
