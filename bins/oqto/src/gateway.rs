//! The model gateway that agents of this user's own runner ask: eavs, started on demand, started again when it ends.
//!
//! It is a daemon of its own, as the runner is: agents go on when the server stops, and so does what they ask. It gets
//! the providers' keys from the environment of whoever starts it, and answers on its admin socket and on a loopback
//! address, with a key always. The runner and its agents get none of the providers' keys.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use oqto_harness::pi::PROVIDER_ENVIRONMENT;
use oqto_kit::{Ctx, Dirs, Error, OrFail as _, Result, dirs};
use oqto_process::helper::{Environment, Helper, Look, OnDemand, OnDemandError};
use oqto_protocol::env;
use oqto_protocol::error::ErrorKind;
use oqto_protocol::provider_keys::{Address, PROVIDER_KEYS, ProviderKey};
use oqto_whole::Access;
use oqto_wire::unix::{self, SocketError, ensure_private_folder};
use tokio::io::AsyncReadExt as _;
use tokio::net::UnixStream;

use crate::config::GatewaySettings;
use crate::replacing;

/// How long it may take from its start until it answers.
const START: Duration = Duration::from_secs(20);
/// The pauses between starts when it keeps ending.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// One that lived so long is started at once when it ends.
const LIVED: Duration = Duration::from_secs(20);

/// The gateway of this user.
pub(crate) struct Gateway {
    socket: PathBuf,
    daemon: OnDemand,
    /// What says that there are providers: variables, or a file.
    pub(crate) providers: String,
}

impl Gateway {
    /// The gateway, if there is anything for it to offer: a configuration of its own, or keys in the environment.
    ///
    /// # Errors
    /// When the program is missing, or its files cannot be written.
    pub(crate) fn find(ctx: &Ctx, dirs: &Dirs, settings: &GatewaySettings) -> Result<Option<Self>> {
        let own = dirs.config.join("eavs.toml");
        let found = found_keys(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
        if found.is_empty() && !own.is_file() {
            return Ok(None);
        }
        let program = dirs::sibling("eavs")?;
        ensure_private_folder(&dirs.state).or_fail(ErrorKind::Failed, || "the folder of the gateway cannot be used")?;
        let socket = std::env::var_os(env::EAVS_SOCKET)
            .filter(|path| !path.is_empty())
            .map_or_else(|| dirs.runtime.join("eavs.sock"), PathBuf::from);
        let mut start = Helper::new(program).arg("serve").arg("--socket").arg(&socket);
        let providers = if own.is_file() {
            ctx.note(&format!("the model gateway is configured by {}", own.display()));
            own.display().to_string()
        } else {
            let file = dirs.state.join("gateway.toml");
            write(&file, &configuration(&found))?;
            start = start.arg("--config").arg(&file);
            found.iter().map(|key| key.variable).collect::<Vec<_>>().join(", ")
        };
        if let Some(listen) = listen(settings, dirs)? {
            start = start.arg("--listen").arg(listen);
        }
        // By this it is known again as one that may be started anew.
        let mark = vec![(OsString::from(env::OQTO_GATEWAY), socket.clone().into_os_string())];
        let daemon = OnDemand::new(
            Some(start.environment(Environment::InheritedWith(mark))),
            dirs.state.join("eavs.log"),
            START,
        );
        Ok(Some(Self { socket, daemon, providers }))
    }

    /// Its admin socket.
    pub(crate) fn socket(&self) -> &Path {
        &self.socket
    }

    /// What a runner gets: everything of this process but what the gateway is there for.
    pub(crate) fn environment(&self) -> Environment {
        let kept = |name: &OsString| {
            let name = name.to_string_lossy();
            name.starts_with("PI_") || !PROVIDER_ENVIRONMENT.contains(&name.as_ref())
        };
        let mut all: Vec<_> = std::env::vars_os().filter(|(name, _)| kept(name)).collect();
        all.retain(|(name, _)| name != env::OQTO_GATEWAY);
        all.push((env::OQTO_GATEWAY.into(), self.socket.clone().into_os_string()));
        Environment::Exactly(all)
    }

    /// Starts it unless it answers already. One that this program started without a key that is set now, or with
    /// another, is started anew; sessions that run do not notice, since their keys are in its book.
    ///
    /// # Errors
    /// Why it does not come up, with its own words.
    pub(crate) async fn start(&self, ctx: &Ctx) -> Result<()> {
        if let Ok(stream) = unix::connect(&self.socket).await
            && let Some(pid) = stream.peer_cred().ok().and_then(|peer| peer.pid())
            && is_outdated(&std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default())
        {
            drop(stream);
            ctx.note("starting the model gateway anew, since the keys in the environment are others now");
            replacing::end(pid, &self.socket).await;
        }
        self.reach().await.map(drop).map_err(|error| self.failed(error))
    }

    async fn reach(&self) -> Result<UnixStream, OnDemandError<SocketError>> {
        let look = || async { Look::of(unix::connect(&self.socket).await, SocketError::is_absent) };
        self.daemon.reach(look).await
    }

    /// Starts it again whenever it ends, with pauses when it keeps ending.
    pub(crate) async fn keep(&self) {
        let mut pause = FIRST_PAUSE;
        loop {
            let since = Instant::now();
            match self.reach().await {
                // A connection that nothing is asked on ends with it, or after a while; then one looks again.
                Ok(mut stream) => drop(stream.read(&mut [0]).await),
                Err(error) => {
                    let error = self.failed(error);
                    tracing::error!("{}", error.message());
                }
            }
            if since.elapsed() >= LIVED {
                pause = FIRST_PAUSE;
                continue;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn failed(&self, error: OnDemandError<SocketError>) -> Error {
        let said = |what| Error::new(ErrorKind::Unreachable, what);
        match error {
            OnDemandError::Absent(why) => said("the model gateway cannot be reached").because(why),
            OnDemandError::Start(why) => said("the model gateway cannot be started").because(why),
            why @ (OnDemandError::Ended { .. } | OnDemandError::Deadline { .. }) => {
                said("the model gateway does not answer")
                    .because(why)
                    .hint(format!("see {}, or: eavs doctor", self.daemon.log().display()))
            }
        }
    }
}

/// The providers whose key is in the environment, and that need no more than it.
fn found_keys(is_set: impl Fn(&str) -> bool) -> Vec<ProviderKey> {
    let found = PROVIDER_KEYS.into_iter().filter(|key| key.address == Address::Published && is_set(key.variable));
    found.collect()
}

/// Keys are named, not written down.
fn configuration(found: &[ProviderKey]) -> String {
    let mut text =
        "# Written by `oqto serve` from the keys in its environment. For a configuration of your own: eavs init\n"
            .to_owned();
    for ProviderKey { provider, variable, .. } in found {
        let _infallible = write!(text, "\n[providers.{provider}]\napi_key = \"env:{variable}\"\n");
    }
    text
}

/// Whether a process of ours has another environment than it would get now.
fn is_outdated(environ: &[u8]) -> bool {
    let has = |name: &str| {
        let begin = format!("{name}=");
        environ.split(|byte| *byte == 0).find_map(|entry| entry.strip_prefix(begin.as_bytes()))
    };
    let now = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let differs = |name: &str| {
        now(name).is_some_and(|value| has(name) != Some(std::os::unix::ffi::OsStrExt::as_bytes(value.as_os_str())))
    };
    has(env::OQTO_GATEWAY).is_some() && PROVIDER_KEYS.iter().any(|key| differs(key.variable))
}

/// Where it is to listen, if that is said. Sessions know the address, so that port 0 is one free port for good.
fn listen(settings: &GatewaySettings, dirs: &Dirs) -> Result<Option<String>> {
    let Some(asked) = settings.listen.strip_suffix(":0") else {
        return Ok((!settings.listen.is_empty()).then(|| settings.listen.clone()));
    };
    let file = dirs.state.join("gateway-port");
    let known = std::fs::read_to_string(&file).ok().and_then(|port| port.trim().parse::<u16>().ok());
    let port = match known {
        Some(port) => port,
        None => {
            let port = std::net::TcpListener::bind((asked, 0)).and_then(|free| free.local_addr());
            let port =
                port.or_fail(ErrorKind::Config, || format!("no port of {asked} is free for the model gateway"))?.port();
            write(&file, &format!("{port}\n"))?;
            port
        }
    };
    Ok(Some(format!("{asked}:{port}")))
}

fn write(path: &Path, text: &str) -> Result<()> {
    let written = oqto_whole::write(path, text.as_bytes(), Access::Owner);
    written.or_fail(ErrorKind::Failed, || format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_names_keys_and_has_none() {
        let found = found_keys(|name| ["ANTHROPIC_API_KEY", "GROQ_API_KEY", "AZURE_OPENAI_API_KEY"].contains(&name));
        let text = configuration(&found);
        let expected = "\n[providers.anthropic]\napi_key = \"env:ANTHROPIC_API_KEY\"\n\
            \n[providers.groq]\napi_key = \"env:GROQ_API_KEY\"\n";
        assert!(text.ends_with(expected), "{text}");
    }

    #[test]
    fn only_a_process_of_ours_is_outdated() {
        assert!(!is_outdated(b"HOME=/x\0"));
        assert!(!is_outdated(b"HOME=/x\0OQTO_GATEWAY=/s\0"));
    }
}
