//! The command line: our own options, and those of Pi that matter.

use std::path::PathBuf;

use crate::dialect::Form;

/// Misbehaviour before the first answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Boot {
    Exit(u8),
    Garbage,
    Hang,
    Flood,
}

#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) form: Form,
    pub(crate) boot: Option<Boot>,
    pub(crate) version: bool,
    pub(crate) session: Option<PathBuf>,
    pub(crate) fork: Option<PathBuf>,
    pub(crate) provider: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) thinking: Option<String>,
}

impl Options {
    pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--full" => options.form = Form::Full,
                "--version" => options.version = true,
                "--boot" => options.boot = Some(boot(&words.next().unwrap_or_default())?),
                "--session" => options.session = words.next().map(PathBuf::from),
                "--fork" => options.fork = words.next().map(PathBuf::from),
                "--provider" => options.provider = words.next(),
                "--model" => options.model = words.next(),
                "--thinking" => options.thinking = words.next(),
                // What else Pi understands makes no difference here.
                _ => {}
            }
        }
        Ok(options)
    }
}

fn boot(text: &str) -> Result<Boot, String> {
    match text.split_once(':').unwrap_or((text, "")) {
        ("exit", code) => code.parse().map(Boot::Exit).map_err(|error| format!("--boot {text}: {error}")),
        ("garbage", _) => Ok(Boot::Garbage),
        ("hang", _) => Ok(Boot::Hang),
        ("flood", _) => Ok(Boot::Flood),
        _ => Err(format!("--boot {text}: there are exit:CODE, garbage, hang and flood")),
    }
}
