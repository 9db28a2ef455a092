//! A server of logins: the authorization code with PKCE, the device code, tokens that change with every use.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode, header};
use base64::Engine as _;
use oqto_gateway::accounts::{Change, Grant, Record, Secrets, Vault};
use oqto_gateway::config::AccountsSettings;
use oqto_kit::Secret;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// The name under which the program is registered.
pub(crate) const CLIENT: &str = "eavs-in-tests";

#[derive(Default)]
struct Book {
    /// Every form that came, with the path.
    asked: Vec<(String, BTreeMap<String, String>)>,
    /// The challenge and the redirect of each code.
    codes: BTreeMap<String, (String, String)>,
    /// What is said before tokens are given.
    says: VecDeque<Say>,
    /// The refresh tokens that are worth something.
    refresh: Vec<String>,
    given: u32,
}

/// An answer other than tokens.
#[derive(Clone)]
pub(crate) enum Say {
    Error(&'static str),
    Status(u16),
    Redirect(String),
}

/// The server.
#[derive(Clone)]
pub(crate) struct Logins {
    pub(crate) address: SocketAddr,
    book: Arc<Mutex<Book>>,
    /// Answers wait for these.
    pub(crate) may: Arc<Semaphore>,
    /// Seconds for which a token is good.
    expires_in: u32,
    scheme: &'static str,
}

/// A port that speaks TLS.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl axum::serve::Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let (stream, address) = self.listener.accept().await.unwrap();
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Logins {
    pub(crate) async fn start() -> Self {
        Self::giving(3600).await
    }

    /// With tokens that are good for so many seconds.
    pub(crate) async fn giving(expires_in: u32) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let logins = Self {
            address: listener.local_addr().unwrap(),
            book: Arc::default(),
            may: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
            expires_in,
            scheme: "http",
        };
        let router = axum::Router::new().fallback(answer).with_state(logins.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        logins
    }

    /// Behind a certificate.
    pub(crate) async fn over_tls(acceptor: TlsAcceptor) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let logins = Self { address, scheme: "https", ..Self::start().await };
        let router = axum::Router::new().fallback(answer).with_state(logins.clone());
        tokio::spawn(async move { axum::serve(Tls { listener, acceptor }, router).await });
        logins
    }

    pub(crate) fn says(&self, says: impl IntoIterator<Item = Say>) {
        self.book.lock().unwrap().says.extend(says);
    }

    /// The forms that came to a path.
    pub(crate) fn asked(&self, path: &str) -> Vec<BTreeMap<String, String>> {
        let book = self.book.lock().unwrap();
        book.asked.iter().filter(|(at, _)| at == path).map(|(_, form)| form.clone()).collect()
    }

    /// How often new tokens were asked for.
    pub(crate) fn renewals(&self) -> usize {
        self.asked("/token").iter().filter(|form| form["grant_type"] == "refresh_token").count()
    }

    /// A refresh token that is worth something.
    pub(crate) fn honours(&self, refresh: &str) {
        self.book.lock().unwrap().refresh.push(refresh.to_owned());
    }

    /// What the provider gives to a person who allows it.
    pub(crate) fn allow(&self, code: &str, challenge: &str, redirect: &str) {
        self.book.lock().unwrap().codes.insert(code.to_owned(), (challenge.to_owned(), redirect.to_owned()));
    }

    /// The section of the configuration.
    pub(crate) fn settings(&self) -> String {
        let (at, http) = (self.address, self.scheme);
        format!(
            "oauth = {{client_id = '{CLIENT}', authorize_url = '{http}://{at}/authorize?a=b', token_url = '{http}://{at}/token', \
             device_url = '{http}://{at}/device', scopes = ['models', 'offline']}}\n"
        )
    }

    fn tokens(&self, book: &mut Book) -> (StatusCode, Value) {
        book.given += 1;
        let number = book.given;
        let refresh = format!("refresh-planted-{number}");
        book.refresh.push(refresh.clone());
        let given = json!({"access_token": format!("access-planted-{number}"), "refresh_token": refresh,
            "token_type": "Bearer", "expires_in": self.expires_in});
        (StatusCode::OK, given)
    }

    fn token(&self, form: &BTreeMap<String, String>) -> (StatusCode, Value) {
        let mut book = self.book.lock().unwrap();
        let refused = |error: &str| (StatusCode::BAD_REQUEST, json!({"error": error, "error_description": "said so"}));
        if form.get("client_id").map(String::as_str) != Some(CLIENT) {
            return refused("invalid_client");
        }
        let text = |name: &str| form.get(name).cloned().unwrap_or_default();
        match text("grant_type").as_str() {
            "authorization_code" => {
                let Some((challenge, redirect)) = book.codes.remove(&text("code")) else {
                    return refused("invalid_grant");
                };
                let shown = Sha256::digest(text("code_verifier").as_bytes());
                let shown = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(shown);
                if shown != challenge || redirect != text("redirect_uri") {
                    return refused("invalid_grant");
                }
            }
            "refresh_token" => {
                let before = book.refresh.len();
                book.refresh.retain(|known| *known != text("refresh_token"));
                if book.refresh.len() == before {
                    let said = format!("{} is worth nothing", text("refresh_token"));
                    return (StatusCode::BAD_REQUEST, json!({"error": "invalid_grant", "error_description": said}));
                }
            }
            "urn:ietf:params:oauth:grant-type:device_code" if text("device_code") == "device-planted-1" => {}
            _ => return refused("unsupported_grant_type"),
        }
        self.tokens(&mut book)
    }
}

async fn answer(State(logins): State<Logins>, request: Request) -> Response<axum::body::Body> {
    let path = request.uri().path().to_owned();
    let basic = request.headers().get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
    let body: Bytes = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
    let mut form = fields(&String::from_utf8_lossy(&body));
    if let Some(pair) = basic.as_deref().and_then(|basic| basic.strip_prefix("Basic ")) {
        let pair = base64::engine::general_purpose::STANDARD.decode(pair).unwrap();
        let pair = String::from_utf8(pair).unwrap();
        let client = pair.split_once(':').unwrap().0.to_owned();
        // Who shows itself in two ways is refused, as the standard has it.
        assert_eq!(form.insert("client_id".to_owned(), client), None);
        form.insert("(basic)".to_owned(), pair);
    }
    logins.book.lock().unwrap().asked.push((path.clone(), form.clone()));
    logins.may.acquire().await.unwrap().forget();
    let say = logins.book.lock().unwrap().says.pop_front();
    let (status, value) = match say {
        Some(Say::Error(error)) => (StatusCode::BAD_REQUEST, json!({"error": error})),
        Some(Say::Status(status)) => (StatusCode::from_u16(status).unwrap(), json!({})),
        Some(Say::Redirect(to)) => {
            return Response::builder()
                .status(307)
                .header(header::LOCATION, to)
                .body(axum::body::Body::empty())
                .unwrap();
        }
        None if path == "/token" => logins.token(&form),
        None => {
            let begun = json!({"device_code": "device-planted-1", "user_code": "WDJB-MJHT", "interval": 1,
                "verification_uri": "https://login.example.org/device", "expires_in": 30});
            (StatusCode::OK, begun)
        }
    };
    Response::builder().status(status).body(value.to_string().into()).unwrap()
}

/// The fields of a form or of a question.
pub(crate) fn fields(text: &str) -> BTreeMap<String, String> {
    let plain = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(if byte == b'%' {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            } else {
                byte
            });
        }
        String::from_utf8(bytes).unwrap()
    };
    text.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (plain(name), plain(value))).collect()
}

/// The accounts of a world that will be in this folder.
pub(crate) fn vault(folder: &tempfile::TempDir) -> Vault {
    Vault::beside(&folder.path().join("data/eavs.db"), &AccountsSettings::default())
}

pub(crate) fn now_ms() -> i64 {
    oqto_gateway::book::system_clock()()
}

/// A login of the provider `house` that ends in so many seconds, from tokens of an hour ago.
pub(crate) fn login(label: &str, access: &str, refresh: &str, ends_in_seconds: i64) -> Record {
    let now = now_ms();
    let grant = Grant {
        access: Secret::new(access),
        refresh: Some(Secret::new(refresh)),
        obtained_at_ms: now - 3_600_000,
        expires_at_ms: Some(now + ends_in_seconds * 1000),
        ended: None,
    };
    Record {
        provider: "house".to_owned(),
        label: label.to_owned(),
        weight: 1,
        added_at_ms: now,
        secrets: Secrets::Oauth(grant),
    }
}

pub(crate) fn key(provider: &str, label: &str, key: &str) -> Record {
    Record {
        provider: provider.to_owned(),
        label: label.to_owned(),
        weight: 1,
        added_at_ms: now_ms(),
        secrets: Secrets::ApiKey(Secret::new(key)),
    }
}

pub(crate) fn put(vault: &Vault, record: Record) {
    vault.change(Change::Put(Box::new(record))).unwrap();
}

/// The tokens of an account, as they are kept.
pub(crate) fn kept(vault: &Vault, label: &str) -> Grant {
    match vault.read().unwrap().find("house", label).unwrap().secrets.clone() {
        Secrets::Oauth(grant) => grant,
        Secrets::ApiKey(_) => panic!("{label} is a key"),
    }
}
