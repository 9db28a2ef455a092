//! Attaching to a holder.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::net::unix::OwnedReadHalf;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::handle::{Holder, Shared};
use super::pump;
use super::records::Records;
use crate::HOLDER_VERSION;
use crate::frames::{Call, FRAME_HEADER, FrameError, MAX_REPLY, Refusal, Reply, Request, Status, parse_header};
use crate::meta::SOCKET;
use crate::socket_path::socket_path;

/// Bytes of records that may be on their way to, or wait in, one attachment.
pub(super) const WINDOW: u32 = 1 << 20;
const PATIENCE: Duration = Duration::from_secs(5);
/// Requests that may wait to be written.
const REQUESTS: usize = 64;

/// Why one is not attached.
#[derive(Debug, Error)]
pub enum AttachError {
    /// Nobody listens: the holder is gone, or never was. [`inspect`](crate::inspect) tells which.
    #[error("no holder listens in {}", dir.display())]
    Gone {
        /// The holder's directory.
        dir: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The holder refused.
    #[error("the holder in {} refuses", dir.display())]
    Refused {
        /// The holder's directory.
        dir: PathBuf,
        /// Why.
        #[source]
        refusal: Refusal,
    },
    /// The connection broke, or was silent, before an answer.
    #[error("the holder in {} does not answer", dir.display())]
    Io {
        /// The holder's directory.
        dir: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// Attaches to the holder in `dir` and gets its records from number `from` on. Whoever was attached with the same or a
/// lower `epoch` is let go; a lower epoch than the highest so far is refused.
///
/// # Errors
///
/// As [`AttachError`] says.
pub async fn attach(dir: &Path, epoch: u64, from: u64) -> Result<(Holder, Records), AttachError> {
    let request = Request::Attach { version: HOLDER_VERSION, epoch, from, credit: WINDOW };
    let (mut read, write, reply) = greet(dir, &request).await?;
    let (version, head) = match reply {
        Reply::Attached { version, next, .. } => (version, next),
        Reply::Refused { refusal } => {
            return Err(AttachError::Refused { dir: dir.to_owned(), refusal });
        }
        Reply::Chunk(_)
        | Reply::Fenced { .. }
        | Reply::Done { .. }
        | Reply::Failed { .. }
        | Reply::Stalled(_)
        | Reply::Released => {
            return Err(broken(dir)(io::ErrorKind::InvalidData.into()));
        }
    };
    let (requests, queued) = mpsc::channel(REQUESTS);
    let (items, arriving) = mpsc::unbounded_channel();
    let (stall, stalled) = watch::channel(None);
    let shared = Arc::new(Shared { calls: Mutex::new(Some(HashMap::new())), dir: dir.to_owned() });
    tokio::spawn(pump::write_requests(write, queued));
    let reader = pump::Reader::new(Arc::clone(&shared), items, stall, requests.downgrade(), from);
    tokio::spawn(async move { reader.run(&mut read).await });
    let records = Records::new(arriving, requests.clone(), head);
    Ok((Holder::new(requests, shared, stalled, version), records))
}

/// How the holder in `dir` is, without attaching.
///
/// # Errors
///
/// Nobody listens or answers.
pub async fn status(dir: &Path) -> Result<Status, AttachError> {
    let request = Request::Call { id: 0, call: Call::Status };
    let (_, _, reply) = greet(dir, &request).await?;
    let invalid = |error: serde_json::Error| broken(dir)(io::Error::new(io::ErrorKind::InvalidData, error));
    match reply {
        Reply::Done { body, .. } => serde_json::from_slice(&body).map_err(invalid),
        Reply::Refused { refusal } => Err(AttachError::Refused { dir: dir.to_owned(), refusal }),
        Reply::Attached { .. }
        | Reply::Chunk(_)
        | Reply::Fenced { .. }
        | Reply::Failed { .. }
        | Reply::Stalled(_)
        | Reply::Released => Err(broken(dir)(io::ErrorKind::InvalidData.into())),
    }
}

type Greeted = (BufReader<OwnedReadHalf>, tokio::net::unix::OwnedWriteHalf, Reply);

/// Connects, sends the first request and waits for its answer.
async fn greet(dir: &Path, request: &Request) -> Result<Greeted, AttachError> {
    let gone = |source| AttachError::Gone { dir: dir.to_owned(), source };
    let reach = socket_path(dir, SOCKET).map_err(gone)?;
    let stream = UnixStream::connect(&reach.path).await.map_err(gone)?;
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::with_capacity(128 << 10, read);
    let conversation = async {
        write.write_all(&request.encode()).await?;
        read_reply(&mut read).await
    };
    let reply = timeout(PATIENCE, conversation).await;
    let reply = reply.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())).map_err(broken(dir))?;
    Ok((read, write, reply))
}

fn broken(dir: &Path) -> impl FnOnce(io::Error) -> AttachError + use<> {
    let dir = dir.to_owned();
    move |source| AttachError::Io { dir, source }
}

/// The next frame of a holder.
pub(super) async fn read_reply(read: &mut BufReader<OwnedReadHalf>) -> io::Result<Reply> {
    let invalid = |error: FrameError| io::Error::new(io::ErrorKind::InvalidData, error);
    let mut header = [0; FRAME_HEADER];
    read.read_exact(&mut header).await?;
    let (length, kind) = parse_header(header, MAX_REPLY).map_err(invalid)?;
    let mut body = vec![0; length];
    read.read_exact(&mut body).await?;
    Reply::decode(kind, body).map_err(invalid)
}
