//! Who acts, where, and where their mail lies.

use std::path::{Path, PathBuf};

use clap::Args;
use oqto_kit::{Ctx, OrFail as _, Result};
use oqto_mail::clock::SystemClock;
use oqto_mail::name::Name;
use oqto_mail::party::Actor;
use oqto_mail::store::Store;
use oqto_mail::workspace::Workspace;
use oqto_protocol::agent_context::AgentContext;
use oqto_protocol::error::ErrorKind;

use crate::failure::failed;

/// The file below the state directory that has the mail and the reservations.
const DATABASE: &str = "mail.db";

/// Who acts, where they differ from who the environment says.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Who {
    /// Act under this name instead of one's own
    #[arg(long = "as", global = true, value_name = "NAME")]
    name: Option<String>,
}

/// Everything that a command about mail or reservations needs.
pub(crate) struct Place {
    pub(crate) store: Store,
    pub(crate) actor: Actor,
    pub(crate) workspace: Workspace,
    /// The working directory, which paths are read from.
    pub(crate) directory: PathBuf,
    /// The name that `--as` says.
    said: Option<String>,
}

impl Place {
    /// Who has claimed issues: who `--as` names, else who the store of the issues knows.
    pub(crate) fn acts_as(&self, known: impl FnOnce() -> String) -> String {
        self.said.clone().unwrap_or_else(known)
    }
}

impl Who {
    /// Where this command works, and for whom. Nothing is opened or made yet.
    pub(crate) fn place(&self, ctx: &Ctx) -> Result<Place> {
        let context = AgentContext::read(|name| std::env::var(name).ok());
        let directory =
            std::env::current_dir().or_fail(ErrorKind::Workspace, || "cannot find the working directory")?;
        let workspace = Workspace::of(&directory, &context).map_err(failed)?;
        let name = Name::parse(&self.called(&context)).map_err(failed)?;
        let store = Store::at(database(ctx)?, SystemClock);
        let actor = Actor { name, workspace: workspace.key().to_owned(), context };
        Ok(Place { store, actor, workspace, directory, said: self.name.clone() })
    }

    fn called(&self, context: &AgentContext) -> String {
        let named = self.name.clone().or_else(|| context.actor().map(str::to_owned));
        named.unwrap_or_else(user)
    }
}

/// The file of the mail and the reservations.
pub(crate) fn database(ctx: &Ctx) -> Result<PathBuf> {
    Ok(ctx.dirs()?.state.join(DATABASE))
}

/// The name of who is logged in.
pub(crate) fn user() -> String {
    let told = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    told("USER").or_else(|| told("LOGNAME")).unwrap_or_else(|| {
        let uid = rustix::process::getuid().as_raw();
        of_the_user_database(Path::new("/etc/passwd"), uid).unwrap_or_else(|| format!("user-{uid}"))
    })
}

/// A service may be started without any of the variables.
fn of_the_user_database(file: &Path, uid: u32) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_number() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("passwd");
        std::fs::write(&file, "root:x:0:0:root:/root:/bin/sh\nbroken\nada:x:1007:100::/home/ada:/bin/sh\n").unwrap();
        assert_eq!(of_the_user_database(&file, 1007).as_deref(), Some("ada"));
        assert_eq!(of_the_user_database(&file, 9), None);
        assert_eq!(of_the_user_database(&folder.path().join("none"), 0), None);
    }
}
