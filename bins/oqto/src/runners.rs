//! From the `[[runner]]` entries of a configuration to runners that can be reached.

use crate::config::RunnerEntry;
use oqto_kit::{Dirs, Error, OrFail as _, Result, dirs};
use oqto_process::helper::{Environment, Helper, OnDemand};
use oqto_protocol::error::ErrorKind;
use oqto_relay::runners::{LocalRunner, Runner, Runners, local, program};
use oqto_wire::unix::ensure_private_folder;
use std::sync::Arc;
use std::time::Duration;

/// How long a runner may take from its start until it answers. One that has to take over from another that hangs waits
/// half of it.
const START: Duration = Duration::from_secs(30);

/// The runners of a configuration, the first being the default; `environment` is what this user's own one gets.
///
/// # Errors
/// `config` where a name is missing or used twice, or where there are no runners at all.
pub(crate) fn runners(entries: &[RunnerEntry], dirs: &Dirs, environment: &Environment) -> Result<Runners> {
    let mut seen: Vec<&str> = Vec::new();
    let mut list = Vec::new();
    for entry in entries {
        let name = entry.name.as_str();
        if name.is_empty() || seen.contains(&name) {
            let what = format!("every [[runner]] needs a name of its own; {name:?} is empty or used twice");
            return Err(Error::new(ErrorKind::Config, what).hint("see: oqto config show"));
        }
        seen.push(name);
        list.push(match entry.command.as_slice() {
            [] => own_runner(name, dirs, environment)?,
            command => Runner::new(name, program(name, command.to_vec())),
        });
    }
    if list.is_empty() {
        return Err(Error::new(ErrorKind::Config, "no runner is configured").hint("see: oqto config show"));
    }
    Ok(Runners::new(list))
}

/// This user's own runner. Where its program is missing, one that is started by other means still works.
fn own_runner(name: &str, dirs: &Dirs, environment: &Environment) -> Result<Arc<Runner>> {
    ensure_private_folder(&dirs.state)
        .or_fail(ErrorKind::Failed, || "the folder for the runner's log cannot be used")?;
    let started =
        dirs::sibling("oqto-runner").map(|path| Helper::new(path).arg("serve").environment(environment.clone()));
    if let Err(error) = &started {
        tracing::warn!(%error, "the runner cannot be started on demand");
    }
    let daemon = OnDemand::new(started.ok(), dirs.state.join("oqto-runner.log"), START);
    let runner = LocalRunner { socket: dirs.runner_socket(), daemon };
    Ok(Runner::new(name, local(runner)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> RunnerEntry {
        RunnerEntry { name: name.to_owned(), command: vec!["true".to_owned()] }
    }

    #[test]
    fn runners_need_names_of_their_own() {
        let home = tempfile::tempdir().unwrap();
        let dirs = Dirs::resolve(|_| None, Some(home.path().into()), None).unwrap();
        let runners = |entries: &[RunnerEntry]| runners(entries, &dirs, &Environment::Inherited);
        assert_eq!(runners(&[entry("a"), entry("b")]).unwrap().all().len(), 2);
        for wrong in [vec![entry("a"), entry("a")], vec![entry("")], vec![]] {
            assert_eq!(runners(&wrong).unwrap_err().kind(), ErrorKind::Config);
        }
    }
}
