//! Real holders with real children, driven through the client.

mod attaching;
mod bench;
mod floods;
mod lifecycle;
mod standing;
mod terminals;
mod trees;
