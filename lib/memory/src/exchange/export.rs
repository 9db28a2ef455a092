//! Writing.

use serde::Serialize;

use super::record::Record;
use super::{Format, markdown};
use crate::error::MemoryError;
use crate::event::Event;
use crate::places::Place;
use crate::store::Store;

#[derive(Serialize)]
struct Document<'a> {
    store: &'a str,
    /// When the newest of it changed, so that an unchanged store gives the same bytes.
    exported_at: &'a str,
    memory_count: usize,
    memories: &'a [Record],
}

impl Store {
    /// What was not removed, or with [`Format::Jsonl`] everything that ever happened, as a file of this form. The same
    /// store gives the same bytes.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn export(&self, format: Format, place: &Place) -> Result<String, MemoryError> {
        match format {
            Format::Jsonl => self.events(),
            Format::Markdown => Ok(markdown::write(&self.records()?)),
            Format::Json => {
                let memories = self.records()?;
                let newest = memories.iter().filter_map(|record| record.updated_at.as_deref()).max();
                let exported_at = newest.unwrap_or("1970-01-01T00:00:00Z");
                let memory_count = memories.len();
                let document = Document { store: &place.name, exported_at, memory_count, memories: &memories };
                Ok(serde_json::to_string_pretty(&document)? + "\n")
            }
        }
    }

    pub(super) fn records(&self) -> Result<Vec<Record>, MemoryError> {
        let mut records = Vec::new();
        for memory in self.list()? {
            records.push(Record::of(&memory, &self.lines_of(&memory.memory_id)?));
        }
        records.sort_by(|a, b| (&a.created_at, &a.id).cmp(&(&b.created_at, &b.id)));
        Ok(records)
    }

    /// The lines as they are, in the order in which things happened.
    fn events(&self) -> Result<String, MemoryError> {
        let mut lines = Vec::new();
        let mut select = self.db().prepare("SELECT line FROM event")?;
        for line in select.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            let key = Event::parse(&line).ok().map(|event| (event.time(), event.id));
            lines.push((key, line));
        }
        lines.sort();
        Ok(lines.into_iter().flat_map(|(_, line)| [line, "\n".into()]).collect())
    }
}
