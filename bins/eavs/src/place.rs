//! Where the gateway's files are, and the way to its admin routes.

use std::ffi::OsString;
use std::path::PathBuf;

use axum::http::Method;
use clap::Args;
use oqto_gateway::config::Settings;
use oqto_gateway::percent;
use oqto_gateway::server::{Door, Lock};
use oqto_kit::{Ctx, Result};
use oqto_protocol::env;
use serde_json::Value;

use crate::failure::failed;

/// Where it is.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Place {
    /// The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    #[arg(long, global = true, value_name = "PATH")]
    socket: Option<PathBuf>,
    /// The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    #[arg(long, global = true, value_name = "FILE")]
    database: Option<PathBuf>,
}

/// The environment of this process.
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn named(flag: Option<&PathBuf>, variable_name: &str) -> Option<PathBuf> {
    flag.cloned().or_else(|| variable(variable_name).filter(|value| !value.is_empty()).map(PathBuf::from))
}

impl Place {
    pub(crate) fn socket(&self, ctx: &Ctx) -> Result<PathBuf> {
        match named(self.socket.as_ref(), env::EAVS_SOCKET) {
            Some(path) => Ok(path),
            None => Ok(ctx.dirs()?.runtime.join("eavs.sock")),
        }
    }

    pub(crate) fn database(&self, ctx: &Ctx) -> Result<PathBuf> {
        match named(self.database.as_ref(), env::EAVS_DB) {
            Some(path) => Ok(path),
            None => Ok(ctx.dirs()?.data.join("eavs.db")),
        }
    }

    /// Asks the admin routes once: of the service that runs, or of the database where none does.
    pub(crate) fn ask(&self, ctx: &Ctx, what: &str, method: Method, path: &str, body: Option<&Value>) -> Result<Value> {
        let (socket, database) = (self.socket(ctx)?, self.database(ctx)?);
        ctx.block_on(async {
            let told = |error| failed(what, &error);
            let door = Door::open(&socket, &database, Lock::Taken, Settings::default, &variable).await.map_err(told)?;
            let answer = door.ask(method, path, body).await.map_err(told);
            door.close().await;
            answer
        })
    }
}

/// An address with what is asked for: the values that are told, in their order.
pub(crate) fn asking(path: &str, values: &[(&str, Option<&str>)]) -> String {
    let told = percent::fields(values.iter().filter_map(|(name, value)| Some((name, (*value)?))));
    if told.is_empty() { path.to_owned() } else { format!("{path}?{told}") }
}
