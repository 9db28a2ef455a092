//! Where the catalog of models is, and where a newer one comes from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Kind, ModelSettings};
use crate::catalog::{Catalog, refresh};
use crate::upstream::provider::merged;

/// Where the catalog of models is, and where a newer one comes from.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CatalogSettings {
    /// Where `eavs models update` fetches it.
    pub url: String,
    /// Where it is kept; beside the database where this is not said.
    pub file: Option<PathBuf>,
    /// What is different here, by `PROVIDER/MODEL` with the catalog's name of the provider; the `id` is not said again.
    pub models: BTreeMap<String, ModelSettings>,
}

impl Default for CatalogSettings {
    fn default() -> Self {
        Self { url: "https://models.dev/api.json".to_owned(), file: None, models: BTreeMap::new() }
    }
}

impl CatalogSettings {
    /// The same, with the place where it is kept.
    #[must_use]
    pub fn beside(mut self, database: &Path) -> Self {
        self.file.get_or_insert_with(|| refresh::beside(database));
        self
    }

    /// The catalog that counts.
    #[must_use]
    pub fn current(&self) -> Catalog {
        let mut catalog = self.file.as_deref().map_or_else(Catalog::shipped, refresh::current);
        for (name, own) in &self.models {
            let Some((provider, id)) = name.split_once('/') else { continue };
            let Some(kind) = Kind::named(provider) else { continue };
            let own = ModelSettings { id: id.to_owned(), ..own.clone() };
            let known = catalog.find(provider, id).cloned().map(Arc::new);
            catalog.extend([merged(provider, kind, &own, known.as_ref())]);
        }
        catalog
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Cost;

    #[test]
    fn what_the_configuration_says_of_a_model_counts_and_the_rest_stays() {
        let settings: CatalogSettings = toml::from_str(
            "[models.'anthropic/claude-haiku-4-5']\ncost = {input = 7, output = 8}\n[models.'openai/own/one']\ncontext = 9\n",
        )
        .unwrap();
        let (catalog, shipped) = (settings.current(), Catalog::shipped());
        let haiku = catalog.find("anthropic", "claude-haiku-4-5").unwrap();
        let cost = Cost { input: 7.0, output: 8.0, ..Cost::default() };
        assert_eq!((haiku.cost, haiku.context), (Some(cost), 200_000));
        assert_eq!(catalog.find("openai", "own/one").map(|model| model.context), Some(9));
        assert_eq!(catalog.len(), shipped.len() + 1);
    }
}
