//! The catalog of models.dev, as it is published: <https://models.dev/api.json>.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Catalog, Cost, Modality, Model, Tier};
use crate::config::Kind;

/// Input above which `context_over_200k` holds.
const LONG: u64 = 200_000;

#[derive(Deserialize)]
struct Provider {
    models: BTreeMap<String, Foreign>,
}

#[derive(Deserialize)]
struct Foreign {
    id: String,
    name: String,
    #[serde(default)]
    reasoning: bool,
    #[serde(default)]
    tool_call: bool,
    #[serde(default)]
    modalities: Modalities,
    limit: Limit,
    cost: Option<Prices>,
    status: Option<String>,
}

#[derive(Deserialize, Default)]
struct Modalities {
    #[serde(default)]
    input: Vec<String>,
    #[serde(default)]
    output: Vec<String>,
}

#[derive(Deserialize)]
struct Limit {
    #[serde(default)]
    context: u64,
    #[serde(default)]
    output: u64,
}

#[derive(Deserialize)]
struct Prices {
    #[serde(flatten)]
    cost: Price,
    #[serde(default)]
    tiers: Vec<Above>,
    context_over_200k: Option<Price>,
}

#[derive(Deserialize, Clone, Copy)]
struct Price {
    input: f64,
    output: f64,
    cache_read: Option<f64>,
    cache_write: Option<f64>,
}

#[derive(Deserialize)]
struct Above {
    #[serde(flatten)]
    cost: Price,
    tier: Size,
}

#[derive(Deserialize)]
struct Size {
    #[serde(rename = "type")]
    kind: String,
    size: u64,
}

/// Reads it: the models of the providers that the gateway knows by name, without deprecated ones.
///
/// # Errors
/// When it is not of this form.
pub(super) fn read(text: &str) -> Result<Catalog, serde_json::Error> {
    let all: BTreeMap<String, serde_json::Value> = serde_json::from_str(text)?;
    let mut catalog = Catalog::default();
    for kind in Kind::ALL {
        let Some(provider) = all.get(named(kind)) else { continue };
        let provider: Provider = serde_json::from_value(provider.clone())?;
        catalog.extend(provider.models.into_values().filter_map(|model| model.known(kind.name())));
    }
    Ok(catalog)
}

/// How models.dev calls a provider.
fn named(kind: Kind) -> &'static str {
    if kind == Kind::Together { "togetherai" } else { kind.name() }
}

impl Foreign {
    fn known(self, provider: &str) -> Option<Model> {
        if self.status.as_deref() == Some("deprecated") {
            return None;
        }
        let tiers = self.cost.as_ref().map(Prices::tiers).unwrap_or_default();
        Some(Model {
            provider: provider.to_owned(),
            id: self.id,
            name: self.name,
            reasoning: self.reasoning,
            tools: self.tool_call,
            input: modalities(&self.modalities.input),
            output: modalities(&self.modalities.output),
            context: self.limit.context,
            max_output: self.limit.output,
            cost: self.cost.map(|prices| prices.cost.into()),
            tiers,
        })
    }
}

/// Those that are known; text where none is.
fn modalities(names: &[String]) -> Vec<Modality> {
    let known = names.iter().filter_map(|name| serde_json::from_value(name.as_str().into()).ok());
    let known: Vec<_> = known.collect();
    if known.is_empty() { vec![Modality::Text] } else { known }
}

impl From<Price> for Cost {
    fn from(price: Price) -> Self {
        Self { input: price.input, output: price.output, cache_read: price.cache_read, cache_write: price.cache_write }
    }
}

impl Prices {
    fn tiers(&self) -> Vec<Tier> {
        let by_context = self.tiers.iter().filter(|above| above.tier.kind == "context");
        let mut tiers: Vec<_> =
            by_context.map(|above| Tier { above: above.tier.size, cost: above.cost.into() }).collect();
        if tiers.is_empty() {
            tiers.extend(self.context_over_200k.map(|price| Tier { above: LONG, cost: price.into() }));
        }
        tiers.sort_by_key(|tier| tier.above);
        tiers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_words_become_ours() {
        let text = r#"{
            "anthropic": {"id": "anthropic", "models": {
                "a": {"id": "a", "name": "A", "reasoning": true, "tool_call": true, "attachment": true,
                    "modalities": {"input": ["text", "image", "smell"], "output": ["text"]},
                    "limit": {"context": 1000, "input": 900, "output": 100},
                    "cost": {"input": 5, "output": 25, "cache_read": 0.5, "cache_write": 6.25, "input_audio": 7,
                        "context_over_200k": {"input": 10, "output": 37.5},
                        "tiers": [{"input": 11, "output": 38, "tier": {"type": "context", "size": 300000}}]}},
                "old": {"id": "old", "name": "Old", "limit": {"context": 1, "output": 1}, "status": "deprecated"},
                "free": {"id": "free", "name": "Free", "limit": {"context": 1, "output": 1}}}},
            "togetherai": {"models": {"m": {"id": "m", "name": "M", "limit": {"context": 1, "output": 1}}}},
            "somebody-else": {"models": "anything"}
        }"#;
        let catalog = read(text).unwrap();
        assert_eq!(catalog.len(), 3);
        let a = catalog.find("anthropic", "a").unwrap();
        assert_eq!((a.context, a.max_output, a.input.len()), (1000, 100, 2));
        assert_eq!(a.cost.unwrap().cache_write, Some(6.25));
        assert_eq!(a.tiers.iter().map(|tier| tier.above).collect::<Vec<_>>(), [300_000]);
        assert_eq!(catalog.find("anthropic", "free").unwrap().cost, None);
        assert!(catalog.find("together", "m").is_some() && catalog.find("anthropic", "old").is_none());
        assert!(read("{\"anthropic\": {\"models\": []}}").is_err());
    }
}
