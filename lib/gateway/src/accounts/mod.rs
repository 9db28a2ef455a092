//! Accounts of providers that are kept: keys and tokens, sealed.
//!
//! | module | holds |
//! |---|---|
//! | `key`, `keyring` | the key that accounts are sealed with, in a file of this user alone or in the system's keyring |
//! | `seal` | one account's secrets as sealed bytes, bound to who it is |
//! | `record` | one account as a line of the file |
//! | `vault` | the file: read, changed under a lock, replaced as a whole |
//! | [`oauth`] | logging in, and asking for new tokens |
//! | `live` | the tokens of one login while the gateway runs |
//! | `kept` | all of them, as the gateway uses them |
//! | `error` | what can be wrong with all of these |
//!
//! Invariants:
//! - No secret is on the disk but sealed, or in a `Debug` or an error.
//! - A sealed secret opens for the provider, the label and the kind that it was sealed for, and for nothing else.
//! - New tokens are in the file before a request carries them, and one at a time asks for them, among all processes.
//! - The file is old or new, never between; a line that cannot be read harms no other, and stays where it is.

mod error;
mod kept;
mod key;
mod keyring;
mod live;
pub mod oauth;
mod record;
mod seal;
mod vault;

pub use error::{AccountsError, Unreadable};
pub use kept::Problem;
pub(crate) use kept::{ByProvider, Kept};
pub(crate) use key::random;
pub use key::{KEY_FILE, KeyPlace, MasterKey, Sealing};
pub(crate) use live::{Live, Unusable};
pub use record::{Grant, Record, Secrets, Sort};
pub use vault::{ACCOUNTS_FILE, Change, Contents, Line, Stamp, Vault};
