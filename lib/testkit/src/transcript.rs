//! Recorded dialogues with real agents (`tests/transcripts`): one JSON object a line, `{"dir", "ms", "msg"}`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::binaries::checkout;

/// Which way a record went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Direction {
    /// Written to the agent's stdin.
    #[serde(rename = ">")]
    Sent,
    /// A line of the agent's stdout.
    #[serde(rename = "<")]
    Received,
    /// A line of the agent's stderr.
    #[serde(rename = "!")]
    Stderr,
    /// A note of the recording program: the command line first, the exit last.
    #[serde(rename = "#")]
    Note,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Record {
    /// Which way it went.
    #[serde(rename = "dir")]
    pub direction: Direction,
    /// Milliseconds since the recording started.
    pub ms: u64,
    /// What was said; a string where a deliberately broken line was sent.
    #[serde(rename = "msg")]
    pub message: Value,
}

/// A transcript could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TranscriptError {
    /// The file.
    #[error("read {}", path.display())]
    Read {
        /// The transcript.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line of it.
    #[error("{}:{line}", path.display())]
    Line {
        /// The transcript.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
}

/// Reads a transcript.
///
/// # Errors
/// [`TranscriptError`], naming the file and line.
pub fn load(path: &Path) -> Result<Vec<Record>, TranscriptError> {
    let text = fs::read_to_string(path).map_err(|source| TranscriptError::Read { path: path.into(), source })?;
    let record = |(index, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|source| TranscriptError::Line {
            path: path.into(),
            line: index + 1,
            source,
        })
    };
    // Split at LF alone: `lines` does the same, and U+2028 inside a string stays where it is.
    text.lines().enumerate().map(record).collect()
}

/// Paths of the recordings whose file name starts with `prefix`, sorted.
///
/// # Errors
/// [`TranscriptError::Read`] when the folder cannot be read.
pub fn named(prefix: &str) -> Result<Vec<PathBuf>, TranscriptError> {
    let folder = checkout().join("tests/transcripts");
    let unreadable = |source| TranscriptError::Read { path: folder.clone(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(prefix) && name.ends_with(".jsonl") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recording_loads_and_begins_with_a_command_line() {
        let paths = named("pi-").unwrap();
        assert!(paths.len() >= 25, "{}", paths.len());
        for path in paths {
            let records =
                load(&path).unwrap_or_else(|error| panic!("{error}: {:?}", std::error::Error::source(&error)));
            assert_eq!(records[0].direction, Direction::Note, "{}", path.display());
            assert!(records[0].message["argv"].is_array(), "{}", path.display());
        }
    }

    #[test]
    fn a_broken_line_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.jsonl");
        fs::write(&path, "{\"dir\":\"<\",\"ms\":1,\"msg\":{}}\n{\"dir\":\"?\"}\n").unwrap();
        assert_eq!(load(&path).unwrap_err().to_string(), format!("{}:2", path.display()));
    }
}
