//! A program that is run to its end by a thread that waits for it, without a runtime.

use std::io;
use std::os::fd::OwnedFd;
use std::process::{Child, Stdio};
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::{Bounds, Helper, HelperError, Output, STRAGGLERS, Tree};
use crate::tree::timespec;

/// Whether a program shares the terminal of who starts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terminal {
    /// It does, and Ctrl-C reaches it as well: for what works on files and may hold a lock of its own.
    Shared,
    /// It has none and cannot ask a person anything: for what talks to other machines. It is asked to end (SIGTERM) when
    /// the thread that started it ends.
    None,
}

/// Runs `helper` to its end with `input` on its standard input, blocking. A status other than 0 is not an error here.
/// What it leaves running is ended when it keeps an output open, and everything is on the deadline.
///
/// # Errors
///
/// It cannot be started, takes too long, or says too much.
pub fn run_blocking(helper: &Helper, terminal: Terminal, input: &[u8], bounds: Bounds) -> Result<Output, HelperError> {
    let until = Instant::now() + bounds.deadline;
    let mut command = helper.command();
    let mut tree = match terminal {
        Terminal::Shared => Tree::tag(&mut command),
        Terminal::None => Tree::plant_dying(&mut command),
    };
    // With nothing to do between fork and exec the system may use its fastest way to start a program.
    if terminal == Terminal::Shared && input.is_empty() {
        command.stdin(Stdio::null());
    } else {
        command.stdin(Stdio::piped());
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| {
        tree.over = true;
        helper.spawn_error(error)
    })?;
    let heard = converse(&mut child, input, until, bounds.output);
    let result = match heard {
        Ok((output, Heard::All)) => {
            tree.over = true;
            Ok(output)
        }
        Ok((output, Heard::StillOpen)) => Ok(output),
        Err(Fault::TooMuch) => Err(HelperError::TooMuch { program: helper.program.clone(), limit: bounds.output }),
        Err(Fault::Late) => Err(HelperError::Deadline { program: helper.program.clone(), after: bounds.deadline }),
        Err(Fault::Io(source)) => Err(helper.io_error(source)),
    };
    // Until it is collected its number is its own. Most programs end by themselves and need not be looked at.
    if result.is_err() && child.try_wait().is_ok_and(|ended| ended.is_none()) {
        tree.rooted(Some(child.id()));
    }
    if let Some(sweep) = tree.fell() {
        sweep();
        // It was killed: this cannot take long, and whatever it says has been told already.
        let _ = child.wait();
    }
    result
}

enum Fault {
    TooMuch,
    Late,
    Io(io::Error),
}

impl From<rustix::io::Errno> for Fault {
    fn from(error: rustix::io::Errno) -> Self {
        Self::Io(error.into())
    }
}

/// Whether both outputs were read to their ends.
enum Heard {
    All,
    StillOpen,
}

/// One direction of one stream, while it is open.
struct Source {
    stream: Option<OwnedFd>,
    heard: Vec<u8>,
}

impl Source {
    fn new(stream: Option<impl Into<OwnedFd>>) -> Result<Self, Fault> {
        let stream = stream.map(Into::into);
        if let Some(stream) = &stream {
            unblock(stream)?;
        }
        Ok(Self { stream, heard: Vec::new() })
    }

    /// Reads what is there now.
    fn listen(&mut self, limit: usize) -> Result<(), Fault> {
        let mut buffer = [0; 16 * 1024];
        while let Some(stream) = &self.stream {
            match rustix::io::read(stream, &mut buffer) {
                Ok(0) => self.stream = None,
                Ok(length) => self.heard.extend_from_slice(&buffer[..length]),
                Err(rustix::io::Errno::AGAIN) => break,
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            if self.heard.len() > limit {
                return Err(Fault::TooMuch);
            }
        }
        Ok(())
    }
}

/// What is still to be said to the program.
struct Sink<'i> {
    stream: Option<OwnedFd>,
    left: &'i [u8],
}

impl<'i> Sink<'i> {
    fn new(stream: Option<impl Into<OwnedFd>>, left: &'i [u8]) -> Result<Self, Fault> {
        let stream = stream.map(Into::into).filter(|_| !left.is_empty());
        if let Some(stream) = &stream {
            unblock(stream)?;
        }
        Ok(Self { stream, left })
    }

    fn say(&mut self) -> Result<(), Fault> {
        while let Some(stream) = &self.stream {
            match rustix::io::write(stream, self.left) {
                Ok(length) => self.left = &self.left[length..],
                Err(rustix::io::Errno::AGAIN) => break,
                Err(rustix::io::Errno::INTR) => {}
                // A program need not read its input.
                Err(rustix::io::Errno::PIPE) => self.left = &[],
                Err(error) => return Err(error.into()),
            }
            if self.left.is_empty() {
                self.stream = None;
            }
        }
        Ok(())
    }
}

fn unblock(stream: &OwnedFd) -> Result<(), Fault> {
    let flags = rustix::fs::fcntl_getfl(stream)?;
    Ok(rustix::fs::fcntl_setfl(stream, flags | rustix::fs::OFlags::NONBLOCK)?)
}

fn converse(child: &mut Child, input: &[u8], until: Instant, limit: usize) -> Result<(Output, Heard), Fault> {
    let mut sink = Sink::new(child.stdin.take(), input)?;
    let mut out = Source::new(child.stdout.take())?;
    let mut err = Source::new(child.stderr.take())?;
    let pid =
        i32::try_from(child.id()).ok().and_then(Pid::from_raw).ok_or(Fault::Io(io::ErrorKind::NotFound.into()))?;
    // Until it is collected the id is its own.
    let mut life = Some(pidfd_open(pid, PidfdFlags::empty())?);
    let mut until = until;
    let mut over = false;
    while out.stream.is_some() || err.stream.is_some() {
        if !turn([&mut out, &mut err], &mut sink, life.as_ref(), until, limit)? {
            if !over {
                return Err(Fault::Late);
            }
            let status = child.wait().map_err(Fault::Io)?;
            return Ok((Output { status, stdout: out.heard, stderr: err.heard }, Heard::StillOpen));
        }
        if let Some(fd) = &life
            && ended(fd)?
        {
            // Only what it started may still speak, and not for long.
            (over, life) = (true, None);
            until = until.min(Instant::now() + STRAGGLERS);
        }
    }
    if let Some(fd) = &life
        && !wait(fd, until)?
    {
        return Err(Fault::Late);
    }
    let status = child.wait().map_err(Fault::Io)?;
    Ok((Output { status, stdout: out.heard, stderr: err.heard }, Heard::All))
}

/// Waits until something can be done, and does it; `false` when the time is over.
fn turn(
    sources: [&mut Source; 2],
    sink: &mut Sink<'_>,
    life: Option<&OwnedFd>,
    until: Instant,
    limit: usize,
) -> Result<bool, Fault> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Ok(false);
    }
    {
        let reads = sources.iter().filter_map(|source| source.stream.as_ref()).chain(life);
        let reads = reads.map(|fd| PollFd::new(fd, PollFlags::IN));
        let mut fds: Vec<PollFd<'_>> =
            reads.chain(sink.stream.as_ref().map(|fd| PollFd::new(fd, PollFlags::OUT))).collect();
        match poll(&mut fds, Some(&timespec(left))) {
            Ok(0) => return Ok(false),
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    sink.say()?;
    for source in sources {
        source.listen(limit)?;
    }
    Ok(true)
}

fn ended(life: &OwnedFd) -> Result<bool, Fault> {
    wait(life, Instant::now())
}

/// Waits for the end of a process, at most until then; `false` when it lives on.
fn wait(life: &OwnedFd, until: Instant) -> Result<bool, Fault> {
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let mut fds = [PollFd::new(&life, PollFlags::IN)];
        match poll(&mut fds, Some(&timespec(left))) {
            Ok(count) => return Ok(count > 0),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
