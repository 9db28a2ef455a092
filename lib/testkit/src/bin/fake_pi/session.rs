//! The session file: what a later start remembers.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::dialect::clock_ns;
use crate::options::Options;

/// The conversation as it is kept: the words of the person, one record each.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) file: PathBuf,
    pub(crate) said: Vec<String>,
}

impl Session {
    pub(crate) fn open(options: &Options) -> Self {
        match (&options.fork, &options.session) {
            (Some(file), _) => Self { said: read(file), ..Self::fresh() },
            (None, Some(file)) => {
                let id = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or("unnamed").to_owned();
                Self { id, file: file.clone(), said: read(file) }
            }
            (None, None) => Self::fresh(),
        }
    }

    fn fresh() -> Self {
        let id = format!("fake-{:08x}-{:x}", std::process::id(), clock_ns());
        let home = std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from);
        let file = home.join(".pi/agent/sessions/fake").join(format!("{id}.jsonl"));
        Self { id, file, said: Vec::new() }
    }

    pub(crate) fn keep(&mut self, text: &str) -> io::Result<()> {
        self.said.push(text.to_owned());
        self.write()
    }

    /// Goes on in a new file with the words before the one of this place.
    pub(crate) fn fork_before(&mut self, place: usize) -> io::Result<Option<String>> {
        let text = self.said.get(place).cloned();
        let said = self.said.iter().take(place).cloned().collect();
        *self = Self { said, ..Self::fresh() };
        self.write().map(|()| text)
    }

    pub(crate) fn fork_places(&self) -> Value {
        let place = |(place, text): (usize, &String)| json!({"entryId": place.to_string(), "text": text});
        self.said.iter().enumerate().map(place).collect()
    }

    fn write(&self) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let lines: Vec<String> = self.said.iter().map(|text| json!({"said": text}).to_string() + "\n").collect();
        std::fs::write(&self.file, lines.concat())
    }
}

fn read(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let said = |line: &str| Some(serde_json::from_str::<Value>(line).ok()?["said"].as_str()?.to_owned());
    text.lines().filter_map(said).collect()
}
