//! The model gateway that agents ask, where one is in use.

use super::check::Check;
use oqto_protocol::command::{GatewayInfo, RunnerDetails};
use oqto_protocol::error::WireError;

/// How the gateway of the runner is; nothing where agents ask providers themselves.
pub(super) fn check(runner: Option<&RunnerDetails>) -> Option<Check> {
    let gateway = runner?.gateway.as_ref()?;
    let name = "model gateway";
    Some(match &gateway.problem {
        Some(WireError { message, hint, .. }) => {
            Check::fail(name, message.clone(), hint.clone().unwrap_or_else(|| "eavs doctor".to_owned()))
        }
        None => Check::ok(name, about(gateway)),
    })
}

/// Where it is, and what a session may use.
pub(crate) fn about(gateway: &GatewayInfo) -> String {
    let address = gateway.address.as_deref().unwrap_or("not listening yet");
    let version = gateway.version.as_deref().unwrap_or("?");
    let budget = match (gateway.budget_usd, gateway.budget_tokens) {
        (Some(usd), Some(tokens)) => format!("${usd:.2} and {tokens} tokens a session"),
        (Some(usd), None) => format!("${usd:.2} a session"),
        (None, Some(tokens)) => format!("{tokens} tokens a session"),
        (None, None) => "sessions have no budget".to_owned(),
    };
    format!("{address}, version {version}, {budget}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_told_as_it_is_set() {
        let gateway = |budget_usd, budget_tokens| GatewayInfo {
            socket: "/s".into(),
            address: Some("http://127.0.0.1:3033".into()),
            version: Some("1.0".into()),
            budget_usd,
            budget_tokens,
            budget_max_usd: budget_usd,
            budget_max_tokens: budget_tokens,
            problem: None,
        };
        assert_eq!(about(&gateway(None, None)), "http://127.0.0.1:3033, version 1.0, sessions have no budget");
        assert!(about(&gateway(Some(2.5), Some(7))).ends_with("$2.50 and 7 tokens a session"));
    }
}
