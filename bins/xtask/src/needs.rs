//! What must be on the machine, and how it gets there.

pub(crate) mod chromium;
pub(crate) mod deny;
pub(crate) mod node;
pub(crate) mod page;
pub(crate) mod pi;
pub(crate) mod sdk;
