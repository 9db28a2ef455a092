//! Encrypted instances: one that nobody trusts is refused, and works once it is trusted.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

use crate::server::{Answer, Server};
use crate::{results, stdout, sx_with};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sx/tls"))
}

/// A server with the certificate of the tests; its address.
fn encrypted() -> String {
    let certificate = CertificateDer::from_pem_file(folder().join("certificate.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder().join("key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut socket in listener.incoming().map_while(Result::ok) {
            let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = Stream::new(&mut connection, &mut socket);
            let mut head = [0; 4096];
            // A client that does not trust us goes away here.
            if stream.read(&mut head).is_err() {
                continue;
            }
            let body = results(1).to_string();
            let answer = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
            connection.send_close_notify();
            let _ = connection.complete_io(&mut socket);
        }
    });
    format!("https://127.0.0.1:{port}")
}

#[test]
fn a_certificate_that_nobody_trusts_is_refused_until_it_is_trusted() {
    let url = encrypted();
    // Some root of a system that has none would be an error of another kind.
    let certificate = folder().join("certificate.pem");
    let trusted = certificate.to_str().unwrap();
    let arguments = ["x", "--json", "--searxng-url", &url];
    let refused = sx_with(&arguments, "", &[("SSL_CERT_DIR", "/nonexistent")]);
    assert_eq!(refused.status.code(), Some(69), "{refused:?}");
    let said = stdout(&refused);
    assert!(said.contains("no encrypted connection") && said.contains("--no-verify-ssl"), "{said}");
    let unverified = sx_with(&["x", "--json", "--no-verify-ssl", "--searxng-url", &url], "", &[]);
    assert_eq!(unverified.status.code(), Some(0), "{unverified:?}");
    let verified = sx_with(&arguments, "", &[("SSL_CERT_FILE", trusted)]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
}

#[test]
fn a_server_that_speaks_in_the_clear_is_told_from_one_that_is_not_there() {
    let plain = Server::start(|_| Answer::json(&results(1)));
    let url = plain.url().replace("http://", "https://");
    let refused = sx_with(&["x", "--json", "--searxng-url", &url], "", &[]);
    assert_eq!(refused.status.code(), Some(69), "{refused:?}");
    assert!(stdout(&refused).contains("no encrypted connection"), "{refused:?}");
}
