//! The gateway in a process of its own, and what the system says of a process.

use std::io::BufRead as _;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use oqto_testkit::binaries::bin;
use oqto_testkit::home::Home;

use super::raw::Way;

/// Where the providers of this bench listen.
pub(crate) struct Providers {
    pub(crate) raw: SocketAddr,
    pub(crate) scripted: SocketAddr,
    pub(crate) streams: SocketAddr,
}

impl Providers {
    pub(crate) fn all(&self) -> [(&'static str, SocketAddr); 3] {
        [("raw", self.raw), ("scripted", self.scripted), ("streams", self.streams)]
    }
}

/// A process that ends with this.
pub(crate) struct Process(Child);

impl Process {
    pub(crate) fn start(command: &mut Command) -> Self {
        Self(command.spawn().unwrap())
    }

    /// What it says, where that is piped.
    pub(crate) fn said(&mut self) -> impl std::io::BufRead + use<> {
        std::io::BufReader::new(self.0.stdout.take().unwrap())
    }

    fn of_proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.0.id())).unwrap()
    }

    pub(crate) fn rss_mib(&self) -> f64 {
        let status = self.of_proc("status");
        let kib = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        kib.unwrap() / 1024.0
    }

    /// The time that processors spent for its threads.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.0.id())).unwrap();
        let spent = |thread: std::fs::DirEntry| {
            let text = std::fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
            text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0)
        };
        threads.flatten().map(spent).sum::<f64>() / 1e9
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The gateway, with a provider for each of the bench's.
pub(crate) struct Gateway {
    pub(crate) process: Process,
    address: SocketAddr,
    key: String,
}

impl Gateway {
    pub(crate) fn start(home: &Home, providers: &Providers) -> (Self, Duration) {
        let folder = home.config().join("oqto");
        std::fs::create_dir_all(&folder).unwrap();
        let models = "models = [{id = 'm', cost = {input = 1, output = 1}}]";
        let config: String = providers
            .all()
            .iter()
            .map(|(name, address)| {
                let place = format!("kind = 'openai_compatible'\nbase_url = 'http://{address}/v1'\napi_key = 'k'");
                format!("[providers.{}]\n{place}\n{models}\n", provider(name))
            })
            .collect();
        std::fs::write(folder.join("eavs.toml"), config).unwrap();
        let command = |arguments: &[&str]| {
            let mut command = Command::new(bin("eavs").unwrap());
            command.args(arguments).env_clear().env("HOME", home.home());
            command.env("XDG_RUNTIME_DIR", home.root().join("run"));
            command.env("XDG_CONFIG_HOME", home.config()).env("XDG_DATA_HOME", home.data());
            command
        };
        let made = command(&["keys", "create", "--budget", "100000", "--quiet"]).output().unwrap();
        let key = String::from_utf8(made.stdout).unwrap().trim().to_owned();
        let begun = Instant::now();
        let mut process = Process::start(command(&["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::piped()));
        let mut said = std::io::BufReader::new(process.0.stderr.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("listening on http://") {
            line.clear();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "it ended without listening");
        }
        let started = begun.elapsed();
        std::thread::spawn(move || said.lines().map_while(Result::ok).for_each(drop));
        let address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        (Self { process, address, key }, started)
    }

    /// The way through it to one of the providers.
    pub(crate) fn way(&self, name: &str) -> Way {
        Way { address: self.address, key: self.key.clone(), model: format!("{}/m", provider(name)) }
    }
}

/// The scripted provider over HTTP is another than the one that the gateway has within it.
fn provider(name: &str) -> String {
    format!("up-{name}")
}
