//! `oqtoctl doctor`: what a newcomer trips over, and how to mend each. It starts no daemon and changes nothing.

mod check;
pub(crate) mod gateway;
mod harness;
mod machine;
mod programs;
mod provider;
mod services;
mod tool;

use check::{Check, Findings};
use oqto_kit::{Ctx, Exit, Result};
use services::Running;

/// Find out what is wrong, and how to mend it
///
/// Checks the programs, their sockets and services, the agent and its model provider. Exit code 1 when something does
/// not work; warnings alone are 0. With -v the names of all variables that agents get are listed.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(ctx: &Ctx, _args: &Args) -> Result<Exit> {
    let findings = ctx.block_on(Box::pin(examine(ctx)))?;
    ctx.print(&findings)?;
    Ok(if findings.has_failure() { Exit::code(oqto_protocol::error::exit::FAILED) } else { Exit::DONE })
}

async fn examine(ctx: &Ctx) -> Result<Findings> {
    let dirs = ctx.dirs()?;
    let mut checks: Vec<Check> = programs::check().await;
    let server = programs::settings("oqto", &mut checks).await;
    let runner = programs::settings("oqto-runner", &mut checks).await;
    checks.extend(machine::check(&dirs));
    let running = Running::find(&dirs, &mut checks).await;
    checks.push(machine::port(running.address.as_deref(), server.text("listen").as_deref()));
    checks.extend(services::history(&dirs).await);
    checks.extend(harness::check(running.details.as_ref(), &runner).await);
    checks.extend(gateway::check(running.details.as_ref()));
    checks.extend(provider::check(&dirs, &running));
    let environment = running.details.map(|details| details.agent_environment).unwrap_or_default();
    checks.push(provider::environment(&environment, running.runner_is_up));
    Ok(Findings::new(checks, environment, ctx.flags().verbose > 0))
}
