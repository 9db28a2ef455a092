//! `oqtoctl status`.

use crate::ago;
use crate::client::{Client, Unreachable};
use crate::commands::doctor;
use crate::place::Place;
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_protocol::command::{Command, GatewayInfo, RunnerDetails, SessionList};
use oqto_protocol::live::Empty;
use oqto_protocol::session::{SessionInfo, SessionState};
use oqto_protocol::system::RunnerState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Show whether the server runs, its runners, and how many sessions there are
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

#[derive(Serialize)]
struct Status {
    server: Server,
    runners: Vec<Runner>,
    sessions: Sessions,
    /// The model gateway of the default runner, where its agents ask one.
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<GatewayInfo>,
    /// Whether answers come from the scripted demo model.
    demo: bool,
}

/// What the server tells about itself (`relay.info`).
#[derive(Serialize, Deserialize)]
struct Server {
    version: String,
    pid: u32,
    address: String,
    started_at: u64,
    connections: u64,
}

#[derive(Serialize)]
struct Runner {
    name: String,
    state: RunnerState,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Unreachable>,
}

#[derive(Serialize)]
struct Sessions {
    total: usize,
    /// Only the states that there are sessions in.
    by_state: BTreeMap<SessionState, usize>,
    /// Questions that wait for the person.
    open_questions: u32,
}

impl Report for Status {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["WHAT", "STATE", "ABOUT"]);
        let up = ago::span(ago::now().saturating_sub(self.server.started_at));
        let about = format!("{}, version {}, pid {}", self.server.address, self.server.version, self.server.pid);
        table.row(["server".to_owned(), format!("up {up}"), about]);
        for runner in &self.runners {
            let problem = runner.problem.as_ref().map(|problem| problem.error.message.clone());
            let what = format!("runner {}", runner.name);
            table.row([what, words(runner.state).to_owned(), problem.unwrap_or_default()]);
        }
        table.row(["sessions".to_owned(), self.sessions.total.to_string(), self.sessions.about()]);
        if let Some(gateway) = &self.gateway {
            let (state, about) = match &gateway.problem {
                None => ("connected", doctor::gateway::about(gateway)),
                Some(problem) => ("not reached", problem.message.clone()),
            };
            table.row(["model gateway".to_owned(), state.to_owned(), about]);
        }
        if self.demo {
            let hint = "connect a provider: put its key into the environment, or run pi and /login".to_owned();
            table.row(["model".to_owned(), "demo: scripted answers".to_owned(), hint]);
        }
        page.table(&table)
    }
}

impl Sessions {
    fn of(rows: &[SessionInfo]) -> Self {
        let mut by_state = BTreeMap::new();
        for row in rows {
            *by_state.entry(row.state).or_insert(0) += 1;
        }
        Self { total: rows.len(), by_state, open_questions: rows.iter().map(|row| row.open_inputs).sum() }
    }

    fn about(&self) -> String {
        let mut parts: Vec<String> = self.by_state.iter().map(|(state, count)| format!("{count} {state}")).collect();
        match self.open_questions {
            0 => {}
            1 => parts.push("1 question waits for you".to_owned()),
            many => parts.push(format!("{many} questions wait for you")),
        }
        parts.join(", ")
    }
}

const fn words(state: RunnerState) -> &'static str {
    match state {
        RunnerState::Unknown => "not asked yet",
        RunnerState::Connected => "connected",
        RunnerState::Lost => "not reached",
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, _args: &Args) -> Result<Exit> {
    let status = ctx.block_on(async { status(&place.connect(ctx).await?).await })?;
    ctx.print(&status)
}

async fn status(client: &Client) -> Result<Status> {
    let filter = SessionList { limit: Some(10_000), ..SessionList::default() };
    let (server, listed) = tokio::join!(client.system("relay.info"), client.sessions(&filter));
    let names: Vec<String> = client.hello().runners.iter().map(|runner| runner.name.clone()).collect();
    // Runners that are away are part of the answer, not a failure of it.
    let (rows, unreachable) = match listed {
        Ok(all) => (all.rows, all.unreachable),
        Err(error) => {
            let error = error.to_wire();
            let away = names.iter().map(|name| Unreachable { runner: name.clone(), error: error.clone() });
            (Vec::new(), away.collect())
        }
    };
    let runners = names.into_iter().map(|name| {
        let problem = unreachable.iter().find(|away| away.runner == name).cloned();
        let state = if problem.is_some() { RunnerState::Lost } else { RunnerState::Connected };
        Runner { name, state, problem }
    });
    let runners: Vec<Runner> = runners.collect();
    // A runner that is away tells nothing of its gateway.
    let details = client.call::<RunnerDetails>(&Command::RunnerInfo(Empty {})).await.ok();
    let gateway = details.and_then(|details| details.gateway);
    Ok(Status { server: server?, runners, sessions: Sessions::of(&rows), gateway, demo: client.hello().demo })
}
