//! A real relay on a loopback port, with runners in memory.

pub(crate) mod browser;
pub(crate) mod http;
pub(crate) mod runner;

use oqto_kit::Tasks;
use oqto_relay::auth::{Allowed, Authenticator, SignIns};
use oqto_relay::runners::Runners;
use oqto_relay::{Parts, Relay, server};
use oqto_wire::unix::Listener;
use runner::FakeRunner;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// No condition of these tests takes longer than this; most take a millisecond.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

pub(crate) struct Server {
    pub(crate) relay: Arc<Relay>,
    pub(crate) address: SocketAddr,
    pub(crate) tasks: Tasks,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) runners: Vec<FakeRunner>,
}

impl Server {
    /// A relay with runners of these names.
    pub(crate) async fn with_runners(names: &[&str]) -> Self {
        Self::in_folder(names, tempfile::tempdir().unwrap()).await
    }

    pub(crate) async fn start() -> Self {
        Self::with_runners(&["local"]).await
    }

    pub(crate) async fn in_folder(names: &[&str], folder: tempfile::TempDir) -> Self {
        let runners: Vec<FakeRunner> = names.iter().map(|name| FakeRunner::new(name)).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let sign_ins = SignIns::open(&folder.path().join("sign-ins.json")).unwrap();
        let tasks = Tasks::new();
        let parts = Parts {
            runners: Runners::new(runners.iter().map(FakeRunner::runner).collect()),
            authenticator: Authenticator::single(sign_ins, 1),
            allowed: Allowed::default(),
            address: format!("http://{address}"),
            version: "0.0.0".to_owned(),
            demo: false,
        };
        let relay = Relay::new(parts, tasks.clone());
        let admin = Listener::bind(&folder.path().join("run/admin.sock")).unwrap();
        server::serve_admin_socket(&relay, admin);
        let serving = Arc::clone(&relay);
        tasks.spawn("http", async move {
            server::serve(serving, listener).await.unwrap();
        });
        Self { relay, address, tasks, folder, runners }
    }

    /// Signs in by a link and gives the cookie, as a browser would send it.
    pub(crate) async fn sign_in(&self) -> String {
        let link = self.relay.new_link().unwrap().url;
        let path = link.split_once("/login").unwrap().1;
        let response = http::get(self, &format!("/login{path}"), &[]).await;
        assert_eq!(response.status, 303, "{}", response.body);
        let cookie = response.header("set-cookie").unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) async fn stop(self) {
        self.tasks.drain(DEADLINE).await.unwrap();
    }
}

/// Waits for something with the common deadline.
pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(DEADLINE, future).await {
        Ok(value) => value,
        Err(_) => panic!("waited too long for {what}"),
    }
}
