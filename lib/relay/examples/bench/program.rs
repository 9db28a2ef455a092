//! The program `oqto` under measurement.

use oqto_process::helper::{Bounds, Environment, Helper, Piped, piped, run};
use serde_json::Value;
use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// A server with a home of its own.
pub(crate) struct Serving {
    child: Piped,
    pub(crate) address: String,
    pub(crate) cookie: String,
    pub(crate) ready_ms: f64,
}

impl Serving {
    pub(crate) async fn start(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let variables = [
            ("HOME", folder.to_path_buf()),
            ("XDG_RUNTIME_DIR", folder.join("run")),
            ("OQTO_RUNNER_SOCKET", folder.join("runner.sock")),
            ("OQTO_LISTEN", PathBuf::from("127.0.0.1:0")),
        ];
        let environment: Vec<(OsString, OsString)> =
            variables.into_iter().map(|(name, value)| (name.into(), value.into_os_string())).collect();
        let helper =
            Helper::new(program("oqto")?).args(["serve", "--json"]).environment(Environment::Exactly(environment));
        let start = Instant::now();
        let mut child = piped(&helper)?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no stdout")?).read_line(&mut line).await?;
        let ready_ms = start.elapsed().as_secs_f64() * 1000.0;
        let ready: Value = serde_json::from_str(&line)?;
        let text = |key: &str| ready["ok"][key].as_str().map(str::to_owned).ok_or("no address");
        let address = text("address")?.trim_start_matches("http://").to_owned();
        let cookie = sign_in(&address, &text("link")?).await?;
        Ok(Self { child, address, cookie, ready_ms })
    }

    /// Memory that only this process has, in KiB.
    pub(crate) fn memory_kib(&self) -> Result<u64, Box<dyn Error>> {
        let path = format!("/proc/{}/status", self.child.pid().ok_or("it has ended")?);
        let status = std::fs::read_to_string(path)?;
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).ok_or("no RssAnon")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    pub(crate) async fn end(self) -> Result<(), Box<dyn Error>> {
        self.child.end().await?;
        Ok(())
    }
}

async fn sign_in(address: &str, link: &str) -> Result<String, Box<dyn Error>> {
    let path = link.split_once(address).ok_or("another address")?.1;
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut response = String::new();
    stream.read_to_string(&mut response).await?;
    let cookie = response.lines().find_map(|line| line.strip_prefix("set-cookie: ")).ok_or("no cookie")?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// Milliseconds from the start of a program to its end.
pub(crate) async fn start_time(name: &str, arguments: &[&str]) -> Result<f64, Box<dyn Error>> {
    let helper = Helper::new(program(name)?).args(arguments);
    let bounds = Bounds { deadline: Duration::from_secs(5), output: 1 << 20 };
    let start = Instant::now();
    run(&helper, b"", bounds).await?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}

fn program(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    Ok(oqto_kit::dirs::sibling(name)?)
}
