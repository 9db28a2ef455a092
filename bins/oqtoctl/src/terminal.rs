//! Asking the person at the terminal.

use std::io::{IsTerminal as _, Write as _};
use std::sync::mpsc as blocking;

use tokio::sync::mpsc;

/// Whether a person can be asked: they see stderr and type on stdin.
pub(crate) fn is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Shows a question on stderr, without a line end.
pub(crate) fn prompt(text: &str) {
    let mut err = std::io::stderr();
    // Where the terminal is gone the reading end says so.
    let _ = write!(err, "{text}").and_then(|()| err.flush());
}

/// Lines that the person types, read only while someone listens.
///
/// A line that is being typed cannot be taken back from the system, so a thread of its own waits for it: who listened
/// may go away, and the next one who listens gets it.
pub(crate) struct Lines {
    ask: blocking::Sender<()>,
    typed: mpsc::Receiver<Option<String>>,
    listens: bool,
    asked: bool,
}

impl Lines {
    /// A reader of stdin that nobody listens to yet. There should be one.
    pub(crate) fn of_stdin() -> Self {
        let (ask, asked) = blocking::channel::<()>();
        let (sender, typed) = mpsc::channel(1);
        std::thread::spawn(move || {
            while asked.recv().is_ok() {
                if sender.blocking_send(read_line()).is_err() {
                    return;
                }
            }
        });
        Self { ask, typed, listens: false, asked: false }
    }

    /// From here on [`Lines::next`] gives lines.
    pub(crate) fn listen(&mut self) {
        self.listens = true;
    }

    /// From here on [`Lines::next`] gives nothing.
    pub(crate) fn ignore(&mut self) {
        self.listens = false;
    }

    /// The next line; `None` at the end of the input. Waits for ever while nobody listens.
    pub(crate) async fn next(&mut self) -> Option<String> {
        if !self.listens {
            return std::future::pending().await;
        }
        if !self.asked {
            self.ask.send(()).ok()?;
            self.asked = true;
        }
        let line = self.typed.recv().await;
        self.asked = false;
        line.flatten()
    }
}

fn read_line() -> Option<String> {
    let mut line = String::new();
    let count = std::io::stdin().read_line(&mut line).ok()?;
    (count > 0).then(|| line.trim_end_matches(['\n', '\r']).to_owned())
}
