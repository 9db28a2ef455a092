//! Certificates that are trusted for one provider beside those of the system.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use super::client::Secure;

/// The certificates of a file, for the connections of one provider.
#[derive(Debug)]
pub(crate) struct Trust {
    path: PathBuf,
    client: OnceLock<Result<Secure, String>>,
}

impl Trust {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_path_buf(), client: OnceLock::new() }
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How connections are secured that trust them. Made when they are needed first.
    pub(super) fn client(&self) -> Result<&Secure, String> {
        let made = self.client.get_or_init(|| config(&self.path).map(Arc::new));
        made.as_ref().map_err(Clone::clone)
    }
}

/// The certificates of a file in PEM.
pub(crate) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let text = std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let all = all.map_err(|error| format!("{} is no file of certificates in PEM: {error}", path.display()))?;
    if all.is_empty() {
        return Err(format!("{} holds no certificate", path.display()));
    }
    let mut store = RootCertStore::empty();
    for one in &all {
        store.add(one.clone()).map_err(|error| format!("{} holds a broken certificate: {error}", path.display()))?;
    }
    Ok(all)
}

fn config(path: &Path) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    // A system without certificates of its own is no reason against those that were named.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots.add_parsable_certificates(certificates(path)?);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(config.map_err(|error| error.to_string())?.with_root_certificates(roots).with_no_client_auth())
}
