//! Memories of people and agents, and how they are found again.
