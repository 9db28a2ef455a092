//! Which models the agents of this user's own runner talk to: the person's provider, or the built-in scripted model when
//! none is connected, or the model gateway. A runner that was started under another choice, with another Pi, or without a
//! key that is there now, is started anew; its agents go on, since their holders keep them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use oqto_harness::pi::{PROVIDER_ENVIRONMENT, is_provider_key};
use oqto_kit::{Ctx, Dirs, OrFail as _, Result};
use oqto_process::helper::Environment;
use oqto_protocol::command::RunnerDetails;
use oqto_protocol::env;
use oqto_protocol::error::ErrorKind;
use oqto_protocol::frame::{Channel, Frame};
use oqto_scripted::demo::{self, Demo};
use oqto_wire::{greeting, peer, unix};

use crate::config::GatewaySettings;
use crate::gateway::Gateway;
use crate::replacing;

/// How long a runner may take to answer.
const DEADLINE: Duration = Duration::from_secs(10);

/// What the runner's agents talk to.
pub(super) enum Provider {
    /// The person's own; names the variable or file that says so.
    Own(String),
    /// The scripted model; it serves as long as this is kept.
    Demo(Box<Demo>),
    /// The model gateway, which has the person's keys.
    Gateway(Box<Gateway>),
}

impl Provider {
    /// Finds out, and starts the scripted model where it is needed.
    pub(super) async fn find(ctx: &Ctx, dirs: &Dirs, forced: bool, gateway: &GatewaySettings) -> Result<Self> {
        if gateway.enabled && !forced {
            if let Some(found) = Gateway::find(ctx, dirs, gateway)? {
                found.start(ctx).await?;
                return Ok(Self::Gateway(Box::new(found)));
            }
            ctx.printer().warn("the model gateway is not used: no provider's key that it knows is in the environment");
        }
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let agent_dir =
            std::env::var_os("PI_CODING_AGENT_DIR").map_or_else(|| dirs.home.join(".pi").join("agent"), PathBuf::from);
        let keys: Vec<&str> = PROVIDER_ENVIRONMENT.iter().copied().filter(|name| is_provider_key(name)).collect();
        match demo::own_provider(&keys, is_set, &agent_dir) {
            Some(own) if !forced => Ok(Self::Own(own)),
            Some(_) | None => {
                let workspace = dirs.data.join("sample-workspace");
                let started = demo::start(&dirs.data.join("demo"), &workspace).await;
                let demo = started.or_fail(ErrorKind::Failed, || "the demo model cannot be started")?;
                Ok(Self::Demo(Box::new(demo)))
            }
        }
    }

    /// What says that a provider is connected.
    pub(super) fn named(&self) -> Option<&str> {
        match self {
            Self::Own(named) => Some(named),
            Self::Gateway(gateway) => Some(&gateway.providers),
            Self::Demo(_) => None,
        }
    }

    /// The model gateway, where it is used.
    pub(super) const fn gateway(&self) -> Option<&Gateway> {
        match self {
            Self::Gateway(gateway) => Some(gateway),
            Self::Own(_) | Self::Demo(_) => None,
        }
    }

    /// Keeps up what it needs, for as long as this is waited for.
    pub(super) async fn keep(&self) {
        if let Some(gateway) = self.gateway() {
            gateway.keep().await;
        }
    }

    /// Whether it is the scripted model.
    pub(super) const fn is_demo(&self) -> bool {
        matches!(self, Self::Demo(_))
    }

    /// What a runner that is started now gets.
    pub(super) fn environment(&self) -> Environment {
        match self {
            Self::Own(_) => Environment::Inherited,
            Self::Gateway(gateway) => gateway.environment(),
            Self::Demo(demo) => {
                let set = vec![(OsString::from(env::OQTO_DEMO_PI_DIR), demo.agent_dir.clone().into_os_string())];
                Environment::InheritedWith(set)
            }
        }
    }

    /// Lets a runner go that runs under another choice or lacks a key that is set now.
    pub(super) async fn settle(&self, ctx: &Ctx, dirs: &Dirs) {
        let Ok(stream) = unix::connect(&dirs.runner_socket()).await else { return };
        let pid = stream.peer_cred().ok().and_then(|peer| peer.pid());
        let Some(details) = details(stream).await else { return };
        let lacks = |name: &&&str| {
            std::env::var_os(**name).is_some_and(|value| !value.is_empty())
                && !details.agent_environment.iter().any(|passed| passed == **name)
        };
        let missing = PROVIDER_ENVIRONMENT.iter().filter(|name| is_provider_key(name)).find(lacks);
        let is_set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let gateway = self.gateway().map(Gateway::socket);
        let same = details.demo == self.is_demo()
            && details.gateway.as_ref().map(|used| Path::new(&used.socket)) == gateway
            && details.pi_command == is_set(env::OQTO_PI)
            && (gateway.is_some() || self.is_demo() || missing.is_none());
        let Some(pid) = pid.filter(|_| !same) else { return };
        ctx.note("starting the runner anew, since it was started for other models or another Pi; agents go on");
        replacing::end(pid, &dirs.runner_socket()).await;
    }
}

async fn details(stream: tokio::net::UnixStream) -> Option<RunnerDetails> {
    let (source, sink) = unix::lines(stream);
    let hello = greeting::hello(concat!("oqto/", env!("CARGO_PKG_VERSION")), &[]);
    let asked = async {
        let (peer, events, driver) = peer::open(source, sink, hello).await.ok()?;
        drop(events);
        let frame = Frame { channel: Some(Channel::Agent), cmd: Some("runner.info".to_owned()), ..Frame::default() };
        tokio::select! {
            reply = peer.call(frame, DEADLINE) => reply.ok()?.decode().ok(),
            _ = driver.run() => None,
        }
    };
    tokio::time::timeout(DEADLINE, asked).await.ok().flatten()
}
