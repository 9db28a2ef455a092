//! What a session may use of the gateway and has used. The session's log keeps what a person has said of it; the gateway
//! measures by what it was told last.

use oqto_protocol::command::{Budget, SetBudget};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::SessionId;
use oqto_protocol::session::BudgetTerms;
use serde::Deserialize;
use serde_json::{Value, json};

use super::config::Limits;
use super::{Gateway, asking};

/// How a session stands with the gateway.
#[derive(Deserialize)]
struct Standing {
    budget_usd: Option<f64>,
    budget_tokens: Option<u64>,
    spent_usd: f64,
    spent_tokens: u64,
}

impl Standing {
    /// Of a session that never had a key.
    const fn new(limits: Limits) -> Self {
        Self { budget_usd: limits.usd, budget_tokens: limits.tokens, spent_usd: 0.0, spent_tokens: 0 }
    }

    const fn told(&self, most: Limits) -> Budget {
        Budget {
            usd: self.budget_usd,
            tokens: self.budget_tokens,
            spent_usd: self.spent_usd,
            spent_tokens: self.spent_tokens,
            max_usd: most.usd,
            max_tokens: most.tokens,
        }
    }
}

impl Gateway {
    /// What a session may use and has used; nothing for one that the gateway has never heard of.
    ///
    /// # Errors
    /// `unreachable` when the gateway does not answer; `config` when what a person says about it cannot be kept.
    pub async fn known_budget(&self, session: SessionId) -> Result<Option<Budget>, WireError> {
        let most = self.reading.now()?.most();
        let standing = self.standing(session, "GET", "", None).await?;
        Ok(standing.map(|standing| standing.told(most)))
    }

    /// The same, for one that the gateway has never heard of with what it may use when it begins.
    ///
    /// # Errors
    /// As [`Gateway::known_budget`].
    pub async fn budget(&self, session: SessionId, said: &BudgetTerms) -> Result<Budget, WireError> {
        let known = self.known_budget(session).await?;
        let config = self.reading.now()?;
        Ok(known.unwrap_or_else(|| Standing::new(config.limits(said)).told(config.most())))
    }

    /// Gives a session the budget that a person asks for, on the key that it has.
    ///
    /// # Errors
    /// `not_permitted` beyond the maximum, `invalid_params`, and as [`Gateway::known_budget`]. Nothing is changed then.
    pub async fn set_budget(
        &self,
        session: SessionId,
        asked: &SetBudget,
        said: &BudgetTerms,
    ) -> Result<Budget, WireError> {
        self.reading.now()?.permit(asked)?;
        self.renew_budget(session, said).await
    }

    /// Tells the gateway again what a session may use: what was said of it, within what the configuration says now.
    ///
    /// # Errors
    /// As [`Gateway::known_budget`].
    pub async fn renew_budget(&self, session: SessionId, said: &BudgetTerms) -> Result<Budget, WireError> {
        let config = self.reading.now()?;
        let limits = config.limits(said);
        let body = json!({"budget_usd": limits.usd, "budget_tokens": limits.tokens});
        let standing = self.standing(session, "PUT", "/budget", Some(&body)).await?;
        Ok(standing.unwrap_or(Standing::new(limits)).told(config.most()))
    }

    async fn standing(
        &self,
        session: SessionId,
        method: &str,
        below: &str,
        body: Option<&Value>,
    ) -> Result<Option<Standing>, WireError> {
        let path = format!("/admin/sessions/{session}{below}");
        match asking::ask(&self.socket, method, &path, body).await {
            Ok(standing) => Ok(Some(standing)),
            Err(error) if error.code == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
