//! Many repositories: finding them, their states, their rules.
