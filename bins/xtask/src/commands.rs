//! One file a command.

pub(crate) mod bench;
pub(crate) mod codegen;
pub(crate) mod dist;
pub(crate) mod test;
pub(crate) mod tidy;
pub(crate) mod up;
