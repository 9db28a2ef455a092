//! Runs the scripted model server, and writes a Pi agent directory for it, until Ctrl-C.
//!
//! `cargo run -p oqto-scripted --example model_server -- tour /tmp/agent-dir`

#![expect(clippy::print_stdout, reason = "an example talks to the person who runs it")]

use std::path::PathBuf;

use oqto_scripted::demo::{self, Providers};
use oqto_scripted::{Manner, ModelServer};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let manner = if args.next().as_deref() == Some("tour") { Manner::Tour } else { Manner::Scripted };
    let dir = PathBuf::from(args.next().ok_or("usage: model_server tour|scripted AGENT_DIR")?);
    let server = ModelServer::start(manner).await?;
    demo::write_agent_dir(&dir, &server, Providers::Every)?;
    println!("{}\nPI_CODING_AGENT_DIR={} pi", server.openai_url(), dir.display());
    tokio::signal::ctrl_c().await?;
    Ok(())
}
