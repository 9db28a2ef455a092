//! The best of a store within a budget, as text for a prompt.

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::memory::Memory;

/// Bytes that count as one token.
const TOKEN: usize = 4;

/// Memories of one origin, for example the workspace or the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Its name, as the text shows it.
    pub name: String,
    /// `general` or `repo`.
    pub scope: &'static str,
    /// What it holds.
    pub memories: Vec<Memory>,
}

/// A memory of a preview.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Where it is from.
    pub origin: String,
    /// `general` or `repo`.
    pub scope: &'static str,
    /// Whole days since it changed last.
    pub age_days: i64,
    /// The memory.
    #[serde(flatten)]
    pub memory: Memory,
}

/// A memory that is left out until somebody decides which of two changes holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contested {
    /// Its id.
    pub memory_id: String,
    /// Its text.
    pub content: String,
    /// Where it is from.
    pub origin: String,
}

/// What a harness puts into a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preview {
    /// 1.
    pub schema_version: u32,
    /// What was chosen, in order.
    pub entries: Vec<Entry>,
    /// The exact text; empty when nothing was chosen.
    pub rendered: String,
    /// Changes only when the ledgers do.
    pub selection_hash: String,
    /// Tokens of the text, four bytes each.
    pub estimated_tokens: usize,
    /// How many the budget left out.
    pub omitted: usize,
    /// What is left out because it is contested.
    pub contested: Vec<Contested>,
    /// What is wrong with the ledgers.
    pub warnings: Vec<String>,
}

/// Chooses within `tokens`: origins in the given order, in each the most important first, then the newest. Left out is
/// what expired before `now`, is contested, or is true for another machine than `machine`.
#[must_use]
pub fn preview(origins: &[Origin], tokens: usize, machine: Option<&str>, now: Timestamp) -> Preview {
    let mut result = Preview {
        schema_version: 1,
        entries: Vec::new(),
        rendered: String::new(),
        selection_hash: String::new(),
        estimated_tokens: 0,
        omitted: 0,
        contested: Vec::new(),
        warnings: Vec::new(),
    };
    for origin in origins {
        choose(origin, tokens, machine, now, &mut result);
    }
    result.estimated_tokens = result.rendered.len().div_ceil(TOKEN);
    let digest = Sha256::digest(result.rendered.as_bytes());
    result.selection_hash = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    result
}

fn choose(origin: &Origin, tokens: usize, machine: Option<&str>, now: Timestamp, into: &mut Preview) {
    let here = |memory: &&Memory| memory.machine.as_deref().is_none_or(|label| Some(label) == machine);
    let alive = origin.memories.iter().filter(|memory| memory.active && !memory.is_expired(now)).filter(here);
    let (contested, mut memories): (Vec<&Memory>, Vec<&Memory>) = alive.partition(|memory| memory.contested);
    into.contested.extend(contested.into_iter().map(|memory| Contested {
        memory_id: memory.memory_id.clone(),
        content: memory.content.clone(),
        origin: origin.name.clone(),
    }));
    memories.sort_by(|a, b| {
        let order = b.importance.cmp(&a.importance).then_with(|| b.updated_at.cmp(&a.updated_at));
        order.then_with(|| a.memory_id.cmp(&b.memory_id))
    });
    let mut heading = Some(format!("## Memories: {}\n", origin.name));
    for memory in memories {
        let text = format!("{}{}", heading.as_deref().unwrap_or_default(), line(memory));
        if into.rendered.len() + text.len() > tokens * TOKEN {
            into.omitted += 1;
            continue;
        }
        into.rendered.push_str(&text);
        heading = None;
        into.entries.push(Entry {
            origin: origin.name.clone(),
            scope: origin.scope,
            age_days: age(memory, now),
            memory: memory.clone(),
        });
    }
}

fn line(memory: &Memory) -> String {
    let date = memory.updated_at.get(..10).unwrap_or(&memory.updated_at);
    let category = memory.category.as_deref().map(|category| format!(" ({category})")).unwrap_or_default();
    let content = memory.content.trim().replace('\n', "\n  ");
    let why = memory.why.as_deref().map(|why| format!(" (why: {})", why.replace('\n', " "))).unwrap_or_default();
    format!("- [{date}]{category} {content}{why}\n")
}

fn age(memory: &Memory, now: Timestamp) -> i64 {
    let changed = memory.updated_at.parse::<Timestamp>().unwrap_or(now);
    now.duration_since(changed).as_hours() / 24
}
