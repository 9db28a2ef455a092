//! `agntz mail`

mod inbox;
mod letters;
mod send;
mod settle;
mod who;

use std::io::Read as _;

use clap::{Args, Subcommand};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;

use crate::place::Who;

/// Arguments of `mail`.
#[derive(Args, Debug)]
pub(crate) struct Mail {
    #[command(flatten)]
    who: Who,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List what waits for you, the oldest first
    Inbox(inbox::Inbox),
    /// Send a mail to agents or people, or to everybody in this workspace
    Send(send::Send),
    /// Show mails and mark them as read
    Read(letters::Read),
    /// Answer a mail in its thread
    Reply(send::Reply),
    /// Say that you are done with mails
    Ack(settle::Ack),
    /// Find mails by their words
    Search(letters::Search),
    /// Show all mails of a thread, the oldest first
    Thread(letters::Thread),
    /// List what you sent and what became of it, the newest first
    Sent(letters::SentArgs),
    /// List mail that nobody read: expired, or its recipient left
    Dead(settle::Dead),
    /// List who can be written to
    Who(who::WhoArgs),
    /// Close your mailbox and give your reservations back
    Leave(settle::Leave),
}

impl Mail {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let place = self.who.place(ctx)?;
        match self.command {
            Command::Inbox(args) => args.run(ctx, &place),
            Command::Send(args) => args.run(ctx, &place),
            Command::Read(args) => args.run(ctx, &place),
            Command::Reply(args) => args.run(ctx, &place),
            Command::Ack(args) => args.run(ctx, &place),
            Command::Search(args) => args.run(ctx, &place),
            Command::Thread(args) => args.run(ctx, &place),
            Command::Sent(args) => args.run(ctx, &place),
            Command::Dead(args) => args.run(ctx, &place),
            Command::Who(args) => args.run(ctx, &place),
            Command::Leave(args) => args.run(ctx, &place),
        }
    }
}

/// The text of an argument, or of standard input for `-`.
fn text_or_stdin(text: &str) -> Result<String> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut read = Vec::new();
    // One byte too many is enough to refuse it.
    let most = u64::try_from(oqto_mail::mail::LARGEST_BODY).unwrap_or(u64::MAX).saturating_add(1);
    let all = std::io::stdin().lock().take(most).read_to_end(&mut read);
    all.or_fail(ErrorKind::Failed, || "cannot read standard input")?;
    // What is cut within a character is too long as well, which is told by who measures it.
    if read.len() > oqto_mail::mail::LARGEST_BODY {
        return Ok(String::from_utf8_lossy(&read).into_owned());
    }
    String::from_utf8(read).map_err(|_| Error::new(ErrorKind::InvalidParams, "standard input is not UTF-8"))
}
