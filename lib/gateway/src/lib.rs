//! The one road from agents to model providers: `eavs` without its command line.
//!
//! | module | holds |
//! |---|---|
//! | [`accounts`] | accounts of providers that are kept, sealed |
//! | [`config`] | the configuration, and what of it cannot work |
//! | [`wire`] | the words of the model APIs, as far as a gateway must read them |
//! | [`translate`] | chat completions and messages, one put into the words of the other |
//! | [`policy`] | what is changed in a request, or refused, before it goes on. Pure |
//! | [`catalog`] | which models there are, what they can do and what they cost |
//! | [`money`] | amounts of money, exact |
//! | [`percent`] | texts as parts of addresses |
//! | [`pi_models`] | the gateway's models in the file in which Pi looks for models |
//! | [`keys`] | virtual keys: their text, their terms, and whether they may go on. Pure |
//! | [`book`] | the database of keys and of what they used |
//! | [`log`] | what of requests is kept to be looked at, without secrets and data |
//! | [`metrics`] | numbers for Prometheus |
//! | [`quota`] | what providers say is left of their limits |
//! | `upstream` | providers, their accounts, connections to them, and which of them a model's name means |
//! | `limit` | so many at the same time, where how many may change |
//! | `lane` | threads that have connections of their own |
//! | `proxy` | a request on its way to a provider, and the answer back |
//! | [`server`] | listening, letting in, admin routes |
//! | [`gateway`] | all of it as one thing |
//!
//! Invariants:
//! - Nothing but `/health` is answered without a key; admin routes need the admin key, or the admin socket of this user.
//! - Every request that may cost something passes `Book::admit`, which sets aside what it can cost, and is settled once,
//!   whatever ends it: an answer, an error, a client that goes away, a crash.
//! - An answer that has begun is never asked for again.
//! - The bytes of a request or an answer that nothing changed go on as they came; an event, an object and a packed answer
//!   are read with bounded memory; every token is counted once, by what it costs; money is exact.
//! - Addresses come from the configuration alone, and redirects are not followed.
//! - A provider's key is in no log, error, address or `Debug`; of a virtual key only the hash is kept.
//!
//! ```
//! use oqto_gateway::catalog::Catalog;
//! use oqto_gateway::wire::Api;
//! use oqto_gateway::wire::tap::{Framing, Packing, Tap};
//!
//! let mut tap = Tap::new(Api::Chat, Framing::Events, Packing::Plain);
//! tap.feed(b"data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":10}}\n\n");
//! let usage = tap.finish().usage.map(|usage| usage.usage()).unwrap_or_default();
//! let catalog = Catalog::shipped();
//! let price = catalog.find("anthropic", "claude-haiku-4-5").and_then(|model| model.price(&usage));
//! assert_eq!(price.map(|price| price.to_string()).as_deref(), Some("$0.001050"));
//! ```

pub mod accounts;
pub mod book;
pub mod catalog;
pub mod config;
pub mod gateway;
pub mod keys;
mod lane;
mod limit;
pub mod log;
pub mod metrics;
pub mod money;
pub mod percent;
pub mod pi_models;
pub mod policy;
mod proxy;
pub mod quota;
pub mod server;
pub mod translate;
mod upstream;
pub mod wire;

pub use oqto_store::error::StoreError;
