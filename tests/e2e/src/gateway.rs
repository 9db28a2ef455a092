//! A gateway in a test's world: its configuration, and what its admin socket says.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use oqto_protocol::ids::SessionId;
use oqto_testkit::wait;
use rustix::process::Signal;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;

use crate::world::World;
use crate::{DEADLINE, Outcome};

/// What a provider's key looks like here: nothing that begins so may be with an agent.
pub const PROVIDER_KEY: &str = "sk-e2e-provider-key";

/// The gateway's providers, one for each API that Pi speaks with it, all of them the world's scripted model.
pub const PROVIDERS: [&str; 3] = ["eavs-chatting", "eavs-responding", "eavs-messaging"];

impl World {
    /// Configures the gateway, and `oqto serve` to use it. `runner` is what `runner.toml` says about it.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn use_gateway(&mut self, runner: &str) -> Outcome {
        let folder = self.config();
        fs::create_dir_all(&folder)?;
        let model = "[{ id = \"demo\", context = 100000, max_output = 2000, reasoning = true, input = [\"text\", \"image\"], \
            cost = { input = 3.0, output = 15.0, cache_read = 0.3, cache_write = 3.75 } }]";
        let provider = |name: &str, kind: &str, url: String| {
            format!(
                "[providers.{name}]\nkind = \"{kind}\"\nbase_url = \"{url}\"\napi_key = \"env:OPENAI_API_KEY\"\nmodels = {model}\n\n"
            )
        };
        let openai = self.model.openai_url();
        let text = provider("chatting", "openai_compatible", openai.clone())
            + &provider("responding", "openai", openai)
            + &provider("messaging", "anthropic", format!("{}/v1", self.model.url()));
        fs::write(folder.join("eavs.toml"), text)?;
        fs::write(folder.join("config.toml"), "[gateway]\nenabled = true\nlisten = \"127.0.0.1:0\"\n")?;
        self.runner_says(runner)?;
        let keys = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY"];
        self.environment.extend(keys.map(|name| (name.to_owned(), format!("{PROVIDER_KEY}-{name}"))));
        Ok(())
    }

    /// Starts `oqto serve`, and waits until it has started the runner.
    ///
    /// # Errors
    /// When one of them does not come up.
    pub async fn start_served(&mut self) -> Outcome {
        let browser = self.start_relay().await?;
        let mut client = browser.open().await?;
        client.call("runner.info", None, json!({})).await?;
        Ok(())
    }

    /// What `runner.toml` says about the gateway from now on.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn runner_says(&self, gateway: &str) -> Outcome {
        Ok(fs::write(self.config().join("runner.toml"), format!("[gateway]\n{gateway}\n"))?)
    }

    fn config(&self) -> PathBuf {
        self.home.config().join("oqto")
    }

    /// The gateway's admin socket.
    pub fn gateway_socket(&self) -> PathBuf {
        self.home.runtime().join("oqto/eavs.sock")
    }

    /// Asks the gateway's admin routes: the status and the answer.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn ask_gateway(&self, method: &str, path: &str) -> Outcome<(u16, Value)> {
        let mut stream = UnixStream::connect(self.gateway_socket()).await?;
        let request = format!("{method} {path} HTTP/1.1\r\nhost: eavs\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        tokio::time::timeout(DEADLINE, stream.read_to_string(&mut answer)).await??;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
        Ok((status, serde_json::from_str(body)?))
    }

    /// How a session stands with the gateway.
    ///
    /// # Errors
    /// When the gateway does not know it.
    pub async fn standing(&self, session: SessionId) -> Outcome<Value> {
        let (status, answer) = self.ask_gateway("GET", &format!("/admin/sessions/{session}")).await?;
        if status == 200 { Ok(answer) } else { Err(format!("{status}: {answer}").into()) }
    }

    /// Waits until no key of a session counts.
    ///
    /// # Errors
    /// When one goes on to.
    pub async fn no_key_of(&self, session: SessionId) -> Outcome {
        let closed = || async { (self.standing(session).await.ok()?["closed"] == true).then_some(()) };
        Ok(wait::until("the end of the session's key", DEADLINE, closed).await?)
    }

    /// Kills the gateway as it stands, and waits until another one answers.
    ///
    /// # Errors
    /// When none runs, or none comes.
    pub async fn kill_gateway(&self) -> Outcome {
        let running = self.find("eavs");
        let old = running.iter().find(|one| one.program == "eavs").ok_or("no gateway runs")?;
        old.signal(Signal::KILL);
        let another = || async {
            let new = self.find("eavs").into_iter().find(|one| one.program == "eavs" && one.pid != old.pid)?;
            self.ask_gateway("GET", "/admin/status").await.ok().map(|_| new)
        };
        wait::until("another gateway", Duration::from_secs(60), another).await?;
        Ok(())
    }
}
