//! `log`.

use clap::Args;
use oqto_kit::{Ctx, Exit, Result};

use super::{happened, open, times::when};

/// Arguments of `log`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx log --since 1d\n  trx log --action closed --json")]
pub struct Log {
    /// Only of this session
    #[arg(long)]
    session: Option<String>,
    /// Only by this person
    #[arg(long)]
    user: Option<String>,
    /// Only this: created, updated, closed, …
    #[arg(long)]
    action: Option<String>,
    /// Only of this issue
    #[arg(long, value_name = "ID")]
    issue: Option<String>,
    /// Only since then: a date, a time, or how long ago
    #[arg(long, value_name = "TIME", value_parser = when)]
    since: Option<i64>,
    /// Only before then
    #[arg(long, value_name = "TIME", value_parser = when)]
    until: Option<i64>,
    /// The last so many
    #[arg(long, short, short_alias = 'n', value_name = "N")]
    limit: Option<usize>,
}

impl Log {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = open(ctx)?;
        let id = self.issue.as_deref().map(|typed| store.resolve(typed)).transpose()?;
        let events = store.events(|event| {
            let at = crate::time::nanoseconds(&event.timestamp).unwrap_or(0);
            self.session.as_deref().is_none_or(|session| event.session() == session)
                && self.user.as_ref().is_none_or(|user| event.user_id.as_ref() == Some(user))
                && self.action.as_ref().is_none_or(|action| event.action == *action)
                && id.as_ref().is_none_or(|id| event.issue_id == *id)
                && self.since.is_none_or(|since| at >= since)
                && self.until.is_none_or(|until| at < until)
        });
        happened::print(ctx, &store, events?, self.limit)
    }
}
