//! A provider behind a certificate of an authority of one's own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use oqto_gateway::accounts::oauth::{Login, LoginError};
use oqto_gateway::config::{ProviderSettings, UpstreamSettings};
use tokio::sync::oneshot;

use super::flows::visit;
use super::logins::{Logins, fields};
use crate::support::{SURELY, World};

/// An authority, and its certificate in a file.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    file: PathBuf,
}

impl Authority {
    fn new(folder: &Path, name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let file = folder.join(format!("{name}.pem"));
        std::fs::write(&file, params.self_signed(&key).unwrap().pem()).unwrap();
        Self { issuer: Issuer::new(params, key), file }
    }

    /// What a server for this name speaks with.
    fn acceptor(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &self.issuer).unwrap();
        let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(chain, key).unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    /// A server that answers every request, for this name. Gives its port.
    async fn serves(&self, name: &str) -> u16 {
        let acceptor = self.acceptor(name);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let mut heard = Vec::new();
                    while !heard.ends_with(b"}") {
                        if stream.read_buf(&mut heard).await.unwrap_or(0) == 0 {
                            return;
                        }
                    }
                    let body = json!({"id": "over tls", "choices": []}).to_string();
                    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
                    let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
                    let _ = stream.write_all(answer.as_bytes()).await;
                    let _ = stream.shutdown().await;
                });
            }
        });
        port
    }
}

async fn ask(settings: &str) -> (u16, String) {
    let toml =
        format!("upstream = {{retries = 0}}\n[providers.house]\nkind = 'openai_compatible'\napi_key = 'k'\n{settings}");
    let world = World::start(&toml).await;
    let any = world.any_key().await;
    let heard = world.post("/house/v1/chat/completions", &any, &json!({"model": "m", "messages": []})).await;
    let said = &heard.json()["error"]["message"];
    (heard.status, said.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_certificate_is_trusted_where_its_authority_was_named() {
    let folder = tempfile::tempdir().unwrap();
    let (own, other) = (Authority::new(folder.path(), "own"), Authority::new(folder.path(), "other"));
    let (here, elsewhere) = (own.serves("127.0.0.1").await, own.serves("elsewhere.example").await);
    let at = |port: u16| format!("base_url = 'https://127.0.0.1:{port}/v1'");
    let trusting = |authority: &Authority, port| format!("{}\nca_file = '{}'", at(port), authority.file.display());
    assert_eq!(ask(&trusting(&own, here)).await, (200, String::new()));

    for (settings, why) in [
        (at(here), "UnknownIssuer"),
        (trusting(&other, here), "UnknownIssuer"),
        (trusting(&own, elsewhere), "not valid for name"),
    ] {
        let (status, said) = ask(&settings).await;
        assert_eq!(status, 502);
        assert!(said.contains("invalid peer certificate") && said.contains("ca_file"), "{said}");
        assert!(said.contains(why), "{why}: {said}");
    }
}

#[tokio::test]
async fn a_file_that_holds_no_certificate_is_refused_when_it_is_configured() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, "hello").unwrap();
    let toml = format!("[providers.house]\nkind = 'vllm'\nca_file = '{}'\n", file.display());
    let settings = toml::from_str(&toml).unwrap();
    let said: Vec<_> = oqto_gateway::config::check(&settings, &|_| None).into_iter().map(|one| one.problem).collect();
    assert_eq!(said, [format!("{} holds no certificate", file.display())]);
}

#[tokio::test]
async fn a_login_trusts_the_authority_of_its_provider() {
    let folder = tempfile::tempdir().unwrap();
    let (own, other) = (Authority::new(folder.path(), "own"), Authority::new(folder.path(), "other"));
    let logins = Logins::over_tls(own.acceptor("127.0.0.1")).await;
    let login = |trusted: &str| {
        let settings: ProviderSettings = toml::from_str(&format!("{}{trusted}", logins.settings())).unwrap();
        Login::new(&settings, &UpstreamSettings::default(), &|_| None).unwrap()
    };
    let by_browser = async |login: Login| {
        let (tell, told) = oneshot::channel();
        let logging_in = login.by_browser(SURELY, |visit| tell.send(visit.clone()).unwrap());
        let browsing = async {
            let shown = told.await.unwrap();
            let asked = fields(shown.address.split_once('?').unwrap().1);
            logins.allow("code-planted-1", &asked["code_challenge"], &asked["redirect_uri"]);
            visit(&format!("{}?state={}&code=code-planted-1", shown.returns_to, asked["state"])).await;
        };
        tokio::join!(logging_in, browsing).0
    };
    let trusting = |authority: &Authority| format!("ca_file = '{}'", authority.file.display());
    let grant = by_browser(login(&trusting(&own))).await.unwrap();
    assert_eq!(grant.access.expose(), "access-planted-1");
    let grant = login(&trusting(&own)).by_device(SURELY, |_| {}).await.unwrap();
    assert_eq!(grant.access.expose(), "access-planted-2");
    for trusted in [String::new(), trusting(&other)] {
        for failed in [by_browser(login(&trusted)).await, login(&trusted).by_device(SURELY, |_| {}).await] {
            let told = failed.unwrap_err();
            assert!(matches!(told, LoginError::Unreachable { .. }), "{told}");
            assert!(told.to_string().contains("UnknownIssuer"), "{told}");
        }
    }
}
