//! Reading issues.

mod count;
mod entry;
mod events;
mod find;
mod links;
mod list;
mod ready;
mod show;

pub use count::Counts;
pub use entry::{Entry, Query, Sort};
pub use links::{Links, Resolved, Web};
pub use ready::Ready;
pub use show::Detail;
