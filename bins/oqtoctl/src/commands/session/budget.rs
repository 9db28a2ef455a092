//! `oqtoctl session budget`.

use crate::place::Place;
use crate::target::{self, Reading};
use oqto_kit::{Ctx, Error, Exit, Page, Report, Result, Table};
use oqto_protocol::command::{Budget, Command, SetBudget};
use oqto_protocol::entry::BudgetPart;
use oqto_protocol::error::ErrorKind;
use oqto_protocol::ids::SessionId;
use oqto_protocol::live::Empty;
use serde::Serialize;
use std::str::FromStr;

/// Show or change what a session may cost
///
/// The budget is for all of the session: what it has cost so far counts. It is changed where it is: the agent goes on with
/// what it is doing. A runner may set a maximum: budget_max_usd and budget_max_tokens under [gateway] in runner.toml.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  oqtoctl session budget ses_4d36                      what it may use and has used
  oqtoctl session budget ses_4d36 --usd 5              $5.00 in all
  oqtoctl session budget ses_4d36 --tokens unlimited   as many tokens as it likes")]
pub(crate) struct Args {
    /// The session: its id, the beginning of it, or its title
    #[arg(value_name = "SESSION")]
    session: String,
    /// US dollars that it may cost, or "unlimited"
    #[arg(long, value_name = "AMOUNT")]
    usd: Option<Limit<f64>>,
    /// Tokens that it may use, read and written, or "unlimited"
    #[arg(long, value_name = "NUMBER")]
    tokens: Option<Limit<u64>>,
}

/// A limit, or that there is to be none.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Limit<T> {
    At(T),
    Unlimited,
}

impl<T: FromStr> FromStr for Limit<T> {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text {
            "unlimited" => Ok(Self::Unlimited),
            number => number.parse().map(Self::At).map_err(|_| "a number of 0 or more, or \"unlimited\"".to_owned()),
        }
    }
}

impl<T: Copy> Limit<T> {
    const fn at(self) -> Option<T> {
        match self {
            Self::At(limit) => Some(limit),
            Self::Unlimited => None,
        }
    }
}

#[derive(Serialize)]
struct Shown {
    session: SessionId,
    budget: Budget,
}

impl Report for Shown {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.table(&table(&self.budget))
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Args) -> Result<Exit> {
    let asked = asked(args)?;
    let shown = ctx.block_on(async {
        let client = place.connect(ctx).await?;
        let reading = if asked.is_some() { Reading::Careful } else { Reading::Generous };
        let session = target::session(&client, &args.session, reading).await?.id;
        let command = asked.map_or(Command::GetBudget(Empty {}), Command::SetBudget);
        Ok(Shown { session, budget: client.about(session, &command).await? })
    })?;
    ctx.print(&shown)
}

/// What is to be changed, if anything.
fn asked(args: &Args) -> Result<Option<SetBudget>> {
    if args.usd.and_then(Limit::at).is_some_and(|usd| !usd.is_finite() || usd < 0.0) {
        let wrong = Error::new(ErrorKind::InvalidParams, "--usd is a number of 0 or more, or \"unlimited\"");
        return Err(wrong.hint("oqtoctl session budget SESSION --usd 5"));
    }
    let free = [
        (BudgetPart::Usd, args.usd == Some(Limit::Unlimited)),
        (BudgetPart::Tokens, args.tokens == Some(Limit::Unlimited)),
    ];
    let asked = SetBudget {
        usd: args.usd.and_then(Limit::at),
        tokens: args.tokens.and_then(Limit::at),
        unlimited: free.into_iter().filter(|(_, free)| *free).map(|(part, _)| part).collect(),
        client_id: None,
    };
    Ok((args.usd.is_some() || args.tokens.is_some()).then_some(asked))
}

fn table(budget: &Budget) -> Table {
    let mut table = Table::new(&["WHAT", "USED", "LIMIT", "MAXIMUM"]);
    let none = |limit: Option<String>| limit.unwrap_or_else(|| "none".to_owned());
    let usd = |usd: f64| format!("${usd:.4}");
    let dollars = |limit: Option<f64>| none(limit.map(|limit| format!("${limit:.2}")));
    let tokens = |limit: Option<u64>| none(limit.map(|limit| limit.to_string()));
    table.row(["US dollars".to_owned(), usd(budget.spent_usd), dollars(budget.usd), dollars(budget.max_usd)]);
    table.row(["tokens".to_owned(), budget.spent_tokens.to_string(), tokens(budget.tokens), tokens(budget.max_tokens)]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_number_or_a_word() {
        assert_eq!("2.5".parse(), Ok(Limit::At(2.5)));
        assert_eq!("unlimited".parse(), Ok(Limit::<u64>::Unlimited));
        for wrong in ["", "-1", "1.5", "many"] {
            assert!(wrong.parse::<Limit<u64>>().is_err(), "{wrong}");
        }
        let of = |usd| Args { session: "s".into(), usd: Some(Limit::At(usd)), tokens: None };
        assert_eq!(asked(&of(-1.0)).unwrap_err().kind(), ErrorKind::InvalidParams);
        assert_eq!(asked(&of(f64::NAN)).unwrap_err().kind(), ErrorKind::InvalidParams);
        assert_eq!(asked(&of(1.0)).unwrap().unwrap().usd, Some(1.0));
        let free = Args { session: "s".into(), usd: None, tokens: Some(Limit::Unlimited) };
        assert_eq!(asked(&free).unwrap().unwrap().unlimited, [BudgetPart::Tokens]);
        let shown = Args { session: "s".into(), usd: None, tokens: None };
        assert_eq!(asked(&shown).unwrap(), None);
    }
}
