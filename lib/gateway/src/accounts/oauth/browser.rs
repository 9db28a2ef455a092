//! A login in a browser: the authorization code with PKCE.

use super::ask::Asker;
use super::landing::Landing;
use super::pkce;
use super::terms::Terms;
use super::tokens::{LoginError, ask};
use crate::accounts::Grant;
use crate::book::Clock;
use crate::percent;

/// Where a person allows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The address to open.
    pub address: String,
    /// Where the browser comes back to.
    pub returns_to: String,
}

/// Logs in. `show` tells the person where to go.
pub(super) async fn by_browser(
    terms: &Terms,
    asker: &Asker,
    clock: &Clock,
    show: impl FnOnce(&Visit),
) -> Result<Grant, LoginError> {
    let authorize = terms.authorize_url.as_deref().ok_or(LoginError::NoSuchFlow)?;
    let landing = Landing::bind(terms.redirect_port, &terms.redirect_path).await?;
    let (state, verifier) = (pkce::text()?, pkce::text()?);
    let (redirect, challenge) = (landing.redirect(), pkce::challenge(&verifier));
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", terms.client_id.as_str()),
        ("redirect_uri", redirect.as_str()),
        ("state", state.expose()),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    if !terms.scope.is_empty() {
        fields.push(("scope", &terms.scope));
    }
    // What the operator adds does not replace what makes the login safe.
    let own = |name: &str| fields.iter().any(|(known, _)| *known == name);
    let more: Vec<_> = terms.authorize_fields.iter().filter(|(name, _)| !own(name)).collect();
    fields.extend(more.into_iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let joined = if authorize.contains('?') { '&' } else { '?' };
    show(&Visit { address: format!("{authorize}{joined}{}", percent::fields(fields)), returns_to: redirect.clone() });
    let code = landing.code(&state).await?;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", redirect.as_str()),
        ("code_verifier", verifier.expose()),
    ];
    ask(asker, terms, &fields, clock()).await?.map_err(|denial| LoginError::Refused(denial.told(&terms.sent(&fields))))
}
