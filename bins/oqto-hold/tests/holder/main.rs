//! Real holders with real children, driven through the client.

mod bench;
mod lifecycle;
