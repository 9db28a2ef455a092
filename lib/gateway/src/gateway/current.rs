//! What a request goes by, from its beginning to its end.

use std::sync::Arc;

use oqto_kit::Tasks;

use crate::book::Book;
use crate::config::Settings;
use crate::keys::token::Hash;
use crate::limit::Limit;
use crate::upstream::client::Client;
use crate::upstream::routing::Routing;

/// The settings and what was made of them. A request takes it once and keeps it: settings that are read meanwhile count
/// for those that come after it.
pub struct Current {
    /// The settings, with the place of the catalog.
    pub settings: Settings,
    pub(crate) routing: Routing,
    /// The key of the admin routes; none where they answer on the admin socket alone.
    pub(crate) admin: Option<Hash>,
    pub(crate) book: Arc<Book>,
    pub(crate) client: Arc<Client>,
    /// Room for the bodies of all requests, in bytes.
    pub(crate) bodies: Arc<Limit>,
    /// Places for answers that go on after their clients went away.
    pub(crate) abandoned: Arc<Limit>,
    pub(crate) tasks: Tasks,
}

impl std::fmt::Debug for Current {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Current").field("settings", &self.settings).finish_non_exhaustive()
    }
}
