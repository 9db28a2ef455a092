//! Memories, searched in many stores at once, and added to one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use oqto_memory::{Duplicates, Hit, Memory, Places, Told};
use serde::Serialize;

use crate::catalog::Unread;
use crate::error::{CatalogError, Result};
use crate::find::Found;
use crate::parallel;
use crate::stores::{MEMORIES, MEMORY_LEDGER, chain, faults, memories, open_memories};

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Question {
    /// In a person's words.
    pub text: String,
    /// Only of this category.
    pub category: Option<String>,
    /// At most so many.
    pub limit: usize,
    /// What expired before is left out.
    pub now: Timestamp,
}

/// A store that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The repository's name, or the store's own.
    pub name: String,
    /// The ledger; need not be there.
    pub ledger: PathBuf,
}

impl Source {
    /// The stores of these repositories. Bare ones have none.
    #[must_use]
    pub fn of(repositories: &[Found]) -> Vec<Self> {
        let source = |found: &Found| {
            let ledger = found.place.work_tree.as_deref()?.join(MEMORY_LEDGER);
            Some(Self { name: found.name.clone(), ledger })
        };
        repositories.iter().filter_map(source).collect()
    }

    /// Adds the person's own stores, those with a name and those of other repositories, as far as they are not there yet.
    pub fn add_known(sources: &mut Vec<Self>, places: &Places) {
        let real = |ledger: &Path| ledger.canonicalize().unwrap_or_else(|_| ledger.to_owned());
        let mut seen: BTreeSet<PathBuf> = sources.iter().map(|source| real(&source.ledger)).collect();
        for place in places.all() {
            if seen.insert(real(&place.ledger)) {
                sources.push(Self { name: place.name, ledger: place.ledger });
            }
        }
    }
}

/// A memory that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recalled {
    /// The repository or the store that keeps it.
    pub store: String,
    /// The memory and how well it answers.
    #[serde(flatten)]
    pub hit: Hit,
}

/// What all stores say.
#[derive(Debug, Default)]
pub struct Answers {
    /// The best first; of equals by store and id.
    pub hits: Vec<Recalled>,
    /// How many stores were asked.
    pub stores: usize,
    /// Lines that do not count.
    pub damaged: Vec<Unread>,
    /// Stores that cannot be read.
    pub unread: Vec<Unread>,
}

/// How many candidates a store gives when a category is asked for, which is looked at afterwards.
const WIDE: usize = 500;

/// Asks every store, and tells `each` after every one. A memory that several stores have is shown once.
pub fn search(sources: &[Source], question: &Question, each: &(dyn Fn() + Sync)) -> Answers {
    let asked = parallel::map(sources, |source| ask(source, question), each);
    let mut answers = Answers::default();
    for (source, answer) in sources.iter().zip(asked) {
        let named = |why| Unread { name: source.name.clone(), why };
        match answer {
            Ok(None) => {}
            Ok(Some((hits, damaged))) => {
                answers.stores += 1;
                answers.hits.extend(hits.into_iter().map(|hit| Recalled { store: source.name.clone(), hit }));
                answers.damaged.extend(damaged.into_iter().map(named));
            }
            Err(error) => answers.unread.push(named(chain(&error))),
        }
    }
    answers.hits.sort_by(|a, b| {
        let names = |found: &Recalled| (found.store.clone(), found.hit.memory.memory_id.clone());
        b.hit.score.total_cmp(&a.hit.score).then_with(|| names(a).cmp(&names(b)))
    });
    let mut seen = BTreeSet::new();
    answers.hits.retain(|found| seen.insert(found.hit.memory.memory_id.clone()));
    answers.hits.truncate(question.limit);
    answers
}

fn ask(source: &Source, question: &Question) -> Result<Option<(Vec<Hit>, Vec<String>)>> {
    let Some(store) = memories(&source.ledger)? else { return Ok(None) };
    let limit = if question.category.is_some() { question.limit.max(WIDE) } else { question.limit };
    let mut hits = store.search(&question.text, limit, question.now)?;
    let wanted = |hit: &Hit| question.category.is_none() || hit.memory.category == question.category;
    hits.retain(wanted);
    Ok(Some((hits, faults(MEMORIES, store.damage()?))))
}

/// Remembers something in the repository with this root. It is on the disk when this returns.
///
/// # Errors
/// A duplicate, an invalid field, a busy or full store.
pub fn add(root: &Path, told: Told, duplicates: Duplicates) -> Result<(PathBuf, Memory)> {
    let ledger = root.join(MEMORY_LEDGER);
    let memory = open_memories(&ledger).map_err(CatalogError::from)?.add(told, duplicates)?;
    Ok((ledger, memory))
}
