//! What a session may use of the gateway. The log keeps what a person has said; the gateway is asked first, so that
//! nothing is in the log that it refuses, and is told again where a start of the harness or of the runner came between.

use std::future::Future;

use oqto_protocol::command::{Budget, SetBudget};
use oqto_protocol::entry::{BudgetChanged, LogEvent, Origin, TurnEnd};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::EntryId;

use super::process::Process;
use super::state::{Event, Session};
use super::{Replier, answer};

/// A change of the budget that the gateway has answered.
#[derive(Debug)]
pub(super) struct Change {
    said: BudgetChanged,
    client_id: Option<String>,
    reply: Replier,
    /// The last start when it was asked for.
    start: Option<String>,
    answered: Result<Budget, WireError>,
}

impl Session {
    /// `set_budget`.
    pub(super) fn set_budget(&mut self, params: SetBudget, reply: Replier) {
        if self.ctx.gateway.is_none() {
            return reply.send(Err(no_gateway()));
        }
        if std::mem::replace(&mut self.budgeting, true) {
            let said = "another change of this budget is on its way";
            return reply.send(Err(WireError::new(ErrorKind::Unavailable, said).with_hint("try again")));
        }
        let said = BudgetChanged {
            usd: params.usd,
            tokens: params.tokens,
            unlimited: params.unlimited.clone(),
            by: Origin::Person,
        };
        let mut terms = self.ahead.budget.clone().unwrap_or_default();
        terms.change(&said);
        let (ctx, events, id, start) = (self.ctx.clone(), self.events.clone(), self.id, self.last_start.clone());
        self.ctx.tasks.spawn(async move {
            let answered = match &ctx.gateway {
                Some(gateway) => gateway.set_budget(id, &params, &terms).await,
                None => Err(no_gateway()),
            };
            let change = Change { said, client_id: params.client_id, reply, start, answered };
            let _ended = events.send(Event::Budgeted(Box::new(change)));
        });
    }

    /// The gateway measures by it now: it is kept.
    pub(super) fn budget_set(&mut self, change: Change) {
        self.budgeting = false;
        let budget = match change.answered {
            Ok(budget) => budget,
            Err(error) => return change.reply.send(Err(error)),
        };
        let answered = answer(&budget);
        let outcome = change.client_id.zip(answered.clone().ok());
        self.produce_with(EntryId::mint(), self.ctx.now(), LogEvent::BudgetChanged(change.said), outcome);
        self.reply_after(change.reply, answered);
        // A key that was made meanwhile has the budget of before.
        if matches!(self.process, Process::Starting { .. }) {
            self.budget_owed = true;
        } else if self.last_start != change.start {
            self.renew_budget();
        }
    }

    /// Tells the gateway what the log says.
    pub(super) fn renew_budget(&self) {
        if let Some(renewing) = self.renewing_budget() {
            self.ctx.tasks.spawn(renewing);
        }
    }

    /// The same, to be waited for. A gateway that does not answer says so to the agent soon enough.
    pub(super) fn renewing_budget(&self) -> Option<impl Future<Output = ()> + Send + use<>> {
        self.ctx.gateway.as_ref()?;
        let (ctx, id, terms) = (self.ctx.clone(), self.id, self.ahead.budget.clone().unwrap_or_default());
        Some(async move {
            let Some(gateway) = &ctx.gateway else { return };
            if let Err(error) = gateway.renew_budget(id, &terms).await {
                tracing::debug!(session = %id, %error, "its budget is not told to the gateway");
            }
        })
    }

    /// Whether the last turn may have failed for a limit that the configuration has raised since.
    pub(super) fn may_have_more_now(&self) -> bool {
        self.ctx.gateway.is_some() && self.ahead.last_turn == Some(TurnEnd::Error)
    }
}

/// No gateway measures what sessions use.
pub(crate) fn no_gateway() -> WireError {
    let said = "sessions have no budget here: agents ask their providers themselves";
    WireError::new(ErrorKind::Unsupported, said).with_hint("a model gateway keeps budgets: oqto serve --gateway")
}
