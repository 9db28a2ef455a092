//! A newer catalog than the shipped one: taken from somewhere, checked, and kept beside the database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::http::{Request, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use oqto_whole::Access;
use serde::Serialize;

use super::{Catalog, CatalogError, Model, foreign};
use crate::upstream::client::Client;

/// The largest catalog that is read: 32 MiB.
pub const LARGEST: usize = 32 << 20;
/// How long a catalog may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);
const CONNECT: Duration = Duration::from_secs(10);
/// The most models, and the longest id or name of one.
const MOST_MODELS: usize = 100_000;
const LONGEST_NAME: usize = 300;
/// Prices above this are a mistake, in US dollars for a million tokens.
const HIGHEST_PRICE: f64 = 100_000.0;

/// A newer catalog cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// It is not of a form that is known.
    #[error("it is neither the catalog of models.dev nor one model a line")]
    Form(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Something in it cannot be true.
    #[error("{model}: {problem}")]
    Nonsense {
        /// Which model.
        model: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// It has no model of a provider that is known.
    #[error("it has no model of a provider that is known here")]
    Empty,
    /// It is too large.
    #[error("it is larger than {} MiB", LARGEST >> 20)]
    TooLarge,
    /// The address is none that is asked.
    #[error("{0}")]
    Address(&'static str),
    /// It cannot be fetched.
    #[error("it cannot be fetched: {0}")]
    Fetch(String),
    /// It cannot be kept.
    #[error("cannot write {path}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// What a newer catalog changes for one model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Added {
        /// The model.
        model: Box<Model>,
    },
    /// It is gone.
    Removed {
        /// The model as it was.
        model: Box<Model>,
    },
    /// Something of it is different.
    Changed {
        /// As it was.
        before: Box<Model>,
        /// As it is.
        after: Box<Model>,
    },
}

/// Reads and checks a catalog: that of models.dev, or one model a line.
///
/// # Errors
/// [`RefreshError`].
pub fn parse(text: &str) -> Result<Catalog, RefreshError> {
    if text.len() > LARGEST {
        return Err(RefreshError::TooLarge);
    }
    let lines = |error: CatalogError| RefreshError::Form(Box::new(error));
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let by_line = first.is_some_and(|line| serde_json::from_str::<Model>(line).is_ok());
    let catalog = if by_line {
        Catalog::read(text).map_err(lines)?
    } else {
        foreign::read(text).map_err(|error| RefreshError::Form(Box::new(error)))?
    };
    if catalog.is_empty() {
        return Err(RefreshError::Empty);
    }
    check(&catalog)?;
    Ok(catalog)
}

fn check(catalog: &Catalog) -> Result<(), RefreshError> {
    if catalog.len() > MOST_MODELS {
        return Err(RefreshError::TooLarge);
    }
    for model in catalog.models() {
        let nonsense = |problem| RefreshError::Nonsense { model: format!("{}/{}", model.provider, model.id), problem };
        let is_name = |name: &str| !name.is_empty() && name.len() <= LONGEST_NAME && !name.contains(char::is_control);
        if !is_name(&model.id) || !is_name(&model.name) || !is_name(&model.provider) {
            return Err(nonsense("its name is empty, too long or has control characters"));
        }
        if model.context > 1_000_000_000 || model.max_output > 1_000_000_000 {
            return Err(nonsense("it has more tokens of context than can be"));
        }
        let costs = model.cost.into_iter().chain(model.tiers.iter().map(|tier| tier.cost));
        let mut prices =
            costs.flat_map(|cost| [Some(cost.input), Some(cost.output), cost.cache_read, cost.cache_write]).flatten();
        if !prices.all(|price| (0.0..=HIGHEST_PRICE).contains(&price)) {
            return Err(nonsense("a price is less than nothing, or more than can be"));
        }
    }
    Ok(())
}

/// What the newer of two catalogs changes, by provider and model.
#[must_use]
pub fn changes(old: &Catalog, new: &Catalog) -> Vec<Change> {
    let boxed = |model: &Model| Box::new(model.clone());
    let mut changes: Vec<Change> = Vec::new();
    for model in new.models() {
        match old.find(&model.provider, &model.id) {
            None => changes.push(Change::Added { model: boxed(model) }),
            Some(before) if before != model => {
                changes.push(Change::Changed { before: boxed(before), after: boxed(model) });
            }
            Some(_) => {}
        }
    }
    let gone = old.models().filter(|model| new.find(&model.provider, &model.id).is_none());
    changes.extend(gone.map(|model| Change::Removed { model: boxed(model) }));
    changes
}

/// Fetches a catalog. The address is one of the operator's: `https`, or `http` on this machine. Redirects are not followed.
///
/// # Errors
/// `Address`, `Fetch` or `TooLarge`.
pub async fn fetch(address: &str) -> Result<String, RefreshError> {
    let uri: Uri = address.parse().map_err(|_| RefreshError::Address("it is not an address"))?;
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match uri.scheme_str() {
        Some("https") => {}
        Some("http") if is_here => {}
        Some("http") => return Err(RefreshError::Address("prices are fetched by https, from other machines")),
        Some(_) | None => return Err(RefreshError::Address("it begins with https://")),
    }
    let mut request = Request::new(Full::new(Bytes::new()));
    if let Some(authority) = uri.authority()
        && let Ok(host) = header::HeaderValue::from_str(authority.as_str())
    {
        request.headers_mut().insert(header::HOST, host);
    }
    request
        .headers_mut()
        .insert(header::USER_AGENT, header::HeaderValue::from_static(concat!("eavs/", env!("CARGO_PKG_VERSION"))));
    *request.uri_mut() = uri;
    let fetched = async {
        let response = Client::new(CONNECT).ask(request, None).await;
        let response = response.map_err(|why| RefreshError::Fetch(why.to_string()))?;
        if response.status() != StatusCode::OK {
            let status = response.status();
            return Err(RefreshError::Fetch(format!("the answer was {status}; redirects are not followed")));
        }
        let body = Limited::new(response.into_body(), LARGEST).collect().await;
        let body = body.map_err(|error| {
            if error.is::<http_body_util::LengthLimitError>() {
                RefreshError::TooLarge
            } else {
                RefreshError::Fetch("it broke off".to_owned())
            }
        })?;
        String::from_utf8(body.to_bytes().to_vec()).map_err(|error| RefreshError::Form(Box::new(error)))
    };
    let fetched = tokio::time::timeout(PATIENCE, fetched).await;
    fetched.unwrap_or_else(|_| Err(RefreshError::Fetch(format!("it took more than {} s", PATIENCE.as_secs()))))
}

/// Where the newer catalog is kept, beside a database.
#[must_use]
pub fn beside(database: &Path) -> PathBuf {
    database.with_file_name("eavs-models.jsonl")
}

/// Keeps a catalog: the file is the old or the new one at any moment.
///
/// # Errors
/// `Write`.
pub fn keep(catalog: &Catalog, file: &Path, source: &str) -> Result<(), RefreshError> {
    let mut text = format!("# {}\n", source.replace(char::is_control, " "));
    for model in catalog.models() {
        let line = serde_json::to_string(model).map_err(|error| RefreshError::Form(Box::new(error)))?;
        text.push_str(&line);
        text.push('\n');
    }
    let failed = |source| RefreshError::Write { path: file.to_path_buf(), source };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    oqto_whole::write(file, text.as_bytes(), Access::KeptOrUsual).map_err(|error| failed(error.source))
}

/// The catalog that counts: the kept one, and the shipped one for the providers that it has not, or where it cannot be
/// read.
#[must_use]
pub fn current(file: &Path) -> Catalog {
    let shipped = Catalog::shipped();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return shipped,
        Err(error) => {
            tracing::warn!(file = %file.display(), %error, "the newer catalog cannot be read: the shipped one counts");
            return shipped;
        }
    };
    match parse(&text) {
        Ok(newer) => shipped.under(newer),
        Err(error) => {
            tracing::warn!(file = %file.display(), %error, "the newer catalog is damaged: the shipped one counts");
            shipped
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(provider: &str, id: &str, input: f64) -> String {
        format!(
            "{{\"provider\":\"{provider}\",\"id\":\"{id}\",\"name\":\"N\",\"reasoning\":false,\"tools\":true,\"input\":[\"text\"],\
             \"context\":10,\"max_output\":5,\"cost\":{{\"input\":{input},\"output\":1}}}}\n"
        )
    }

    #[test]
    fn what_is_kept_is_read_again_and_the_shipped_fills_in() {
        let folder = tempfile::tempdir().unwrap();
        let file = beside(&folder.path().join("deep/eavs.db"));
        assert_eq!(current(&file), Catalog::shipped());
        let new = parse(&line("anthropic", "only", 3.0)).unwrap();
        keep(&new, &file, "from\na test").unwrap();
        let now = current(&file);
        assert_eq!(now.of("anthropic").map(|model| model.id.as_str()).collect::<Vec<_>>(), ["only"]);
        assert_eq!(now.of("openai").count(), Catalog::shipped().of("openai").count());
        assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing else is left there");
        std::fs::write(&file, "{\"cut off").unwrap();
        assert_eq!(current(&file), Catalog::shipped());
    }

    #[test]
    fn nonsense_is_not_taken() {
        let dear = line("anthropic", "x", 100_001.0);
        for (text, why) in [
            ("", "it is neither"),
            ("<html>", "it is neither"),
            ("{}", "it has no model"),
            ("[]", "it is neither"),
            (dear.as_str(), "anthropic/x: a price"),
            (&line("anthropic", "x", -1.0), "anthropic/x: a price"),
            (&line("anthropic", "", 1.0), "anthropic/: its name"),
            (&line("anthropic", "a\\u001bb", 1.0), "anthropic/a\u{1b}b: its name"),
            (&format!("{}not json", line("anthropic", "x", 1.0)), "it is neither"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.starts_with(why), "{text}: {error}");
        }
        assert!(matches!(parse(&" ".repeat(LARGEST + 1)), Err(RefreshError::TooLarge)));
    }

    #[test]
    fn changes_are_told_one_by_one() {
        let old =
            parse(&(line("anthropic", "a", 1.0) + &line("anthropic", "b", 1.0) + &line("openai", "c", 1.0))).unwrap();
        let new =
            parse(&(line("anthropic", "a", 1.0) + &line("anthropic", "b", 2.0) + &line("openai", "d", 1.0))).unwrap();
        let told: Vec<_> = changes(&old, &new)
            .iter()
            .map(|change| match change {
                Change::Added { model } => format!("+{}", model.id),
                Change::Removed { model } => format!("-{}", model.id),
                Change::Changed { after, .. } => format!("~{}", after.id),
            })
            .collect();
        assert_eq!(told, ["~b", "+d", "-c"]);
        assert_eq!(changes(&old, &old), []);
    }

    #[tokio::test]
    async fn only_addresses_of_the_operators_are_asked() {
        for (address, why) in [
            ("http://example.org/x", "prices are fetched by https"),
            ("ftp://example.org", "it begins with https://"),
            ("models.json", "it begins with https://"),
        ] {
            assert!(fetch(address).await.unwrap_err().to_string().starts_with(why), "{address}");
        }
    }
}
