//! Commands of the `system` channel that the relay answers itself.

use super::Trust;
use crate::relay::Relay;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::raw::RawJson;
use oqto_protocol::relay::{Pong, SystemCommand};
use oqto_wire::greeting::now_ms;
use serde::Serialize;

/// What the relay says to a command.
pub(super) enum Answer {
    /// It is for a runner.
    NotOurs,
    /// The result.
    Ok(RawJson),
    /// Why not.
    Refused(WireError),
}

pub(super) fn answer(relay: &Relay, trust: Trust, cmd: &str) -> Answer {
    // None of them has a parameter.
    let Some(Ok(command)) = SystemCommand::decode(cmd, "{}") else { return Answer::NotOurs };
    match (command, trust) {
        (SystemCommand::Ping(_), _) => reply(&Pong { ts: now_ms() }),
        (SystemCommand::RelayInfo(_), _) => reply(&relay.info()),
        (SystemCommand::LinkCreate(_), Trust::SameUser) => result(relay.new_link()),
        (SystemCommand::CredentialCreate(_), Trust::SameUser) => result(relay.new_credential()),
        (SystemCommand::LinkCreate(_) | SystemCommand::CredentialCreate(_), Trust::SignedIn) => {
            let error = WireError::new(ErrorKind::NotPermitted, format!("`{cmd}` is for the admin socket only"));
            Answer::Refused(error.with_hint("run on the server: oqto link"))
        }
    }
}

fn result<T: Serialize>(result: Result<T, WireError>) -> Answer {
    match result {
        Ok(value) => reply(&value),
        Err(error) => Answer::Refused(error),
    }
}

fn reply<T: Serialize>(value: &T) -> Answer {
    match RawJson::of(value) {
        Ok(ok) => Answer::Ok(ok),
        Err(error) => Answer::Refused(WireError::new(ErrorKind::Internal, error.to_string())),
    }
}
