//! All repositories, those first that others need.

use std::collections::{BTreeMap, BTreeSet};

use oqto_repo::Git;
use semver::Version;
use serde::Serialize;

use super::Style;
use super::state::State;
use crate::catalog::Unread;
use crate::find::Found;
use crate::parallel;
use crate::stores::chain;

/// What is to be done with one repository.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// Where it stands.
    #[serde(flatten)]
    pub state: State,
    /// The version to release; nothing where there is nothing to release.
    pub next: Option<Version>,
    /// Repositories of the plan that it needs.
    pub needs: Vec<String>,
    /// What is to be done, in this order.
    pub steps: Vec<String>,
}

/// The plan.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Plan {
    /// The repositories, each after those it needs; where they need each other by name.
    pub repositories: Vec<Step>,
    /// Repositories that cannot be read.
    pub unread: Vec<Unread>,
}

impl Plan {
    /// Whether everything agrees.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.unread.is_empty() && self.repositories.iter().all(|step| step.state.faults.is_empty())
    }
}

/// Looks at every repository, and tells `each` after every one. Repositories without a version and without a tag of one
/// are left out.
pub fn plan(git: &Git, repositories: &[Found], style: &Style, each: &(dyn Fn() + Sync)) -> Plan {
    let looked = parallel::map(repositories, |found| State::of(&git.beside(found.root()), found, style), each);
    let mut plan = Plan::default();
    let mut states = Vec::new();
    for (found, looked) in repositories.iter().zip(looked) {
        match looked {
            Ok(state) if state.next().is_none() && state.faults.is_empty() => {}
            Ok(state) => states.push(state),
            Err(error) => plan.unread.push(Unread { name: found.name.clone(), why: chain(&error) }),
        }
    }
    let needs = needs(&mut states);
    let steps = states.into_iter().zip(needs).map(|(state, needs)| step(state, needs, style)).collect();
    plan.repositories = ordered(steps);
    plan
}

/// Which repositories each one needs; what it needs in a version that is not there is a fault of it.
fn needs(states: &mut [State]) -> Vec<Vec<String>> {
    let mut packages: BTreeMap<String, (String, Version)> = BTreeMap::new();
    for state in &*states {
        for manifest in &state.manifests {
            let version = manifest.version.as_ref().or(state.version.as_ref());
            if let (Some(name), Some(version)) = (&manifest.name, version) {
                packages.entry(name.clone()).or_insert((state.repository.clone(), version.clone()));
            }
        }
    }
    let one = |state: &mut State| {
        let mut needed = BTreeSet::new();
        for manifest in &state.manifests {
            for (name, wanted) in &manifest.needs {
                let Some((repository, version)) = packages.get(name).filter(|(from, _)| *from != state.repository)
                else {
                    continue;
                };
                needed.insert(repository.clone());
                if !wanted.matches(version) {
                    let fault = format!("{} needs {name} {wanted}, but {repository} is at {version}", manifest.file);
                    state.faults.push(fault);
                }
            }
        }
        needed.into_iter().collect()
    };
    states.iter_mut().map(one).collect()
}

fn step(state: State, needs: Vec<String>, style: &Style) -> Step {
    let released =
        state.tagged.is_some() && state.version.as_ref().is_none_or(|version| Some(version) == state.tagged.as_ref());
    let next = state.next().filter(|_| !released || state.commits > 0);
    let mut steps = Vec::new();
    if let Some(next) = &next {
        let told =
            |manifest: &&super::manifest::Manifest| manifest.version.as_ref().is_some_and(|version| version != next);
        steps.extend(state.manifests.iter().filter(told).map(|manifest| format!("set {} to {next}", manifest.file)));
        match &state.changelog {
            Some(changelog) if !changelog.versions.contains(next) => {
                let how = if changelog.unreleased { "name what is unreleased" } else { "write" };
                steps.push(format!("{how} ## {next} in {}", style.changelog));
            }
            Some(_) | None => {}
        }
        if state.dirty || !steps.is_empty() {
            steps.push("commit".into());
        }
        steps.push(format!("git tag {}{next}", style.tag_prefix));
    }
    Step { state, next, needs, steps }
}

fn ordered(steps: Vec<Step>) -> Vec<Step> {
    let mut waiting: BTreeMap<String, Step> =
        steps.into_iter().map(|step| (step.state.repository.clone(), step)).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_free = |step: &&Step| step.needs.iter().all(|needed| !waiting.contains_key(needed));
        let free = waiting.values().find(is_free).or_else(|| waiting.values().next());
        let Some(name) = free.map(|step| step.state.repository.clone()) else { break };
        ordered.extend(waiting.remove(&name));
    }
    ordered
}
