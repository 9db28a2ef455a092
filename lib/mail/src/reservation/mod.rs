//! Reservations of paths: leases with numbers that grow.
//!
//! A reservation says that its holder works on the paths of a pattern. It is granted or refused as a whole, in one
//! transaction with the test of all others, so two overlapping ones of different holders never live at once unless both
//! are shared. It ends when it is released, or when its time runs out in store time (see [`crate::clock`]). Its number is
//! higher than that of every earlier one: who remembers it can tell later whether it still holds.

mod check;
mod model;
mod release;
mod reserve;

pub use model::{Conflict, Mode, Reservation};
pub use release::Chosen;
pub use reserve::{DEFAULT_TTL, LONGEST_TTL, Request, SHORTEST_TTL};

pub(crate) use model::refusal;
pub(crate) use release::release_everywhere;
