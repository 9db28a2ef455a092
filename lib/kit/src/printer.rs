//! stdout is data, stderr is for people.

use crate::error::{Error, Result};
use crate::escape;
use crate::flags::GlobalFlags;
use crate::style::{Stream, Styles};
use crate::table::{Layout, Table};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use oqto_protocol::error::ErrorKind;
use serde::Serialize;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

/// A result that people and programs can both read.
pub trait Report: Serialize {
    /// Writes it for a person. With `--json` the serialised value is printed instead.
    ///
    /// # Errors
    /// When the output cannot be written; pass on what [`Page`] returns.
    fn people(&self, page: &mut Page<'_>) -> Result<()>;
}

/// A value, and the text that says it to people: for results that are a sentence. The text is escaped when it is shown.
#[derive(Serialize)]
pub struct Told<T> {
    /// What `--json` prints.
    #[serde(flatten)]
    pub value: T,
    /// What people read; line ends after it do not count, and an empty text is nothing.
    #[serde(skip)]
    pub text: String,
}

impl<T: Serialize> Report for Told<T> {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let text = self.text.trim_end_matches('\n');
        if text.is_empty() { Ok(()) } else { page.line(escape::text(text)) }
    }
}

/// Prints results on stdout and remarks on stderr, as the global flags ask.
pub struct Printer {
    out: Mutex<Box<dyn Write + Send>>,
    err: Mutex<Box<dyn Write + Send>>,
    out_stream: Stream,
    err_stream: Stream,
    out_styles: Styles,
    err_styles: Styles,
    json: bool,
    quiet: bool,
}

impl Printer {
    /// A printer on the process's own stdout and stderr.
    #[must_use]
    pub fn standard(flags: &GlobalFlags) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let streams = (Stream::of(&out), Stream::of(&err));
        Self::new(flags, (Box::new(out), streams.0), (Box::new(err), streams.1))
    }

    /// A printer on any two writers, saying what each is connected to.
    #[must_use]
    pub fn new(
        flags: &GlobalFlags,
        out: (Box<dyn Write + Send>, Stream),
        err: (Box<dyn Write + Send>, Stream),
    ) -> Self {
        Self {
            out_styles: Styles::decide(flags.color, out.1),
            err_styles: Styles::decide(flags.color, err.1),
            out: Mutex::new(out.0),
            err: Mutex::new(err.0),
            out_stream: out.1,
            err_stream: err.1,
            json: flags.json,
            quiet: flags.quiet,
        }
    }

    /// Whether results are printed as JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Whether a person watches stdout.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        self.out_stream == Stream::Terminal
    }

    /// Prints a result: `{"ok":…}` on one line with `--json`, else the text for people.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn print<R: Report>(&self, report: &R) -> Result<()> {
        if self.json {
            return self.json_line(&Envelope::Ok(report));
        }
        let mut text = Vec::new();
        report.people(&mut Page { text: &mut text, styles: self.out_styles, layout: self.layout() })?;
        self.data(&text)
    }

    /// Prints one value of a stream as a JSON line, without an envelope.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn json_line<T: Serialize>(&self, value: &T) -> Result<()> {
        let mut line = serde_json::to_vec(value)
            .map_err(|e| Error::new(ErrorKind::Internal, "cannot write the result as JSON").because(e))?;
        line.push(b'\n');
        self.data(&line)
    }

    /// Writes bytes to stdout as they are, and flushes.
    ///
    /// # Errors
    /// When stdout cannot be written; a reader that has gone away ends the program as a success.
    pub fn data(&self, bytes: &[u8]) -> Result<()> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_all(bytes).and_then(|()| out.flush()).map_err(|e| {
            if e.kind() == io::ErrorKind::BrokenPipe {
                Error::reader_gone()
            } else {
                Error::new(ErrorKind::Failed, "cannot write to stdout").because(e)
            }
        })
    }

    /// A remark for people on stderr; silent with `--quiet` or `--json`. The text must already be safe to show.
    pub fn note(&self, text: &str) {
        if !self.quiet && !self.json {
            self.remark(text);
        }
    }

    /// A warning for people on stderr, also with `--quiet`.
    pub fn warn(&self, text: &str) {
        self.remark(&format!("{} {}", self.err_styles.warn("warning:"), escape::text(text)));
    }

    /// Says how the program failed: on stdout as `{"error":…}` with `--json`, else on stderr.
    pub fn fail(&self, error: &Error) {
        if self.json {
            // The failure is being reported already; if stdout is gone too there is nobody left to tell.
            let _ = self.json_line(&Envelope::<()>::Error(error.to_wire()));
            return;
        }
        let mut text = format!("{} {}", self.err_styles.bad("error:"), escape::text(error.what()));
        for reason in error.reasons() {
            text.push_str(&format!("\n  {} {}", self.err_styles.dim("because:"), escape::text(&reason)));
        }
        if let Some(hint) = error.advice() {
            text.push_str(&format!("\n  {} {}", self.err_styles.good("hint:"), escape::text(hint)));
        }
        self.remark(&text);
    }

    /// A progress bar on stderr for `length` steps (`None`: unknown), hidden where no person watches.
    #[must_use]
    pub fn progress(&self, length: Option<u64>, what: &str) -> ProgressBar {
        let shown = self.err_stream == Stream::Terminal && !self.quiet && !self.json;
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(length, target).with_message(escape::line(what).into_owned());
        let template = match length {
            Some(_) => "{msg} {bar:32} {pos}/{len} {eta}",
            None => "{spinner} {msg} {pos} {elapsed}",
        };
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    /// How stderr is painted.
    #[must_use]
    pub fn err_styles(&self) -> Styles {
        self.err_styles
    }

    fn remark(&self, text: &str) {
        let mut err = self.err.lock().unwrap_or_else(PoisonError::into_inner);
        // A remark that nobody can read is no reason to fail.
        let _ = writeln!(err, "{text}").and_then(|()| err.flush());
    }

    fn layout(&self) -> Layout {
        match self.out_stream {
            Stream::Terminal => Layout::Aligned { width: terminal_width() },
            Stream::Other => Layout::TabSeparated,
        }
    }
}

/// Columns of the terminal on stdout, 80 where it does not say.
fn terminal_width() -> u16 {
    let asked = rustix::termios::tcgetwinsize(io::stdout());
    asked.ok().map(|size| size.ws_col).filter(|columns| *columns > 0).unwrap_or(80)
}

/// What `--json` prints, in the words of a reply frame.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Envelope<'a, T> {
    Ok(&'a T),
    Error(oqto_protocol::error::WireError),
}

/// Where a [`Report`] writes itself for a person.
pub struct Page<'a> {
    text: &'a mut Vec<u8>,
    styles: Styles,
    layout: Layout,
}

impl Page<'_> {
    /// One line. Text from elsewhere goes through [`escape::line`] or [`escape::text`] first.
    ///
    /// # Errors
    /// None today; a page may later write through.
    pub fn line(&mut self, text: impl std::fmt::Display) -> Result<()> {
        writeln!(self.text, "{text}")
            .map_err(|e| Error::new(ErrorKind::Internal, "cannot lay out the result").because(e))
    }

    /// A table: aligned on a terminal, tab-separated without a heading in a pipe. Cells are escaped.
    ///
    /// # Errors
    /// As [`Page::line`].
    pub fn table(&mut self, table: &Table) -> Result<()> {
        let drawn = table.draw(self.layout, self.styles);
        if drawn.is_empty() { Ok(()) } else { self.line(drawn) }
    }

    /// How this page is painted.
    #[must_use]
    pub fn styles(&self) -> Styles {
        self.styles
    }
}
