//! `config …`.

use clap::Subcommand;
use oqto_kit::{Ctx, Error, Exit, Result, Told};
use oqto_protocol::error::ErrorKind;

use super::open;

/// `config …`.
#[derive(Subcommand, Debug)]
pub enum Config {
    /// Show all settings
    #[command(after_help = "Examples:\n  trx config show\n  trx config show --json")]
    Show,
    /// Show one
    #[command(after_help = "Examples:\n  trx config get prefix")]
    Get {
        /// Its name: prefix
        key: String,
    },
    /// Change one
    #[command(after_help = "Examples:\n  trx config set prefix app\n\nThe issues that are there keep their ids.")]
    Set {
        /// Its name: prefix
        key: String,
        /// Its value
        value: String,
    },
}

impl Config {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let known = |key: &str| {
            if key == "prefix" {
                return Ok(());
            }
            Err(Error::new(ErrorKind::InvalidParams, format!("there is no setting {key:?}"))
                .hint("trx config get prefix"))
        };
        match self {
            Self::Show => {}
            Self::Get { key } => known(&key)?,
            Self::Set { key, value } => {
                known(&key)?;
                store.set_prefix(&value)?;
            }
        }
        let config = store.config().clone();
        let text = format!("prefix = {:?}", config.prefix);
        ctx.print(&Told { value: config, text })
    }
}
