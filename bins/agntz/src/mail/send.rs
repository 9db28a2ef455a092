//! `agntz mail send` and `agntz mail reply`

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Report, Result, escape};
use oqto_mail::mail::{self, Answer, Draft, Importance, Newcomers, Sent, To};
use oqto_mail::name::Name;
use oqto_protocol::error::ErrorKind;
use serde::Serialize;

use super::text_or_stdin;
use crate::failure::failed;
use crate::place::{self, Place};
use crate::span;

/// The name that stands for everybody here.
const EVERYBODY: &str = "@workspace";

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Urgency {
    /// Whenever there is time.
    Low,
    /// As usual.
    Normal,
    /// Soon.
    High,
    /// At once.
    Urgent,
}

/// What a mail has beside its recipients and its text.
#[derive(Args, Debug)]
struct Manner {
    /// Ask for an acknowledgement; the mail stays in the inbox until it is given
    #[arg(long)]
    ack: bool,
    /// How urgent it is
    #[arg(long, short, value_enum, default_value = "normal", value_name = "HOW")]
    importance: Urgency,
    /// How long it may stay unread before it dies and its sender is told: 1h, 2d, 1w
    #[arg(long, value_parser = span::parse, default_value = "30d", value_name = "TIME")]
    ttl: Duration,
    /// Name a file that belongs to it (repeat for more); it stays where it is
    #[arg(long, value_name = "PATH")]
    attach: Vec<PathBuf>,
    /// Send only once: a second mail with the same key and text is the first one
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Also to somebody who was never here
    #[arg(long)]
    new: bool,
}

impl Manner {
    fn apply(self, place: &Place, draft: &mut Draft) -> Result<()> {
        draft.ack = if self.ack { mail::Ack::Wanted } else { mail::Ack::NotNeeded };
        draft.importance = match self.importance {
            Urgency::Low => Importance::Low,
            Urgency::Normal => Importance::Normal,
            Urgency::High => Importance::High,
            Urgency::Urgent => Importance::Urgent,
        };
        draft.ttl = self.ttl;
        draft.attachments = self.attach.iter().map(|path| attachment(place, path)).collect::<Result<_>>()?;
        draft.key = self.key;
        draft.newcomers = if self.new { Newcomers::Welcome } else { Newcomers::Refused };
        // The person at this machine can always be written to.
        draft.also_known.extend(Name::parse(&place::user()).ok());
        Ok(())
    }
}

fn attachment(place: &Place, path: &Path) -> Result<String> {
    let path = place.directory.join(path);
    let what = || format!("cannot attach {}", path.display());
    let real = path.canonicalize().or_fail(ErrorKind::NotFound, what)?;
    real.into_os_string()
        .into_string()
        .map_err(|_| Error::new(ErrorKind::InvalidParams, what()).because("its path is not UTF-8"))
}

/// Arguments of `mail send`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz mail send ada 'Done' 'All tests pass.'\n  agntz mail send pi 'Log' - < build.log --to claude --ack\n  agntz mail send @workspace 'Pausing main until 15:00' --importance high --ttl 2h"
)]
pub(super) struct Send {
    /// Who gets it; `@workspace`: everybody who was seen here
    #[arg(value_name = "NAME")]
    recipient: String,
    /// What it is about, on one line
    subject: String,
    /// The text; `-` reads standard input
    #[arg(allow_hyphen_values = true)]
    body: Option<String>,
    /// Somebody else who gets it (repeat for more)
    #[arg(long, value_name = "NAME")]
    to: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Send {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        let to = recipients(&[vec![self.recipient], self.to].concat())?;
        let body = text_or_stdin(self.body.as_deref().unwrap_or_default())?;
        let mut draft = Draft::new(to, self.subject, body);
        self.manner.apply(place, &mut draft)?;
        let sent = place.store.send(&place.actor, &draft).map_err(failed)?;
        ctx.print(&Told(sent))
    }
}

fn recipients(names: &[String]) -> Result<To> {
    let everybody = |name: &String| name.eq_ignore_ascii_case(EVERYBODY);
    match names {
        [one] if everybody(one) => Ok(To::Workspace),
        several if several.iter().any(everybody) => Err(Error::new(
            ErrorKind::InvalidParams,
            format!("{EVERYBODY} goes to everybody here; name nobody beside it"),
        )),
        names => Ok(To::Names(names.iter().map(|name| Name::parse(name)).collect::<Result<_, _>>().map_err(failed)?)),
    }
}

/// Arguments of `mail reply`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz mail reply 7k2m 'Yes, go ahead.'\n  agntz mail reply mail-7k2m9qx4tp - --all < answer.md"
)]
pub(super) struct Reply {
    /// The mail, by its id or the beginning of it
    id: String,
    /// The text; `-` reads standard input
    #[arg(allow_hyphen_values = true)]
    body: String,
    /// To everybody who got the mail, too
    #[arg(long)]
    all: bool,
    /// Another subject
    #[arg(long)]
    subject: Option<String>,
    /// Somebody else who gets it (repeat for more)
    #[arg(long, value_name = "NAME")]
    to: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Reply {
    pub(super) fn run(self, ctx: &Ctx, place: &Place) -> Result<Exit> {
        let names = self.to.iter().map(|name| Name::parse(name)).collect::<Result<_, _>>().map_err(failed)?;
        let body = text_or_stdin(&self.body)?;
        let mut draft = Draft::new(To::Names(names), self.subject.unwrap_or_default(), body);
        self.manner.apply(place, &mut draft)?;
        let answer = if self.all { Answer::Everyone } else { Answer::Sender };
        let sent = place.store.reply(&place.actor, &self.id, answer, &draft).map_err(failed)?;
        ctx.print(&Told(sent))
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Told(Sent);

impl Report for Told {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let Sent { id, to, expires_at, repeated, .. } = &self.0;
        let again = if *repeated { " (it had been sent before)" } else { "" };
        page.line(escape::line(&format!("{id} to {}, dies unread at {expires_at}{again}", to.join(", "))))
    }
}
