//! Who may use this server. One person for now, by a one-time link; [`Authenticator`] is the seam for accounts.

mod links;
mod origin;
mod sessions;
mod token;

pub use links::{LINK_LIFETIME, Links};
pub use origin::Allowed;
pub use sessions::{SIGN_IN_LIFETIME, SignInError, SignIns};
pub use token::{Token, TokenHash};

use axum::http::{HeaderMap, HeaderValue, header};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::system::PeerInfo;

/// Who is asking, once that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account's name; runners are told.
    pub id: String,
    /// The name to show.
    pub name: String,
}

impl Account {
    /// The one person of a server without accounts: the user it runs as.
    #[must_use]
    pub fn owner() -> Self {
        let name = std::env::var("USER").ok().filter(|name| !name.is_empty());
        Self { id: "owner".to_owned(), name: name.unwrap_or_else(|| "owner".to_owned()) }
    }

    /// As a runner is told.
    #[must_use]
    pub fn peer_info(&self) -> PeerInfo {
        PeerInfo { account: self.id.clone(), name: self.name.clone() }
    }
}

/// Decides who is asking. A closed set: today one person; accounts become another variant.
#[derive(Debug)]
pub enum Authenticator {
    /// One person, who proves to be it by a link from the terminal.
    Single(Single),
}

/// Sign-in of the one person.
#[derive(Debug)]
pub struct Single {
    links: Links,
    sign_ins: SignIns,
    cookie: String,
    owner: Account,
}

impl Authenticator {
    /// For one person; the cookie carries the port, since cookies of one host are shared by all its ports.
    #[must_use]
    pub fn single(sign_ins: SignIns, port: u16) -> Self {
        let cookie = format!("oqto_{port}");
        Self::Single(Single { links: Links::default(), sign_ins, cookie, owner: Account::owner() })
    }

    /// Who sends these headers.
    ///
    /// # Errors
    /// `unauthenticated`, with the way to sign in.
    pub fn account(&self, headers: &HeaderMap) -> Result<Account, WireError> {
        match self {
            Self::Single(single) => match single.credential(headers) {
                Some(presented) if single.sign_ins.knows(&TokenHash::of(presented)) => Ok(single.owner.clone()),
                Some(_) => Err(unauthenticated("the sign-in has ended or is not known here")),
                None => Err(unauthenticated("not signed in")),
            },
        }
    }

    /// The hash of the credential that these headers carry, good or not.
    #[must_use]
    pub fn credential(&self, headers: &HeaderMap) -> Option<TokenHash> {
        match self {
            Self::Single(single) => single.credential(headers).map(TokenHash::of),
        }
    }

    /// Whether the bearer of a credential is signed in now: connections ask this again while they are open.
    #[must_use]
    pub fn is_signed_in(&self, credential: &TokenHash) -> bool {
        match self {
            Self::Single(single) => single.sign_ins.knows(credential),
        }
    }

    /// A fresh one-time link's token.
    ///
    /// # Errors
    /// `internal` when the system gives no random bytes.
    pub fn new_link(&self) -> Result<Token, WireError> {
        match self {
            Self::Single(single) => {
                single.links.create().map_err(|e| WireError::new(ErrorKind::Internal, format!("no random bytes: {e}")))
            }
        }
    }

    /// A fresh credential for a program, sent as `Authorization: Bearer`.
    ///
    /// # Errors
    /// `failed` when it cannot be kept.
    pub fn new_credential(&self) -> Result<Token, WireError> {
        match self {
            Self::Single(single) => single.sign_ins.create().map_err(|e| not_kept(&e)),
        }
    }

    /// Uses a link up and signs its bearer in: the `Set-Cookie` header.
    ///
    /// # Errors
    /// `unauthenticated` for a link that is not good (any more), `failed` when the sign-in cannot be kept.
    pub fn redeem(&self, presented: &str) -> Result<HeaderValue, WireError> {
        match self {
            Self::Single(single) => {
                if !single.links.redeem(presented) {
                    return Err(unauthenticated("this sign-in link was used already or is too old"));
                }
                let token = single.sign_ins.create().map_err(|e| not_kept(&e))?;
                single.cookie_header(token.expose(), SIGN_IN_LIFETIME.as_secs())
            }
        }
    }

    /// Signs the bearer of these headers out: the `Set-Cookie` header that removes the cookie.
    ///
    /// # Errors
    /// `failed` when it cannot be kept.
    pub fn sign_out(&self, headers: &HeaderMap) -> Result<HeaderValue, WireError> {
        match self {
            Self::Single(single) => {
                if let Some(presented) = single.credential(headers) {
                    single.sign_ins.remove(presented).map_err(|e| not_kept(&e))?;
                }
                single.cookie_header("", 0)
            }
        }
    }

    /// Whether these headers carry a bearer credential, which no foreign page can make a browser send.
    #[must_use]
    pub fn is_bearer(headers: &HeaderMap) -> bool {
        bearer(headers).is_some()
    }
}

impl Single {
    fn credential<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        bearer(headers).or_else(|| self.cookie_of(headers))
    }

    fn cookie_of<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.cookie)
            .map(|(_, value)| value)
    }

    fn cookie_header(&self, value: &str, max_age: u64) -> Result<HeaderValue, WireError> {
        let cookie = format!("{}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={max_age}", self.cookie);
        HeaderValue::from_str(&cookie).map_err(|e| WireError::new(ErrorKind::Internal, format!("bad cookie: {e}")))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn unauthenticated(why: &str) -> WireError {
    WireError::new(ErrorKind::Unauthenticated, why).with_hint("get a fresh sign-in link with: oqto link")
}

fn not_kept(error: &SignInError) -> WireError {
    let reason = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
    WireError::new(ErrorKind::Failed, format!("the sign-in cannot be kept: {error}{reason}"))
}
