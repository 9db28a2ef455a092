//! Real processes under test: what the end-to-end tests share.
//!
//! - [`world`]: a hermetic home with a scripted model, a real Pi and a real runner.
//! - [`persistent`]: a client that comes back after every cut.
//! - [`process`]: starting, killing and finding processes; who is left over.
//! - [`browser`]: the same client over the WebSocket of `oqto serve`, signed in by its link.
//! - [`client`]: a client of the frame protocol, written from its description and not from our own wire code.
//! - [`reader`]: a subscriber that folds what it is sent and notices what is lost, doubled or out of order.
//! - [`script`]: lines piped into `oqto-runner --stdio`, and what came out.
//! - [`session`]: a session with its client and reader, in the words of a test.
//! - [`generations`]: every test runs with both generations of Pi.
//! - [`log`]: what must be true of every log.
//!
//! Every wait has a deadline and a name; every process is ended with its world.

pub mod browser;
pub mod client;
pub mod gateway;
pub mod generations;
pub mod log;
pub mod persistent;
pub mod process;
pub mod reader;
pub mod script;
pub mod session;
pub mod world;

/// What a test gives back: an error fails it.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Long enough for a Pi to start on a busy machine.
pub const DEADLINE: std::time::Duration = std::time::Duration::from_secs(60);
