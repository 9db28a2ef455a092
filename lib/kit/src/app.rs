//! The door of every binary: parse, build a context, run, return an exit code.

use crate::config::{self, FlagValue, Loaded, Schema};
use crate::dirs::Dirs;
use crate::error::{Error, OrFail as _, Result};
use crate::flags::{Color, GlobalFlags, Presumed};
use crate::limits;
use crate::logging;
use crate::printer::{Printer, Report};
use crate::signals;
use crate::tasks::Tasks;
use clap::Parser;
use oqto_protocol::error::{ErrorKind, exit};
use std::ffi::{OsStr, OsString};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// How a program ended when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit(u8);

impl Exit {
    /// Done.
    pub const DONE: Self = Self(exit::DONE);
    /// Nothing was found, and that has been said.
    pub const NOTHING_FOUND: Self = Self(exit::NOT_FOUND);

    /// Any code, such as that of a wrapped child.
    #[must_use]
    pub const fn code(code: u8) -> Self {
        Self(code)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

/// A binary: a clap parser that knows its global flags and can be run.
pub trait App: Parser {
    /// The flattened [`GlobalFlags`].
    fn flags(&self) -> &GlobalFlags;

    /// What `--config` names, for binaries that read a configuration file and flatten
    /// [`ConfigFlag`](crate::ConfigFlag).
    fn config_file(&self) -> Option<&Path> {
        None
    }

    /// The description of one command alone, by the first argument: for binaries where describing all of them takes
    /// longer than many a command. What it does not understand is looked at again with all of them.
    #[must_use]
    fn alone(first: &OsStr) -> Option<clap::Command> {
        let _ = first;
        None
    }

    /// Does the work.
    ///
    /// # Errors
    /// What failed, for the person; [`run`] prints it and turns its kind into the exit code.
    fn run(self, ctx: &Ctx) -> Result<Exit>;
}

/// Runs a binary with the process's arguments; `main` is only this call.
#[must_use]
pub fn run<A: App>() -> ExitCode {
    #[cfg(panic = "abort")]
    answer_for_panics();
    let args: Vec<OsString> = std::env::args_os().collect();
    match parse::<A>(&args) {
        Parsed::App(app) => {
            let printer = Printer::standard(app.flags());
            run_with(*app, printer).into()
        }
        Parsed::Ended(code) => code.into(),
    }
}

/// Has a panic end the process with the code of our own bugs, instead of a signal that leaves a dump of its memory.
#[cfg(panic = "abort")]
fn answer_for_panics() {
    let said = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        said(panic);
        #[expect(clippy::exit, reason = "nothing can go on after this")]
        std::process::exit(exit::BUG.into());
    }));
}

/// Runs a parsed binary with a printer of the caller's choice, for tests.
pub fn run_with<A: App>(app: A, printer: Printer) -> Exit {
    let config_file = app.config_file().map(Path::to_path_buf);
    let ctx = Ctx { flags: app.flags().clone(), config_file, printer };
    match enter(ctx.flags.directory.as_deref()).and_then(|()| app.run(&ctx)) {
        Ok(exit) => exit,
        Err(error) if error.is_reader_gone() => Exit::DONE,
        Err(error) => {
            ctx.printer.fail(&error);
            Exit(error.kind().exit_code())
        }
    }
}

/// Goes where `-C` says.
fn enter(directory: Option<&Path>) -> Result<()> {
    let Some(directory) = directory else { return Ok(()) };
    std::env::set_current_dir(directory)
        .or_fail(ErrorKind::Workspace, || format!("cannot work in {}", directory.display()))
}

enum Parsed<A> {
    App(Box<A>),
    Ended(Exit),
}

fn parse<A: App>(args: &[OsString]) -> Parsed<A> {
    let alone = args.get(1).and_then(|first| A::alone(first)).and_then(|command| matched(command, args).ok());
    if let Some(app) = alone {
        return Parsed::App(Box::new(app));
    }
    let presumed = Presumed::of(args);
    let command = A::command().color(match presumed.color {
        Color::Auto => clap::ColorChoice::Auto,
        Color::Always => clap::ColorChoice::Always,
        Color::Never => clap::ColorChoice::Never,
    });
    match matched(command, args) {
        Ok(app) => Parsed::App(Box::new(app)),
        Err(error) => Parsed::Ended(explain(&error, presumed)),
    }
}

fn matched<A: App>(mut command: clap::Command, args: &[OsString]) -> std::result::Result<A, clap::Error> {
    let matched = command.try_get_matches_from_mut(args).and_then(|matches| A::from_arg_matches(&matches));
    // Taking apart what describes sixty commands takes as long as a quarter of a short one; the process ends soon.
    std::mem::forget(command);
    matched
}

/// Help and version go to stdout, usage errors to stderr, or to stdout as JSON.
fn explain(error: &clap::Error, presumed: Presumed) -> Exit {
    if error.use_stderr() && presumed.json {
        let flags = GlobalFlags { json: true, ..GlobalFlags::default() };
        let rendered = error.render().to_string();
        let (what, hint) = usage_words(&rendered);
        let failure = Error::new(ErrorKind::InvalidParams, what).hint(hint);
        Printer::standard(&flags).fail(&failure);
    } else {
        // Nobody is left to tell when even this cannot be written.
        let _ = error.print();
    }
    Exit(if error.use_stderr() { exit::USAGE } else { exit::DONE })
}

/// The first paragraph of clap's text is what is wrong, the rest is advice.
fn usage_words(rendered: &str) -> (String, String) {
    let (what, hint) = rendered.split_once("\n\n").unwrap_or((rendered, ""));
    let what = what.strip_prefix("error: ").unwrap_or(what);
    (what.trim().to_owned(), hint.trim().to_owned())
}

/// What every command is given.
pub struct Ctx {
    flags: GlobalFlags,
    config_file: Option<PathBuf>,
    printer: Printer,
}

impl Ctx {
    /// The global flags.
    #[must_use]
    pub fn flags(&self) -> &GlobalFlags {
        &self.flags
    }

    /// What `--config` names.
    #[must_use]
    pub fn config_file(&self) -> Option<&Path> {
        self.config_file.as_deref()
    }

    /// Where to print.
    #[must_use]
    pub fn printer(&self) -> &Printer {
        &self.printer
    }

    /// Prints a result; see [`Printer::print`].
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn print<R: Report>(&self, report: &R) -> Result<Exit> {
        self.printer.print(report).map(|()| Exit::DONE)
    }

    /// A remark for people on stderr.
    pub fn note(&self, text: &str) {
        self.printer.note(text);
    }

    /// Where files lie.
    ///
    /// # Errors
    /// When no home directory is known.
    pub fn dirs(&self) -> Result<Dirs> {
        Dirs::from_env()
    }

    /// The layered configuration of this binary, flags last.
    ///
    /// # Errors
    /// `config`, with file and line, for anything that is not understood.
    pub fn config<C: Schema>(&self, flags: Vec<FlagValue>) -> Result<Loaded<C>> {
        let dirs = self.dirs()?;
        let var = |name: &str| std::env::var_os(name);
        config::load(config::Sources::new(&dirs, self.config_file.as_deref(), &var).with_flags(flags))
    }

    /// The files that the configuration of this binary is read from, whether they are there or not.
    ///
    /// # Errors
    /// When no home directory is known.
    pub fn config_files<C: Schema>(&self) -> Result<config::Files> {
        let dirs = self.dirs()?;
        let var = |name: &str| std::env::var_os(name);
        Ok(config::Sources::new(&dirs, self.config_file.as_deref(), &var).files(C::FILE))
    }

    /// Runs a client command on a small runtime. SIGINT ends the process as usual.
    ///
    /// # Errors
    /// The command's own, or when no runtime can be made.
    pub fn block_on<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        logging::init(&self.flags, self.printer.err_styles());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.or_fail(ErrorKind::Failed, || "cannot start the runtime")?;
        let result = runtime.block_on(work);
        runtime.shutdown_background();
        result
    }

    /// Runs a service on all cores until it ends or a signal asks for it, then drains its tasks for at most `grace`.
    ///
    /// # Errors
    /// The service's own; `timed_out` when tasks did not end in time; `cancelled` on a second signal.
    pub fn serve<F>(&self, grace: Duration, service: impl FnOnce(Tasks) -> F) -> Result<()>
    where
        F: Future<Output = Result<()>>,
    {
        logging::init(&self.flags, self.printer.err_styles());
        limits::raise_open_files();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.or_fail(ErrorKind::Failed, || "cannot start the runtime")?;
        let result = runtime.block_on(signals::until_drained(&self.printer, grace, service));
        runtime.shutdown_background();
        result
    }
}
