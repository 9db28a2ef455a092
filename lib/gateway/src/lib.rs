//! The road from agents to model providers.
