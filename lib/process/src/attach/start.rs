//! Starting a holder.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::time::timeout;

use crate::meta::Meta;
use crate::spawn;
use crate::spec::{Failure, HolderSpec, Report};

/// How long a holder may take to start its child.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why nothing was started.
#[derive(Debug, Error)]
pub enum StartError {
    /// The holder's binary cannot be run, or not be talked to.
    #[error("the holder {}", program.display())]
    Holder {
        /// The binary.
        program: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The holder refused, or the child could not be started. Nothing is left behind.
    #[error("{}", .0.message)]
    Child(Failure),
    /// The holder ended without a report.
    #[error("the holder {} did not report: {said}", program.display())]
    NoReport {
        /// The binary.
        program: PathBuf,
        /// What it said instead.
        said: String,
    },
    /// The holder did not report in time. It may still start; its directory tells.
    #[error("the holder {} did not report within {} s", program.display(), PATIENCE.as_secs())]
    Timeout {
        /// The binary.
        program: PathBuf,
    },
}

/// Starts a holder (the binary `program`) for `spec`. When this returns the child runs, and neither it nor its holder
/// needs this process any more.
///
/// # Errors
///
/// As [`StartError`] says. Except after a timeout, nothing runs then.
pub async fn start(program: &Path, spec: &HolderSpec) -> Result<Meta, StartError> {
    match timeout(PATIENCE, converse(program, spec)).await {
        Ok(Ok(report)) => judge(program, &report),
        Ok(Err(source)) => Err(StartError::Holder { program: program.to_owned(), source }),
        Err(_) => Err(StartError::Timeout { program: program.to_owned() }),
    }
}

/// Hands over the spec and returns all the holder says.
async fn converse(program: &Path, spec: &HolderSpec) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let text = serde_json::to_vec(spec)?;
    let mut command = spawn::command(program);
    command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut launcher = Command::from(command).spawn()?;
    let (stdin, stdout, stderr) = (launcher.stdin.take(), launcher.stdout.take(), launcher.stderr.take());
    let (mut said, mut complaint) = (Vec::new(), Vec::new());
    let write = async {
        if let Some(mut stdin) = stdin {
            // A holder that does not read to the end says why on its output.
            let _ = stdin.write_all(&text).await;
        }
    };
    // The holder closes its ends when it has reported, so both can be read to their ends.
    let read = async {
        if let Some(mut stdout) = stdout {
            stdout.read_to_end(&mut said).await?;
        }
        io::Result::Ok(())
    };
    let listen = async {
        if let Some(mut stderr) = stderr {
            stderr.read_to_end(&mut complaint).await?;
        }
        io::Result::Ok(())
    };
    let ((), read, listen) = tokio::join!(write, read, listen);
    read.and(listen)?;
    launcher.wait().await?;
    Ok((said, complaint))
}

fn judge(program: &Path, (said, complaint): &(Vec<u8>, Vec<u8>)) -> Result<Meta, StartError> {
    match serde_json::from_slice(said) {
        Ok(Report::Ready(meta)) => Ok(meta),
        Ok(Report::Failed(failure)) => Err(StartError::Child(failure)),
        Err(_) => {
            let said = String::from_utf8_lossy(complaint).trim().chars().take(500).collect();
            Err(StartError::NoReport { program: program.to_owned(), said })
        }
    }
}
