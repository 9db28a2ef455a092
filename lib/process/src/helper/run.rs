//! A program that is run to its end.

use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::{Helper, HelperError, STRAGGLERS, Tree};

/// What a program may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Time until it is ended with its tree.
    pub deadline: Duration,
    /// Bytes of standard output, and of standard error, each.
    pub output: usize,
}

/// What a program said, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// How it ended.
    pub status: ExitStatus,
    /// Its standard output.
    pub stdout: Vec<u8>,
    /// Its standard error.
    pub stderr: Vec<u8>,
}

/// Runs `helper` to its end with `input` on its standard input. A status other than 0 is not an error here. What it
/// leaves running in its own tree is ended. Dropping the future ends it too.
///
/// # Errors
///
/// It cannot be started, takes too long, or says too much.
pub async fn run(helper: &Helper, input: &[u8], bounds: Bounds) -> Result<Output, HelperError> {
    let mut command = helper.command();
    let mut tree = Tree::plant(&mut command);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Command::from(command).spawn().map_err(|error| helper.spawn_error(error))?;
    tree.rooted(child.id());
    let outcome = timeout(bounds.deadline, converse(&mut child, input, bounds.output)).await;
    let result = match outcome {
        Ok(Ok((output, Stragglers::None))) => {
            tree.over = true;
            Ok(output)
        }
        Ok(Ok((output, Stragglers::Some))) => Ok(output),
        Ok(Err(Fault::TooMuch)) => Err(HelperError::TooMuch { program: helper.program.clone(), limit: bounds.output }),
        Ok(Err(Fault::Io(source))) => Err(helper.io_error(source)),
        Err(_) => Err(HelperError::Deadline { program: helper.program.clone(), after: bounds.deadline }),
    };
    tree.end().await;
    // Collects the killed program; it cannot take long now.
    let _ = timeout(STRAGGLERS, child.wait()).await;
    result
}

enum Fault {
    TooMuch,
    Io(io::Error),
}

/// Whether something else kept the program's output open after its end.
enum Stragglers {
    None,
    Some,
}

async fn converse(child: &mut Child, input: &[u8], limit: usize) -> Result<(Output, Stragglers), Fault> {
    let (stdin, mut stdout, mut stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let write = async {
        if let Some(mut stdin) = stdin {
            // A program need not read its input.
            let _ = stdin.write_all(input).await;
        }
        std::future::pending::<()>().await;
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let (status, stragglers) = {
        let mut read = std::pin::pin!(async {
            tokio::try_join!(read_all(stdout.as_mut(), &mut out, limit), read_all(stderr.as_mut(), &mut err, limit))
        });
        let mut write = std::pin::pin!(write);
        // The output may end before the program does, or (kept open by something it started) after it.
        tokio::select! {
            () = &mut write => return Err(Fault::Io(io::ErrorKind::BrokenPipe.into())),
            status = child.wait() => {
                let status = status.map_err(Fault::Io)?;
                match timeout(STRAGGLERS, read).await {
                    Ok(read) => { read?; (status, Stragglers::None) }
                    Err(_) => (status, Stragglers::Some),
                }
            }
            read = &mut read => {
                read?;
                (child.wait().await.map_err(Fault::Io)?, Stragglers::None)
            }
        }
    };
    Ok((Output { status, stdout: out, stderr: err }, stragglers))
}

async fn read_all<R: AsyncRead + Unpin>(stream: Option<&mut R>, into: &mut Vec<u8>, limit: usize) -> Result<(), Fault> {
    let Some(stream) = stream else { return Ok(()) };
    let mut bounded = stream.take(limit as u64 + 1);
    bounded.read_to_end(into).await.map_err(Fault::Io)?;
    if into.len() > limit { Err(Fault::TooMuch) } else { Ok(()) }
}
