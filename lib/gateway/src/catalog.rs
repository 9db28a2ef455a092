//! Which models there are, what they can do and what they cost.
//!
//! The shipped data is described in `data/README.md`; its licence lies beside it.

mod foreign;
pub mod refresh;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::wire::usage::Usage;

const SHIPPED: &str = include_str!("../data/models.jsonl");

/// Keeping a prompt in the cache for an hour costs this many times the price of reading it, as Anthropic publishes it;
/// the catalog has only the price for minutes.
const LONG_CACHE_WRITE: f64 = 2.0;

/// What may be given to a model or come from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// Text.
    Text,
    /// Pictures.
    Image,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// PDF documents.
    Pdf,
}

/// Prices in US dollars for a million tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Reading.
    pub input: f64,
    /// Writing, thoughts included.
    pub output: f64,
    /// Reading what the provider's cache has; the price of reading where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache_read: Option<f64>,
    /// Reading and putting into the cache; the price of reading where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache_write: Option<f64>,
}

impl Cost {
    /// What this usage costs.
    #[must_use]
    pub fn of(&self, usage: &Usage) -> Money {
        let long = self.cache_write.map_or(self.input, |_| self.input * LONG_CACHE_WRITE);
        Money::of_tokens(usage.input, self.input)
            + Money::of_tokens(usage.cache_read, self.cache_read.unwrap_or(self.input))
            + Money::of_tokens(usage.cache_write, self.cache_write.unwrap_or(self.input))
            + Money::of_tokens(usage.cache_write_long, long)
            + Money::of_tokens(usage.output, self.output)
    }
}

/// Prices that hold for requests of more input than a limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tier {
    /// More input tokens than this, cached ones included.
    pub above: u64,
    /// The prices then.
    #[serde(flatten)]
    pub cost: Cost,
}

/// One model of one provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The provider's name in the catalog, such as `anthropic`.
    pub provider: String,
    /// The provider's own name of the model.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whether it thinks before it answers.
    pub reasoning: bool,
    /// Whether it can call tools.
    pub tools: bool,
    /// What it can be given.
    pub input: Vec<Modality>,
    /// What it gives.
    #[serde(default = "text")]
    pub output: Vec<Modality>,
    /// Tokens that a request and its answer may have together.
    pub context: u64,
    /// Tokens that an answer may have; 0 where it is not known.
    pub max_output: u64,
    /// Its prices, where they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Prices for long requests, the smallest limit first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Tier>,
}

fn text() -> Vec<Modality> {
    vec![Modality::Text]
}

impl Model {
    /// What this usage costs, by the prices for a request of its size; nothing where no price is known.
    #[must_use]
    pub fn price(&self, usage: &Usage) -> Option<Money> {
        let tier = self.tiers.iter().rfind(|tier| usage.total_input() > tier.above);
        tier.map(|tier| tier.cost).or(self.cost).map(|cost| cost.of(usage))
    }
}

/// A line of a catalog cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of the catalog")]
pub struct CatalogError {
    /// Counted from 1.
    line: usize,
    source: serde_json::Error,
}

/// Models by provider and id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog(BTreeMap<String, BTreeMap<String, Model>>);

impl Catalog {
    /// The catalog that is part of the program.
    #[must_use]
    pub fn shipped() -> Self {
        // A test reads every line of it strictly, so that none is left out here.
        SHIPPED.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// Reads a catalog with one model a line, and remarks after `#`; of two with the same name the later wins.
    ///
    /// # Errors
    /// [`CatalogError`], with the first line that is none.
    pub fn read(text: &str) -> Result<Self, CatalogError> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let model = |(index, line): (usize, &str)| {
            serde_json::from_str(line).map_err(|source| CatalogError { line: index + 1, source })
        };
        lines.map(model).collect()
    }

    /// The model that a provider calls so.
    #[must_use]
    pub fn find(&self, provider: &str, id: &str) -> Option<&Model> {
        self.0.get(provider)?.get(id)
    }

    /// The models of one provider, by id.
    pub fn of(&self, provider: &str) -> impl Iterator<Item = &Model> {
        self.0.get(provider).into_iter().flat_map(BTreeMap::values)
    }

    /// Every model, by provider and id.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.0.values().flat_map(BTreeMap::values)
    }

    /// This catalog, with another one over it that counts for every provider that it has.
    #[must_use]
    pub fn under(mut self, over: Self) -> Self {
        self.0.extend(over.0);
        self
    }

    /// The providers, by name.
    pub fn providers(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// How many models there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Model> for Catalog {
    fn from_iter<I: IntoIterator<Item = Model>>(models: I) -> Self {
        let mut catalog = Self::default();
        catalog.extend(models);
        catalog
    }
}

impl Extend<Model> for Catalog {
    fn extend<I: IntoIterator<Item = Model>>(&mut self, models: I) {
        for model in models {
            self.0.entry(model.provider.clone()).or_default().insert(model.id.clone(), model);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_line_is_a_model() {
        let strict = Catalog::read(SHIPPED).unwrap();
        assert_eq!(strict, Catalog::shipped());
        assert_eq!(strict.len(), SHIPPED.lines().count(), "no model is there twice");
        let expected = "anthropic azure cerebras deepseek google groq mistral openai openrouter together xai";
        assert_eq!(strict.providers().collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn the_shipped_prices_make_sense() {
        for model in Catalog::shipped().0.values().flat_map(BTreeMap::values) {
            let prices = model.cost.into_iter().chain(model.tiers.iter().map(|tier| tier.cost));
            for cost in prices {
                assert!(cost.input >= 0.0 && cost.output >= 0.0, "{}/{}", model.provider, model.id);
            }
            assert!(model.tiers.is_sorted_by_key(|tier| tier.above), "{}/{}", model.provider, model.id);
        }
    }

    #[test]
    fn caches_have_prices_of_their_own() {
        let catalog = Catalog::shipped();
        let haiku = catalog.find("anthropic", "claude-haiku-4-5").unwrap();
        let usage = Usage {
            input: 1000,
            cache_read: 20_000,
            cache_write: 400,
            cache_write_long: 100,
            output: 50,
            reasoning: 30,
        };
        // 1000 × 1 + 20,000 × 0.1 + 400 × 1.25 + 100 × 2 + 50 × 5 millionths of a dollar.
        assert_eq!(haiku.price(&usage), Some(Money::from_pico(3_950_000_000)));
    }

    #[test]
    fn long_requests_cost_what_their_tier_says() {
        let catalog = Catalog::shipped();
        let model = catalog.find("google", "gemini-2.5-pro").unwrap();
        let price = |input| model.price(&Usage { input, ..Usage::default() });
        assert_eq!(price(200_000), Some(Money::of_tokens(200_000, 1.25)));
        assert_eq!(price(200_001), Some(Money::of_tokens(200_001, 2.5)));
    }

    #[test]
    fn an_unknown_model_has_no_price_and_a_bad_line_is_named() {
        assert_eq!(Catalog::shipped().find("openai", "no-such-model"), None);
        let error = Catalog::read("\n{\"provider\":1}\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2 of the catalog");
    }
}
