//! Which session `@@main` is.

use super::announce;
use crate::client::Client;
use oqto_kit::{Ctx, Error, OrFail as _, Result};
use oqto_protocol::command::{Command, RunnerDetails, SessionCreate, SessionList, SessionReply, Sessions};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::live::Empty;
use oqto_protocol::session::SessionInfo;
use std::path::Path;

/// The harness of a session that is created.
const HARNESS: &str = "pi";

/// The session used last in the home workspace of the default runner (or in `workspace`), or a new one there.
///
/// # Errors
/// What the runner answers: `workspace`, `harness_unavailable`, `unreachable`.
pub(super) async fn find_or_create(ctx: &Ctx, client: &Client, workspace: Option<&str>) -> Result<SessionInfo> {
    let runner = client.hello().runners.first().map(|runner| runner.name.clone());
    let runner = runner.ok_or_else(|| Error::new(ErrorKind::NotFound, "the server has no runner"))?;
    let workspace = match workspace {
        Some(workspace) => as_typed(workspace)?,
        None => {
            let details: RunnerDetails = client.on_runner(&runner, &Command::RunnerInfo(Empty {})).await?;
            details.home
        }
    };
    let filter = SessionList { workspace: Some(real(&workspace)), limit: Some(1), ..SessionList::default() };
    let list: Sessions = client.on_runner(&runner, &Command::SessionList(filter)).await?;
    if let Some(last) = list.sessions.into_iter().next() {
        return Ok(last);
    }
    let create = SessionCreate {
        harness: HARNESS.to_owned(),
        workspace,
        model: None,
        thinking: None,
        title: None,
        sandbox: None,
        parent: None,
        client_id: None,
    };
    let reply: SessionReply = client.on_runner(&runner, &Command::SessionCreate(create)).await?;
    announce(ctx, &reply.session);
    Ok(reply.session)
}

/// A path as the person means it: relative to where they are, unless it begins with `~`.
fn as_typed(workspace: &str) -> Result<String> {
    if workspace == "~" || workspace.starts_with("~/") {
        return Ok(workspace.to_owned());
    }
    let path = std::path::absolute(workspace)
        .or_fail(ErrorKind::Workspace, || format!("{workspace} cannot be a workspace"))?;
    Ok(path.display().to_string())
}

/// A runner knows workspaces by their real paths. One on another machine is taken as it is.
fn real(workspace: &str) -> String {
    let home = std::env::var_os("HOME").unwrap_or_default();
    let path = match workspace.strip_prefix('~') {
        Some(rest) => Path::new(&home).join(rest.trim_start_matches('/')),
        None => Path::new(workspace).to_path_buf(),
    };
    std::fs::canonicalize(path).map_or_else(|_| workspace.to_owned(), |real| real.display().to_string())
}
