//! A key from a person who types it, or from stdin; never from the command line, which others can see.

use std::fs::File;
use std::io::{IsTerminal as _, Read as _, Write as _};

use oqto_kit::{Error, OrFail as _, Result, Secret};
use oqto_protocol::error::ErrorKind;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// The longest key.
const LONGEST: usize = 16 << 10;

/// The key on stdin: one line.
pub(super) fn from_stdin() -> Result<Secret> {
    let mut text = String::new();
    let read = std::io::stdin().lock().take(LONGEST as u64 + 1).read_to_string(&mut text);
    let secret = Secret::new(std::mem::take(&mut text));
    read.or_fail(ErrorKind::Failed, || "cannot read the key from stdin")?;
    checked(secret.expose())
}

/// Asks on the terminal, and shows nothing of what is typed.
pub(super) fn from_terminal(question: &str) -> Result<Secret> {
    if !std::io::stdin().is_terminal() {
        return Err(Error::new(ErrorKind::InvalidParams, "there is no terminal to ask for the key on")
            .hint("give it on stdin: --api-key-stdin"));
    }
    let cannot = || "cannot ask on the terminal";
    let mut terminal = File::options().read(true).write(true).open("/dev/tty").or_fail(ErrorKind::Failed, cannot)?;
    write!(terminal, "{question}: ").or_fail(ErrorKind::Failed, cannot)?;
    let typed = {
        let mut hidden = Hidden::new(&terminal).or_fail(ErrorKind::Failed, cannot)?;
        hidden.line()
    };
    let _ = writeln!(terminal);
    checked(typed?.expose())
}

/// A terminal that does not show what is typed, and gives every key at once; as it was when this is dropped.
struct Hidden<'a> {
    terminal: &'a File,
    before: Termios,
}

impl<'a> Hidden<'a> {
    fn new(terminal: &'a File) -> std::io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut modes = before.clone();
        // Ctrl-C is read as a key, so that the terminal is put right before the program ends.
        modes.local_modes &= !(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(terminal, OptionalActions::Flush, &modes)?;
        Ok(Self { terminal, before })
    }

    fn line(&mut self) -> Result<Secret> {
        let mut typed = Vec::with_capacity(LONGEST);
        let mut byte = [0];
        let cancelled = || Error::new(ErrorKind::Cancelled, "no key was given");
        loop {
            let count = self.terminal.read(&mut byte).or_fail(ErrorKind::Failed, || "cannot read from the terminal")?;
            match byte[0] {
                _ if count == 0 => return Err(cancelled()),
                b'\n' | b'\r' => break,
                0x03 | 0x04 => return Err(cancelled()),
                0x7f | 0x08 => {
                    typed.pop();
                }
                0x15 => typed.clear(),
                other if typed.len() < LONGEST => typed.push(other),
                _ => return Err(Error::new(ErrorKind::InvalidParams, "the key is too long")),
            }
        }
        let text = String::from_utf8(typed).map(Secret::new);
        text.map_err(|_| Error::new(ErrorKind::InvalidParams, "the key is not text"))
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.terminal, OptionalActions::Flush, &self.before);
    }
}

/// A key that can be in a header. What is wrong is said without it.
fn checked(text: &str) -> Result<Secret> {
    let text = text.trim();
    let wrong = |what: &str| Err(Error::new(ErrorKind::InvalidParams, what));
    if text.is_empty() {
        return wrong("no key was given");
    }
    if text.len() > LONGEST {
        return wrong("the key is too long");
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return wrong("a key is one line of printable ASCII without spaces");
    }
    Ok(Secret::new(text))
}
