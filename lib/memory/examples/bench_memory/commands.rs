//! What a process of `agntz` takes.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use oqto_testkit::figure::{Figure, percentile};

use super::{Failure, ROUNDS, fsync, lines, text};

/// Processes at once.
const WRITERS: usize = 200;

/// Measures the commands in `many`, a workspace with 100,000 memories that were indexed before, and in new ones.
pub(crate) fn measure(folder: &Path, many: &Path) -> Result<(), Failure> {
    let program = oqto_testkit::binaries::bin("agntz")?;
    let agntz = Agntz { program, home: folder.join("home") };
    std::fs::create_dir_all(&agntz.home)?;
    let (mut help, mut search, mut list, mut add) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let questions = lines("questions-tuned.jsonl");
    for (number, question) in (0..ROUNDS).zip(questions.iter().cycle()) {
        help.push(agntz.timed(folder, &["--help"])?);
        search.push(agntz.timed(many, &["memory", "search", "--json", "--", &text(question, "question")])?);
        list.push(agntz.timed(many, &["memory", "list", "--json", "--limit", "1"])?);
        let content = format!("A process added number {number} to very many");
        add.push(agntz.timed(many, &["memory", "add", &content, "-c", "api", "-i", "7", "--json"])?);
    }
    Figure::new("agntz --help", percentile(&mut help, 50), "ms").at_most(3.0);
    Figure::new("agntz memory search in 100,000, 95 of 100", percentile(&mut search, 95), "ms").at_most(15.0);
    let name = "agntz memory list of the newest one of 100,000";
    Figure::new(name, percentile(&mut list, 50), "ms").beside(percentile(&mut help, 50)).at_most(15.0);
    let fsync = fsync(folder)?;
    let name = "agntz memory add, durable, to 100,000";
    Figure::new(name, percentile(&mut add, 50), "ms").beside(fsync).at_most(1.5 * fsync + 4.0);
    Figure::new("size of agntz", std::fs::metadata(&agntz.program)?.len() as f64 / 1e6, "MB").at_most(6.0);
    agntz.at_once(&folder.join("crowd"))
}

struct Agntz {
    program: PathBuf,
    home: PathBuf,
}

impl Agntz {
    #[expect(clippy::disallowed_methods, reason = "what is measured is a process")]
    fn start(&self, folder: &Path, arguments: &[&str]) -> Result<Child, Failure> {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(folder).env("HOME", &self.home).env_remove("XDG_DATA_HOME");
        Ok(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)
    }

    /// Milliseconds.
    fn timed(&self, folder: &Path, arguments: &[&str]) -> Result<f64, Failure> {
        let start = Instant::now();
        let ran = self.start(folder, arguments)?.wait_with_output()?;
        let took = start.elapsed().as_secs_f64() * 1e3;
        if ran.status.success() { Ok(took) } else { Err(format!("agntz {arguments:?}: {ran:?}").into()) }
    }

    /// Adds, and corrections of one memory, all at once.
    fn at_once(&self, folder: &Path) -> Result<(), Failure> {
        // A workspace of its own, also where the folder lies in a repository.
        std::fs::create_dir_all(folder.join(".mmry"))?;
        self.timed(folder, &["memory", "add", "what all of them correct"])?;
        let list = |json: bool| -> Result<String, Failure> {
            let arguments = if json { &["memory", "list", "--json"][..] } else { &["memory", "list"] };
            Ok(String::from_utf8(self.start(folder, arguments)?.wait_with_output()?.stdout)?)
        };
        let id = list(false)?.split('\t').next().unwrap_or_default().to_owned();
        let start = Instant::now();
        let mut children = Vec::new();
        for number in 0..WRITERS {
            let content = format!("process number{number} was one of many");
            children.push(match number % 4 {
                0 => self.start(folder, &["memory", "edit", &id, &content])?,
                _ => self.start(folder, &["memory", "add", &content])?,
            });
        }
        let mut lost = 0;
        for child in children {
            lost += usize::from(!child.wait_with_output()?.status.success());
        }
        let took = start.elapsed().as_secs_f64();
        let there: serde_json::Value = serde_json::from_str(&list(true)?)?;
        let there = there["ok"].as_array().map_or(0, Vec::len);
        lost += (1 + WRITERS - WRITERS / 4).abs_diff(there);
        Figure::new("memory add and edit by 200 processes at once", took, "s").at_most(3.0);
        Figure::new("lost or refused of them", lost as f64, "").at_most(0.0);
        Ok(())
    }
}
