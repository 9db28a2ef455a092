//! `agntz mcp`: the same operations as tools of the Model Context Protocol, over standard input and output.
//!
//! The protocol is spoken by `rmcp`, its official library: it has had five versions in two years, and negotiating them,
//! cancelling and discovery are better kept there than here. It takes schemas that are made at run time. It is paid for
//! with size: its messages are among the largest parts of the binary.
//! What is ours is the list of tools ([`catalog`]) and how a call runs ([`calls`]).

mod calls;
mod catalog;
mod server;

use clap::{Args, CommandFactory as _};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;
use std::fs::File;

use crate::cli::Cli;
use calls::Worker;
use server::Server;

/// Arguments of `mcp`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  agntz mcp\n  agntz -C ~/project mcp --only mail,reserve,release,reservations\n  agntz mcp --as reviewer\n\nA client is configured with the command `agntz` and the arguments `-C DIR mcp`. Every command is a tool, named\nafter it: mail_send, reserve, memory_add, issues_create."
)]
pub(crate) struct Mcp {
    /// Offer only these groups of tools: memory, issues, mail, reserve, …
    #[arg(long, value_delimiter = ',', value_name = "GROUP")]
    only: Vec<String>,
    /// Act under this name where a call does not say another one
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
}

impl Mcp {
    pub(crate) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let known = catalog::groups(&Cli::command());
        if let Some(wrong) = self.only.iter().find(|group| !known.contains(group)) {
            return Err(Error::new(ErrorKind::InvalidParams, format!("there is no group of tools `{wrong}`"))
                .hint(format!("the groups are: {}", known.join(", "))));
        }
        let tools = catalog::tools(Cli::command(), &self.only);
        let (input, output) =
            take_streams().or_fail(ErrorKind::Failed, || "cannot take over standard input and output")?;
        let worker = Worker::start().or_fail(ErrorKind::Failed, || "cannot start a thread")?;
        let server = Server::new(tools, self.name, worker.queue());
        let spoken = ctx.block_on(async {
            let streams = (tokio::fs::File::from_std(input), tokio::fs::File::from_std(output));
            match server.serve(streams).await {
                Ok(running) => {
                    running.waiting().await.map(drop).or_fail(ErrorKind::Internal, || "the conversation broke off")
                }
                // A client that goes away before it has said anything is no failure.
                Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
                Err(error) => {
                    Err(Error::new(ErrorKind::Failed, "the client did not begin as the protocol asks").because(error))
                }
            }
        });
        // What was begun is done before the end.
        worker.finish();
        spoken.map(|()| Exit::DONE)
    }
}

/// Takes the streams of the conversation for itself: what a command reads then is empty, and what it or a program that
/// it starts prints goes to stderr.
fn take_streams() -> std::io::Result<(File, File)> {
    let input = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdin(), 3)?;
    let output = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdout(), 3)?;
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
    Ok((input.into(), output.into()))
}
