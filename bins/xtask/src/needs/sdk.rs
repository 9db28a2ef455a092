//! The official clients of the model APIs, installed below `target/sdk`: the gateway is tested with them as they are.

use std::fs;
use std::path::{Path, PathBuf};

use crate::checkout;
use crate::failure::{Failure, Result, While as _};
use crate::needs::node;
use crate::process::{Tool, on_path};
use crate::say;

/// What decides about the versions, below `bins/eavs/tests/sdk`. Copies beside an installation say what it was made from.
const PYTHON: [&str; 1] = ["requirements.txt"];
const NODE: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// Installs them, unless they are as the pins say.
///
/// # Errors
/// When Python or Node is missing, or the packages cannot be had.
pub(crate) fn install() -> Result {
    python()?;
    packages()
}

fn pins() -> PathBuf {
    checkout::root().join("bins/eavs/tests/sdk")
}

fn home(language: &str) -> PathBuf {
    checkout::root().join("target/sdk").join(language)
}

fn python() -> Result {
    let home = home("python");
    if is_current(&home, &PYTHON) && home.join("bin/python").exists() {
        say::note("the Python clients of the model APIs are installed");
        return Ok(());
    }
    clear(&home)?;
    let venv = |home: &Path| Tool::new("python3").args(["-m", "venv"]).args([home]).read();
    let how = "install Python with venv: `sudo apt-get install python3-venv`";
    Tool::new("python3").args(["--version"]).read().map_err(|_| Failure::new("python3 is not installed").hint(how))?;
    if let Err(first) = venv(&home) {
        // Distributions keep the part of Python that makes environments apart.
        let may_install = on_path("apt-get").is_some() && Tool::new("id").args(["-u"]).read()?.trim() == "0";
        if !may_install {
            return Err(Failure::new(first.what).hint(how));
        }
        say::note("installing python3-venv with apt-get");
        let quiet = |tool: Tool| tool.env("DEBIAN_FRONTEND", "noninteractive");
        quiet(Tool::new("apt-get")).args(["update", "-qq"]).run()?;
        quiet(Tool::new("apt-get")).args(["install", "-y", "-qq", "--no-install-recommends", "python3-venv"]).run()?;
        clear(&home)?;
        venv(&home).map_err(|failure| failure.hint(how))?;
    }
    let flags = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"];
    Tool::new(home.join("bin/python")).args(flags).args([pins().join("requirements.txt")]).run()?;
    remember(&home, &PYTHON)
}

fn packages() -> Result {
    node::required()?;
    let home = home("node");
    if is_current(&home, &NODE) && home.join("node_modules/.package-lock.json").is_file() {
        say::note("the JavaScript clients of the model APIs are installed");
        return Ok(());
    }
    clear(&home)?;
    remember(&home, &NODE)?;
    // The clients need a newer Node than some machines have; the tests run them with the one that comes with Pi.
    let flags = ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--engine-strict=false"];
    Tool::new("npm").dir(&home).args(flags).run()
}

fn is_current(home: &Path, pins_of: &[&str]) -> bool {
    let same = |name: &&str| {
        let (ours, theirs) = (fs::read(pins().join(name)), fs::read(home.join(name)));
        matches!((ours, theirs), (Ok(ours), Ok(theirs)) if ours == theirs)
    };
    pins_of.iter().all(same)
}

fn clear(home: &Path) -> Result {
    if home.exists() {
        fs::remove_dir_all(home).doing(|| format!("remove {}", home.display()))?;
    }
    fs::create_dir_all(home).doing(|| format!("create {}", home.display()))
}

fn remember(home: &Path, pins_of: &[&str]) -> Result {
    for name in pins_of {
        let copy = home.join(name);
        fs::copy(pins().join(name), &copy).doing(|| format!("write {}", copy.display()))?;
    }
    Ok(())
}
