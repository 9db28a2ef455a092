//! One file a command.

pub(crate) mod ask;
pub(crate) mod doctor;
pub(crate) mod session;
pub(crate) mod sessions;
pub(crate) mod status;
