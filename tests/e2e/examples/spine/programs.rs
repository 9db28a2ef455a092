//! The real programs, with an agent that counts.

use std::process::Stdio;
use std::time::{Duration, Instant};

use oqto_e2e::browser::Browser;
use oqto_e2e::client::Client;
use oqto_e2e::process::{Inhabitant, command, inhabitants};
use oqto_e2e::{DEADLINE, Outcome};
use oqto_testkit::home::Home;
use oqto_testkit::{binaries, wait};
use rustix::process::Signal;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// Relay, runner and history service in a home of their own.
pub(crate) struct Programs {
    pub(crate) home: Home,
    agent: String,
    runner: Option<Child>,
    relay: Option<Child>,
}

impl Programs {
    pub(crate) fn new(agent_arguments: &str) -> Outcome<Self> {
        let agent = format!("{} {agent_arguments}", binaries::bin("fake_pi")?.display());
        Ok(Self { home: Home::new()?, agent, runner: None, relay: None })
    }

    pub(crate) fn program(&self, name: &str) -> Outcome<Command> {
        let mut program = command(&self.home, binaries::bin(name)?);
        program.env("OQTO_PI", &self.agent).env("OQTO_LISTEN", "127.0.0.1:0");
        Ok(program)
    }

    /// Starts the runner; milliseconds until it says hello.
    pub(crate) async fn start_runner(&mut self) -> Outcome<f64> {
        let socket = self.home.runtime().join("oqto/runner.sock");
        let start = Instant::now();
        self.runner = Some(self.program("oqto-runner")?.arg("serve").stderr(Stdio::null()).spawn()?);
        loop {
            if Client::connect(&socket).await.is_ok() {
                return Ok(start.elapsed().as_secs_f64() * 1000.0);
            }
            if start.elapsed() > DEADLINE {
                return Err("the runner does not come up".into());
            }
            tokio::time::sleep(Duration::from_micros(500)).await;
        }
    }

    pub(crate) async fn end_runner(&mut self) -> Outcome {
        let mut runner = self.runner.take().ok_or("no runner was started")?;
        self.signal("oqto-runner", Signal::TERM);
        runner.wait().await?;
        Ok(())
    }

    /// Starts the relay and signs in.
    pub(crate) async fn start_relay(&mut self) -> Outcome<Browser> {
        let mut relay = self.program("oqto")?.arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut lines = BufReader::new(relay.stdout.take().ok_or("no stdout")?).lines();
        self.relay = Some(relay);
        while let Some(line) = lines.next_line().await? {
            let mut words = line.split_whitespace();
            if let Some(link) = words.find(|word| word.contains("/login?token=")) {
                let browser = Browser::sign_in(link).await?;
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(browser);
            }
        }
        Err("the relay ended without a link".into())
    }

    pub(crate) fn find(&self, program: &str) -> Vec<Inhabitant> {
        inhabitants(self.home.root()).into_iter().filter(|one| one.program == program).collect()
    }

    fn signal(&self, program: &str, signal: Signal) {
        self.find(program).iter().for_each(|one| one.signal(signal));
    }

    /// A line of `/proc/PID/status` of a program, in KiB.
    pub(crate) fn memory_kib(&self, program: &str, field: &str) -> Outcome<f64> {
        let one = self.find(program).into_iter().next().ok_or_else(|| format!("no {program} runs"))?;
        memory_kib(one.pid, field)
    }

    /// Waits until the agents have ended.
    pub(crate) async fn no_agents(&self) -> Outcome {
        let gone = || async { self.find("fake_pi").is_empty().then_some(()) };
        Ok(wait::until("the agents to end", DEADLINE, gone).await?)
    }
}

pub(crate) fn memory_kib(pid: i32, field: &str) -> Outcome<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    let kib = line.ok_or_else(|| format!("no {field}"))?;
    Ok(kib.trim().trim_end_matches(" kB").parse()?)
}

impl Drop for Programs {
    fn drop(&mut self) {
        for _ in 0..3 {
            for one in inhabitants(self.home.root()) {
                one.signal(Signal::KILL);
            }
        }
    }
}
