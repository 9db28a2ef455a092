//! What is kept of what was said.

use serde::{Deserialize, Serialize};

/// What is kept of what was said.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// Whether requests and answers are kept, without credentials, pictures and files.
    pub bodies: bool,
    /// KiB that are kept of a request, and again of its answer.
    pub max_body_kib: u32,
    /// Days for which they are kept.
    pub retention_days: u32,
    /// MiB that all of them may have; the oldest are forgotten first.
    pub max_mib: u32,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { bodies: false, max_body_kib: 64, retention_days: 7, max_mib: 256 }
    }
}

impl LogSettings {
    /// Bytes that are kept of a request; 0 where none are.
    pub(crate) fn most(&self) -> usize {
        if self.bodies { usize::try_from(self.max_body_kib).unwrap_or(usize::MAX).saturating_mul(1024) } else { 0 }
    }
}
