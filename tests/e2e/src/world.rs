//! A world of its own for a test: home, scripted model, real Pi, real runner.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use oqto_testkit::demo::{self, Providers};
use oqto_testkit::home::Home;
use oqto_testkit::model::{Manner, ModelServer};
use oqto_testkit::pi::{Generation, Pi};
use oqto_testkit::{binaries, wait};
use rustix::process::Signal;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};

use crate::browser::Browser;
use crate::client::Client;
use crate::process::{Inhabitant, command, inhabitants, kill_and_reap};
use crate::session::Session;
use crate::{DEADLINE, Outcome};

/// How long a runner that serves its socket may take to say hello to somebody who only looks.
const SPEAKS: Duration = Duration::from_secs(1);

/// Everything that a session needs, and nothing that the machine has.
pub struct World {
    /// Its home.
    pub home: Home,
    /// The model that its Pi talks to.
    pub model: ModelServer,
    /// What the programs that the tests start get besides their hermetic environment.
    pub environment: Vec<(String, String)>,
    runner: Option<Child>,
    relay: Option<Child>,
    relay_at: Option<SocketAddr>,
}

impl World {
    /// A world with a Pi of one generation, and no runner yet.
    ///
    /// # Errors
    /// When something it needs is not installed or built.
    pub async fn new(generation: Generation) -> Outcome<Self> {
        let home = Home::new()?;
        let model = ModelServer::start(Manner::Scripted).await?;
        demo::write_agent_dir(&home.pi_agent_dir(), &model, Providers::Every)?;
        Pi::find(generation)?.install(&home)?;
        Ok(Self { home, model, environment: Vec::new(), runner: None, relay: None, relay_at: None })
    }

    /// A world whose runner is up.
    ///
    /// # Errors
    /// When something it needs is not installed or built, or the runner does not come up.
    pub async fn with_runner(generation: Generation) -> Outcome<Self> {
        let mut world = Self::new(generation).await?;
        world.start_runner().await?;
        Ok(world)
    }

    /// One of our programs in this world.
    ///
    /// # Errors
    /// When it is not built.
    pub fn program(&self, name: &str) -> Outcome<Command> {
        let mut program = command(&self.home, binaries::bin(name)?);
        program.envs(self.environment.iter().cloned());
        Ok(program)
    }

    /// Starts the runner's daemon and waits until it answers.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn start_runner(&mut self) -> Outcome {
        let log = std::fs::File::options().create(true).append(true).open(self.runner_log())?;
        let mut runner = self.program("oqto-runner")?;
        self.runner = Some(runner.arg("serve").stdout(Stdio::null()).stderr(log).spawn()?);
        // One that is stopped, and still has the socket, accepts and says nothing.
        let speaks = || async { tokio::time::timeout(SPEAKS, self.client()).await.ok()?.ok().map(drop) };
        wait::until("the runner's socket", DEADLINE, speaks).await?;
        Ok(())
    }

    /// Where the runner's words go.
    pub fn runner_log(&self) -> PathBuf {
        self.home.root().join("runner.log")
    }

    /// The runner's socket.
    pub fn socket(&self) -> PathBuf {
        self.home.runtime().join("oqto/runner.sock")
    }

    /// A new connection to the runner.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn client(&self) -> Outcome<Client> {
        Client::connect(&self.socket()).await
    }

    /// A new session in the world's `work` folder, followed from its beginning.
    ///
    /// # Errors
    /// When the runner refuses.
    pub async fn session(&self) -> Outcome<Session> {
        self.session_with(json!({})).await
    }

    /// [`World::session`] with further parameters of `session.create`.
    ///
    /// # Errors
    /// When the runner refuses.
    pub async fn session_with(&self, params: Value) -> Outcome<Session> {
        let mut all = json!({"harness": "pi", "workspace": self.home.work()});
        if let (Some(all), Value::Object(params)) = (all.as_object_mut(), params) {
            all.extend(params);
        }
        Session::create(self.client().await?, all).await
    }

    /// Kills the runner as it stands.
    ///
    /// # Errors
    /// When it does not run.
    pub async fn kill_runner(&mut self) -> Outcome {
        kill_and_reap(self.runner.as_mut().ok_or("no runner was started")?).await?;
        self.runner = None;
        Ok(())
    }

    /// Hands the runner's process over: it is no longer this world's runner, whatever it does.
    ///
    /// # Errors
    /// When it does not run.
    pub fn give_up_runner(&mut self) -> Outcome<Child> {
        self.runner.take().ok_or_else(|| "no runner was started".into())
    }

    /// Where the relay listens: a free port at first, and the same again after a restart.
    fn listen(&self) -> String {
        self.relay_at.map_or_else(|| "127.0.0.1:0".into(), |address| address.to_string())
    }

    /// Starts `oqto serve` and signs a browser in by the link it prints.
    ///
    /// # Errors
    /// When it does not come up, or the link does not sign in.
    pub async fn start_relay(&mut self) -> Outcome<Browser> {
        let mut relay = self.program("oqto")?;
        relay.args(["serve"]).env("OQTO_LISTEN", self.listen());
        let log = std::fs::File::options().create(true).append(true).open(self.home.root().join("relay.log"))?;
        let mut relay = relay.stdout(Stdio::piped()).stderr(log).spawn()?;
        let out = relay.stdout.take().ok_or("no stdout")?;
        self.relay = Some(relay);
        let link = tokio::time::timeout(DEADLINE, first_link(out)).await??;
        let browser = Browser::sign_in(&link).await?;
        self.relay_at = Some(browser.server);
        Ok(browser)
    }

    /// Kills the relay as it stands.
    ///
    /// # Errors
    /// When it does not run.
    pub async fn kill_relay(&mut self) -> Outcome {
        kill_and_reap(self.relay.as_mut().ok_or("no relay was started")?).await?;
        self.relay = None;
        Ok(())
    }

    /// The relay's own socket, for the programs of its user.
    pub fn admin_socket(&self) -> PathBuf {
        self.home.runtime().join("oqto/admin.sock")
    }

    /// The processes of Pi.
    pub fn pis(&self) -> Vec<Inhabitant> {
        // Pi gives itself a name of its own, so its command line does not tell; its interpreter does.
        let is_pi = |one: &Inhabitant| ["node", "bun", "bun.exe"].contains(&one.program.as_str());
        self.inhabitants().into_iter().filter(is_pi).collect()
    }

    /// Who lives in this world.
    pub fn inhabitants(&self) -> Vec<Inhabitant> {
        inhabitants(self.home.root())
    }

    /// Those whose program or command line contains `word`.
    pub fn find(&self, word: &str) -> Vec<Inhabitant> {
        self.inhabitants().into_iter().filter(|one| one.program == word || one.command_line.contains(word)).collect()
    }

    /// Waits until nobody but the daemons (relay, runner, history, gateway) is left.
    ///
    /// # Errors
    /// Names those who stay.
    pub async fn no_orphans(&self, deadline: Duration) -> Outcome {
        let strangers = || {
            self.inhabitants()
                .into_iter()
                .filter(|one| !["oqto", "oqto-runner", "hstry", "eavs"].contains(&one.program.as_str()))
        };
        let gone = || async { (strangers().count() == 0).then_some(()) };
        wait::until("no process is left over", deadline, gone)
            .await
            .map_err(|timed_out| format!("{timed_out}: {:#?}", strangers().collect::<Vec<_>>()).into())
    }
}

/// The first sign-in link in a program's output. What comes after it is read and dropped, so that nothing blocks.
async fn first_link(out: ChildStdout) -> Outcome<String> {
    let mut lines = BufReader::new(out).lines();
    while let Some(line) = lines.next_line().await? {
        let link = line.split_whitespace().find(|word| word.starts_with("http://") && word.contains("/login?token="));
        if let Some(link) = link.map(String::from) {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(link);
        }
    }
    Err("it ended without a link".into())
}

impl Drop for World {
    fn drop(&mut self) {
        // Holders outlive their runner on purpose; a world takes everyone with it. Looking twice finds those that
        // were being started.
        for _ in 0..3 {
            for one in self.inhabitants() {
                one.signal(Signal::KILL);
            }
        }
    }
}
