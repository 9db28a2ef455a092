//! The built program against a real server, a real runner and a real Pi that talks to a scripted model.

mod ask;
mod doctor;
mod sessions;
mod world;
