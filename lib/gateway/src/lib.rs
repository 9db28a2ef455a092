//! What a gateway between agents and model providers has to know of the model APIs and of prices.
//!
//! | module | holds |
//! |---|---|
//! | [`wire`] | the words of the model APIs, as far as a gateway must read them |
//! | [`catalog`] | which models there are, what they can do and what they cost |
//! | [`money`] | amounts of money, exact |
//!
//! Nothing here opens a connection, a file or a clock.
//!
//! Invariants: the bytes of a request or an answer that nothing changed go on as they came; an event, an object and a
//! packed answer are read with bounded memory; every token is counted once, by what it costs; an amount of money is
//! exact to a millionth of a millionth of a dollar.
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

pub mod catalog;
pub mod money;
pub mod wire;
