//! Unix sockets of one user: bound so that nobody else can reach them, checked at both ends.

use crate::framing::LineReader;
use crate::writing::LineWriter;
use rustix::fs::{FlockOperation, Mode};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{
    DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};

/// The longest path that a socket address takes on Linux, in bytes.
const LONGEST_PATH: usize = 107;

/// How long a server may take until it says its first word, which it does as soon as it accepts. One that takes longer is
/// starting, stopped, or hangs.
pub const FIRST_WORD: Duration = Duration::from_secs(3);

/// The number of the first descriptor that a service manager passes.
const FIRST_PASSED: std::os::fd::RawFd = 3;

/// Why a socket cannot be served or reached.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// Another process serves it.
    #[error("{} is served by another process", .0.display())]
    InUse(PathBuf),
    /// Nobody serves it.
    #[error("nobody listens on {}", .0.display())]
    NobodyListens(PathBuf),
    /// Somebody serves it, but says nothing.
    #[error("the process that serves {} has said nothing for {} s", .path.display(), FIRST_WORD.as_secs())]
    Silent {
        /// The socket.
        path: PathBuf,
        /// The process, where the system tells.
        pid: Option<i32>,
    },
    /// The path does not fit into a socket address.
    #[error("{} is longer than the {LONGEST_PATH} bytes that a socket's path may have", .0.display())]
    PathTooLong(PathBuf),
    /// The folder could be changed by others.
    #[error("the folder {} must belong to this user and be closed to others (mode 0700)", .0.display())]
    OpenFolder(PathBuf),
    /// Something that is no socket is in the way.
    #[error("{} exists and is not a socket", .0.display())]
    NotASocket(PathBuf),
    /// The process at the other end belongs to someone else.
    #[error("the process at the other end of {} belongs to user {uid}, not to this one", .path.display())]
    ForeignPeer {
        /// The socket.
        path: PathBuf,
        /// The user at the other end.
        uid: u32,
    },
    /// The system refused.
    #[error("cannot {what} {}", .path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl SocketError {
    /// Whether nobody is there who could answer, so that it helps to start somebody.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::NobodyListens(_) | Self::Silent { .. })
    }

    fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { what, path, source }
    }
}

/// Lines of a Unix stream.
pub type UnixLines = (LineReader<OwnedReadHalf>, LineWriter<OwnedWriteHalf>);

/// Splits a stream into its line halves.
#[must_use]
pub fn lines(stream: UnixStream) -> UnixLines {
    let (read, write) = stream.into_split();
    (LineReader::new(read), LineWriter::new(write))
}

/// A socket that only this user's processes can use. The file goes away with it.
#[derive(Debug)]
pub struct Listener {
    inner: UnixListener,
    path: PathBuf,
    /// Device and inode of our socket file; `None` where the service manager made it.
    file: Option<(u64, u64)>,
    /// Held for as long as the socket is served: its lock says who may replace the socket file.
    _lock: Option<File>,
}

impl Listener {
    /// Serves a path: the folder is made 0700, the socket 0600. A socket file that a dead process left is replaced;
    /// of two processes that start at once exactly one wins.
    ///
    /// # Errors
    /// [`SocketError`].
    pub fn bind(path: &Path) -> Result<Self, SocketError> {
        check_length(path)?;
        private_folder(path)?;
        let lock = lock_beside(path)?;
        match std::fs::symlink_metadata(path) {
            Ok(there) if !there.file_type().is_socket() => {
                return Err(SocketError::NotASocket(path.to_path_buf()));
            }
            Ok(_) | Err(_) => {}
        }
        // Bound under another name and renamed into place, so that the path never leads to nobody.
        let fresh = beside(path, "n");
        remove_if_there(&fresh).map_err(SocketError::io("remove", &fresh))?;
        let inner = UnixListener::bind(&fresh).map_err(SocketError::io("bind", &fresh))?;
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&fresh, mode).map_err(SocketError::io("set the mode of", &fresh))?;
        let made = std::fs::symlink_metadata(&fresh).map_err(SocketError::io("look at", &fresh))?;
        std::fs::rename(&fresh, path).map_err(SocketError::io("move into place", path))?;
        Ok(Self { inner, path: path.to_path_buf(), file: Some((made.dev(), made.ino())), _lock: Some(lock) })
    }

    /// Takes over a listening socket that a service manager passed on; its file is not ours to remove.
    ///
    /// # Errors
    /// When it cannot be used asynchronously.
    pub fn inherited(socket: std::os::unix::net::UnixListener, path: &Path) -> Result<Self, SocketError> {
        socket.set_nonblocking(true).map_err(SocketError::io("prepare", path))?;
        let inner = UnixListener::from_std(socket).map_err(SocketError::io("prepare", path))?;
        Ok(Self { inner, path: path.to_path_buf(), file: None, _lock: None })
    }

    /// The next connection of this user. Connections of other users are dropped.
    ///
    /// # Errors
    /// When the socket cannot accept, for example for want of file descriptors.
    pub async fn accept(&self) -> Result<UnixStream, SocketError> {
        loop {
            let (stream, _) = self.inner.accept().await.map_err(SocketError::io("accept on", &self.path))?;
            match check_peer(&stream, &self.path) {
                Ok(()) => return Ok(stream),
                Err(error) => tracing::warn!(%error, "connection refused"),
            }
        }
    }

    /// Whether the path still leads here: not so when a successor has taken it over, or somebody has removed it.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        self.file.is_none() || identity(&self.path) == self.file
    }

    /// Where it is served.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if self.file.is_some() && self.is_in_place() {
            // Nothing depends on it: the next server replaces a file that stays.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// The listening socket that a service manager passed to this process (`LISTEN_PID`, `LISTEN_FDS`; the first one), as
/// described in sd_listen_fds(3). Gives it once.
#[must_use]
pub fn activated() -> Option<std::os::unix::net::UnixListener> {
    static TAKEN: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u32>().ok());
    let for_us = number("LISTEN_PID") == Some(std::process::id()) && number("LISTEN_FDS") >= Some(1);
    if !for_us || TAKEN.swap(true, std::sync::atomic::Ordering::AcqRel) {
        return None;
    }
    #[expect(unsafe_code, reason = "a descriptor that is passed by number can be taken over in no other way")]
    // SAFETY: the service manager opened descriptor 3 for this process (the pid was compared), nothing else in the
    // process knows it, and the flag above makes sure that it is owned once.
    let socket = unsafe { <std::os::fd::OwnedFd as std::os::fd::FromRawFd>::from_raw_fd(FIRST_PASSED) };
    let listens = rustix::net::sockopt::socket_acceptconn(&socket) == Ok(true)
        && rustix::net::sockopt::socket_domain(&socket) == Ok(rustix::net::AddressFamily::UNIX);
    listens.then(|| socket.into())
}

/// Connects, and makes sure that the process at the other end is this user's.
///
/// # Errors
/// [`SocketError`]; `NobodyListens` where the file is missing or nobody serves it.
pub async fn connect(path: &Path) -> Result<UnixStream, SocketError> {
    check_length(path)?;
    let stream = UnixStream::connect(path).await.map_err(|error| {
        let nobody = [io::ErrorKind::NotFound, io::ErrorKind::ConnectionRefused];
        if nobody.contains(&error.kind()) {
            SocketError::NobodyListens(path.to_path_buf())
        } else {
            SocketError::io("connect to", path)(error)
        }
    })?;
    check_peer(&stream, path)?;
    Ok(stream)
}

/// Connects to a server that speaks first, and waits until it has, for at most [`FIRST_WORD`]. What it says is still to be
/// read.
///
/// # Errors
/// [`SocketError`]; `NobodyListens` also where it is just ending, `Silent` where it does not speak in time.
pub async fn connect_speaking(path: &Path) -> Result<UnixStream, SocketError> {
    let stream = match connect(path).await {
        // So many wait already that nobody else can.
        Err(SocketError::Io { source, .. }) if source.kind() == io::ErrorKind::WouldBlock => {
            return Err(SocketError::Silent { path: path.to_path_buf(), pid: None });
        }
        connected => connected?,
    };
    match tokio::time::timeout(FIRST_WORD, first_word(&stream)).await {
        Ok(Ok(1..)) => Ok(stream),
        Ok(Ok(0) | Err(_)) => Err(SocketError::NobodyListens(path.to_path_buf())),
        Err(_) => {
            let pid = stream.peer_cred().ok().and_then(|peer| peer.pid());
            Err(SocketError::Silent { path: path.to_path_buf(), pid })
        }
    }
}

/// How many bytes of the first word are there; 0 when there will be none. They stay where they are.
async fn first_word(stream: &UnixStream) -> io::Result<usize> {
    stream
        .async_io(tokio::io::Interest::READABLE, || {
            let mut byte = [0_u8; 1];
            let (_, count) = rustix::net::recv(stream, &mut byte, rustix::net::RecvFlags::PEEK)?;
            Ok(count)
        })
        .await
}

fn check_peer(stream: &UnixStream, path: &Path) -> Result<(), SocketError> {
    let peer = stream.peer_cred().map_err(SocketError::io("ask for the peer of", path))?;
    same_user(peer.uid(), rustix::process::geteuid().as_raw(), path)
}

/// Root is another user too: it needs no socket to read what is here, and should not believe a server of somebody else.
fn same_user(theirs: u32, ours: u32, path: &Path) -> Result<(), SocketError> {
    if theirs == ours { Ok(()) } else { Err(SocketError::ForeignPeer { path: path.to_path_buf(), uid: theirs }) }
}

fn check_length(path: &Path) -> Result<(), SocketError> {
    // The name under which it is bound first is two bytes longer.
    if path.as_os_str().len() + 2 > LONGEST_PATH { Err(SocketError::PathTooLong(path.to_path_buf())) } else { Ok(()) }
}

/// Makes the folder of a socket, or makes sure that only this user can change what is in it.
fn private_folder(socket: &Path) -> Result<(), SocketError> {
    let Some(folder) = socket.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(SocketError::io("create", folder))?;
    let there = std::fs::metadata(folder).map_err(SocketError::io("look at", folder))?;
    let ours = there.uid() == rustix::process::geteuid().as_raw();
    if ours && there.mode() & 0o022 == 0 { Ok(()) } else { Err(SocketError::OpenFolder(folder.to_path_buf())) }
}

fn lock_beside(path: &Path) -> Result<File, SocketError> {
    lock_file(&beside(path, "l"))?.ok_or_else(|| SocketError::InUse(path.to_path_buf()))
}

/// A file that is locked as long as it is open; `None` where another process has locked it.
fn lock_file(file: &Path) -> Result<Option<File>, SocketError> {
    let open = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(file);
    let lock = open.map_err(SocketError::io("open", file))?;
    match rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive) {
        // It may have been removed since it was opened: then its lock says nothing.
        Ok(()) => Ok((identity(file) == lock.metadata().ok().map(|file| (file.dev(), file.ino()))).then_some(lock)),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
        Err(errno) => Err(SocketError::io("lock", file)(errno.into())),
    }
}

/// The right to take a path over from a server that does not move. One process at a time has it.
#[derive(Debug)]
pub struct TakeOver {
    path: PathBuf,
    _turn: File,
}

impl TakeOver {
    /// Asks for the right; `None` while another process has it.
    ///
    /// # Errors
    /// When the lock file cannot be made.
    pub fn begin(path: &Path) -> Result<Option<Self>, SocketError> {
        match lock_file(&beside(path, "t"))? {
            Some(turn) => Ok(Some(Self { path: path.to_path_buf(), _turn: turn })),
            None => Ok(None),
        }
    }

    /// Serves the path in place of whoever does now. The lock of that one stays with it; a new file is locked instead.
    ///
    /// # Errors
    /// As [`Listener::bind`].
    pub fn bind(self) -> Result<Listener, SocketError> {
        let lock = beside(&self.path, "l");
        remove_if_there(&lock).map_err(SocketError::io("remove", &lock))?;
        Listener::bind(&self.path)
    }
}

/// Device and inode of what is at a path.
fn identity(path: &Path) -> Option<(u64, u64)> {
    std::fs::symlink_metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Creates a folder that only this user may look into, with its parents; an existing one is closed to others.
///
/// # Errors
/// [`SocketError::Io`] where it cannot be made or is not ours.
pub fn ensure_private_folder(folder: &Path) -> Result<(), SocketError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(SocketError::io("create", folder))?;
    rustix::fs::chmod(folder, Mode::RWXU).map_err(|e| SocketError::io("close to others", folder)(e.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{LineSink as _, LineSource as _, Received};

    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run/demo.sock");
        (folder, path)
    }

    #[tokio::test]
    async fn binds_privately_and_carries_lines() {
        let (_folder, path) = place();
        let listener = Listener::bind(&path).unwrap();
        let mode = |p: &Path| std::fs::metadata(p).unwrap().mode() & 0o777;
        assert_eq!((mode(path.parent().unwrap()), mode(&path)), (0o700, 0o600));
        let (client, server) = tokio::join!(connect(&path), listener.accept());
        let (_, mut to_server) = lines(client.unwrap());
        let (mut at_server, _keep) = lines(server.unwrap());
        to_server.feed("hi".into()).await.unwrap();
        to_server.flush().await.unwrap();
        assert!(matches!(at_server.next_line().await.unwrap(), Some(Received::Line(line)) if line == "hi"));
    }

    #[tokio::test]
    async fn one_of_two_wins_and_a_stale_file_is_replaced() {
        let (_folder, path) = place();
        let first = Listener::bind(&path).unwrap();
        assert!(matches!(Listener::bind(&path), Err(SocketError::InUse(_))));
        drop(first);
        assert!(!path.exists());
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        assert!(matches!(connect(&path).await, Err(SocketError::NobodyListens(_))));
        let _second = Listener::bind(&path).unwrap();
        connect(&path).await.unwrap();
    }

    #[tokio::test]
    async fn a_server_that_speaks_is_told_from_one_that_does_not() {
        let (_folder, path) = place();
        assert!(matches!(connect_speaking(&path).await, Err(SocketError::NobodyListens(_))));
        let listener = Listener::bind(&path).unwrap();
        let serving = async {
            let (_, mut sink) = lines(listener.accept().await.unwrap());
            sink.feed("hello".into()).await.unwrap();
            sink.flush().await.unwrap();
            sink
        };
        let (spoken, _keep) = tokio::join!(connect_speaking(&path), serving);
        let (mut source, _keep) = lines(spoken.unwrap());
        assert!(matches!(source.next_line().await.unwrap(), Some(Received::Line(line)) if line == "hello"));
        // One that closes without a word is just ending.
        let (ending, _) = tokio::join!(connect_speaking(&path), async { drop(listener.accept().await.unwrap()) });
        assert!(matches!(ending, Err(SocketError::NobodyListens(_))));
        // Nobody accepts: the system keeps the connection waiting.
        let silent = connect_speaking(&path).await;
        let own = i32::try_from(std::process::id()).unwrap();
        assert!(matches!(silent, Err(SocketError::Silent { pid: Some(pid), .. }) if pid == own), "{silent:?}");
    }

    #[tokio::test]
    async fn refuses_what_is_unsafe() {
        let (folder, path) = place();
        let open = folder.path().join("open");
        std::fs::create_dir(&open).unwrap();
        std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o777)).unwrap();
        assert!(matches!(Listener::bind(&open.join("s")), Err(SocketError::OpenFolder(_))));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "precious").unwrap();
        assert!(matches!(Listener::bind(&path), Err(SocketError::NotASocket(_))));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
        let long = folder.path().join("x".repeat(120));
        assert!(matches!(Listener::bind(&long), Err(SocketError::PathTooLong(_))));
    }

    #[test]
    fn another_user_is_a_foreigner() {
        assert!(same_user(7, 7, Path::new("/s")).is_ok());
        for foreigner in [8, 0] {
            let refused = same_user(foreigner, 7, Path::new("/s"));
            assert!(matches!(refused, Err(SocketError::ForeignPeer { uid, .. }) if uid == foreigner), "{refused:?}");
        }
    }
}
